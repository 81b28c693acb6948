import type { OpaquePicture } from './png-file.ts';

/** Whether nothing shows through a picture of four bytes a pixel. */
export function isOpaque(rgba: Uint8Array): boolean {
  for (let alpha = 3; alpha < rgba.length; alpha += 4) if (rgba[alpha] !== 255) return false;
  return true;
}

/** The picture so many times smaller, each pixel the mean of those that it stands for. */
export function reduced(picture: OpaquePicture, times: number): OpaquePicture {
  const width = Math.floor(picture.width / times);
  const height = Math.floor(picture.height / times);
  const rgba = new Uint8Array(width * height * 4);
  const sums = new Uint32Array(width * 4);
  const count = times * times;
  for (let y = 0; y < height; y++) {
    sums.fill(count >> 1);
    for (let row = 0; row < times; row++) {
      const from = (y * times + row) * picture.width * 4;
      addRow(sums, picture.rgba.subarray(from, from + width * times * 4), times);
    }
    for (let i = 0, to = y * sums.length; i < sums.length; i++, to++) {
      rgba[to] = (sums[i] ?? 0) / count;
    }
  }
  return { width, height, rgba };
}

function addRow(sums: Uint32Array, row: Uint8Array, times: number): void {
  for (let to = 0, from = 0; to < sums.length; to += 4) {
    for (const end = from + times * 4; from < end; from += 4) {
      for (let channel = 0; channel < 4; channel++) {
        sums[to + channel] = (sums[to + channel] ?? 0) + (row[from + channel] ?? 0);
      }
    }
  }
}

/** Lay a picture of the same size over it, in place. @param top premultiplied */
export function layOver({ rgba }: OpaquePicture, top: Uint8Array): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const shows = 255 - (top[i + 3] ?? 0);
    if (shows === 255) continue;
    for (let at = i; at < i + 3; at++) {
      rgba[at] = Math.round(((rgba[at] ?? 0) * shows) / 255) + (top[at] ?? 0);
    }
  }
}
