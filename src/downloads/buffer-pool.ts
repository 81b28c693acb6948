/** Bytes are collected to about this many before they go to disk. */
const bufferBytes = 1024 * 1024;

/** Buffers for collecting them, used again and again: new ones would have to be cleared by the system. */
export class BufferPool {
  private readonly spare: Uint8Array[] = [];
  private readonly most: number;

  /** @param most how many are kept for later */
  constructor(most = 16) {
    this.most = most;
  }

  take(): Uint8Array {
    return this.spare.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
  }

  /** Nothing may read from it or write to it any more. */
  giveBack(buffer: Uint8Array): void {
    if (this.spare.length < this.most) this.spare.push(buffer);
  }
}
