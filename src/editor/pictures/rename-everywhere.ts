import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { nameWanted, renameEdits } from '../../script/edits/rename.ts';
import { sameName } from '../../script/names.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { isOnItsWay, isSheetOf } from '../jobs/picture-coming.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import { workspaceEdit } from '../script/document-edits.ts';
import { pathsAfter } from './moved-pictures.ts';
import type { ProposedMoves } from './proposed-moves.ts';
import { renamedPictures } from './renamed-pictures.ts';

/** A character or place of a script, and what it is to be called. */
export interface Rename {
  readonly document: vscode.TextDocument;
  readonly script: ParsedScript;
  /** As the bible has it. */
  readonly name: string;
  readonly wanted: string;
}

/**
 * A character or place gets another name wherever the script has it, and so do the pictures that are called like it.
 * Other scripts that name these follow once VS Code renames them.
 *
 * @throws ScenewrightError `bad-input` where the name cannot be given, or not now
 */
export async function renameEverywhere(
  { document, script, name, wanted }: Rename,
  jobs: readonly JobRecord[],
  proposed: ProposedMoves,
): Promise<vscode.WorkspaceEdit> {
  const { uri } = document;
  refuseWhileDrawn(uri, name, jobs);
  const names = renameEdits(script, name, wanted);
  const moves = vscode.workspace.isTrusted
    ? await renamedPictures({ script, uri, name, to: nameWanted(wanted), jobs })
    : [];
  const links = pathsAfter(script, uri.fsPath, workspaceRoot(uri), moves);
  const edit = workspaceEdit(document, [...names, ...links]);
  for (const { from, to } of moves) {
    // Where something has got the name by then, the rest is renamed all the same.
    edit.renameFile(vscode.Uri.file(from), vscode.Uri.file(to), { ignoreIfExists: true });
  }
  proposed.propose(document, moves);
  return edit;
}

/** A picture that is still to come would find nobody of its name, and be offered, and paid for, once more. */
function refuseWhileDrawn(script: vscode.Uri, name: string, jobs: readonly JobRecord[]): void {
  const isDrawn = jobs.some(
    (job) => isSheetOf(script, job) && sameName(job.scene.title, name) && isOnItsWay(job),
  );
  if (!isDrawn) return;
  throw new ScenewrightError(
    'bad-input',
    t('The picture of {0} is being drawn. Rename it once the picture is in the script.', name),
  );
}
