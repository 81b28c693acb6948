import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import { finalStates, type JobView } from '../../jobs/job.ts';
import {
  formatBytes,
  formatPercent,
  formatSeconds,
  formatSpeed,
  formatTime,
} from '../ui/format.ts';

/** What a row says that its job alone does not know. */
export interface JobSurroundings {
  readonly stale: boolean;
  /** Its clip is not on disk any more. */
  readonly gone?: boolean;
  /** What the writer calls the account that the job goes by or waits for. */
  readonly account?: string | undefined;
  /** The scene's length in seconds, where it stands beside: the clip's is told only if it is another. */
  readonly besideSeconds?: number | undefined;
}

/**
 * `12  The lamp goes out`, and for another take than the first `12  The lamp goes out · take 2`; of a picture
 * what it is of it: `12  The lamp goes out · still`, `Mara · sheet`.
 */
export function jobTitle({ scene, title, take, drawing }: JobView): string {
  const name = scene === 0 ? title : `${scene}  ${title}`;
  return factLine([
    name,
    drawing === undefined ? undefined : drawing === 'still' ? t('still') : t('sheet'),
    take === 1 ? undefined : t('take {0}', take),
  ]);
}

/** The description of a row: how it stands in a few words, with percent, size and speed. */
export function jobWords(
  view: JobView,
  { stale, gone, account, besideSeconds }: JobSurroundings,
): string {
  if (gone === true) return t('its clip was deleted');
  if (view.superseded === true) return t('failed · a later try worked');
  if (view.paused && !finalStates.has(view.state)) {
    return factLine([t('paused'), percent(view.progress)]);
  }
  switch (view.state) {
    case 'queued':
      if (view.held === true) return t('waits for you');
      return factLine([view.note, waiting(view, account)]) || t('queued');
    case 'submitting':
      // Most services answer with the picture itself.
      return view.kind === 'picture' ? t('drawing') : t('being handed in');
    case 'rendering':
      return factLine([
        // First, as while it is downloaded: what stands behind is cut off in a narrow side bar.
        percent(view.progress),
        queueWords(view) ?? (view.kind === 'picture' ? t('drawing') : t('rendering')),
        ...asked(view),
      ]);
    case 'ready':
      return factLine(asked(view)) || t('ready to download');
    case 'downloading':
      return factLine([
        percent(view.progress) ?? t('downloading'),
        view.speed === undefined ? size(view) : formatSpeed(view.speed),
      ]);
    case 'saved':
      return t('making its poster');
    case 'upscaling':
      return view.progress === undefined
        ? factLine([t('upscaling'), ...asked(view)])
        : t('upscaling {0}', formatPercent(view.progress));
    case 'done':
      return factLine([
        view.error === undefined ? undefined : lost(view),
        stale ? t('stale') : undefined,
        clipWords(view, besideSeconds),
      ]);
    case 'failed':
      return factLine([t('failed'), view.error]);
    case 'cancelled':
      return t('cancelled');
    case 'expired':
      return t('expired at the studio');
    case 'unclear':
      return view.file === undefined
        ? t('unclear whether it was taken')
        : t('unclear whether its enlargement was taken');
  }
}

/** What there is to say of a clip that is here: `8 s · 12.4 MB · 4K`. */
export function clipWords(view: JobView, besideSeconds?: number): string | undefined {
  const beside = besideSeconds === undefined ? undefined : formatSeconds(besideSeconds);
  const seconds = view.seconds === undefined ? undefined : formatSeconds(view.seconds);
  const words = factLine([seconds === beside ? undefined : seconds, size(view), upscaled(view)]);
  return words === '' ? undefined : words;
}

/** What to do about a job that did not end well; nothing where there is nothing to do. */
export function nextStep(view: JobView): string | undefined {
  if (view.superseded === true) return t('Nothing is left to do: a later try worked.');
  switch (view.state) {
    case 'failed':
      // Its error says what would help.
      if (view.stage === 'render' && view.retry !== 'helps') return undefined;
      return view.stage === 'poll' || view.stage === 'download'
        ? t('What it has made is still at the studio: Retry fetches it and orders nothing.')
        : t('Retry orders it again.');
    case 'expired':
      return t('The studio no longer has it. Retry orders it again.');
    case 'unclear':
      return t(
        'Look into your account at the studio first. Retry hands it in again, which may cost its price twice.',
      );
    case 'cancelled':
      return t('Retry goes on with it.');
    case 'done':
      return view.error === undefined
        ? undefined
        : t('The clip is here and stays. Retry tries that part again.');
    case 'queued':
    case 'submitting':
    case 'rendering':
    case 'ready':
    case 'downloading':
    case 'saved':
    case 'upscaling':
      return undefined;
  }
}

export function jobIcon(view: JobView, stale: boolean, gone = false): vscode.ThemeIcon {
  if (gone) return themed('trash', 'disabledForeground');
  if (view.superseded === true) return themed('circle-slash', 'disabledForeground');
  if (view.paused && !finalStates.has(view.state)) return themed('debug-pause');
  if (view.held === true) return themed('warning', 'list.warningForeground');
  switch (view.state) {
    case 'queued':
      return themed(view.waitingUntil === undefined ? 'circle-large-outline' : 'watch');
    case 'submitting':
      return themed(view.kind === 'picture' ? 'loading~spin' : 'cloud-upload');
    case 'rendering':
      return themed('loading~spin');
    case 'ready':
    case 'downloading':
      return themed('cloud-download', 'charts.blue');
    case 'saved':
    case 'upscaling':
      return themed('sync~spin');
    case 'done':
      if (view.error !== undefined) return themed('warning', 'list.warningForeground');
      return stale
        ? themed('history', 'list.warningForeground')
        : themed('pass-filled', 'charts.green');
    case 'failed':
    case 'expired':
      return themed('error', 'list.errorForeground');
    case 'unclear':
      return themed('question', 'list.warningForeground');
    case 'cancelled':
      return themed('circle-slash', 'disabledForeground');
  }
}

function themed(name: string, color?: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}

function percent(progress: number | undefined): string | undefined {
  return progress === undefined ? undefined : formatPercent(progress);
}

function size({ bytes }: JobView): string | undefined {
  return bytes === undefined ? undefined : formatBytes(bytes);
}

function waiting({ waitingUntil }: JobView, account: string | undefined): string | undefined {
  if (waitingUntil === undefined) return undefined;
  const until = formatTime(waitingUntil);
  return account === undefined
    ? t('waits until {0}', until)
    : t('waits for “{0}” until {1}', account, until);
}

/** Where it stands in the service's queue. */
function queueWords({ ahead }: JobView): string | undefined {
  if (ahead === undefined) return undefined;
  return ahead === 0 ? t('next in the queue') : t('number {0} in the queue', ahead + 1);
}

/** What a service said that did not answer with what must be there, and when it is asked again. */
function asked(view: JobView): readonly (string | undefined)[] {
  return [view.note, waiting(view, undefined)];
}

function upscaled({ upscaled: kind }: JobView): string | undefined {
  if (kind === undefined) return undefined;
  return kind === '4k' ? '4K' : t('4K, scaled');
}

/** What a clip that is here is without. */
function lost({ stage }: JobView): string {
  return stage === 'upscale' ? t('not enlarged') : t('no poster');
}
