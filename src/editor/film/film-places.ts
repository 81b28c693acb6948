import path from 'node:path';
import * as vscode from 'vscode';
import { clipFolder } from '../jobs/scene-clips.ts';

/** The folder of the clips of all scripts beside this one; nothing where the setting names none. */
export function clipsOf(script: vscode.Uri): string | undefined {
  try {
    return path.dirname(clipFolder(script));
  } catch {
    return undefined;
  }
}

/** The script that the page showed before the reload, as far as its own state tells. */
export function uriOfState(state: unknown): vscode.Uri | undefined {
  if (typeof state !== 'object' || state === null || !('view' in state)) return undefined;
  const { view } = state;
  if (typeof view !== 'object' || view === null || !('uri' in view)) return undefined;
  if (typeof view.uri !== 'string' || !URL.canParse(view.uri)) return undefined;
  const uri = vscode.Uri.parse(view.uri);
  return uri.scheme === 'file' ? uri : undefined;
}
