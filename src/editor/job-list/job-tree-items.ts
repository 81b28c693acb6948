import path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { factLine, inARow } from '../../base/lists.ts';
import { chosenByHand } from '../commands/caller.ts';
import { jobContext, scriptContext } from './job-actions.ts';
import type { JobFilter } from './job-filter.ts';
import type { JobRow, ScriptRow } from './job-rows.ts';
import { jobIcon, jobTitle, jobWords, type JobSurroundings } from './job-words.ts';
import { scriptWords } from './jobs-view-words.ts';

/** A script's row as VS Code draws it. */
export function scriptItem(
  { uri, counts }: ScriptRow,
  filter: JobFilter,
  isFolded: boolean,
): vscode.TreeItem {
  const file = vscode.Uri.parse(uri).fsPath;
  const item = new vscode.TreeItem(
    path.basename(file),
    isFolded && filter === 'all'
      ? vscode.TreeItemCollapsibleState.Collapsed
      : vscode.TreeItemCollapsibleState.Expanded,
  );
  // Under a filter it is another row to VS Code, so that what was found is not folded away.
  item.id = filter === 'all' ? uri : `${filter} ${uri}`;
  const folder = path.posix.dirname(vscode.workspace.asRelativePath(file));
  // Another one in another folder may have its name.
  item.description = factLine([scriptWords(counts), folder === '.' ? undefined : folder]);
  item.iconPath = new vscode.ThemeIcon('markdown');
  item.contextValue = scriptContext(counts);
  item.tooltip = file;
  return item;
}

/** A job's row as VS Code draws it; its tooltip is made when somebody points at it. */
export function jobItem(
  { job, view, stale, gone }: JobRow,
  surroundings: JobSurroundings,
): vscode.TreeItem {
  const item = new vscode.TreeItem(jobTitle(view));
  const words = jobWords(view, surroundings);
  item.id = job;
  item.description = words;
  item.iconPath = jobIcon(view, stale, gone);
  item.contextValue = jobContext(view, gone);
  item.accessibilityInformation = {
    label:
      view.kind === 'picture'
        ? inARow([jobTitle(view), words])
        : t('Scene {0}, {1}, {2}', view.scene, view.title, words),
  };
  item.command =
    view.file === undefined || gone
      ? {
          command: 'scenewright.jobs.revealScene',
          title: t('Go to Scene'),
          arguments: [chosenByHand({ job })],
        }
      : {
          command: 'scenewright.jobs.open',
          title: t('Open Clip'),
          arguments: [chosenByHand({ job })],
        };
  return item;
}

/** Everything that a script's row shows, to tell whether it has to be drawn again. */
export function scriptFace({ counts }: ScriptRow): string {
  return `${scriptWords(counts)} ${scriptContext(counts)}`;
}

/** The same of a job's row. */
export function jobFace({ view, stale, gone }: JobRow, surroundings: JobSurroundings): string {
  return [
    jobTitle(view),
    jobWords(view, surroundings),
    jobIcon(view, stale, gone).id,
    jobContext(view, gone),
  ].join('\n');
}
