import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { connectionError } from '../net/http-errors.ts';
import { hostOf } from '../net/server-name.ts';
import type { FetchAnswer } from '../net/fetcher.ts';
import type { ClipAnswer } from './clip-answer.ts';
import { contentRangeOf } from './content-range.ts';
import { RangeRequester, Contradiction, type RangeRequesterOptions } from './range-requester.ts';
import type { Bandwidth } from './bandwidth.ts';
import type { BufferPool } from './buffer-pool.ts';
import { RunningDigest } from './digest.ts';
import type { PartFile } from './part-file.ts';
import { ByteRanges, type ByteRange } from './byte-ranges.ts';
import type { SegmentAdvice } from './segment-advice.ts';
import type { LowSpeed } from './low-speed-watch.ts';
import { Segment, type SegmentEnd } from './segment.ts';

export interface TransferOptions extends RangeRequesterOptions {
  readonly part: PartFile;
  readonly lowSpeed: LowSpeed;
  /** Connections for this file, at least 1. */
  readonly segments: number;
  readonly adviceFor: (url: URL) => SegmentAdvice;
  readonly buffers: BufferPool;
  readonly bandwidth: Bandwidth;
  readonly signal: AbortSignal;
  /** Once it is known how much there is, and before any of it is written; may throw. */
  readonly onTotal: (total: number) => Promise<void>;
  /** Called with every piece: bytes that are here, and in all where that is known. */
  readonly onBytes: (bytes: number, total: number | undefined) => void;
  /** Called once when the server has been silent for long since it was asked, and is waited for. */
  readonly onWaiting: () => void;
  /** What is long, in milliseconds. */
  readonly toldAfterMs: number;
}

/** A stretch smaller than this is not worth a connection of its own. */
const leastPiece = 512 * 1024;

/** How often it is looked at whether more connections would help, and whether one is too slow. */
const lookMs = 50;

/** A connection is let go although it does nothing wrong. */
class LetGo extends Error {}

/**
 * Fetches what is missing of a part: over one connection, or over several where one alone does not
 * use the line. Goes on with what is here if the server vouches that it still has the same file, and
 * begins anew otherwise; the stretches of a file are only ever put together on the server's word that
 * they are of one version.
 */
export class Transfer {
  private readonly options: TransferOptions;
  private readonly segments = new Set<Segment>();
  /** Stretches that have been asked for and not been answered. */
  private readonly asking = new Set<{ readonly range: ByteRange }>();
  private readonly stopping = new AbortController();
  private readonly requester: RangeRequester;
  private digest: RunningDigest | undefined;
  private mostSegments: number;
  private advice: SegmentAdvice | undefined;
  private here = 0;
  /** When the server was asked that has not sent anything since; by `performance.now()`. */
  private askedAt: number | undefined;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(options: TransferOptions) {
    this.options = options;
    this.mostSegments = options.segments;
    this.requester = new RangeRequester(
      options,
      AbortSignal.any([options.signal, this.stopping.signal]),
      () => {
        this.askedAt = performance.now();
      },
    );
  }

  /**
   * Resolves when the part is whole, as far as the server said how much there is.
   *
   * @throws ScenewrightError, or the system's own error from the disk; what has arrived until then
   * is in the part
   */
  async run(): Promise<void> {
    const { part } = this.options;
    const timer = setInterval(() => {
      this.look();
    }, lookMs);
    try {
      if (!part.isWhole) await this.fetchAll();
    } finally {
      clearInterval(timer);
      this.stopping.abort(new LetGo());
      await this.untilQuiet();
    }
  }

  /** @throws ScenewrightError `bad-answer` when the file is not the one that was announced */
  async verify(): Promise<void> {
    const { info, path } = this.options.part;
    if (info.digest === undefined) return;
    await (this.digest ?? new RunningDigest(info.digest)).verify(path);
  }

  private async fetchAll(): Promise<void> {
    const { part } = this.options;
    this.here = part.bytes;
    let contradicted = false;
    await this.openFirst();
    for (;;) {
      while (!part.isWhole && this.isBusy) await this.news();
      if (this.failure instanceof Contradiction) {
        if (contradicted) throw contradiction(this.options.source.url);
        contradicted = true;
        this.failure = undefined;
        // One answer after the other cannot contradict each other.
        this.mostSegments = 1;
        await this.untilQuiet();
        await this.open(await this.requester.all());
        continue;
      }
      if (part.isWhole) return;
      if (this.failure !== undefined) throw this.failure;
      const [hole] = part.holes();
      if (hole === undefined) return;
      await this.openFirst();
    }
  }

  // ——— the first connection ———

  /** Go on with the first stretch that is missing, or begin anew. */
  private async openFirst(): Promise<void> {
    const { part } = this.options;
    const [hole] = part.holes();
    if (hole !== undefined && part.bytes > 0 && part.info.validator !== undefined) {
      const rest = await this.requester.rest(hole, part.info);
      if (rest !== undefined && 'range' in rest) {
        await part.resume();
        this.start(rest.answer, rest.range);
        return;
      }
      if (rest !== undefined) {
        await this.open(rest);
        return;
      }
      // A range that does not fit (or 416: nothing lies beyond) proves nothing about what is here.
    }
    await this.open(await this.requester.all());
  }

  /** Begin anew with an answer that carries the whole file. */
  private async open(answer: ClipAnswer): Promise<void> {
    const { part, onTotal, signal } = this.options;
    const stretch = contentRangeOf(answer, part.info.key);
    try {
      if (stretch === undefined) throw contradiction(answer.hop.url);
      const { info } = stretch;
      if (info.total !== undefined) await onTotal(info.total);
      // Who only holds it shall find what was here.
      signal.throwIfAborted();
      await part.restart(info);
      this.here = 0;
      this.digest = info.digest === undefined ? undefined : new RunningDigest(info.digest);
      if (!stretch.ranges || info.validator === undefined) this.mostSegments = 1;
      if (info.total === 0) {
        answer.body.discard();
        return;
      }
      this.start(answer, [0, info.total ?? Infinity]);
    } catch (error) {
      answer.body.discard();
      throw error;
    }
  }

  // ——— further connections ———

  private look(): void {
    const now = performance.now();
    if (this.askedAt !== undefined && now - this.askedAt >= this.options.toldAfterMs) {
      this.askedAt = undefined;
      this.options.onWaiting();
    }
    for (const segment of this.segments) segment.look(now);
    const { url } = this.requester;
    if (url === undefined) return;
    if (this.segments.size > 1 && this.options.fetcher.isWanted(url)) {
      // Somebody has no connection at all.
      [...this.segments].at(-1)?.stop(new LetGo());
      return;
    }
    this.grow();
  }

  /** Ask for what is free, or for a share of what the others have before them, if that helps. */
  private grow(): void {
    const { part, bandwidth } = this.options;
    const { total } = part.info;
    const places = this.mostSegments - this.segments.size - this.asking.size;
    if (places <= 0 || this.segments.size === 0 || total === undefined) return;
    if (bandwidth.bytesPerSecond > 0 || [...this.segments].some(({ isHeld }) => isHeld)) return;
    if (!this.isWorthwhile(total)) return;
    const free = this.free(total).slice(0, places);
    for (const range of free) void this.askForMore(range, undefined);
    if (free.length === 0 && this.asking.size === 0) this.share(places);
  }

  private isWorthwhile(total: number): boolean {
    const segments = [...this.segments];
    const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
    const since = Math.min(...segments.map(({ startedAt }) => startedAt));
    const pace = { ms: performance.now() - since, bytes, left: total - this.here };
    return bytes > 0 && this.advice?.recommends(pace) === true;
  }

  /** Divide what the busiest connection has before it among itself and `others`. */
  private share(others: number): void {
    const left = ({ position, to }: Segment): number => to - position;
    const [busiest] = [...this.segments].sort((a, b) => left(b) - left(a));
    if (busiest === undefined) return;
    const pieces = Math.min(others + 1, Math.floor(left(busiest) / leastPiece));
    const { position, to } = busiest;
    const piece = Math.ceil((to - position) / Math.max(pieces, 1));
    for (let from = position + piece; from < to; from += piece) {
      void this.askForMore([from, Math.min(from + piece, to)], busiest);
    }
  }

  /** What is neither here nor being fetched nor asked for. */
  private free(total: number): readonly ByteRange[] {
    const taken = new ByteRanges(this.options.part.done);
    for (const { from, to } of this.segments) taken.add(from, to);
    for (const { range } of this.asking) taken.add(...range);
    return taken.holes(total);
  }

  /** @param from whose stretch this is a share of; it goes on with all of it if this fails */
  private async askForMore(range: ByteRange, from: Segment | undefined): Promise<void> {
    const asked = { range };
    this.asking.add(asked);
    try {
      const answer = await this.requester.more(range, this.options.part.info);
      if (answer === undefined) return;
      this.takeOver(answer, range, from);
    } catch (error) {
      // No more of these; what the others bring is not in doubt unless answers contradict.
      this.mostSegments = 1;
      if (error instanceof Contradiction) this.end(error);
      else if (error instanceof ScenewrightError && error.status !== undefined) {
        this.advice?.refused();
      }
    } finally {
      this.asking.delete(asked);
      this.wake();
    }
  }

  private takeOver(answer: FetchAnswer, range: ByteRange, from: Segment | undefined): void {
    if (from !== undefined && this.segments.has(from) && from.position < range[0])
      from.cut(range[0]);
    // Whoever had it may have got far into it before the answer came.
    const others = new ByteRanges(this.options.part.done);
    for (const segment of this.segments) others.add(segment.from, segment.to);
    const missing = others
      .holes(range[1])
      .some(([start, end]) => start <= range[0] && end === range[1]);
    if (missing && this.failure === undefined) this.start(answer, range);
    else answer.body.discard();
  }

  // ——— all connections ———

  private start(answer: FetchAnswer, range: ByteRange): void {
    const { buffers, bandwidth, lowSpeed, part, onBytes } = this.options;
    const advice = this.options.adviceFor(answer.hop.url);
    this.advice = advice;
    const segment = new Segment({
      answer,
      range,
      buffers,
      bandwidth,
      lowSpeed,
      write: async (bytes, position) => {
        this.digest?.note(bytes, position);
        await part.write(bytes, position);
      },
      onBytes: (bytes) => {
        this.here += bytes;
        this.askedAt = undefined;
        advice.note(bytes);
        onBytes(this.here, part.info.total);
        // The first bytes are the earliest moment to think of more connections.
        if (segment.bytes === bytes) this.grow();
      },
    });
    this.segments.add(segment);
    advice.opened();
    if (this.here > 0) onBytes(this.here, part.info.total);
    void segment.run().then((end) => {
      advice.closed();
      this.segments.delete(segment);
      this.ended(segment, end, answer);
      this.wake();
    });
  }

  private ended(segment: Segment, end: SegmentEnd, { hop }: FetchAnswer): void {
    const { part, signal } = this.options;
    // What was lost on its way to the disk does not count.
    if (this.segments.size === 0) this.here = part.bytes;
    switch (end.kind) {
      case 'done':
        this.grow();
        return;
      case 'disk':
        this.end(end.error);
        return;
      case 'short':
        if (segment.to === Infinity) part.endsHere();
        else this.failure ??= cutOff(hop.url, segment);
        return;
      case 'broken':
        if (end.error instanceof LetGo) return;
        this.failure ??= connectionError(end.error, hop.url, signal);
    }
  }

  /** Fetch no more, for this reason, which {@link run} throws. */
  stop(reason: Error): void {
    if (this.failure === undefined) this.end(reason);
  }

  /** Stop all connections for this reason. */
  private end(reason: Error): void {
    this.failure = reason;
    for (const segment of this.segments) segment.stop(new LetGo());
  }

  private news(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private get isBusy(): boolean {
    return this.segments.size > 0 || this.asking.size > 0;
  }

  private async untilQuiet(): Promise<void> {
    while (this.isBusy) await this.news();
  }
}

function cutOff(url: URL, { position, to }: Segment): ScenewrightError {
  return new ScenewrightError(
    'network',
    hostOf(url).say((host) =>
      t('The last {1} bytes of the clip are missing: {0} ended its answer.', host, to - position),
    ),
    { retryable: true },
  );
}

function contradiction(address: URL | string): ScenewrightError {
  return new ScenewrightError(
    'bad-answer',
    hostOf(new URL(address)).say((host) =>
      t('Answers that contradict each other came from {0}, so nothing of them was kept.', host),
    ),
    { retryable: true },
  );
}
