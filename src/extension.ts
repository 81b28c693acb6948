import type * as vscode from 'vscode';
import { sweepStorage } from './base/leftovers.ts';
import { registerAccounts } from './editor/accounts/register-accounts.ts';
import type { ScenewrightApi } from './editor/api.ts';
import { registerCards } from './editor/cards/register-cards.ts';
import { consentToken } from './editor/commands/caller.ts';
import { Registration } from './editor/commands/registration.ts';
import { registerDrawing } from './editor/drawing/register-drawing.ts';
import { registerFilm } from './editor/film/register-film.ts';
import { registerJobList } from './editor/job-list/register-job-list.ts';
import { registerJobs } from './editor/jobs/register-jobs.ts';
import { registerPictures } from './editor/pictures/register-pictures.ts';
import { registerRearranging } from './editor/rearranging/register-rearranging.ts';
import { registerRender } from './editor/render/register-render.ts';
import { registerRewriting } from './editor/rewriting/register-rewriting.ts';
import { registerScenes } from './editor/scenes/register-scenes.ts';
import { registerSent } from './editor/sent/register-sent.ts';
import { registerScript } from './editor/script/register-script.ts';
import { registerTyping } from './editor/typing/register-typing.ts';
import { registerWriting } from './editor/writing/register-writing.ts';
import { speakDisplayLanguage } from './editor/ui/display-language.ts';

// VS Code waits for `deactivate` alone, and hands it nothing: hence the one variable of the module.
let shutDown: (() => Promise<void>) | undefined;

/** Leaves every record as it has to be found: jobs under way go on in the next window. */
export async function deactivate(): Promise<void> {
  await shutDown?.();
}

/** Registers the features, each after those that it needs; what they do is in their folders. */
export async function activate(context: vscode.ExtensionContext): Promise<ScenewrightApi> {
  const began = performance.now();
  const registration = new Registration(context);
  registration.own(speakDisplayLanguage(context.extensionPath));
  const ofAccounts = registerAccounts(registration);
  const { accounts, services } = ofAccounts;
  const documents = registerScript(registration, services);
  const { scripts } = documents;
  const { runs } = registerWriting(registration, documents, services, (script) =>
    videoJobs.jobs.idsByTitle(script),
  );
  registerRewriting(registration, documents, services);
  const videoJobs = registerJobs(registration, documents, ofAccounts);
  registerTyping(registration, scripts);
  registerPictures(registration, scripts, videoJobs);
  const studio = registerRender(registration, scripts, videoJobs, services);
  registerSent(registration, scripts, videoJobs, services);
  registerDrawing(registration, scripts, videoJobs, services, studio);
  registerJobList(registration, scripts, videoJobs, accounts);
  const { cards, preview, prompts } = registerCards(registration, scripts, videoJobs, studio);
  registerScenes(registration, documents, runs, videoJobs, studio, cards, {
    lacksAccount: services.lacksWriterAccount,
    onDidChange: accounts.onDidChange,
  });
  registerRearranging(registration, scripts, runs, videoJobs, services);
  registerFilm(registration, documents, runs, { videoJobs, studio, accounts });

  shutDown = () => registration.close();
  // Last of all, so that jobs which go on after a restart find everybody listening.
  await registration.start();
  // Nobody waits for this.
  void sweepStorage(registration.storage);

  registration.messages.info(`Ready after ${(performance.now() - began).toFixed(0)} ms`);
  const { manager } = videoJobs;
  return {
    version: 1,
    consent: consentToken,
    jobs: () => manager.views(),
    onDidChangeJobs: manager.onDidChange,
    onDidWriteBatch: runs.onDidWriteBatch,
    onDidFinishWriting: runs.onDidFinish,
    extendMarkdownIt: preview.extend,
    markdownCodeBlockEditors: prompts.editors,
  };
}
