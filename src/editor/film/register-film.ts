import path from 'node:path';
import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts.ts';
import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import type { ScriptTools } from '../script/register-script.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';
import { filmCommands } from './film-commands.ts';
import type { FilmPage } from './film-page.ts';
import { StatusBar } from './status-bar.ts';

/** As old as the page, when it showed how a script is written and nothing else. */
const viewType = 'scenewright.progress';

interface FilmNeeds {
  readonly videoJobs: VideoJobs;
  readonly studio: KnownStudio;
  readonly accounts: Accounts;
}

/** The film of a script: its page, and the item in the status bar. */
export function registerFilm(
  registration: Registration,
  { scripts, moves, marks }: ScriptTools,
  runs: WritingRuns,
  { videoJobs, studio, accounts }: FilmNeeds,
): void {
  const { manager, jobs, clips } = videoJobs;
  let page: Promise<FilmPage> | undefined;
  // Most windows never open it.
  const opened = async (): Promise<FilmPage> => {
    const [{ FilmPage }, { filmActions }] = await Promise.all([
      import('./film-page.ts'),
      import('./film-actions.ts'),
    ]);
    const accountName = (id: string): string | undefined => accounts.get(id)?.name;
    const thumbnails = path.join(registration.storage, 'thumbnails');
    const tools = {
      ...{ scripts, runs, manager, jobs, clips, marks, studio, accountName, thumbnails },
    };
    const { extensionUri } = registration.context;
    const actions = filmActions(scripts, clips, registration.messages);
    return registration.own(new FilmPage(viewType, extensionUri, moves, tools, actions));
  };
  registration.own(
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state) => {
        (await (page ??= opened())).adoptRestored(panel, state);
      },
    }),
  );
  registration.own(new StatusBar(scripts, runs));
  registration.commands(filmCommands(() => (page ??= opened()), scripts));
}
