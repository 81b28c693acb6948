import type { Box, Picture } from './raster.ts';

/**
 * One channel of a picture. `values` are multiplied by alpha already; what shows of the ground is
 * `transparency` / 256. No `transparency` means: nothing shows through anywhere.
 */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array;
  readonly transparency: Uint16Array | undefined;
  /** For each row: start, end and kind of its runs that are not empty, three numbers each. */
  readonly runs: readonly Int32Array[];
}

const copied = 0;
const blended = 1;

/** A picture as a video encoder wants it: brightness, and two colour channels of half the size. */
export interface Layer {
  readonly x: number;
  readonly y: number;
  readonly luma: Plane;
  readonly blue: Plane;
  readonly red: Plane;
}

/** A box whose edges are even, as the colour channels need it; at least as large as the given one. */
export function evenBox(box: Box): Box {
  const x = Math.floor(box.x / 2) * 2;
  const y = Math.floor(box.y / 2) * 2;
  return {
    x,
    y,
    width: Math.ceil((box.x + box.width - x) / 2) * 2,
    height: Math.ceil((box.y + box.height - y) / 2) * 2,
  };
}

/** Convert to BT.709 with video levels (16–235), the default of players for HD pictures. */
export function toLayer(picture: Picture): Layer {
  const { rgba, box } = picture;
  const { width, height } = box;
  const halfWidth = width >> 1;
  const halfHeight = height >> 1;
  const y = new Uint8Array(width * height);
  const clear = new Uint16Array(y.length);
  let isOpaque = true;
  for (let i = 0, p = 0; i < y.length; i++, p += 4) {
    const alpha = rgba[p + 3] ?? 0;
    clear[i] = toTransparency(alpha);
    if (alpha === 0) {
      isOpaque = false;
      continue;
    }
    if (alpha !== 255) isOpaque = false;
    // 16.16 fixed point; the offset of 16 is premultiplied too.
    y[i] =
      (11966 * (rgba[p] ?? 0) +
        40254 * (rgba[p + 1] ?? 0) +
        4064 * (rgba[p + 2] ?? 0) +
        4112 * alpha +
        32768) >>
      16;
  }
  const u = new Uint8Array(halfWidth * halfHeight);
  const v = new Uint8Array(u.length);
  const halfClear = new Uint16Array(u.length);
  const below = width * 4;
  for (let row = 0, i = 0; row < halfHeight; row++) {
    for (let p = row * 2 * below, end = p + below; p < end; p += 8, i++) {
      const q = p + below;
      const alpha =
        (rgba[p + 3] ?? 0) + (rgba[p + 7] ?? 0) + (rgba[q + 3] ?? 0) + (rgba[q + 7] ?? 0);
      halfClear[i] = toTransparency((alpha + 2) >> 2);
      if (alpha === 0) continue;
      const r = (rgba[p] ?? 0) + (rgba[p + 4] ?? 0) + (rgba[q] ?? 0) + (rgba[q + 4] ?? 0);
      const g = (rgba[p + 1] ?? 0) + (rgba[p + 5] ?? 0) + (rgba[q + 1] ?? 0) + (rgba[q + 5] ?? 0);
      const b = (rgba[p + 2] ?? 0) + (rgba[p + 6] ?? 0) + (rgba[q + 2] ?? 0) + (rgba[q + 6] ?? 0);
      u[i] = (-6596 * r - 22189 * g + 28784 * b + 32896 * alpha + 131072) >> 18;
      v[i] = (28784 * r - 26145 * g - 2639 * b + 32896 * alpha + 131072) >> 18;
    }
  }
  return {
    x: box.x,
    y: box.y,
    luma: plane(width, height, y, isOpaque ? undefined : clear),
    blue: plane(halfWidth, halfHeight, u, isOpaque ? undefined : halfClear),
    red: plane(halfWidth, halfHeight, v, isOpaque ? undefined : halfClear),
  };
}

/** From alpha 0–255 to what shows through, 256–0. */
function toTransparency(alpha: number): number {
  return ((255 - alpha) * 257 + 128) >> 8;
}

function plane(
  width: number,
  height: number,
  values: Uint8Array,
  transparency: Uint16Array | undefined,
): Plane {
  return { width, height, values, transparency, runs: findRuns(width, height, transparency) };
}

/** The layer moved left by half a pixel, for camera moves finer than the pixels. */
export function halfStep(layer: Layer): Layer {
  return {
    ...layer,
    luma: shifted(layer.luma),
    blue: shifted(layer.blue),
    red: shifted(layer.red),
  };
}

function shifted(source: Plane): Plane {
  const { width, height, transparency } = source;
  const values = new Uint8Array(source.values.length);
  const next = new Uint16Array(transparency?.length ?? 0);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    const end = start + width - 1;
    for (let i = start; i < end; i++) {
      values[i] = ((source.values[i] ?? 0) + (source.values[i + 1] ?? 0) + 1) >> 1;
    }
    values[end] = source.values[end] ?? 0;
    if (!transparency) continue;
    for (let i = start; i < end; i++) {
      next[i] = ((transparency[i] ?? 0) + (transparency[i + 1] ?? 0) + 1) >> 1;
    }
    next[end] = transparency[end] ?? 0;
  }
  return plane(width, height, values, transparency && next);
}

/** Shorter opaque stretches are not worth a copy of their own. */
const shortestCopy = 24;

function findRuns(
  width: number,
  height: number,
  transparency: Uint16Array | undefined,
): readonly Int32Array[] {
  if (!transparency) {
    const whole = Int32Array.of(0, width, copied);
    return Array.from({ length: height }, () => whole);
  }
  const rows: Int32Array[] = [];
  for (let row = 0; row < height; row++) {
    const base = row * width;
    const found: number[] = [];
    for (let x = 0; x < width;) {
      const kindHere = coverage(transparency[base + x]);
      let end = x + 1;
      while (end < width && coverage(transparency[base + end]) === kindHere) end++;
      if (kindHere !== 'nothing') {
        const kind = kindHere === 'all' && end - x >= shortestCopy ? copied : blended;
        const last = found.length - 3;
        if (kind === blended && found[last + 2] === blended && found[last + 1] === x)
          found[last + 1] = end;
        else found.push(x, end, kind);
      }
      x = end;
    }
    rows.push(Int32Array.from(found));
  }
  return rows;
}

function coverage(transparency: number | undefined): 'nothing' | 'some' | 'all' {
  if (transparency === 0) return 'all';
  return transparency === 256 ? 'nothing' : 'some';
}

/** One picture of the video: planar YUV 4:2:0 in one buffer, as the encoder takes it. */
export class VideoFrame {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
  private readonly y: Uint8Array;
  private readonly u: Uint8Array;
  private readonly v: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    const size = width * height;
    this.bytes = new Uint8Array((size * 3) / 2);
    this.y = this.bytes.subarray(0, size);
    this.u = this.bytes.subarray(size, size + size / 4);
    this.v = this.bytes.subarray(size + size / 4);
  }

  /** Lay a layer over the frame, its left edge moved to `x`; `opacity` 0 to 1. */
  add(layer: Layer, x: number = layer.x, opacity = 1): void {
    const { width, height } = this;
    put(this.y, width, height, layer.luma, x, layer.y, opacity);
    const halfX = Math.floor(x / 2);
    const halfY = layer.y >> 1;
    put(this.u, width >> 1, height >> 1, layer.blue, halfX, halfY, opacity);
    put(this.v, width >> 1, height >> 1, layer.red, halfX, halfY, opacity);
  }

  /** Lay the first `width` pixels of a layer without transparency over the frame. */
  fill(layer: Layer, width: number): void {
    for (let row = 0; row < layer.luma.height; row++) {
      const at = (layer.y + row) * this.width + layer.x;
      const from = row * layer.luma.width;
      this.y.set(layer.luma.values.subarray(from, from + width), at);
    }
    for (let row = 0; row < layer.blue.height; row++) {
      const at = ((layer.y >> 1) + row) * (this.width >> 1) + (layer.x >> 1);
      const from = row * layer.blue.width;
      this.u.set(layer.blue.values.subarray(from, from + (width >> 1)), at);
      this.v.set(layer.red.values.subarray(from, from + (width >> 1)), at);
    }
  }
}

function put(
  target: Uint8Array,
  width: number,
  height: number,
  source: Plane,
  x: number,
  y: number,
  opacity: number,
): void {
  const { values, transparency } = source;
  const strength = Math.round(opacity * 256);
  if (strength === 0) return;
  const firstRow = Math.max(0, -y);
  const endRow = Math.min(source.height, height - y);
  for (let row = firstRow; row < endRow; row++) {
    const runs = source.runs[row];
    if (!runs) continue;
    const from = row * source.width;
    const to = (row + y) * width + x;
    for (let r = 0; r < runs.length; r += 3) {
      const start = Math.max(runs[r] ?? 0, -x);
      const end = Math.min(runs[r + 1] ?? 0, width - x);
      if (start >= end) continue;
      if (strength < 256) fade(target, to, values, transparency, from, start, end, strength);
      else if (runs[r + 2] === copied || !transparency) {
        target.set(values.subarray(from + start, from + end), to + start);
      } else {
        for (let i = start; i < end; i++) {
          target[to + i] =
            (values[from + i] ?? 0) +
            (((target[to + i] ?? 0) * (transparency[from + i] ?? 0)) >> 8);
        }
      }
    }
  }
}

function fade(
  target: Uint8Array,
  to: number,
  values: Uint8Array,
  transparency: Uint16Array | undefined,
  from: number,
  start: number,
  end: number,
  strength: number,
): void {
  for (let i = start; i < end; i++) {
    const shows = 256 - (((256 - (transparency?.[from + i] ?? 0)) * strength) >> 8);
    target[to + i] =
      (((values[from + i] ?? 0) * strength) >> 8) + (((target[to + i] ?? 0) * shows) >> 8);
  }
}
