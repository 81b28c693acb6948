import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import pLimit from 'p-limit';
import type { Clock } from '../base/clock.ts';
import { ScenewrightError, cancelledError } from '../base/errors.ts';
import type { Http } from '../net/http.ts';
import { backoffMs, type Backoff } from '../net/retry.ts';
import type { ClipSource } from '../studios/port.ts';
import { verifyDigest } from './digest.ts';
import { diskError, prepareFolder } from './disk.ts';
import { PartFile, discardPart, partOf, promotePart } from './part-file.ts';
import { SpeedMeter } from './speed.ts';
import { fetchImage } from './thumbnail.ts';
import { transfer } from './transfer.ts';
import { verifyVideo, type VerifiedVideo } from './verify.ts';

export interface DownloaderOptions {
  readonly http: Http;
  readonly clock: Clock;
  /** Downloads at once, 1 to 20 (default 5). */
  readonly parallel?: number;
  /** How long a server may send nothing, in milliseconds (default 30 s). */
  readonly idleTimeoutMs?: number;
  /** Failures in a row without a single new byte, until a download fails (default 5). */
  readonly retries?: number;
  readonly backoff?: Backoff;
  readonly random?: () => number;
}

export interface DownloadRequest {
  /** Which render this is: what was fetched of another one is never mixed in. */
  readonly key: string;
  /** Where to fetch from. Asked once more when the first answer has been refused or expired. */
  readonly source: (signal: AbortSignal) => Promise<ClipSource>;
  /** The clip's final place, and the folder that it must really be in; absolute paths. */
  readonly file: string;
  readonly root: string;
  readonly signal: AbortSignal;
  /** A place among the parallel downloads is free, and it begins. */
  readonly onStart?: () => void;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

export interface DownloadProgress {
  readonly bytes: number;
  readonly total?: number;
  /** Bytes per second. */
  readonly speed?: number;
}

/** Progress is told at most this often, in milliseconds. */
const progressMs = 100;

/** How often a file that arrived whole but is no whole video is fetched anew. */
const maxBroken = 2;

/**
 * Brings clips into their place: several at once, each to a part beside it, verified, and only then
 * renamed, so that a name without `.part` always is a whole clip. Survives bad lines by going on
 * where it was, and crashes by going on with what the last window left.
 */
export class Downloader {
  private readonly options: DownloaderOptions;
  private readonly limit: ReturnType<typeof pLimit>;
  /** The last download of each place, so that two never write one part. */
  private readonly places = new Map<string, Promise<unknown>>();

  constructor(options: DownloaderOptions) {
    this.options = options;
    this.limit = pLimit(withinBounds(options.parallel ?? 5));
  }

  /** Change how many run at once; those that run already go on. */
  setParallel(parallel: number): void {
    this.limit.concurrency = withinBounds(parallel);
  }

  /**
   * Resolves when the verified clip is in its place. Stopping it by the signal, and any failure,
   * leaves the part for the next time, and an older clip as it was.
   *
   * @throws ScenewrightError whose message is for the writer.
   */
  async download(request: DownloadRequest): Promise<VerifiedVideo> {
    const before = this.places.get(request.file);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return await this.untilDone(request);
    })();
    this.places.set(request.file, mine);
    try {
      return await mine;
    } finally {
      if (this.places.get(request.file) === mine) this.places.delete(request.file);
    }
  }

  /** A small picture, such as a studio's thumbnail; absent when it is anything else. */
  async image(source: ClipSource, signal: AbortSignal): Promise<Uint8Array | undefined> {
    return await fetchImage(this.options.http, source, signal);
  }

  private async untilDone(request: DownloadRequest): Promise<VerifiedVideo> {
    const { clock, random = Math.random, retries = 5 } = this.options;
    const backoff = this.options.backoff ?? { baseMs: 500, maxMs: 30_000 };
    const run = new DownloadRun(request, this.options);
    let failures = 0;
    let broken = 0;
    for (;;) {
      const reached = run.furthest;
      try {
        // Only while it works does it take a place; waiting for another try leaves it to others.
        return await this.inTurn(() => run.attempt(), request.signal);
      } catch (thrown) {
        const error = diskError(thrown, request.file);
        if (request.signal.aborted) throw cancelledError('The download');
        if (run.mayRenew(error)) continue;
        if (!(error instanceof ScenewrightError) || error.code === 'disk' || !error.retryable) {
          throw error;
        }
        if (error.code === 'bad-answer' && ++broken > maxBroken) throw error;
        // A line that breaks often but gets on is only slow.
        failures = run.furthest > reached ? 1 : failures + 1;
        if (failures > retries) throw error;
        await clock.sleep(backoffMs(failures, error, backoff, random), request.signal);
      }
    }
  }

  /** Run the task when a place is free; stopping it before that is heard at once. */
  private inTurn<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => {
        reject(cancelledError('The download'));
      };
      if (signal.aborted) {
        stop();
        return;
      }
      signal.addEventListener('abort', stop, { once: true });
      void this.limit(async () => {
        signal.removeEventListener('abort', stop);
        if (signal.aborted) stop();
        else await task().then(resolve, reject);
      });
    });
  }
}

function withinBounds(parallel: number): number {
  return Number.isFinite(parallel) ? Math.min(20, Math.max(1, Math.round(parallel))) : 5;
}

/** What one download remembers from attempt to attempt. */
class DownloadRun {
  /** The most bytes that were ever here. */
  furthest = 0;
  private readonly request: DownloadRequest;
  private readonly options: DownloaderOptions;
  private readonly speed = new SpeedMeter();
  private source: ClipSource | undefined;
  private renewed = false;
  private toldAt = 0;

  constructor(request: DownloadRequest, options: DownloaderOptions) {
    this.request = request;
    this.options = options;
  }

  async attempt(): Promise<VerifiedVideo> {
    const { file, root, signal, key, onStart } = this.request;
    if (signal.aborted) throw cancelledError('The download');
    onStart?.();
    this.source ??= await this.request.source(signal);
    await prepareFolder(file, root);
    const part = await PartFile.open(file, key);
    try {
      await (this.source.kind === 'file'
        ? this.copy(this.source.path)
        : this.fetch(this.source, part));
      await part.sync();
    } finally {
      await part.close();
    }
    return await this.finish(part);
  }

  /** Whether `error` means that the address is no good any more and a fresh one is to be asked for. */
  mayRenew(error: unknown): boolean {
    if (this.renewed || this.source?.kind !== 'http' || !(error instanceof ScenewrightError)) {
      return false;
    }
    const refused = [401, 403, 404, 410].includes(error.status ?? 0);
    if (!refused && !(error.code === 'bad-answer' && !error.retryable)) return false;
    this.renewed = true;
    this.source = undefined;
    return true;
  }

  private async fetch(
    source: Extract<ClipSource, { readonly kind: 'http' }>,
    part: PartFile,
  ): Promise<void> {
    // All of it may be here: the window closed just before the last step.
    if (part.bytes > 0 && part.bytes === part.info.total) return;
    const { http, clock, idleTimeoutMs = 30_000 } = this.options;
    await transfer({
      http,
      source,
      part,
      idleMs: idleTimeoutMs,
      now: () => clock.now(),
      signal: this.request.signal,
      onBytes: (bytes, total) => {
        this.tell(bytes, total);
      },
    });
  }

  private async copy(from: string): Promise<void> {
    try {
      await copyFile(from, partOf(this.request.file), constants.COPYFILE_FICLONE);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new ScenewrightError(
        'disk',
        `The rendered file ${from} is gone. Render the scene again.`,
        {
          cause: error,
        },
      );
    }
  }

  private async finish(part: PartFile): Promise<VerifiedVideo> {
    const { file, root, onProgress } = this.request;
    try {
      const video = await verifyVideo(part.path);
      if (part.info.digest !== undefined) await verifyDigest(part.path, part.info.digest);
      // The folder may have been exchanged for a link while the bytes came in.
      await prepareFolder(file, root);
      await promotePart(file);
      onProgress?.({ bytes: video.bytes, total: video.bytes });
      return video;
    } catch (error) {
      if (error instanceof ScenewrightError && error.code === 'bad-answer') await discardPart(file);
      throw error;
    }
  }

  private tell(bytes: number, total: number | undefined): void {
    const now = this.options.clock.now();
    this.furthest = Math.max(this.furthest, bytes);
    if (now - this.toldAt < progressMs && bytes !== total) return;
    this.toldAt = now;
    this.speed.note(now, bytes);
    const speed = this.speed.bytesPerSecond;
    this.request.onProgress?.({
      bytes,
      ...(total === undefined ? {} : { total }),
      ...(speed === undefined ? {} : { speed }),
    });
  }
}
