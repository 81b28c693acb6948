import * as vscode from 'vscode';
import { ScenewrightError, type ErrorCode } from '../../base/errors.ts';

/** The one button under an error's message. */
export interface WayOut {
  readonly label: string;
  readonly run: () => unknown;
}

/** An error that a person can do something about by one click. */
export class ErrorWithWayOut extends ScenewrightError {
  readonly wayOut: WayOut;

  constructor(code: ErrorCode, message: string, wayOut: WayOut) {
    super(code, message);
    this.wayOut = wayOut;
  }
}

export function toChooseStudio(): WayOut {
  return {
    label: vscode.l10n.t('Choose Studio…'),
    run: () => vscode.commands.executeCommand('scenewright.chooseStudio'),
  };
}
