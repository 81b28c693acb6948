import path from 'node:path';
import * as vscode from 'vscode';
import { usablePicture } from '../../jobs/job-pictures.ts';
import type { PicturePath } from '../../script/script-model.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';

/** More pictures are not shown where a pointer rests. */
const mostShown = 6;

/** A picture that can be shown: its file, and what it shows; empty where that is plain. */
export interface ShownFile {
  readonly file: string;
  readonly label: string;
}

/**
 * Those pictures of a script that are there and really lie in the workspace folder; of a folder that is not
 * trusted none is looked at.
 */
export async function shownFiles(
  script: vscode.Uri,
  pictures: readonly { readonly file: PicturePath; readonly label: string }[],
): Promise<readonly ShownFile[]> {
  if (!vscode.workspace.isTrusted) return [];
  const folder = path.dirname(script.fsPath);
  const root = workspaceRoot(script);
  const found = await Promise.all(
    pictures.slice(0, mostShown).map(async ({ file, label }) => {
      const real = await usablePicture(file, folder, root);
      return real === undefined ? [] : [{ file: real, label }];
    }),
  );
  return found.flat();
}
