import type { Clock } from '../base/clock.ts';
import { ScenewrightError, cancelledError, isCancelled } from '../base/errors.ts';
import { defined } from '../base/defined.ts';
import { Enclosure } from '../base/enclosure/enclosure.ts';
import { exists } from '../base/files.ts';
import { isSameContent } from '../base/same-content.ts';
import { t } from '../base/l10n.ts';
import type { ClipSource } from '../studios/port.ts';
import type { AttemptNews } from './attempt.ts';
import { clipFileIn } from './clip-name.ts';
import { stemOf, takeParts } from './clip-parts.ts';
import type { DownloadRequest } from './download-request.ts';
import type { Engine } from './engine.ts';
import type { VideoKind } from './file-kind.ts';
import { isOtherFile } from './no-clip.ts';
import { discardPart, partOf, promotePart } from './part-file.ts';
import { isPlaceTaken, placeTaken } from './place-taken.ts';
import { SpeedMeter } from './speed-meter.ts';
import type { VerifiedVideo } from './verify-video.ts';

export interface RunOptions {
  readonly clock: Clock;
}

/** Progress is told at most this often, in milliseconds. */
const progressMs = 100;

/** What one download remembers from attempt to attempt. */
export class DownloadRun {
  /** The most bytes that were ever here. */
  furthest = 0;
  /** In all, once the server has told. */
  total: number | undefined;
  private readonly request: DownloadRequest;
  private readonly options: RunOptions;
  private readonly engine: Engine;
  private readonly speed = new SpeedMeter();
  private readonly stem: string;
  /** Where the clip goes, named as an MP4; another one than was asked for where that is taken. */
  place: string;
  private isOwn = false;
  private source: ClipSource | undefined;
  private renewed = false;
  /** How the clip was refused first, where it was. */
  private refusal: ScenewrightError | undefined;
  private toldAt = 0;

  constructor(request: DownloadRequest, options: RunOptions, engine: Engine) {
    this.request = request;
    this.options = options;
    this.engine = engine;
    this.place = request.file;
    this.stem = stemOf(request.file, request.holder?.name);
  }

  async attempt(): Promise<VerifiedVideo> {
    const { key, file, root, allowPrivate, signal, onStart } = this.request;
    const { stem } = this;
    onStart?.();
    this.source ??= await this.request.source(signal);
    await this.takeOver();
    const source = alone(this.source);
    const task = { key, file, root, stem, allowPrivate, source };
    const news: AttemptNews = {
      onBytes: (bytes, total) => {
        this.tell(bytes, total);
      },
      onWaiting: () => this.request.onWaiting?.(),
    };
    const video = await this.engine.attempt(task, news, signal);
    await this.putInPlace(video.kind);
    this.request.onProgress?.({ bytes: video.bytes, total: video.bytes });
    return video;
  }

  /**
   * Whether `error` means that the clip is not to be had from where it was asked for, and there is
   * another place to ask: one more that the service named, or what it names when it is asked anew.
   */
  mayTurnElsewhere(error: unknown): boolean {
    const { source } = this;
    if (!(error instanceof ScenewrightError) || source === undefined || source.kind === 'file') {
      return false;
    }
    if (!isRefusal(error)) return false;
    // Where the service would rather have it fetched from tells more than what comes after.
    this.refusal ??= error;
    if (source.otherwise !== undefined) {
      this.source = source.otherwise;
      return true;
    }
    if (this.renewed || source.kind !== 'http' || isOtherFile(error)) return false;
    this.renewed = true;
    this.source = undefined;
    return true;
  }

  /** What to say of a refusal: the first of them. */
  refusalFor(error: ScenewrightError): ScenewrightError {
    return isRefusal(error) ? (this.refusal ?? error) : error;
  }

  /** Nobody else goes on with a part of this clip from now on, nor can put one in its place. */
  private async takeOver(): Promise<void> {
    const { key, file, root, holder } = this.request;
    if (holder === undefined || this.isOwn) return;
    await holder.confirm();
    const inside = new Enclosure(root);
    await inside.prepare(file);
    await takeParts(inside, file, this.stem, key);
    this.isOwn = true;
  }

  /**
   * Whether the part has gone though the clip is still this window's to fetch: one that had stood
   * still may take it for its own before it sees that it has no say any more.
   */
  async isRobbed(): Promise<boolean> {
    const { holder } = this.request;
    if (holder === undefined || !this.isOwn || (await exists(partOf(this.stem)))) return false;
    await holder.confirm();
    this.isOwn = false;
    return true;
  }

  /** What nobody would ever go on with does not stay. */
  async clear(): Promise<void> {
    const { holder, root } = this.request;
    if (holder === undefined || !this.isOwn) return;
    await holder.confirm().catch(async (error: unknown) => {
      if (!isCancelled(error)) await discardPart(new Enclosure(root), this.stem);
    });
  }

  /** Where nothing is; what is there already stays. */
  private async putInPlace(kind: VideoKind): Promise<void> {
    const { root, signal, holder, elsewhere } = this.request;
    const inside = new Enclosure(root);
    for (;;) {
      if (signal.aborted) throw cancelledError(t('The download'));
      const file = clipFileIn(this.place, kind);
      // The folder may have been exchanged for a link while the bytes came in.
      await inside.prepare(file);
      await holder?.confirm();
      const isFree = !(await isPlaceTaken(this.place));
      if (isFree && (await promotePart(inside, file, this.stem))) return;
      // Put there by a window that ended before it could write that down.
      if (await isSameContent(partOf(this.stem), file)) {
        await discardPart(inside, this.stem);
        return;
      }
      if (elsewhere === undefined) throw placeTaken(file);
      this.place = await elsewhere();
    }
  }

  private tell(bytes: number, total: number | undefined): void {
    const now = this.options.clock.now();
    this.furthest = Math.max(this.furthest, bytes);
    this.total = total;
    if (now - this.toldAt < progressMs && bytes !== total) return;
    this.toldAt = now;
    this.speed.note(now, bytes);
    const speed = this.speed.bytesPerSecond;
    this.request.onProgress?.({
      bytes,
      ...defined({ total, speed }),
    });
  }
}

/** Without what is of no use to whoever only fetches it from there. */
function alone(source: ClipSource): ClipSource {
  switch (source.kind) {
    case 'file':
      return source;
    case 'http':
      return { kind: 'http', url: source.url, headers: source.headers };
    case 'inside':
      return { kind: 'inside', base64: source.base64 };
  }
}

/** Whether who was asked has no clip for us, and would not have one a moment later either. */
function isRefusal({ status = 0, code, retryable }: ScenewrightError): boolean {
  if (code === 'bad-answer') return !retryable;
  return !retryable && status >= 400 && status < 500;
}
