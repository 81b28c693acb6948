import type { ReceiveBuffer } from '../net/receive-buffer.ts';
import type { BufferPool } from './buffer-pool.ts';

export interface WriteCoalescerOptions {
  readonly write: (bytes: Uint8Array, position: number) => Promise<void>;
  readonly buffers: BufferPool;
  /** Where in the file the first byte belongs, and the first byte that is not wanted any more. */
  readonly from: number;
  readonly to: number;
  /** The most that is taken in one go. */
  readonly piece: () => number;
  /** Called after each piece. */
  readonly onBytes: (bytes: number) => void;
  /** All that is wanted is here. */
  readonly onEnough: () => void;
  /** The disk is behind (`true`) or has caught up. */
  readonly onBusy: (busy: boolean) => void;
  readonly onError: (error: Error) => void;
}

/** Less than this is not worth a write of its own while more is coming. */
const leastBytes = 64 * 1024;

/** On slow lines, what has come goes to disk after so many milliseconds, lest a crash lose much. */
const patienceMs = 10;

/** Writes under way at once; the buffer that is being filled comes on top. */
const writesAhead = 2;

/** Brings a stretch of a body to its place in the part, in few and large writes. */
export class WriteCoalescer implements ReceiveBuffer {
  private readonly options: WriteCoalescerOptions;
  private readonly junk = Buffer.alloc(1024);
  private readonly writes = new Set<Promise<void>>();
  private buffer: Uint8Array | undefined;
  private inBuffer = 0;
  /** Where in the file the first byte of the buffer belongs. */
  private bufferAt: number;
  private end: number;
  private flushedAt = 0;
  private failed = false;

  constructor(options: WriteCoalescerOptions) {
    this.options = options;
    this.bufferAt = options.from;
    this.end = options.to;
  }

  /** Where in the file the next byte belongs. */
  get position(): number {
    return this.bufferAt + this.inBuffer;
  }

  /** The first byte that is not wanted any more. */
  get to(): number {
    return this.end;
  }

  /** Be content with less, because somebody else fetches the rest. */
  cut(to: number): void {
    this.end = Math.max(this.position, Math.min(this.end, to));
    if (this.position >= this.end) this.options.onEnough();
  }

  space(): Uint8Array {
    const wanted = Math.min(this.end - this.position, this.options.piece());
    if (wanted <= 0 || this.failed) return this.junk;
    this.buffer ??= this.options.buffers.take();
    const most = Math.max(1, Math.min(this.buffer.length - this.inBuffer, wanted));
    return this.buffer.subarray(this.inBuffer, this.inBuffer + most);
  }

  filled(bytes: number): void {
    if (this.failed) return;
    // More than is wanted still comes when the end was cut meanwhile.
    const used = Math.min(bytes, this.end - this.position);
    this.inBuffer += used;
    this.options.onBytes(used);
    const now = performance.now();
    const full = this.inBuffer === this.buffer?.length;
    if (full || (this.inBuffer >= leastBytes && now - this.flushedAt >= patienceMs)) {
      this.flushedAt = now;
      this.write();
    }
    if (this.position >= this.end) this.options.onEnough();
  }

  /** Resolves when all that has come is in the part. */
  async finish(): Promise<void> {
    this.write();
    await Promise.allSettled(this.writes);
  }

  private write(): void {
    const { buffers, onBusy, onError } = this.options;
    const { buffer, inBuffer, bufferAt } = this;
    if (buffer === undefined || inBuffer === 0) return;
    this.buffer = undefined;
    this.inBuffer = 0;
    this.bufferAt += inBuffer;
    const write = this.options.write(buffer.subarray(0, inBuffer), bufferAt).then(
      () => {
        buffers.giveBack(buffer);
      },
      (error: unknown) => {
        this.failed = true;
        onError(error as Error);
      },
    );
    this.writes.add(write);
    if (this.writes.size >= writesAhead) onBusy(true);
    void write.then(() => {
      this.writes.delete(write);
      if (this.writes.size < writesAhead) onBusy(false);
    });
  }
}
