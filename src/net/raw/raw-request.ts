import type { Socket } from 'node:net';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { BadHttpError, parseHead, type ResponseHead } from './response-head.ts';
import { RawConnectionError, requestHead } from './request-head.ts';
import type { ReceivableBody, ReceiveBuffer } from '../receive-buffer.ts';

export interface RawRequestOptions {
  readonly url: URL;
  /** What is asked for there, byte for byte. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Until the answer begins, and from there until the file itself does. */
  readonly firstByteMs: number;
  /** Between two pieces of the file. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
}

export interface RawAnswer {
  readonly head: ResponseHead;
  readonly body: ReceivableBody;
}

/** The longest head of an answer, in bytes; all news before it together may be as long. */
const longestHead = 64 * 1024;

/** One request on a connection, its answer, and the way of the body into the buffer. */
export class RawRequest implements ReceivableBody {
  /** Rejects when the request is cancelled or fails before its answer. */
  readonly refused: Promise<never>;
  private readonly socket: Socket;
  private readonly request: RawRequestOptions;
  private readonly free: (reusable: boolean) => void;
  private readonly onAbort = (): void => {
    this.fail(new RawConnectionError('ABORTED', 'The request was cancelled.'));
  };
  private refuse: (error: Error) => void = () => undefined;
  private answered: ((answer: RawAnswer) => void) | undefined;
  private flowed: { resolve: () => void; reject: (error: Error) => void } | undefined;
  private headTimer: NodeJS.Timeout | undefined;
  /** The head as far as it has come. */
  private text: Uint8Array = Buffer.alloc(0);
  /** How much has come that was only news on the way. */
  private newsBytes = 0;
  private head: ResponseHead | undefined;
  private decoder: ChunkedDecoder | undefined;
  /** Of a body of told length, what is still to come. */
  private left = Infinity;
  private buffer: ReceiveBuffer | undefined;
  /** What came before there was a buffer. */
  private early: Uint8Array[] = [];
  private paused = false;
  /** Some of the file has come. */
  private hasBegun = false;
  private whole = false;
  private tainted = false;
  private over = false;
  private failure: Error | undefined;

  constructor(socket: Socket, request: RawRequestOptions, free: (reusable: boolean) => void) {
    this.socket = socket;
    this.request = request;
    this.free = free;
    this.refused = new Promise((_resolve, reject) => {
      this.refuse = reject;
    });
    this.refused.catch(() => undefined);
    if (request.signal.aborted) this.onAbort();
    else request.signal.addEventListener('abort', this.onAbort, { once: true });
  }

  async begin(): Promise<RawAnswer> {
    // It was cancelled before: no timer shall wait for an answer.
    if (this.over) return await this.refused;
    const { url, target, headers, firstByteMs } = this.request;
    const answered = new Promise<RawAnswer>((resolve) => {
      this.answered = resolve;
    });
    const head = requestHead(url.host, target, headers);
    this.headTimer = setTimeout(() => {
      this.fail(new RawConnectionError('HEADERS_TIMEOUT', 'No answer in time.'));
    }, firstByteMs);
    this.socket.write(head, 'latin1');
    this.socket.resume();
    return await Promise.race([answered, this.refused]);
  }

  /** Where the socket may read to next, without a look at it; absent where it must be looked at. */
  space(): Uint8Array | undefined {
    if (this.over || this.buffer === undefined || this.decoder !== undefined) return undefined;
    const space = this.buffer.space();
    return space.length > this.left ? space.subarray(0, this.left) : space;
  }

  /**
   * Take bytes that lie elsewhere; they may change as soon as this returns.
   *
   * @returns whether to read on
   */
  receive(bytes: Uint8Array): boolean {
    return this.careful(() => {
      if (this.head === undefined) this.receiveHead(bytes);
      else this.take(bytes);
    });
  }

  /** So many bytes have come into the space. */
  landed(count: number): boolean {
    return this.careful(() => {
      this.filled(count);
      this.settle();
    });
  }

  into(buffer: ReceiveBuffer): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.over) {
        // Cancelled before anybody read it.
        reject(this.failure ?? new RawConnectionError('ABORTED', 'The answer was not wanted.'));
        return;
      }
      this.flowed = { resolve, reject };
      this.buffer = buffer;
      this.paused = false;
      const goOn = this.careful(() => {
        const early = this.early;
        this.early = [];
        for (const bytes of early) this.take(bytes);
        this.settle();
      });
      if (goOn) this.resume();
    });
  }

  pause(): void {
    this.paused = true;
    this.socket.pause();
  }

  resume(): void {
    this.paused = false;
    if (this.over || this.buffer === undefined) return;
    // The time that we did not listen is not the server's silence.
    this.socket.setTimeout(this.silenceMs);
    this.socket.resume();
  }

  discard(reason?: Error): void {
    if (this.whole && this.flowed !== undefined) this.settle();
    else if (this.whole) this.release(true);
    else
      this.fail(
        reason ?? new RawConnectionError('ABORTED', 'The rest of the answer was not wanted.'),
      );
  }

  idle(): void {
    if (!this.paused && this.buffer !== undefined) {
      this.fail(new RawConnectionError('BODY_TIMEOUT', 'The server fell silent.'));
    }
  }

  /** The connection has ended, by an error or in good order. */
  ended(error: Error | undefined): void {
    if (this.over || this.whole || this.failure !== undefined) return;
    if (error === undefined && this.head?.framing.kind === 'close') this.whole = true;
    else
      this.failure =
        error ?? new RawConnectionError('ECONNRESET', 'The server closed the connection.');
    if (this.head === undefined) this.fail(this.failure ?? new BadHttpError('No answer.'));
    else this.settle();
  }

  fail(error: Error): void {
    if (this.over) return;
    this.failure ??= error;
    this.refuse(this.failure);
    this.flowed?.reject(this.failure);
    this.release(false);
  }

  private get silenceMs(): number {
    const { idleMs, firstByteMs } = this.request;
    return this.hasBegun ? idleMs : Math.max(idleMs, firstByteMs);
  }

  private careful(step: () => void): boolean {
    if (this.over) return false;
    try {
      step();
    } catch (error) {
      this.fail(error as Error);
    }
    return !this.paused && !this.over;
  }

  private receiveHead(bytes: Uint8Array): void {
    let text = Buffer.concat([this.text, bytes]);
    let from = Math.max(0, this.text.length - 3);
    for (;;) {
      const end = text.indexOf('\r\n\r\n', from, 'latin1');
      this.text = text;
      if ((end < 0 ? text.length : end) + this.newsBytes > longestHead) {
        throw new BadHttpError('The answer does not get to the point.');
      }
      if (beginsHttp2(text)) {
        throw new RawConnectionError('HTTP2_ONLY', 'The server only speaks HTTP/2.');
      }
      if (end < 0) return;
      const head = parseHead(text.toString('latin1', 0, end));
      const rest = text.subarray(end + 4);
      if (head.status >= 200) {
        this.begun(head, rest);
        return;
      }
      // Only news on the way; the answer follows.
      this.newsBytes += end;
      text = rest;
      from = 0;
    }
  }

  private begun(head: ResponseHead, rest: Uint8Array): void {
    clearTimeout(this.headTimer);
    this.head = head;
    if (head.framing.kind === 'chunked') this.decoder = new ChunkedDecoder();
    if (head.framing.kind === 'length') this.left = head.framing.bytes;
    this.whole = this.left === 0;
    if (rest.length > 0) this.early.push(rest);
    this.paused = true;
    this.answered?.({ head, body: this });
  }

  /** Pass on bytes that did not come in the buffer's own space. */
  private take(bytes: Uint8Array): void {
    if (this.buffer === undefined) {
      this.early.push(Uint8Array.from(bytes));
      return;
    }
    let used = bytes.length;
    if (this.decoder === undefined) {
      used = Math.min(used, this.left);
      this.copy(bytes.subarray(0, used));
    } else {
      used = this.decoder.push(bytes, (data) => {
        this.copy(data);
      });
      if (this.decoder.done) this.whole = true;
    }
    // More than the answer said: not part of it, and nothing that follows here could be trusted.
    if (used < bytes.length) this.tainted = true;
    this.settle();
  }

  private copy(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.over;) {
      const space = this.buffer?.space();
      if (space === undefined) return;
      const count = Math.min(space.length, bytes.length - at);
      space.set(bytes.subarray(at, at + count));
      at += count;
      this.filled(count);
    }
  }

  private filled(count: number): void {
    if (!this.hasBegun) {
      this.hasBegun = true;
      this.socket.setTimeout(this.request.idleMs);
    }
    this.left -= count;
    if (this.left === 0) this.whole = true;
    this.buffer?.filled(count);
  }

  /** Tell the reader of the end, once all that came before has been handed over. */
  private settle(): void {
    if (this.over || this.flowed === undefined || this.early.length > 0) return;
    if (this.whole) {
      this.flowed.resolve();
      this.release(true);
    } else if (this.failure !== undefined) {
      this.fail(this.failure);
    }
  }

  private release(wellEnded: boolean): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.headTimer);
    this.request.signal.removeEventListener('abort', this.onAbort);
    const clean =
      wellEnded && this.head?.keepAlive === true && !this.tainted && this.early.length === 0;
    this.early = [];
    if (clean) this.socket.resume();
    this.free(clean && !this.socket.destroyed);
  }
}

/** Whether the first that comes is the frame of settings by which HTTP/2 begins (RFC 9113, 6.5). */
function beginsHttp2(bytes: Uint8Array): boolean {
  const [high, middle, , type, , ...stream] = bytes.subarray(0, 9);
  return bytes.length >= 9 && [high, middle, ...stream].every((byte) => byte === 0) && type === 4;
}
