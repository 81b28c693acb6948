import {
  type HuffmanTable,
  chromaAc,
  chromaDc,
  chromaSteps,
  lumaAc,
  lumaDc,
  lumaSteps,
  zigzag,
} from './jpeg-tables.ts';

/**
 * A small baseline JPEG encoder (ITU T.81) for planar 4:2:0 pictures, with the quantisation and
 * Huffman tables that the standard gives as examples in its annex K.
 */

/** A planar picture with video levels in BT.709, as the encoder of the clip takes it. */
export interface PlanarPicture {
  /** Even, in pixels. */
  readonly width: number;
  readonly height: number;
  /** All of Y, then all of U, then all of V. */
  readonly bytes: Uint8Array;
}

/** `quality` from 1 to 100, as other encoders count it. */
export function encodeJpeg(picture: PlanarPicture, quality = 86): Uint8Array {
  const { width, height } = picture;
  const steps = [scaled(lumaSteps, quality), scaled(chromaSteps, quality)] as const;
  const out = new ByteWriter(width * height);
  writeHeader(out, width, height, steps);
  const [y, u, v] = channels(picture);
  const coder = new BlockCoder(out);
  const luma: Coding = { steps: steps[0], dc: codes(lumaDc), ac: codes(lumaAc) };
  const chroma: Coding = { steps: steps[1], dc: codes(chromaDc), ac: codes(chromaAc) };
  for (let row = 0; row < height; row += 16) {
    for (let column = 0; column < width; column += 16) {
      coder.code(y, column, row, luma);
      coder.code(y, column + 8, row, luma);
      coder.code(y, column, row + 8, luma);
      coder.code(y, column + 8, row + 8, luma);
      coder.code(u, column / 2, row / 2, chroma);
      coder.code(v, column / 2, row / 2, chroma);
    }
  }
  coder.finish();
  out.word(0xffd9);
  return out.bytes();
}

function scaled(steps: Uint8Array, quality: number): Uint8Array {
  const factor = quality < 50 ? 5000 / quality : 200 - quality * 2;
  return steps.map((step) => Math.min(255, Math.max(1, Math.floor((step * factor + 50) / 100))));
}

function writeHeader(
  out: ByteWriter,
  width: number,
  height: number,
  steps: readonly [Uint8Array, Uint8Array],
): void {
  out.word(0xffd8);
  // JFIF 1.1, no density, no thumbnail.
  out.segment(0xffe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  steps.forEach((table, i) => {
    out.segment(0xffdb, [i, ...Array.from(zigzag, (at) => table[at] ?? 1)]);
  });
  const sizes = [height >> 8, height & 255, width >> 8, width & 255];
  // Three components; the first has twice the samples in both directions.
  out.segment(0xffc0, [8, ...sizes, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
  for (const [id, table] of [
    [0x00, lumaDc],
    [0x10, lumaAc],
    [0x01, chromaDc],
    [0x11, chromaAc],
  ] as const) {
    out.segment(0xffc4, [id, ...table.counts, ...table.symbols]);
  }
  out.segment(0xffda, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
}

class ByteWriter {
  private buffer: Uint8Array;
  private length = 0;

  constructor(room: number) {
    this.buffer = new Uint8Array(Math.max(4096, room));
  }

  byte(value: number): void {
    if (this.length === this.buffer.length) {
      const larger = new Uint8Array(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length++] = value;
  }

  word(value: number): void {
    this.byte(value >> 8);
    this.byte(value & 255);
  }

  segment(marker: number, content: readonly number[]): void {
    this.word(marker);
    this.word(content.length + 2);
    for (const value of content) this.byte(value);
  }

  bytes(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}

/** One component of the picture; `predictor` is the DC value of the block before. */
interface Channel {
  /** Less 128, as the transform wants it: -128 to 127. */
  readonly samples: Int8Array;
  readonly width: number;
  readonly height: number;
  predictor: number;
}

/**
 * The components as JPEG has them. It uses the full range of values where video leaves room at both
 * ends, and the older BT.601 where HD video uses BT.709: reds and greens would come out wrong.
 */
function channels({ width, height, bytes }: PlanarPicture): readonly [Channel, Channel, Channel] {
  const size = width * height;
  const y = new Int8Array(size);
  const u = new Int8Array(size / 4);
  const v = new Int8Array(size / 4);
  const half = width / 2;
  for (let i = 0; i < u.length; i++) {
    const blue = (((bytes[size + i] ?? 128) - 128) * 255) / 224;
    const red = (((bytes[size + u.length + i] ?? 128) - 128) * 255) / 224;
    u[i] = clamped(0.989854 * blue - 0.110653 * red);
    v[i] = clamped(0.983398 * red - 0.072453 * blue);
    const shift = 0.101579 * blue + 0.196076 * red - 128;
    const first = Math.floor(i / half) * 2 * width + (i % half) * 2;
    for (const at of [first, first + 1, first + width, first + width + 1]) {
      y[at] = clamped((((bytes[at] ?? 16) - 16) * 255) / 219 + shift);
    }
  }
  return [
    { samples: y, width, height, predictor: 0 },
    { samples: u, width: half, height: height / 2, predictor: 0 },
    { samples: v, width: half, height: height / 2, predictor: 0 },
  ];
}

function clamped(value: number): number {
  return Math.min(127, Math.max(-128, Math.round(value)));
}

/** Code and length of each symbol. */
type Codes = readonly (readonly [code: number, length: number])[];

function codes(table: HuffmanTable): Codes {
  const all: [number, number][] = [];
  let code = 0;
  let next = 0;
  table.counts.forEach((count, i) => {
    for (let k = 0; k < count; k++) all[table.symbols[next++] ?? 0] = [code++, i + 1];
    code <<= 1;
  });
  return all;
}

interface Coding {
  readonly steps: Uint8Array;
  readonly dc: Codes;
  readonly ac: Codes;
}

/** Cosines of the transform, scaled so that it is orthonormal: row = frequency. */
const cosines = Float32Array.from({ length: 64 }, (_, i) => {
  const frequency = i >> 3;
  const factor = frequency === 0 ? Math.SQRT1_2 : 1;
  return (factor / 2) * Math.cos(((2 * (i & 7) + 1) * frequency * Math.PI) / 16);
});

class BlockCoder {
  private readonly out: ByteWriter;
  private bits = 0;
  private bitCount = 0;
  private readonly block = new Float32Array(64);
  private readonly half = new Float32Array(64);
  private readonly levels = new Int32Array(64);

  constructor(out: ByteWriter) {
    this.out = out;
  }

  code(source: Channel, x: number, y: number, coding: Coding): void {
    this.load(source, x, y);
    this.transform(coding.steps);
    const { levels } = this;
    const dc = levels[0] ?? 0;
    this.value(coding.dc, 0, dc - source.predictor);
    source.predictor = dc;
    let zeros = 0;
    for (let i = 1; i < 64; i++) {
      const level = levels[i] ?? 0;
      if (level === 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15; zeros -= 16) this.symbol(coding.ac, 0xf0);
      this.value(coding.ac, zeros, level);
      zeros = 0;
    }
    if (zeros > 0) this.symbol(coding.ac, 0);
  }

  finish(): void {
    while (this.bitCount > 0) this.write(1, 1);
  }

  /** Blocks may reach past the picture; the last row and column are repeated there. */
  private load(source: Channel, x: number, y: number): void {
    const { samples, width, height } = source;
    for (let row = 0; row < 8; row++) {
      const start = Math.min(y + row, height - 1) * width;
      for (let column = 0; column < 8; column++) {
        this.block[row * 8 + column] = samples[start + Math.min(x + column, width - 1)] ?? 0;
      }
    }
  }

  private transform(steps: Uint8Array): void {
    const { block, half, levels } = this;
    for (let row = 0; row < 8; row++) {
      for (let f = 0; f < 8; f++) {
        let sum = 0;
        for (let i = 0; i < 8; i++) sum += (block[row * 8 + i] ?? 0) * (cosines[f * 8 + i] ?? 0);
        half[row * 8 + f] = sum;
      }
    }
    for (let i = 0; i < 64; i++) {
      const at = zigzag[i] ?? 0;
      const f = at >> 3;
      const column = at & 7;
      let sum = 0;
      for (let row = 0; row < 8; row++)
        sum += (half[row * 8 + column] ?? 0) * (cosines[f * 8 + row] ?? 0);
      levels[i] = Math.round(sum / (steps[at] ?? 1));
    }
  }

  /** A run of zeros and the size of the value as one symbol, then the value's own bits. */
  private value(table: Codes, zeros: number, value: number): void {
    const size = 32 - Math.clz32(Math.abs(value));
    this.symbol(table, (zeros << 4) | size);
    if (size > 0) this.write(value < 0 ? value + (1 << size) - 1 : value, size);
  }

  private symbol(table: Codes, symbol: number): void {
    const [code, length] = table[symbol] ?? [0, 0];
    this.write(code, length);
  }

  private write(value: number, length: number): void {
    // At most 7 bits wait and 16 come: they fit.
    this.bits = (this.bits << length) | value;
    this.bitCount += length;
    while (this.bitCount >= 8) {
      this.bitCount -= 8;
      const byte = (this.bits >> this.bitCount) & 255;
      this.out.byte(byte);
      // A 255 in the data would look like a marker.
      if (byte === 255) this.out.byte(0);
    }
    this.bits &= (1 << this.bitCount) - 1;
  }
}
