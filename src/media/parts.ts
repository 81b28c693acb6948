import type { FileHandle } from 'node:fs/promises';
import { cancelledError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';

/** Read at once: tiny parts come by the thousand, and each would be a call to the system. */
const blockBytes = 16 * 1024;

/** A clip of an hour with every picture in a fragment of its own has fewer parts. */
const mostParts = 500_000;

/** Boxes that stand behind the first pictures of a file. */
const lastBoxes = new Set(['moov', 'mdat', 'moof', 'mfra', 'free', 'skip', 'styp', 'sidx', 'udta']);

/** What is wrong with the structure of a file, as the end of a sentence: `it is cut off`. */
export class Damaged extends Error {
  /** Whether the same file, fetched once more, may be whole. */
  readonly retryable: boolean;

  constructor(what: string, retryable = true) {
    super(what);
    this.retryable = retryable;
  }
}

/** A box of an MP4 file. */
export interface Box {
  readonly type: string;
  /** Its first byte, that of its content, and the first byte after it. */
  readonly begin: number;
  readonly start: number;
  readonly end: number;
}

/** An element of a WebM file. */
export interface Element {
  readonly id: number;
  readonly start: number;
  /** Absent where the file does not say how long the element is. */
  readonly end: number | undefined;
}

/**
 * The parts that a video file is made of. Whatever the file says, no more than half a million are
 * read in all, a block of the file at a time, and nothing is read once the signal aborts.
 *
 * All methods throw {@link Damaged}, or a ScenewrightError `cancelled`.
 */
export class Parts {
  /** Of the file, in bytes. */
  readonly size: number;
  private readonly handle: FileHandle;
  private readonly signal: AbortSignal | undefined;
  private block = Buffer.alloc(0);
  private blockStart = 0;
  private read = 0;

  constructor(handle: FileHandle, size: number, signal?: AbortSignal) {
    this.handle = handle;
    this.size = size;
    this.signal = signal;
  }

  /** The bytes from `position`, up to `length` of them; fewer where the file ends. */
  async at(position: number, length: number): Promise<Buffer> {
    const end = Math.min(position + length, this.size);
    if (position >= end) return Buffer.alloc(0);
    if (position < this.blockStart || end > this.blockStart + this.block.length) {
      await this.fill(position, Math.max(length, blockBytes));
    }
    const from = position - this.blockStart;
    return this.block.subarray(from, from + end - position);
  }

  /**
   * The boxes of the file itself. What stands behind all that a player needs and is no box belongs to
   * nobody and does no harm, as players see it: some services, and stores that pad, leave bytes there.
   */
  async *topBoxes(): AsyncGenerator<Box> {
    const seen = new Set<string>();
    for (let position = 0; position < this.size;) {
      let box: Box;
      try {
        box = await this.box(position, this.size);
      } catch (error) {
        if (!(error instanceof Damaged) || !error.retryable) throw error;
        const isAllThere = seen.has('moov') && seen.has('mdat');
        // A fragment may be about to begin.
        const mayGoOn = seen.has('moof') && this.size - position < 8;
        if (!isAllThere || mayGoOn || (await this.isBoxAt(position))) throw error;
        return;
      }
      seen.add(box.type);
      yield box;
      position = box.end;
    }
  }

  /** The boxes between two offsets, which they must fill exactly. */
  async *boxes(from: number, to: number): AsyncGenerator<Box> {
    for (let position = from; position < to;) {
      const box = await this.box(position, to);
      yield box;
      position = box.end;
    }
  }

  private async box(position: number, to: number): Promise<Box> {
    this.count();
    const header = await this.at(position, 16);
    if (header.length < 8 || position + 8 > to) throw new Damaged(t('it is cut off'));
    const type = header.toString('latin1', 4, 8);
    if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) throw new Damaged(t('its structure is damaged'));
    let size = header.readUInt32BE(0);
    let headerSize = 8;
    if (size === 1) {
      if (header.length < 16) throw new Damaged(t('it is cut off'));
      size = Number(header.readBigUInt64BE(8));
      headerSize = 16;
    } else if (size === 0) {
      size = to - position;
    }
    if (size < headerSize) throw new Damaged(t('its structure is damaged'));
    if (position + size > to) throw new Damaged(t('it is cut off'));
    return { type, begin: position, start: position + headerSize, end: position + size };
  }

  /** Whether what is cut off here has begun as a box that may be a file's last. */
  private async isBoxAt(position: number): Promise<boolean> {
    return lastBoxes.has((await this.at(position + 4, 4)).toString('latin1'));
  }

  /** The element at an offset. */
  async element(position: number): Promise<Element> {
    this.count();
    const bytes = await this.at(position, 12);
    const idLength = Math.clz32(bytes[0] ?? 0) - 23;
    const sizeByte = bytes[idLength] ?? 0;
    const sizeLength = Math.clz32(sizeByte) - 23;
    if (idLength > 4 || sizeLength > 8 || bytes.length < idLength + sizeLength) {
      throw new Damaged(t('it is cut off'));
    }
    const id = bytes.readUIntBE(0, idLength);
    let size = BigInt(sizeByte & (0xff >> sizeLength));
    let unknown = size === BigInt(0xff >> sizeLength);
    for (const byte of bytes.subarray(idLength + 1, idLength + sizeLength)) {
      size = (size << 8n) | BigInt(byte);
      unknown &&= byte === 0xff;
    }
    const start = position + idLength + sizeLength;
    return { id, start, end: unknown ? undefined : start + Number(size) };
  }

  private count(): void {
    if (++this.read > mostParts) throw new Damaged(t('it consists of far too many parts'), false);
  }

  private async fill(position: number, length: number): Promise<void> {
    if (this.signal?.aborted) throw cancelledError(t('The reading of the clip'));
    const block = Buffer.alloc(Math.min(length, this.size - position));
    const { bytesRead } = await this.handle.read(block, 0, block.length, position);
    this.block = block.subarray(0, bytesRead);
    this.blockStart = position;
  }
}
