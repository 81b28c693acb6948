import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Size } from './frame-format.ts';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Of 1 to 9: a step more takes twice as long, and saves a tenth. */
const compression = 3;

/** A picture through which nothing shows: four bytes a pixel, red, green, blue and 255. */
export interface OpaquePicture extends Size {
  readonly rgba: Uint8Array;
}

/**
 * A whole PNG file of it: without the fourth channel and unfiltered, because drawn areas of one colour pack as well
 * as they are. That is smaller than what the renderer writes, and sooner there.
 */
export function opaquePng({ rgba, width, height }: OpaquePicture): Uint8Array {
  // Each row begins with the number of its filter: 0, none.
  const row = width * 3 + 1;
  const rows = new Uint8Array(row * height);
  for (let y = 0, from = 0; y < height; y++) {
    for (let to = y * row + 1, end = to + width * 3; to < end; to += 3, from += 4) {
      rows[to] = rgba[from] ?? 0;
      rows[to + 1] = rgba[from + 1] ?? 0;
      rows[to + 2] = rgba[from + 2] ?? 0;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits a channel, red, green and blue.
  head.set([8, 2], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: compression })),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.alloc(data.length + 12);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, data.length + 8)), data.length + 8);
  return whole;
}

/** More pixels than any picture of a film has. */
const mostPixels = 64_000_000;

/**
 * Read a file as {@link opaquePng} writes it, a tenth as long as the renderer takes for it.
 *
 * @returns nothing for every other picture, which the renderer may well read
 */
export function readOpaquePng(bytes: Uint8Array): OpaquePicture | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 45 || !file.subarray(0, 8).equals(signature)) return undefined;
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  // The head: eight bits a channel, three channels, the one way of packing, no filters but the usual, in one go.
  const isPlain =
    file.toString('latin1', 12, 16) === 'IHDR' && file.readUIntBE(24, 5) === 0x08_02_00_00_00;
  const isOneChunk = file.toString('latin1', 37, 41) === 'IDAT';
  const end = 41 + file.readUInt32BE(33);
  if (!isPlain || !isOneChunk || file.toString('latin1', end + 8, end + 12) !== 'IEND') {
    return undefined;
  }
  if (width * height === 0 || width * height > mostPixels) return undefined;
  const rows = unpacked(file.subarray(41, end), (width * 3 + 1) * height);
  return rows === undefined ? undefined : fromRows(rows, { width, height });
}

function unpacked(data: Uint8Array, length: number): Uint8Array | undefined {
  try {
    const rows = inflateSync(data, { maxOutputLength: length });
    return rows.length === length ? rows : undefined;
  } catch {
    return undefined; // Cut off, or not what it says: whoever reads it next says so.
  }
}

function fromRows(rows: Uint8Array, { width, height }: Size): OpaquePicture | undefined {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    if (rows[from++] !== 0) return undefined;
    for (const end = to + width * 4; to < end; to += 4, from += 3) {
      rgba[to] = rows[from] ?? 0;
      rgba[to + 1] = rows[from + 1] ?? 0;
      rgba[to + 2] = rows[from + 2] ?? 0;
    }
  }
  return { width, height, rgba };
}
