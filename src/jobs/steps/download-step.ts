import { ScenewrightError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { isOtherFile } from '../../downloads/no-clip.ts';
import type { ClipSource } from '../../studios/port.ts';
import { currentOrder } from '../job.ts';
import type { Job } from '../job-table.ts';
import { clipBytes } from '../clip-size.ts';
import { orderName, remoteOf, rulesOf } from '../order-kinds.ts';
import { nextDoubt } from './patience.ts';
import { serviceFailed } from './service-failure.ts';
import type { StepContext, Wait } from './step-context.ts';
import { isPrivateStudio } from './studio-address.ts';

type Tools = Pick<
  StepContext,
  'table' | 'lease' | 'studios' | 'neighbours' | 'download' | 'clock' | 'moveOn'
>;

/** Fetches what a service has finished, into its place. */
export class DownloadStep {
  private readonly tools: Tools;

  constructor(tools: Tools) {
    this.tools = tools;
  }

  async fetch(job: Job): Promise<Wait> {
    const { signal } = job.stop;
    const { table, lease, studios, neighbours, download, moveOn } = this.tools;
    const order = currentOrder(job.record);
    const rules = rulesOf(order);
    const isMovable = order.kind !== 'upscale';
    let source: ClipSource | undefined;
    try {
      const studio = studios.of(job.record);
      const remote = remoteOf(job.record, order);
      if (isMovable && (await neighbours.isTaken(job.record))) await moveOn(job);
      const { record } = job;
      await neighbours.hold(record);
      const request = {
        source: async (within: AbortSignal) => {
          source = undefined;
          source = await studio.result(remote, studios.contextOf(studio, order.account, within));
          return source;
        },
        file: rules.file(record),
        ...(isMovable ? { elsewhere: () => moveOn(job) } : {}),
        root: record.root,
        holder: { name: lease.name, confirm: () => lease.expectHeld(job.record) },
        allowPrivate: await isPrivateStudio(remote),
        signal,
        onStart: () => void table.tryApply(job, { type: 'fetch' }),
      };
      if ('draw' in studio) {
        const { bytes, kind } = await download.picture(request);
        await table.apply(job, { type: 'saved', bytes, video: kind, note: noteOf(source) });
        await studio.release?.(remote);
        return undefined;
      }
      const { bytes, seconds, kind } = await download.download({
        ...request,
        key: orderName(record, order),
        expectedBytes: clipBytes(record.scene.seconds),
        onWaiting: () => {
          table.note(job, { note: waitsForFirst() });
        },
        onProgress: (progress) => {
          if (currentOrder(job.record).state === 'fetching') table.note(job, progress);
        },
      });
      // Written down only once a power cut cannot take it away any more.
      await download.settled();
      await table.tryApply(job, {
        type: 'saved',
        bytes,
        video: kind,
        clipSeconds: seconds,
        note: noteOf(source),
      });
      return 0;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (isVerdict(error, source)) {
        return await table.fail(
          job,
          'service',
          serviceFailed(job.record, error.said ?? error.message, true),
        );
      }
      // It has kept its word, and yet there is nothing to fetch.
      if (isOtherFile(error)) return await table.fail(job, 'service', error);
      if (mayComeYet(error, source)) return await this.waitFor(job, error);
      return await table.fail(job, 'download', notDownloaded(error, rules.words.kept()));
    }
  }

  /** A clip may be finished a while before it can be had: it is gone only if that does not change. */
  private async waitFor(job: Job, error: ScenewrightError): Promise<Wait> {
    const { table, clock } = this.tools;
    const now = clock.now();
    const order = currentOrder(job.record);
    const doubt = nextDoubt(order.doubt, error.message, now, error.retryAfterMs);
    if (doubt === undefined) {
      const { kept } = rulesOf(order).words;
      return await table.fail(job, 'download', notDownloaded(error, kept()));
    }
    await table.tryApply(job, { type: 'doubt', doubt });
    return doubt.until - now;
  }
}

function noteOf(source: ClipSource | undefined): string | undefined {
  return source === undefined || source.kind === 'file' ? undefined : source.note;
}

/** Whether the service tells, where it is asked for the clip, that it made none. */
function isVerdict(error: unknown, source: ClipSource | undefined): error is ScenewrightError {
  return error instanceof ScenewrightError && error.code === 'refused' && source === undefined;
}

/**
 * Whether a clip that is finished may yet be had without anybody doing something about it: whatever a
 * service or a store of files says in the first minutes, but not that its key is no good, or what is
 * wrong on this machine.
 *
 * @param source where it was to be fetched; absent where the service itself did not say
 */
function mayComeYet(error: unknown, source: ClipSource | undefined): error is ScenewrightError {
  if (!(error instanceof ScenewrightError) || source?.kind === 'file') return false;
  switch (error.code) {
    case 'network':
    case 'rate-limit':
      return error.retryable;
    case 'bad-answer':
    case 'refused':
      return true;
    case 'bad-input':
      return error.status !== undefined;
    case 'account':
      // Said of the clip, and not of who asks for it.
      return error.status !== undefined && source !== undefined;
    default:
      return false;
  }
}

function waitsForFirst(): string {
  return t('The service has not begun to send the clip yet. It is waited for.');
}

function notDownloaded(error: unknown, advice: string): unknown {
  if (error instanceof ScenewrightError && error.code === 'disk') return error;
  return new ScenewrightError('network', messageOf(error), {
    cause: error,
    retryable: true,
    advice,
  });
}
