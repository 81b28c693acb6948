import * as vscode from 'vscode';
import { messageOf, ScenewrightError } from '../base/errors.ts';

/** Notifications and the log: every word that is not in a view of its own goes through here. */
export class Messages implements vscode.Disposable {
  private readonly log = vscode.window.createOutputChannel('Scenewright', { log: true });

  info(text: string, ...details: unknown[]): void {
    this.log.info(text, ...details);
  }

  warn(text: string, ...details: unknown[]): void {
    this.log.warn(text, ...details);
  }

  /** Log an error and tell the writer, with the one button that leads on where there is one. */
  error(error: unknown): void {
    this.logError(error);
    void this.show(error);
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

  private async show(error: unknown): Promise<void> {
    const next = this.nextStep(error);
    const answer = await vscode.window.showErrorMessage(messageOf(error), next.label);
    if (answer === next.label) await next.run();
  }

  private nextStep(error: unknown): { label: string; run: () => unknown } {
    const code = error instanceof ScenewrightError ? error.code : 'internal';
    if (code === 'account') {
      return {
        label: vscode.l10n.t('Manage Accounts'),
        run: () => vscode.commands.executeCommand('scenewright.manageAccounts'),
      };
    }
    return {
      label: vscode.l10n.t('Show Log'),
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
