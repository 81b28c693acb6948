import { Transform, type TransformCallback } from 'node:stream';
import { createBrotliDecompress, createInflate, createInflateRaw, createUnzip } from 'node:zlib';
import * as zlib from 'node:zlib';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { ChunkedDecoder } from '../net/raw/chunked-decoder.ts';
import type { ReceivableBody, ReceiveBuffer } from '../net/receive-buffer.ts';

/** How a file is packed. */
export type Packing = 'gzip' | 'deflate' | 'raw-deflate' | 'br' | 'zstd' | 'aws-chunked';

/** Below this nobody asks how well something was packed, in bytes. */
const harmlessBytes = 64 * 1024 * 1024;

/** No video gets so many times larger when it is unpacked. */
const mostTimes = 100;

/** Between the connection and what unpacks, in bytes. */
const stepBytes = 64 * 1024;

/** A body that is packed, unpacked as it comes. */
export class UnpackedBody implements ReceivableBody {
  private readonly body: ReceivableBody;
  private readonly unpack: Transform;
  private packed = 0;
  private unpacked = 0;

  constructor(body: ReceivableBody, packing: Packing) {
    this.body = body;
    this.unpack = unpacker(packing);
    // Whoever discards it does not listen any more.
    this.unpack.on('error', () => undefined);
  }

  async into(buffer: ReceiveBuffer): Promise<void> {
    const { unpack } = this;
    const out = new Promise<void>((resolve, reject) => {
      unpack.on('data', (bytes: Uint8Array) => {
        this.unpacked += bytes.length;
        if (this.isBomb) this.discard(bomb());
        else pass(bytes, buffer);
      });
      unpack.on('end', resolve);
      unpack.on('error', (error) => {
        this.broken ??= badPacking(error);
        this.body.discard();
        reject(this.broken);
      });
    });
    unpack.on('drain', () => {
      this.body.resume();
    });
    await Promise.all([this.feed(), out]);
  }

  pause(): void {
    this.unpack.pause();
  }

  resume(): void {
    this.unpack.resume();
  }

  discard(reason: Error = new Error('The rest of the answer was not wanted.')): void {
    this.broken ??= reason;
    this.body.discard(reason);
    this.unpack.destroy(reason);
  }

  private broken: Error | undefined;

  private get isBomb(): boolean {
    return this.unpacked > harmlessBytes && this.unpacked > this.packed * mostTimes;
  }

  private async feed(): Promise<void> {
    const step = Buffer.allocUnsafe(stepBytes);
    try {
      await this.body.into({
        space: () => step,
        filled: (bytes) => {
          this.packed += bytes;
          // It has been taken apart by the time that the connection writes there again.
          if (!this.unpack.write(Buffer.from(step.subarray(0, bytes)))) this.body.pause();
        },
      });
      this.unpack.end();
    } catch (error) {
      this.broken ??= error as Error;
      this.unpack.destroy(this.broken);
      throw this.broken;
    }
  }
}

function pass(bytes: Uint8Array, buffer: ReceiveBuffer): void {
  for (let at = 0; at < bytes.length;) {
    const space = buffer.space();
    const count = Math.min(space.length, bytes.length - at);
    space.set(bytes.subarray(at, at + count));
    at += count;
    buffer.filled(count);
  }
}

function unpacker(packing: Packing): Transform {
  switch (packing) {
    case 'gzip':
      return createUnzip();
    case 'deflate':
      return createInflate();
    case 'raw-deflate':
      return createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return zlib.createZstdDecompress();
    case 'aws-chunked':
      return new Unchunked();
  }
}

/** A file that was stored in the pieces in which it was signed when it was brought there. */
class Unchunked extends Transform {
  private readonly decoder = new ChunkedDecoder();

  override _transform(bytes: Uint8Array, _coding: string, done: TransformCallback): void {
    try {
      this.decoder.push(bytes, (data) => this.push(Buffer.from(data)));
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    done(this.decoder.done ? null : new Error('The last piece is missing.'));
  }
}

function badPacking(cause: Error): ScenewrightError {
  return new ScenewrightError(
    'network',
    t('The clip came packed and could not be unpacked: {0}', cause.message),
    { cause, retryable: true },
  );
}

function bomb(): ScenewrightError {
  return new ScenewrightError(
    'bad-answer',
    t('The clip came packed, and is far larger unpacked than any video. It was not kept.'),
  );
}
