import * as vscode from 'vscode';
import { ScenewrightError, type ErrorCode, type NextStep } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';

/** The one button under an error's message. */
export interface ErrorAction {
  readonly label: string;
  /** What it comes to; nothing where the writer thought better of it. */
  readonly run: () => unknown;
  /** It sets up what was missing, so that what was stopped can go on once that is done. */
  readonly isSetUp?: true;
}

/** An error that a person can do something about by one click that only this place knows. */
export class ErrorWithAction extends ScenewrightError {
  readonly action: ErrorAction;

  constructor(code: ErrorCode, message: string, action: ErrorAction) {
    super(code, message);
    this.action = action;
  }
}

const setUps: ReadonlySet<NextStep> = new Set<NextStep>([
  'choose-writer',
  'choose-studio',
  'choose-picture-studio',
  'add-account',
]);

/** What an error leads to, where one click leads on. */
export function actionOf(error: unknown): ErrorAction | undefined {
  if (error instanceof ErrorWithAction) return error.action;
  if (!(error instanceof ScenewrightError)) return undefined;
  if (error.next !== undefined) {
    const action = stepAction(error.next);
    return setUps.has(error.next) ? { ...action, isSetUp: true } : action;
  }
  return error.code === 'account' ? manageAccounts() : undefined;
}

export function manageAccounts(): ErrorAction {
  return running('scenewright.manageAccounts', t('Manage Accounts'));
}

export function stepAction(step: NextStep): ErrorAction {
  switch (step) {
    case 'write-scenes':
      return running('scenewright.writeScenes', t('Write Scenes'));
    case 'render-scenes':
      return running('scenewright.renderScenes', t('Render Scenes'));
    case 'new-script':
      return running('scenewright.newScript', t('New Script…'));
    case 'open-folder':
      return running('workbench.action.files.openFolder', t('Open Folder…'));
    case 'choose-writer':
      return running('scenewright.chooseWriter', t('Choose Writer Model…'));
    case 'choose-studio':
      return running('scenewright.chooseStudio', t('Choose Studio for Clips…'));
    case 'choose-picture-studio':
      return running('scenewright.choosePictureStudio', t('Choose Studio for Pictures…'));
    case 'add-account':
      return running('scenewright.addAccount', t('Add Account…'));
  }
}

/** As from the palette: it asks whatever it asks there. */
function running(command: string, label: string): ErrorAction {
  return { label, run: () => vscode.commands.executeCommand(command) };
}
