/** Reads part of a font; fonts of the operating system are too large to load only to look at. */
export interface FontBytes {
  /** May return fewer bytes than asked for at the end. */
  read(offset: number, length: number): DataView;
}

export function inMemory(font: Uint8Array): FontBytes {
  return {
    read: (offset, length) => {
      const start = Math.min(offset, font.byteLength);
      const size = Math.min(length, font.byteLength - start);
      return new DataView(font.buffer, font.byteOffset + start, size);
    },
  };
}

/** One face: which characters it has, and how wide and high they are. */
export interface FontFace {
  /** Whether there is a glyph for the character. */
  has(codePoint: number): boolean;
  /** Advance width as a fraction of the font size; that of the "missing" glyph when it has none. */
  advance(codePoint: number): number;
  /** Height above and depth below the baseline as fractions of the font size, both positive. */
  readonly ascent: number;
  readonly descent: number;
}

/**
 * Reads the first face of a TrueType or OpenType file, or of a collection.
 *
 * @throws Error when it is not such a file, or a table that is needed is missing or cut short.
 */
export function readFace(bytes: FontBytes): FontFace {
  const tables = readDirectory(bytes);
  const table = (tag: string): DataView => {
    const entry = tables.get(tag);
    if (!entry) throw new Error(`The font has no ${tag} table.`);
    return bytes.read(entry.offset, entry.length);
  };
  const unitsPerEm = table('head').getUint16(18) || 1000;
  const hhea = table('hhea');
  const metrics = table('hmtx');
  const metricCount = hhea.getUint16(34);
  const glyphOf = readCharacterMap(table('cmap'));
  return {
    has: (codePoint) => glyphOf(codePoint) !== 0,
    advance: (codePoint) => {
      // Fonts of one width list it once; every glyph past the list has the last width.
      const index = Math.min(glyphOf(codePoint), metricCount - 1);
      return metrics.getUint16(index * 4) / unitsPerEm;
    },
    ascent: hhea.getInt16(4) / unitsPerEm,
    descent: -hhea.getInt16(6) / unitsPerEm,
  };
}

interface TableEntry {
  readonly offset: number;
  readonly length: number;
}

function readDirectory(bytes: FontBytes): Map<string, TableEntry> {
  let start = 0;
  if (tagAt(bytes.read(0, 4), 0) === 'ttcf') start = bytes.read(12, 4).getUint32(0);
  const count = bytes.read(start + 4, 2).getUint16(0);
  const directory = bytes.read(start + 12, count * 16);
  const tables = new Map<string, TableEntry>();
  for (let i = 0; i < count; i++) {
    tables.set(tagAt(directory, i * 16), {
      offset: directory.getUint32(i * 16 + 8),
      length: directory.getUint32(i * 16 + 12),
    });
  }
  return tables;
}

function tagAt(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(offset + i)));
}

type GlyphOf = (codePoint: number) => number;

/** Formats 4 (basic plane) and 12 (all planes) are what every Unicode font of today has. */
function readCharacterMap(cmap: DataView): GlyphOf {
  const offsets = new Map<number, number>();
  const count = cmap.getUint16(2);
  for (let i = 0; i < count; i++) {
    const platform = cmap.getUint16(4 + i * 8);
    const encoding = cmap.getUint16(6 + i * 8);
    const offset = cmap.getUint32(8 + i * 8);
    const isUnicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
    if (isUnicode) offsets.set(cmap.getUint16(offset), offset);
  }
  const all = offsets.get(12);
  if (all !== undefined) return fromGroups(cmap, all);
  const basic = offsets.get(4);
  if (basic !== undefined) return fromSegments(cmap, basic);
  throw new Error('The font has no Unicode character map.');
}

function fromGroups(cmap: DataView, base: number): GlyphOf {
  const count = cmap.getUint32(base + 12);
  return (codePoint) => {
    const at = (i: number): number => base + 16 + i * 12;
    const i = firstWhere(count, (index) => cmap.getUint32(at(index) + 4) >= codePoint);
    if (i === count) return 0;
    const first = cmap.getUint32(at(i));
    return codePoint < first ? 0 : cmap.getUint32(at(i) + 8) + codePoint - first;
  };
}

function fromSegments(cmap: DataView, base: number): GlyphOf {
  const count = cmap.getUint16(base + 6) / 2;
  const ends = base + 14;
  const starts = ends + count * 2 + 2;
  const deltas = starts + count * 2;
  const ranges = deltas + count * 2;
  return (codePoint) => {
    if (codePoint > 0xffff) return 0;
    const i = firstWhere(count, (index) => cmap.getUint16(ends + index * 2) >= codePoint);
    if (i === count) return 0;
    const first = cmap.getUint16(starts + i * 2);
    if (codePoint < first) return 0;
    const delta = cmap.getUint16(deltas + i * 2);
    const range = cmap.getUint16(ranges + i * 2);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = cmap.getUint16(ranges + i * 2 + range + (codePoint - first) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  };
}

/** The lowest index for which an ordered condition holds; `count` when it holds nowhere. */
function firstWhere(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
