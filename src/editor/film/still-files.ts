import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { isInside } from '../../base/inside.ts';
import { realSpellingSync } from '../../base/spellings.ts';
import { picturePlace } from '../../jobs/job-pictures.ts';
import type { PicturePath } from '../../script/script-model.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';

/** A picture of a script that can be shown. */
export interface PictureFile {
  /** Absolute path. */
  readonly file: string;
  /** Another one once the file is another. */
  readonly version: number;
}

/**
 * Where a picture of a script is. Of a folder that is not trusted none is looked at.
 *
 * @returns nothing where it is not there, or does not really lie in the workspace folder
 */
export function pictureFile(script: vscode.Uri, picture: PicturePath): PictureFile | undefined {
  if (!vscode.workspace.isTrusted) return undefined;
  const root = workspaceRoot(script);
  const file = picturePlace(picture, path.dirname(script.fsPath), root);
  if (file === undefined) return undefined;
  try {
    const real = realSpellingSync(file);
    if (!isInside(realpathSync(root), real)) return undefined;
    // By the name in the script, as it may be a link; but for one that the disk spells otherwise.
    const shown = existsSync(file) ? file : real;
    return { file: shown, version: Math.round(statSync(real).mtimeMs) };
  } catch {
    return undefined;
  }
}

/** {@link pictureFile} of one script, as a path. */
export function fileIn(script: vscode.Uri): (picture: PicturePath) => string | undefined {
  return (picture) => pictureFile(script, picture)?.file;
}

/** The pictures of a script, each looked up once until they may be others. */
export class PictureFiles {
  private script: vscode.Uri | undefined;
  private readonly known = new Map<PicturePath, PictureFile>();

  of(script: vscode.Uri, picture: PicturePath): PictureFile | undefined {
    if (script.toString() !== this.script?.toString()) this.forget();
    this.script = script;
    const known = this.known.get(picture) ?? pictureFile(script, picture);
    // What is not there may come at any time.
    if (known !== undefined) this.known.set(picture, known);
    return known;
  }

  forget(): void {
    this.known.clear();
  }
}
