import type { ReceivableBody, ReceiveBuffer } from '../net/receive-buffer.ts';

/** More than this rarely comes at once, in bytes. */
const firstRoom = 64 * 1024;

/** A body whose first bytes have been looked at, and which then flows on as if nobody had. */
export class PeekedBody implements ReceivableBody, ReceiveBuffer {
  private readonly body: ReceivableBody;
  private early = Buffer.allocUnsafe(firstRoom);
  private length = 0;
  private target: ReceiveBuffer | undefined;
  /** What was handed out last for the next bytes. */
  private lent: Uint8Array = this.early;
  private lentByTarget = false;
  private held = false;
  private flow: Promise<void> = Promise.resolve();

  private constructor(body: ReceivableBody) {
    this.body = body;
  }

  /**
   * Resolves when so many bytes are here, or there are no more. A line that broke by then shows when
   * the body is read.
   */
  static async of(body: ReceivableBody, least: number): Promise<PeekedBody> {
    const peeked = new PeekedBody(body);
    await new Promise<void>((resolve) => {
      peeked.onMore = () => {
        if (peeked.length < least) return;
        body.pause();
        resolve();
      };
      peeked.flow = body.into(peeked);
      peeked.flow.then(resolve, resolve);
    });
    return peeked;
  }

  private onMore: () => void = () => undefined;

  /** What has come until now. */
  get beginning(): Uint8Array {
    return this.early.subarray(0, this.length);
  }

  async into(target: ReceiveBuffer): Promise<void> {
    this.onMore = () => undefined;
    this.target = target;
    this.pass(this.beginning);
    if (!this.held) this.body.resume();
    await this.flow;
  }

  pause(): void {
    this.held = true;
    this.body.pause();
  }

  resume(): void {
    this.held = false;
    this.body.resume();
  }

  discard(reason?: Error): void {
    this.body.discard(reason);
  }

  space(): Uint8Array {
    this.lentByTarget = this.target !== undefined;
    if (this.target !== undefined) return (this.lent = this.target.space());
    if (this.length === this.early.length) {
      // A pause is heeded a little late.
      this.early = Buffer.concat([this.early, Buffer.allocUnsafe(this.length)]);
    }
    return (this.lent = this.early.subarray(this.length));
  }

  filled(bytes: number): void {
    if (this.lentByTarget) this.target?.filled(bytes);
    else if (this.target !== undefined) this.pass(this.lent.subarray(0, bytes));
    else {
      this.length += bytes;
      this.onMore();
    }
  }

  private pass(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && this.target !== undefined;) {
      const space = this.target.space();
      const count = Math.min(space.length, bytes.length - at);
      space.set(bytes.subarray(at, at + count));
      at += count;
      this.target.filled(count);
    }
  }
}
