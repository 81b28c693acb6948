import * as vscode from 'vscode';
import type { Enclosure } from '../../base/enclosure/enclosure.ts';

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
