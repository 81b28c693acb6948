import pLimit from 'p-limit';
import { ScenewrightError, messageOf } from '../../base/errors.ts';
import type { Job } from '../job-table.ts';
import { errandOf, remoteOf, type Errand } from '../errand.ts';
import type { JobRecord } from '../job.ts';
import { clipBytes } from '../clip-size.ts';
import { isPrivateStudio } from './studio-address.ts';
import type { Wait, StepContext } from './step-context.ts';

/** A service's thumbnail gets this long, in milliseconds. */
const thumbnailMs = 20_000;

/** What happens to a clip, or a larger one, once the service has it: download, then poster. */
export class DownloadStep {
  private readonly context: StepContext;
  private readonly posters = pLimit(2);

  constructor(context: StepContext) {
    this.context = context;
  }

  /** Bring the clip into its place. */
  async fetch(job: Job): Promise<Wait> {
    const { record } = job;
    const { signal } = job.stop;
    const { table, options } = this.context;
    const errand = errandOf(record);
    try {
      const studio = this.context.studioOf(record);
      const remote = remoteOf(errand, record);
      await options.neighbours.hold(record);
      const video = await options.download.download({
        key: errand.name,
        source: async (within) =>
          await studio.result(remote, this.context.contextOf(studio, record.account, within)),
        file: errand.file,
        root: record.root,
        holder: {
          name: this.context.name,
          confirm: () => this.context.expectHeld(record),
        },
        expectedBytes: clipBytes(record.scene.seconds),
        allowPrivate: await isPrivateStudio(remote),
        signal,
        onStart: () => {
          if (job.record.state !== 'ready') return;
          table.apply(job, { type: 'download' }).catch(options.onDefect);
        },
        onProgress: (progress) => {
          if (['downloading', 'upscaling'].includes(job.record.state)) table.note(job, progress);
        },
      });
      // Written down only once a power cut cannot take it away any more.
      await options.download.settled();
      await this.context.keepGoing(
        table.apply(job, {
          type: 'saved',
          bytes: video.bytes,
          ...(video.seconds === undefined ? {} : { clipSeconds: video.seconds }),
        }),
      );
      return 0;
    } catch (error) {
      if (signal.aborted) return undefined;
      return await this.context.fail(job, 'download', notDownloaded(error, errand));
    }
  }

  /** A poster beside it; a nicety that never fails a job. */
  async addPoster(job: Job): Promise<Wait> {
    const { record } = job;
    const { signal } = job.stop;
    const poster = await this.posters(async () => {
      if (signal.aborted) return undefined;
      const thumbnail = await this.thumbnail(record, signal);
      try {
        await this.context.expectHeld(record);
      } catch {
        return undefined;
      }
      const { file: clip, root } = record;
      const input = { clip, root, number: record.number, title: record.scene.title };
      return await this.context.options.posters
        .make({ ...input, ...(thumbnail === undefined ? {} : { thumbnail }) }, signal)
        .catch(() => undefined);
    });
    // Breaking off is not an answer; the next window makes it.
    if (this.context.stopped) return undefined;
    const upscale = this.context.options.upscale() === '4k';
    await this.context.keepGoing(
      this.context.table.apply(job, { type: 'poster', poster, upscale }),
    );
    return upscale ? 0 : undefined;
  }

  private async thumbnail(record: JobRecord, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const studio = this.context.options.studios(record.studio, record);
    if (studio?.thumbnail === undefined || record.remote === undefined) return undefined;
    const { remote } = record;
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(thumbnailMs)]);
      const context = this.context.contextOf(studio, record.account, limited);
      const source = await studio.thumbnail(remote, context);
      return source === undefined
        ? undefined
        : await this.context.options.download.image(source, limited, await isPrivateStudio(remote));
    } catch {
      // There are other ways to a poster.
      return undefined;
    }
  }
}

function notDownloaded(error: unknown, { kind }: Errand): unknown {
  if (error instanceof ScenewrightError && error.code === 'disk') return error;
  const what = kind === 'render' ? 'The clip' : 'The enlarged clip';
  return new ScenewrightError(
    'network',
    `${what} could not be fetched: ${messageOf(error)} It is kept at the service; a retry only fetches it again.`,
    { cause: error, retryable: true },
  );
}
