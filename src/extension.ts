import path from 'node:path';
import * as vscode from 'vscode';
import { animaticFiles, AnimaticStudio } from './animatic/index.ts';
import { sweepStorage } from './base/leftovers.ts';
import { Accounts } from './editor/accounts/accounts.ts';
import type { ScenewrightApi } from './editor/api.ts';
import { chosenByHand, consentToken } from './editor/commands/caller.ts';
import { followContext } from './editor/scenes/context-keys.ts';
import { registerJobCommands } from './editor/render/render-commands.ts';
import { JobsView } from './editor/job-list/jobs-view.ts';
import { SceneCodeLenses } from './editor/scenes/scene-code-lenses.ts';
import { Messages } from './editor/ui/messages.ts';
import { ScriptProblems } from './editor/script/problems.ts';
import { ProgressPage } from './editor/progress/progress-page.ts';
import { ScenesView } from './editor/scenes/scenes-view.ts';
import { ScriptMoves } from './editor/script/script-moves.ts';
import { ScriptWriting } from './editor/writing/script-writing.ts';
import { Scripts } from './editor/script/scripts.ts';
import { httpSettings, Services } from './editor/accounts/services.ts';
import { settings } from './editor/settings.ts';
import { StatusBar } from './editor/progress/status-bar.ts';
import { VideoJobs } from './editor/jobs/video-jobs.ts';
import { registerWritingCommands } from './editor/writing/writing-commands.ts';
import { Http } from './net/http.ts';

// VS Code waits for `deactivate` alone, and hands it nothing: hence the one variable of the module.
let shutDown: (() => Promise<void>) | undefined;

/** Leaves every record as it has to be found: jobs under way go on in the next window. */
export async function deactivate(): Promise<void> {
  await shutDown?.();
}

/** Builds the object graph and registers it; what things do is in the rooms. */
export async function activate(context: vscode.ExtensionContext): Promise<ScenewrightApi> {
  const began = performance.now();
  // Without a folder there is no workspace storage; then what belongs to no workspace shares one.
  const storage = (context.storageUri ?? context.globalStorageUri).fsPath;
  const own = <T extends { dispose(): unknown }>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };

  const messages = own(new Messages());
  const accounts = own(new Accounts(context.secrets, context.globalState));
  const http = new Http(httpSettings());
  const patientHttp = new Http({
    ...httpSettings(),
    timeouts: { headersMs: 300_000, idleMs: 300_000 },
  });
  const animatic = own(
    new AnimaticStudio({
      outputFolder: path.join(storage, 'animatic'),
      ...animaticFiles(context.extensionPath),
    }),
  );
  const storiesFolder = path.join(context.extensionPath, 'resources', 'stories');
  const services = new Services({ storiesFolder, accounts, http, patientHttp, animatic, messages });

  const scripts = own(new Scripts());
  const moves = own(new ScriptMoves());
  const { runs, rewrites, reviews } = own(
    new ScriptWriting({
      storage,
      globalStorage: context.globalStorageUri.fsPath,
      services,
      messages,
      scripts,
      moves,
    }),
  );

  const videoJobs = own(
    new VideoJobs({
      storage,
      globalStorage: context.globalStorageUri.fsPath,
      extensionPath: context.extensionPath,
      http,
      services,
      accounts,
      messages,
      moves,
      state: context.workspaceState,
    }),
  );
  const { manager, jobs, notices } = videoJobs;

  const page = own(
    new ProgressPage(context.extensionUri, scripts, runs, moves, {
      retry: (uri) =>
        void vscode.commands.executeCommand('scenewright.writeScenes', chosenByHand({ uri })),
      reveal: (uri, sceneId) =>
        void vscode.commands.executeCommand(
          'scenewright.revealScene',
          chosenByHand({ uri, sceneId }),
        ),
      // The models of VS Code have no keys of ours; what helps there is another model.
      account: () =>
        void vscode.commands.executeCommand(
          settings.writer.provider.value === 'vscode'
            ? 'scenewright.chooseWriter'
            : 'scenewright.manageAccounts',
        ),
    }),
  );
  const scenes = own(new ScenesView(scripts, runs, jobs));
  const lenses = own(new SceneCodeLenses(scripts, jobs));
  const jobsView = own(
    new JobsView({
      manager,
      jobs,
      scripts,
      notices,
      accountName: (id) => accounts.get(id)?.name,
    }),
  );
  own(new StatusBar(scripts, runs));
  own(new ScriptProblems(scripts, services.clipSeconds));
  own(followContext(scripts, runs));
  const refresh = (): void => {
    scenes.refresh();
    lenses.refresh();
  };
  own(manager.onDidChange(refresh));
  own(settings.video.provider.onDidChange(refresh));
  const render = {
    messages,
    accounts,
    scripts,
    manager,
    jobs,
    spending: videoJobs.spending,
    notices,
    chosen: services.chosen,
    shared: context.globalStorageUri.fsPath,
    state: context.globalState,
  };
  registerWritingCommands({ accounts, messages, scripts, runs, rewrites, reviews, page }).forEach(
    own,
  );
  registerJobCommands({ ...render, view: jobsView }).forEach(own);

  // Last of all, so that jobs which go on after a restart find everybody listening.
  await manager.start().catch((error: unknown) => {
    messages.error(error);
  });
  // Nobody waits for this.
  void animatic.sweep();
  void sweepStorage(storage);
  shutDown = async () => {
    await videoJobs.close();
    await Promise.all([http.close(), patientHttp.close()]);
  };

  messages.info(`Ready after ${(performance.now() - began).toFixed(0)} ms`);
  return {
    version: 1,
    consent: consentToken,
    jobs: () => manager.views(),
    onDidChangeJobs: manager.onDidChange,
    onDidWriteBatch: runs.onDidWriteBatch,
    onDidFinishWriting: runs.onDidFinish,
  };
}
