import { ScenewrightError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { currentOrder } from '../job.ts';
import type { Job } from '../job-table.ts';
import { clipBytes } from '../clip-size.ts';
import { orderName, remoteOf, rulesOf } from '../order-kinds.ts';
import type { StepContext, Wait } from './step-context.ts';
import { isPrivateStudio } from './studio-address.ts';

type Tools = Pick<StepContext, 'table' | 'lease' | 'studios' | 'neighbours' | 'download'>;

/** Fetches what a service has finished, into its place. */
export class DownloadStep {
  private readonly tools: Tools;

  constructor(tools: Tools) {
    this.tools = tools;
  }

  async fetch(job: Job): Promise<Wait> {
    const { record } = job;
    const { signal } = job.stop;
    const { table, lease, studios, neighbours, download } = this.tools;
    const order = currentOrder(record);
    const rules = rulesOf(order);
    try {
      const studio = studios.of(record);
      const remote = remoteOf(record, order);
      await neighbours.hold(record);
      const { bytes, seconds } = await download.download({
        key: orderName(record, order),
        source: async (within) =>
          await studio.result(remote, studios.contextOf(studio, order.account, within)),
        file: rules.file(record),
        root: record.root,
        holder: { name: lease.name, confirm: () => lease.expectHeld(record) },
        expectedBytes: clipBytes(record.scene.seconds),
        allowPrivate: await isPrivateStudio(remote),
        signal,
        onStart: () => void table.tryApply(job, { type: 'fetch' }),
        onProgress: (progress) => {
          if (currentOrder(job.record).state === 'fetching') table.note(job, progress);
        },
      });
      // Written down only once a power cut cannot take it away any more.
      await download.settled();
      await table.tryApply(job, { type: 'saved', bytes, clipSeconds: seconds });
      return 0;
    } catch (error) {
      if (signal.aborted) return undefined;
      return await table.fail(job, 'download', notDownloaded(error, rules.words.result()));
    }
  }
}

function notDownloaded(error: unknown, what: string): unknown {
  if (error instanceof ScenewrightError && error.code === 'disk') return error;
  return new ScenewrightError(
    'network',
    t(
      '{0} could not be fetched: {1} It is kept at the service; a retry only fetches it again.',
      what,
      messageOf(error),
    ),
    { cause: error, retryable: true },
  );
}
