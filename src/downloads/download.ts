import type { Clock } from '../base/clock.ts';
import { diskError } from '../base/disk-error.ts';
import { Enclosure } from '../base/enclosure/enclosure.ts';
import { ScenewrightError, cancelledError } from '../base/errors.ts';
import { isNotThere } from '../base/files.ts';
import { t } from '../base/l10n.ts';
import { Limiter } from '../base/limiter.ts';
import type { Fetcher } from '../net/fetcher.ts';
import { plainOptions } from '../net/http-types.ts';
import type { Http } from '../net/http.ts';
import { retry, type Backoff, type Failure } from '../net/retry.ts';
import type { ClipSource } from '../studios/port.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { EngineOfThisThread } from './engine-of-this-thread.ts';
import { clipFileIn } from './clip-name.ts';
import { discardPart, settleClip } from './part-file.ts';
import { discardPartsOf, stemOf } from './clip-parts.ts';
import type { DownloadRequest } from './download-request.ts';
import { DownloadRun } from './download-run.ts';
import type { LowSpeed } from './low-speed-watch.ts';
import { fetchImage } from './fetch-image.ts';
import type { FetchedPicture, PictureRequest } from './fetch-picture.ts';
import type { VerifiedVideo } from './verify-video.ts';
import { WorkerEngine } from './worker-engine.ts';

export interface DownloaderOptions {
  readonly http: Http;
  readonly clock: Clock;
  /** The worker's script: `dist/downloads/worker.cjs`; absent: the work is done in this thread. */
  readonly workerFile?: string;
  /** Downloads at once, 1 to 20 (default 5). */
  readonly parallel?: number;
  /** Connections for one file, 1 to 4 (default 4), where more than one is faster. */
  readonly segments?: number;
  /** Connections to one host, at least 1 (default 8). */
  readonly connectionsPerHost?: number;
  /** For all downloads together; 0 for no limit (default). */
  readonly bytesPerSecond?: number;
  /** No clip may be larger, in bytes (default 4 GB). */
  readonly largestBytes?: number;
  /** How long a server may send nothing in the midst of a clip, in milliseconds (default 30 s). */
  readonly idleTimeoutMs?: number;
  /**
   * How long until it sends the first of it, in milliseconds (default 15 min): some put a clip together
   * only when it is asked for, and would begin anew for each who asks again.
   */
  readonly firstByteMs?: number;
  /** How long it is silent until that is told, in milliseconds (default 15 s). */
  readonly toldAfterMs?: number;
  /** A connection that brings less than this for so long is given up (default 1 kB/s for 60 s). */
  readonly lowSpeed?: LowSpeed;
  /** Failures in a row without a single new byte, until a download fails (default 5). */
  readonly retries?: number;
  readonly backoff?: Backoff;
  readonly random?: () => number;
}

/** No clip of a minute or two is larger, however good it is. */
const largestBytes = 4_000_000_000;

/** How often a file that arrived whole but is no whole video is fetched anew. */
const maxBroken = 2;

/**
 * Brings clips into their place: several at once, each to a part beside it, verified, and only then
 * renamed, so that a name without `.part` always is a whole clip. Survives bad lines by going on
 * where it was, and crashes by going on with what the last window left.
 *
 * A clip is in its place as soon as it is renamed; that it reaches the disk itself is seen to right
 * afterwards, in the background, because waiting for that would hold up all that follow.
 */
export class Downloader {
  private readonly options: DownloaderOptions;
  private readonly limiter: Limiter;
  private readonly engine: Engine;
  /** Fetches pictures; loaded with the first. */
  private images: Promise<Fetcher> | undefined;
  private limits: EngineOptions['limits'];
  /** The last download of each place, so that two never write one part. */
  private readonly places = new Map<string, { key: string; done: Promise<unknown> }>();
  /** Clips on their way to the disk itself: one at a time, lest they hold up all other writing. */
  private settling: Promise<void> = Promise.resolve();

  constructor(options: DownloaderOptions) {
    this.options = options;
    this.limiter = new Limiter(within(options.parallel, 1, 20, 5));
    this.limits = {
      bytesPerSecond: within(options.bytesPerSecond, 0, Number.MAX_SAFE_INTEGER, 0),
      connectionsPerHost: within(options.connectionsPerHost, 1, 100, 8),
      largestBytes: within(options.largestBytes, 1, Number.MAX_SAFE_INTEGER, largestBytes),
    };
    const { http, workerFile, idleTimeoutMs = 30_000 } = options;
    const engine: EngineOptions = {
      http: plainOptions(http.options),
      limits: this.limits,
      idleMs: idleTimeoutMs,
      firstByteMs: options.firstByteMs ?? 15 * 60_000,
      toldAfterMs: options.toldAfterMs ?? 15_000,
      lowSpeed: options.lowSpeed ?? { bytesPerSecond: 1000, ms: 60_000 },
      segments: within(options.segments, 1, 4, 4),
    };
    this.engine =
      workerFile === undefined
        ? new EngineOfThisThread(engine)
        : new WorkerEngine(workerFile, engine);
  }

  /** Change how many run at once; those that run already go on. */
  setParallel(parallel: number): void {
    this.limiter.setLimit(within(parallel, 1, 20, 5));
  }

  /** Change the limit for all downloads together, in bytes per second; 0 for none. */
  setBandwidth(bytesPerSecond: number): void {
    this.setLimits({ bytesPerSecond: within(bytesPerSecond, 0, Number.MAX_SAFE_INTEGER, 0) });
  }

  /** Change how many connections to one host may be open; those that are open stay. */
  setConnectionsPerHost(connections: number): void {
    this.setLimits({ connectionsPerHost: within(connections, 1, 100, 8) });
  }

  /** Change how large a clip may be, in bytes; for those that are begun from now on. */
  setLargest(bytes: number): void {
    this.setLimits({ largestBytes: within(bytes, 1, Number.MAX_SAFE_INTEGER, largestBytes) });
  }

  /**
   * Resolves when the verified clip is in its place, or in the other that it was given where something
   * was there. Stopping it by the signal, and any failure, leaves the part for the next time.
   *
   * @throws ScenewrightError whose message is for the writer.
   */
  async download(request: DownloadRequest): Promise<VerifiedVideo> {
    const before = this.places.get(request.file);
    const run = new DownloadRun(request, this.options, this.engine);
    const mine = (async () => {
      await before?.done.catch(() => undefined);
      return await this.untilDone(run, request);
    })();
    this.places.set(request.file, { key: request.key, done: mine });
    try {
      const video = await mine;
      // Where it fails, the system does the same by itself a little later.
      this.settling = this.settling
        .then(() => settleClip(clipFileIn(run.place, video.kind)))
        .catch(() => undefined);
      return video;
    } finally {
      if (this.places.get(request.file)?.done === mine) this.places.delete(request.file);
    }
  }

  /**
   * Nobody wants this clip any more: remove what has been fetched of it, once a download of it that is
   * just being stopped has ended.
   *
   * @param name of the window whose part goes, also where nothing says yet what it is of
   * @throws ScenewrightError `disk`
   */
  async discard(
    { key, file, root }: Pick<DownloadRequest, 'key' | 'file' | 'root'>,
    name?: string,
  ): Promise<void> {
    const last = this.places.get(file);
    if (last?.key === key) await last.done.catch(() => undefined);
    try {
      const inside = new Enclosure(root);
      await discardPartsOf(inside, file, key);
      if (name !== undefined) await discardPart(inside, stemOf(file, name));
    } catch (error) {
      if (!isNotThere(error)) throw diskError(error, file);
    }
  }

  /** Resolves when every clip that is in its place by now has reached the disk itself. */
  async settled(): Promise<void> {
    await this.settling;
  }

  /**
   * A small picture, such as a studio's thumbnail; absent when it is anything else.
   *
   * @param allowPrivate whether it may come from an address that is not on the public internet
   */
  async image(
    source: ClipSource,
    signal: AbortSignal,
    allowPrivate: boolean,
  ): Promise<Uint8Array | undefined> {
    return await fetchImage(await this.fetcher(), source, signal, allowPrivate);
  }

  /**
   * A picture that was ordered by itself, into its place; see `fetch-picture.ts`. It is read whole, and by this
   * thread.
   *
   * @throws ScenewrightError whose message is for the writer
   */
  async picture(request: PictureRequest): Promise<FetchedPicture> {
    const { signal } = request;
    const [images, { fetchPicture }] = await Promise.all([
      this.fetcher(),
      import('./fetch-picture.ts'),
    ]);
    const fetch = async (): Promise<FetchedPicture> => {
      request.onStart?.();
      return await fetchPicture(request, images);
    };
    try {
      return await this.limiter.run(fetch, { priority: Infinity, signal });
    } catch (error) {
      throw signal.aborted ? cancelledError(t('The download')) : diskError(error, request.file);
    }
  }

  /** Ends all connections and the worker; downloads under way fail, and their parts stay. */
  async dispose(): Promise<void> {
    await Promise.all([this.engine.close(), this.images?.then((images) => images.close())]);
  }

  private async fetcher(): Promise<Fetcher> {
    this.images ??= import('../net/fetcher.ts').then(
      ({ Fetcher }) => new Fetcher(this.options.http.options),
    );
    return await this.images;
  }

  private setLimits(limits: Partial<EngineOptions['limits']>): void {
    this.limits = { ...this.limits, ...limits };
    this.engine.setLimits(this.limits);
  }

  private async untilDone(run: DownloadRun, request: DownloadRequest): Promise<VerifiedVideo> {
    try {
      return await this.untilWhole(run, request);
    } catch (error) {
      await run.clear();
      throw error;
    }
  }

  private async untilWhole(run: DownloadRun, request: DownloadRequest): Promise<VerifiedVideo> {
    const { clock, random = Math.random, retries = 5 } = this.options;
    const backoff = this.options.backoff ?? { baseMs: 500, maxMs: 30_000 };
    const { signal } = request;
    let reached = 0;
    let broken = 0;
    const attempt = async (): Promise<VerifiedVideo> => {
      reached = run.furthest;
      // Only while it works does it hold up others, and not while it waits for another try. The largest
      // goes first: one that begins last keeps everybody waiting at the end.
      const priority = run.total ?? request.expectedBytes ?? -1;
      return await this.limiter.run(() => run.attempt(), { priority, signal });
    };
    const weigh = async ({ error: thrown, inARow }: Failure): Promise<Failure | 'again'> => {
      const error = diskError(thrown, request.file);
      if (run.mayTurnElsewhere(error)) return 'again';
      if (!(error instanceof ScenewrightError)) throw error;
      if (!error.retryable) throw run.refusalFor(error);
      if (error.code === 'disk' && !(await run.isRobbed())) throw error;
      if (error.code === 'bad-answer' && ++broken > maxBroken) throw error;
      // A line that breaks often but gets on is only slow; one that gets on at a snail's pace is not.
      const gotOn = run.furthest > reached && !isTooSlow(error);
      return { error, inARow: gotOn ? 1 : inARow };
    };
    const policy = { attempts: retries + 1, backoff };
    try {
      return await retry(attempt, { policy, clock, random, signal, weigh });
    } catch (error) {
      throw signal.aborted ? cancelledError(t('The download')) : error;
    }
  }
}

function within(value: number | undefined, least: number, most: number, usual: number): number {
  if (value === undefined || !Number.isFinite(value)) return usual;
  return Math.min(most, Math.max(least, Math.round(value)));
}

function isTooSlow({ cause }: ScenewrightError): boolean {
  return (cause as { code?: string } | undefined)?.code === 'TOO_SLOW';
}
