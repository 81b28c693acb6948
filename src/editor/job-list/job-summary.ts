import * as vscode from 'vscode';
import type { FinishSummary } from '../../jobs/manager.ts';
import { formatBytes, formatDuration, formatMoney } from '../ui/format.ts';

/** How a batch of renders went, in a sentence or two; nothing where there is nothing to tell. */
export function summaryWords(summary: FinishSummary): string | undefined {
  const { succeeded, failed, skipped, bytes, milliseconds, money } = summary;
  if (succeeded + failed === 0) return undefined;
  const details = [
    succeeded === 0 ? undefined : formatBytes(bytes),
    formatDuration(milliseconds),
    money === undefined ? undefined : vscode.l10n.t('{0} by the price list', formatMoney(money)),
  ].filter((part) => part !== undefined);
  return [
    clips(succeeded, details.join(', ')),
    failed === 0 ? undefined : failures(failed),
    skipped === 0 ? undefined : vscode.l10n.t('{0} cancelled.', skipped),
    failed === 0 ? undefined : vscode.l10n.t('Nothing is lost: each can be retried.'),
  ]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
}

function clips(succeeded: number, details: string): string {
  switch (succeeded) {
    case 0:
      return vscode.l10n.t('No clip is here ({0}).', details);
    case 1:
      return vscode.l10n.t('One clip is here ({0}).', details);
    default:
      return vscode.l10n.t('{0} clips are here ({1}).', succeeded, details);
  }
}

function failures(failed: number): string {
  return failed === 1 ? vscode.l10n.t('One failed.') : vscode.l10n.t('{0} failed.', failed);
}
