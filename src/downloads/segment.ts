import type { FetchAnswer } from '../net/fetcher.ts';
import type { Bandwidth } from './bandwidth.ts';
import type { BufferPool } from './buffer-pool.ts';
import { WriteCoalescer } from './write-coalescer.ts';
import type { ByteRange } from './byte-ranges.ts';
import { LowSpeedWatch, TooSlow, type LowSpeed } from './low-speed-watch.ts';

export interface SegmentOptions {
  readonly answer: FetchAnswer;
  /** Of the file; without an end that is known, up to Infinity. */
  readonly range: ByteRange;
  readonly write: (bytes: Uint8Array, position: number) => Promise<void>;
  readonly onBytes: (bytes: number) => void;
  readonly buffers: BufferPool;
  readonly bandwidth: Bandwidth;
  readonly lowSpeed: LowSpeed;
}

/** How a segment ended before all that it should bring was here. */
export type SegmentEnd =
  | { readonly kind: 'done' }
  /** The body ended in good order, but too early. */
  | { readonly kind: 'short' }
  | { readonly kind: 'broken'; readonly error: Error }
  /** What came could not be written. */
  | { readonly kind: 'disk'; readonly error: Error };

/** One connection that brings a stretch of the file. */
export class Segment {
  readonly startedAt = performance.now();
  /** The first byte of its stretch. */
  readonly from: number;
  private readonly options: SegmentOptions;
  private readonly coalescer: WriteCoalescer;
  private readonly watch: LowSpeedWatch;
  private readonly holds = new Set<'disk' | 'bandwidth'>();
  private received = 0;
  private forget: (() => void) | undefined;
  private diskError: Error | undefined;

  constructor(options: SegmentOptions) {
    this.options = options;
    const [from, to] = options.range;
    this.from = from;
    this.watch = new LowSpeedWatch(options.lowSpeed, this.startedAt);
    this.coalescer = new WriteCoalescer({
      write: options.write,
      buffers: options.buffers,
      from,
      to,
      piece: () => options.bandwidth.piece,
      onBytes: (bytes) => {
        this.take(bytes);
      },
      onEnough: () => {
        options.answer.body.discard();
      },
      onBusy: (busy) => {
        this.hold('disk', busy);
      },
      onError: (error) => {
        this.diskError ??= error;
        options.answer.body.discard(error);
      },
    });
  }

  /** Bytes that have come. */
  get bytes(): number {
    return this.received;
  }

  /** Where in the file the next byte belongs. */
  get position(): number {
    return this.coalescer.position;
  }

  /** The first byte that it will not bring. */
  get to(): number {
    return this.coalescer.to;
  }

  /** Whether we ourselves keep it waiting. */
  get isHeld(): boolean {
    return this.holds.size > 0;
  }

  /** Leave what begins here to somebody else. */
  cut(to: number): void {
    this.coalescer.cut(to);
  }

  /** Let go of the connection; what has come is kept. */
  stop(reason: Error): void {
    this.options.answer.body.discard(reason);
  }

  /** To be called now and then: gives up a connection that brings next to nothing. */
  look(now: number): void {
    // Whoever has not begun is not slow; how long that may take others see to.
    if (this.isHeld || this.received === 0) this.watch.restart(now, this.received);
    else if (this.watch.isTooSlow(now, this.received)) {
      this.stop(new TooSlow());
    }
  }

  /** Resolves when it has ended, one way or the other, and all that came is in the part. */
  async run(): Promise<SegmentEnd> {
    let broken: Error | undefined;
    try {
      await this.options.answer.body.into(this.coalescer);
    } catch (error) {
      broken = error as Error;
    }
    this.forget?.();
    await this.coalescer.finish();
    if (this.diskError !== undefined) return { kind: 'disk', error: this.diskError };
    if (this.position >= this.to) return { kind: 'done' };
    return broken === undefined ? { kind: 'short' } : { kind: 'broken', error: broken };
  }

  private take(bytes: number): void {
    this.received += bytes;
    this.options.onBytes(bytes);
    const { bandwidth } = this.options;
    const wait = bandwidth.take(bytes);
    if (wait <= 0) return;
    this.forget?.();
    this.hold('bandwidth', true);
    this.forget = bandwidth.wait(wait, () => {
      this.hold('bandwidth', false);
    });
  }

  private hold(reason: 'disk' | 'bandwidth', on: boolean): void {
    const before = this.isHeld;
    if (on) this.holds.add(reason);
    else this.holds.delete(reason);
    if (before === this.isHeld) return;
    if (on) this.options.answer.body.pause();
    else this.options.answer.body.resume();
  }
}
