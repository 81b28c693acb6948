import * as vscode from 'vscode';
import { ScenewrightError, type ErrorCode } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';

/** The one button under an error's message. */
export interface ErrorAction {
  readonly label: string;
  readonly run: () => unknown;
}

/** An error that a person can do something about by one click. */
export class ErrorWithAction extends ScenewrightError {
  readonly action: ErrorAction;

  constructor(code: ErrorCode, message: string, action: ErrorAction) {
    super(code, message);
    this.action = action;
  }
}

export function chooseStudioAction(): ErrorAction {
  return {
    label: t('Choose Studio…'),
    run: () => vscode.commands.executeCommand('scenewright.chooseStudio'),
  };
}
