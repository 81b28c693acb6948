import path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { ErrorWithAction } from './error-action.ts';

/** A way to a file outside of VS Code. */
export interface WayOutside {
  readonly label: string;
  readonly run: () => Thenable<unknown>;
}

/**
 * The button that leads to a file with whatever the system has for it. Where the window is connected to another
 * computer, which has the file, the programs here cannot see it, and the Explorer offers to download it.
 *
 * @param label of the button on this computer
 */
export function wayOutside(file: string, label: string): WayOutside {
  const uri = vscode.Uri.file(file);
  return vscode.env.remoteName === undefined
    ? { label, run: () => vscode.env.openExternal(uri) }
    : wayToExplorer(uri);
}

function wayToExplorer(uri: vscode.Uri): WayOutside {
  return {
    label: t('Show in Explorer'),
    run: () => vscode.commands.executeCommand('revealInExplorer', uri),
  };
}

/**
 * Open a file with whatever the system has for it.
 *
 * @returns whether something took it
 * @throws ErrorWithAction where the file is on another computer
 */
export async function openOutside(file: string): Promise<boolean> {
  const uri = vscode.Uri.file(file);
  if (vscode.env.remoteName === undefined) return vscode.env.openExternal(uri);
  throw new ErrorWithAction(
    'bad-input',
    t(
      '{0} is on the computer that this window is connected to, and the programs here cannot open it. Download it from the Explorer first.',
      path.basename(file),
    ),
    wayToExplorer(uri),
  );
}
