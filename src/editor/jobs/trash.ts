import path from 'node:path';
import * as vscode from 'vscode';
import type { Enclosure } from '../../base/enclosure/enclosure.ts';
import { settings } from '../settings.ts';

/**
 * Put a clip away that is about to be replaced, as the setting says: to the trash, or nowhere, and
 * then the new one simply takes its place.
 */
export async function putAway(file: string, inside: Enclosure): Promise<void> {
  if (settings.downloads.replaced.value === 'delete') return;
  await toTrash(file, inside, olderName(file));
}

/**
 * Put a file to the trash; a link itself. Where there is none, as on servers, the last one stays beside
 * it under another name.
 */
export async function toTrash(file: string, inside: Enclosure, otherName: string): Promise<void> {
  await inside.check(file);
  try {
    await vscode.workspace.fs.delete(vscode.Uri.file(file), { useTrash: true });
  } catch {
    await inside.move(file, otherName);
  }
}

/** `scene-012.old.mp4` for `scene-012.mp4`: still a file that players know. */
function olderName(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}.old${ext}`);
}
