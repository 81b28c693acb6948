import { rename } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { setting } from './settings.ts';

/**
 * Put a clip away that is about to be replaced, as the setting says: to the trash, or nowhere, and
 * then the new one simply takes its place. Where there is no trash, as on servers, the last one stays
 * beside it under another name.
 */
export async function putAway(file: string): Promise<void> {
  if (setting('downloads.replaced') === 'delete') return;
  try {
    await vscode.workspace.fs.delete(vscode.Uri.file(file), { useTrash: true });
  } catch {
    await rename(file, olderName(file));
  }
}

/** `scene-012.old.mp4` for `scene-012.mp4`: still a file that players know. */
export function olderName(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}.old${ext}`);
}
