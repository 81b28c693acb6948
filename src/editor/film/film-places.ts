import * as vscode from 'vscode';

/** The script that the page showed before the reload, as far as its own state tells. */
export function uriOfState(state: unknown): vscode.Uri | undefined {
  if (typeof state !== 'object' || state === null || !('view' in state)) return undefined;
  const { view } = state;
  if (typeof view !== 'object' || view === null || !('uri' in view)) return undefined;
  if (typeof view.uri !== 'string' || !URL.canParse(view.uri)) return undefined;
  const uri = vscode.Uri.parse(view.uri);
  return uri.scheme === 'file' ? uri : undefined;
}
