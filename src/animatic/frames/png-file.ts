import { crc32, deflateSync } from 'node:zlib';
import type { Size } from './frame-format.ts';

/**
 * A whole PNG file of a picture through which nothing shows: without its fourth channel and unfiltered, because drawn
 * areas of one colour pack as well as they are. That is smaller than what the renderer writes, and sooner there.
 *
 * @param rgba four bytes a pixel
 * @returns nothing where something shows through
 */
export function opaquePng(rgba: Uint8Array, { width, height }: Size): Uint8Array | undefined {
  // Each row begins with the number of its filter: 0, none.
  const row = width * 3 + 1;
  const rows = new Uint8Array(row * height);
  for (let y = 0, from = 0; y < height; y++) {
    for (let to = y * row + 1, end = to + width * 3; to < end; to += 3, from += 4) {
      if (rgba[from + 3] !== 255) return undefined;
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
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: compression })),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** Of 1 to 9: a step more takes twice as long, and saves a tenth. */
const compression = 3;

function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.alloc(data.length + 12);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, data.length + 8)), data.length + 8);
  return whole;
}
