import pLimit from 'p-limit';
import { ScenewrightError, messageOf } from '../base/errors.ts';
import { remoteOf, renderName, type Workshop, type Wait } from './workshop.ts';
import type { Job } from './book.ts';
import type { JobRecord } from './model.ts';

/** A service's thumbnail gets this long, in milliseconds. */
const thumbnailMs = 20_000;

/** What happens to a clip once the service has it: download, then poster. */
export class Clips {
  private readonly workshop: Workshop;
  private readonly posters = pLimit(2);

  constructor(workshop: Workshop) {
    this.workshop = workshop;
  }

  /** Bring the clip into its place. */
  async fetch(job: Job): Promise<Wait> {
    const { record } = job;
    const signal = this.workshop.signalOf(job);
    try {
      const studio = this.workshop.studioOf(record);
      const remote = remoteOf(record);
      const video = await this.workshop.options.download.download({
        key: renderName(record),
        source: async (within) =>
          await studio.result(remote, await this.workshop.contextOf(record, studio, within)),
        file: record.file,
        root: record.root,
        signal,
        onStart: () => {
          if (job.record.state !== 'ready') return;
          this.workshop.book.apply(job, { type: 'download' }).catch(this.workshop.options.onDefect);
        },
        onProgress: (progress) => {
          if (job.record.state === 'downloading') this.workshop.book.note(job, progress);
        },
      });
      await this.workshop.keepGoing(
        this.workshop.book.apply(job, {
          type: 'saved',
          bytes: video.bytes,
          ...(video.seconds === undefined ? {} : { clipSeconds: video.seconds }),
        }),
      );
      return 0;
    } catch (error) {
      if (signal.aborted) return undefined;
      return await this.workshop.fail(job, 'download', notDownloaded(error));
    }
  }

  /** A poster beside it; a nicety that never fails a job. */
  async addPoster(job: Job): Promise<Wait> {
    const { record } = job;
    const signal = this.workshop.signalOf(job);
    const poster = await this.posters(async () => {
      if (signal.aborted) return undefined;
      const thumbnail = await this.thumbnail(record, signal);
      const input = { clip: record.file, number: record.number, title: record.scene.title };
      return await this.workshop.options.posters
        .make({ ...input, ...(thumbnail === undefined ? {} : { thumbnail }) }, signal)
        .catch(() => undefined);
    });
    // Breaking off is not an answer; the next window makes it.
    if (this.workshop.stopped) return undefined;
    await this.workshop.keepGoing(this.workshop.book.apply(job, { type: 'poster', poster }));
    return undefined;
  }

  private async thumbnail(record: JobRecord, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const studio = this.workshop.options.studios(record.studio);
    if (studio?.thumbnail === undefined || record.remote === undefined) return undefined;
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(thumbnailMs)]);
      const context = await this.workshop.contextOf(record, studio, limited);
      const source = await studio.thumbnail(record.remote, context);
      return source === undefined
        ? undefined
        : await this.workshop.options.download.image(source, limited);
    } catch {
      // There are other ways to a poster.
      return undefined;
    }
  }
}

function notDownloaded(error: unknown): unknown {
  if (error instanceof ScenewrightError && error.code === 'disk') return error;
  return new ScenewrightError(
    'network',
    `The clip could not be fetched: ${messageOf(error)} The render is kept at the service; a retry only fetches it again.`,
    { cause: error, retryable: true },
  );
}
