import type * as vscode from 'vscode';

/** Of pages that show what is sent. */
export const sentScheme = 'scenewright-sent';

export function isSentPage({ scheme }: vscode.Uri): boolean {
  return scheme === sentScheme;
}
