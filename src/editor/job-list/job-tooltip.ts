import type * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import { renderOf, type JobRecord, type JobView } from '../../jobs/job.ts';
import { priceOfJob } from '../../jobs/order-kinds.ts';
import type { LinkArgument } from '../commands/register-commands.ts';
import { formatBytes, formatDuration, formatMoment, formatMoney } from '../ui/format.ts';
import { Hover } from '../ui/hover.ts';
import type { JobArgument } from './job-actions.ts';
import { clipWords, jobTitle, jobWords, nextStep, type JobSurroundings } from './job-words.ts';

/**
 * A hover with the poster, what there is to know about a job, and what to do next. Nothing but its two
 * links can be clicked, whatever the words in it say.
 */
export function jobTooltip(
  view: JobView,
  record: JobRecord | undefined,
  surroundings: JobSurroundings,
): vscode.MarkdownString {
  const commands = ['scenewright.jobs.open', 'scenewright.jobs.openExternal'] as const;
  const hover = new Hover(commands);
  if (view.poster !== undefined) hover.picture(view.poster);
  hover.title(titleOf(view));
  hover.words(
    surroundings.stale
      ? t('The scene has changed in the script since this clip was rendered.')
      : undefined,
  );
  const words = view.error ?? (view.state === 'done' ? undefined : jobWords(view, surroundings));
  hover.words(words);
  if (view.note !== undefined && words?.includes(view.note) !== true) hover.words(view.note);
  hover.words(
    surroundings.gone === true
      ? t('Its file is not on disk any more. Render Again makes a new one.')
      : nextStep(view),
  );
  hover.words(originOf(view, record, surroundings.account));
  if (record?.instruction !== undefined) {
    hover.words(t('With the instruction: {0}', record.instruction));
  }
  hover.words(timesOf(view, record));
  if (view.file !== undefined && surroundings.gone !== true) {
    const argument: JobArgument & LinkArgument = { job: view.id, isLink: true };
    const [open, openExternal] = commands;
    const isPicture = view.kind === 'picture';
    hover.links([
      { label: isPicture ? t('Open Picture') : t('Open Clip'), command: open, argument },
      ...(isPicture
        ? []
        : [{ label: t('Open in the System Player'), command: openExternal, argument }]),
    ]);
    if (!isPicture) hover.words(t('VS Code plays clips without AAC sound.'));
  }
  return hover.text;
}

function titleOf(view: JobView): string {
  const { kind, scene, take, title } = view;
  if (kind === 'picture') return jobTitle(view);
  return take === 1
    ? t('Scene {0}: {1}', scene, title)
    : t('Scene {0}, take {1}: {2}', scene, take, title);
}

/** Who makes it, for whom, for how much. */
function originOf(
  view: JobView,
  record: JobRecord | undefined,
  account: string | undefined,
): string {
  const price = record && priceOfJob(record);
  return factLine([
    view.studio,
    account === undefined ? undefined : t('account “{0}”', account),
    view.file === undefined ? receivedOf(view) : clipWords(view),
    price && formatMoney(price),
  ]);
}

function receivedOf({ bytes, total }: JobView): string | undefined {
  if (bytes === undefined || total === undefined) return undefined;
  return t('{0} of {1}', formatBytes(bytes), formatBytes(total));
}

function timesOf(view: JobView, record: JobRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  const ordered = formatMoment(record.createdAt);
  const { ranMs } = renderOf(record);
  const times =
    view.state === 'done'
      ? t('Ordered {0}, finished {1}', ordered, formatMoment(record.updatedAt))
      : t('Ordered {0}', ordered);
  return factLine([
    times,
    ranMs === undefined ? undefined : t('rendered in {0}', formatDuration(ranMs)),
  ]);
}
