import path from 'node:path';
import type * as vscode from 'vscode';
import { clipName, sheetName } from '../../jobs/paths.ts';
import { clipFolder } from '../jobs/scene-clips.ts';

/** The pictures of a script have a folder of their own beside its clips. */
const folderName = 'pictures';

/**
 * Where the picture of a character or place goes, or another one beside it.
 *
 * @throws ScenewrightError `bad-input` where the setting for the folder points outside
 */
export function sheetPlace(script: vscode.Uri, name: string): string {
  return path.join(clipFolder(script), folderName, `${sheetName(name)}.png`);
}

/** The same of the still of a scene, by its number from 1. */
export function stillPlace(script: vscode.Uri, number: number): string {
  return path.join(clipFolder(script), folderName, `${clipName(number)}.png`);
}
