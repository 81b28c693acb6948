import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { inARow } from '../../base/lists.ts';
import type { JobView } from '../../jobs/job.ts';
import type { FinishSummary } from '../../jobs/manager.ts';
import { chosenByHand } from '../commands/caller.ts';
import { formatBytes, formatDuration, formatMoney } from '../ui/format.ts';
import type { Messages } from '../ui/messages.ts';
import { showInformation, showWarning } from '../ui/window.ts';
import { needsAttention } from './job-filter.ts';
import type { JobsView } from './jobs-view.ts';

/** How a batch of renders went, in a sentence or two; nothing where there is nothing to tell. */
export function summaryWords(summary: FinishSummary): string | undefined {
  const { jobs, succeeded, failed, skipped, bytes, milliseconds, money } = summary;
  if (succeeded + failed === 0) return undefined;
  const details = inARow([
    succeeded === 0 ? undefined : formatBytes(bytes),
    t('took {0}', formatDuration(milliseconds)),
    money === undefined ? undefined : t('{0} by the price list', formatMoney(money)),
  ]);
  const drawn = jobs.filter(({ kind, state }) => kind === 'picture' && state === 'done');
  const isAllDrawn = jobs.length > 0 && jobs.every(({ kind }) => kind === 'picture');
  return [
    isAllDrawn ? pictures(succeeded, details) : clips(succeeded - drawn.length, details),
    isAllDrawn || drawn.length === 0 ? undefined : t('{0} pictures as well.', drawn.length),
    failed === 0 ? undefined : failures(failed),
    skipped === 0 ? undefined : t('{0} cancelled.', skipped),
    failed === 0 ? undefined : retryWords(failed, retriable(jobs)),
  ]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
}

function pictures(succeeded: number, details: string): string {
  switch (succeeded) {
    case 0:
      return t('No picture is here ({0}).', details);
    case 1:
      return t('One picture is here ({0}).', details);
    default:
      return t('{0} pictures are here ({1}).', succeeded, details);
  }
}

function clips(succeeded: number, details: string): string {
  switch (succeeded) {
    case 0:
      return t('No clip is here ({0}).', details);
    case 1:
      return t('One clip is here ({0}).', details);
    default:
      return t('{0} clips are here ({1}).', succeeded, details);
  }
}

function failures(failed: number): string {
  return failed === 1 ? t('One failed.') : t('{0} failed.', failed);
}

function retriable(jobs: readonly JobView[]): number {
  return jobs.filter(({ retry }) => retry === 'helps').length;
}

function retryWords(failed: number, retriable: number): string {
  if (retriable === 0) return t('Nothing is lost: the list says of each what would help.');
  return retriable >= failed
    ? t('Nothing is lost: each can be retried.')
    : t(
        'Nothing is lost: {0} can be retried as it is; of the others the list says what would help.',
        retriable,
      );
}

/** Tell how a batch of renders went, with the one thing to do next. */
export async function tellSummary(
  summary: FinishSummary,
  messages: Messages,
  view: JobsView,
): Promise<void> {
  const words = summaryWords(summary);
  if (words === undefined) return;
  messages.info(words);
  if (summary.failed > 0) {
    const show = t('Show Failed');
    const retry = t('Retry');
    const isRetriable = retriable(summary.jobs) > 0;
    const answer = await showWarning(words, ...(isRetriable ? [retry] : []), show);
    if (answer === retry) await vscode.commands.executeCommand('scenewright.jobs.retryFailed');
    if (answer !== show) return;
    view.filter = 'failed';
    await vscode.commands.executeCommand('scenewright.jobs.focus');
    const first = summary.jobs.find(needsAttention);
    if (first !== undefined) await view.reveal(first.id);
    return;
  }
  const next = nextOf(summary.jobs);
  const answer = await showInformation(words, ...(next === undefined ? [] : [next.label]));
  if (answer === undefined || next === undefined) return;
  await vscode.commands.executeCommand(next.command, chosenByHand(next.argument));
}

interface NextCommand {
  readonly label: string;
  readonly command: `scenewright.${string}`;
  readonly argument: object;
}

/** One clip is looked at, a film is joined; of several scripts nobody could tell which one is meant. */
function nextOf(jobs: readonly JobView[]): NextCommand | undefined {
  const clips = jobs.filter(({ kind, state }) => kind === 'clip' && state === 'done');
  const [clip, ...more] = clips;
  if (clip === undefined) return undefined;
  if (more.length === 0) {
    return { label: t('Open Clip'), command: 'scenewright.jobs.open', argument: { job: clip.id } };
  }
  const [uri, ...others] = new Set(jobs.map(({ script }) => script));
  return others.length > 0
    ? undefined
    : { label: t('Assemble Video'), command: 'scenewright.assembleVideo', argument: { uri } };
}
