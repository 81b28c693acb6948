import * as vscode from 'vscode';
import { messageOf, ScenewrightError, type ErrorCode } from '../../base/errors.ts';
import type { AccountNotice } from '../../accounts/account-notice.ts';
import { t } from '../../base/l10n.ts';
import { actionOf, manageAccounts, type ErrorAction } from './error-action.ts';
import { showError, showWarning } from './window.ts';

/** What may come of any day's work, and of which the log knows no more than the message. */
const foreseen: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'bad-input',
  'bad-script',
  'account',
  'budget',
  'rate-limit',
  'refused',
]);

/** The log, and errors as notifications with the one button that leads on. */
export class Messages implements vscode.Disposable {
  private readonly log = vscode.window.createOutputChannel('Scenewright', { log: true });

  info(text: string, ...details: unknown[]): void {
    this.log.info(text, ...details);
  }

  warn(text: string, ...details: unknown[]): void {
    this.log.warn(text, ...details);
  }

  /**
   * Log an error and tell the writer, with the one button that leads on where there is one.
   *
   * @param goOn what was stopped by it; done again once the writer has set up what was missing
   */
  error(error: unknown, goOn?: () => unknown): void {
    this.logError(error);
    void this.show(error, goOn);
  }

  logError(error: unknown): void {
    this.log.error(messageOf(error));
    for (let cause = causeOf(error); cause !== undefined; cause = causeOf(cause)) {
      this.log.error(`  caused by: ${messageOf(cause)}`);
    }
    if (!(error instanceof ScenewrightError) && error instanceof Error && error.stack) {
      this.log.error(error.stack);
    }
  }

  /**
   * What an account cannot do.
   *
   * @param heardAnyway whether the writer hears of it by what fails for want of an account
   */
  accountNotice({ kind, message }: AccountNotice, heardAnyway = false): void {
    this.log.warn(message);
    // After a cooldown an account is back by itself.
    if (kind === 'refused' && !heardAnyway) void this.warnOfAccount(message);
  }

  private async warnOfAccount(message: string): Promise<void> {
    const { label, run } = manageAccounts();
    if ((await showWarning(message, label)) === label) await run();
  }

  private async show(error: unknown, goOn?: () => unknown): Promise<void> {
    const isForeseen = error instanceof ScenewrightError && foreseen.has(error.code);
    const next = actionOf(error) ?? (isForeseen ? undefined : this.showingLog());
    const show = isForeseen ? showWarning : showError;
    const answer = await show(messageOf(error), ...(next === undefined ? [] : [next.label]));
    if (answer === undefined) return;
    const outcome = await next?.run();
    if (next?.isSetUp === true && outcome !== undefined) await goOn?.();
  }

  private showingLog(): ErrorAction {
    return {
      label: t('Show Log'),
      run: () => {
        this.log.show();
      },
    };
  }

  dispose(): void {
    this.log.dispose();
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
