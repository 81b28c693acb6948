import path from 'node:path';
import * as vscode from 'vscode';
import { placeAfter, type Move } from '../../base/moves.ts';
import { relativePath } from '../../base/relative-path.ts';
import { picturePlace } from '../../jobs/job-pictures.ts';
import { replacePicture } from '../../script/edits/change-picture.ts';
import { pictureNodes } from '../../script/picture-nodes.ts';
import type { TextEdit } from '../../script/edits/text-edit.ts';
import { mayBeScript } from '../../script/parse/is-script.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import { workspaceEdit } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import type { ProposedMoves } from './proposed-moves.ts';

/** More documents of a workspace are not looked through for what names a file. */
const mostDocuments = 500;

/** What a move does to the scripts that name pictures. */
export interface MoveEdit {
  readonly edit: vscode.WorkspaceEdit;
  /** Scripts that were saved before we change them, by their paths after the move, with their text until then. */
  readonly toSave: readonly { readonly file: string; readonly text: string }[];
}

/** Scripts name their pictures where VS Code puts them. */
export async function editForMoves(
  scripts: OpenScripts,
  moves: readonly Move[],
  proposed: ProposedMoves,
): Promise<MoveEdit> {
  const edit = new vscode.WorkspaceEdit();
  const toSave: { readonly file: string; readonly text: string }[] = [];
  for (const document of await documents()) {
    const script = scripts.look(document);
    if (script?.isScript !== true || proposed.covers(document, moves)) continue;
    const file = document.uri.fsPath;
    const edits = pathsAfter(script, file, workspaceRoot(document.uri), moves);
    if (edits.length === 0) continue;
    if (!document.isDirty) {
      toSave.push({ file: placeAfter(file, moves), text: document.getText() });
    }
    workspaceEdit(document, edits, edit);
  }
  return { edit, toSave };
}

/** Those that are open, and those of the workspace that may be scripts. */
async function documents(): Promise<readonly vscode.TextDocument[]> {
  const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'file');
  const known = new Set(open.map(({ uri }) => uri.toString()));
  const found = await vscode.workspace.findFiles('**/*.md', undefined, mostDocuments);
  const others = await Promise.all(
    found.filter((uri) => !known.has(uri.toString())).map(openedScript),
  );
  return [...open, ...others.flat()].filter(({ languageId }) => languageId === 'markdown');
}

/** None where it is no script, which is told without VS Code opening it. */
async function openedScript(uri: vscode.Uri): Promise<vscode.TextDocument[]> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return mayBeScript(text) ? [await vscode.workspace.openTextDocument(uri)] : [];
  } catch {
    return [];
  }
}

/**
 * What a script has to say for its pictures to be the same ones after the moves, one of which may be its own.
 *
 * @param file the script's path before them
 */
export function pathsAfter(
  script: ParsedScript,
  file: string,
  root: string,
  moves: readonly Move[],
): TextEdit[] {
  const folder = path.dirname(file);
  const folderAfter = path.dirname(placeAfter(file, moves));
  return pictureNodes(script).flatMap((node) => {
    const place = picturePlace(node.file, folder, root);
    if (place === undefined) return [];
    const after = placeAfter(place, moves);
    if (after === place && folderAfter === folder) return [];
    const to = relativePath(folderAfter, after);
    return path.resolve(folderAfter, node.file) === after ? [] : [replacePicture(node, to)];
  });
}
