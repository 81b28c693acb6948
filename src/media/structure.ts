import { open } from 'node:fs/promises';
import { t } from '../base/l10n.ts';
import { type Box, Damaged, Parts } from './parts.ts';
import { checkMatroska } from './structure-matroska.ts';

/** What of a file a reader may see. */
export interface Readable {
  /** Where it ends, in bytes. */
  readonly end: number;
  /** What follows there instead of what really does. */
  readonly lid: Uint8Array;
}

/**
 * An empty box. A file that is in fragments says at its very end where a table of them is, and that
 * is believed blindly; behind this one nobody finds any.
 */
const emptyBox = Buffer.from('\0\0\0\x0cfree\0\0\0\0', 'latin1');

/**
 * See that what a video file promises is in proportion to what it holds, before it is read for good.
 * Sixty bytes can promise four thousand million pictures, and a reader that believes them takes all
 * memory there is, or never comes back.
 *
 * @throws Damaged; ScenewrightError `cancelled`
 */
export async function checkStructure(file: string, signal?: AbortSignal): Promise<Readable> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const parts = new Parts(handle, size, signal);
    const head = await parts.at(0, 8);
    if (head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3) {
      return { end: await checkMatroska(parts), lid: new Uint8Array() };
    }
    return { end: await new Index(parts).check(), lid: emptyBox };
  } finally {
    await handle.close();
  }
}

/** Room for the index of a film of hours, and for a fragment of one; in bytes. */
const largestIndex = 64 * 1024 * 1024;
/** A picture or a stretch of sound, in bytes. */
const largestSample = 256 * 1024 * 1024;
/** Pictures and stretches of sound of a track, where they are not all of one size. */
const mostSamples = 3_000_000;
/** How often a reader may go over samples that lie in one piece with one of another size. */
const mostSteps = 4e9;

/** Boxes that mean something to a reader wherever they stand, and where they belong. */
const parentsOf: Readonly<Record<string, readonly string[]>> = {
  moov: [''],
  moof: [''],
  mfra: [''],
  trak: ['moov'],
  mvex: ['moov'],
  trex: ['mvex'],
  edts: ['trak'],
  elst: ['edts'],
  mdia: ['trak'],
  minf: ['mdia'],
  stbl: ['minf'],
  stsd: ['stbl'],
  stts: ['stbl'],
  ctts: ['stbl'],
  stsz: ['stbl'],
  stz2: ['stbl'],
  stss: ['stbl'],
  stsc: ['stbl'],
  stco: ['stbl'],
  co64: ['stbl'],
  traf: ['moof'],
  tfhd: ['traf'],
  tfdt: ['traf'],
  trun: ['traf'],
  saiz: ['traf', 'stbl'],
  saio: ['traf', 'stbl'],
  senc: ['traf'],
  tfra: ['mfra'],
  pssh: ['moov', 'moof'],
};

const containers = new Set([
  'moov',
  'trak',
  'mvex',
  'edts',
  'mdia',
  'minf',
  'stbl',
  'moof',
  'traf',
]);
const repeated = new Set(['trak', 'trex', 'traf', 'trun', 'pssh', 'moof', 'mfra']);

/** What one track's tables say. */
interface Tables {
  /** How many samples there are by their times, and whether they are shown in another order. */
  timed: number;
  reordered: boolean;
  /** How many there are by their sizes, where those differ. */
  sized: number | undefined;
  /** The most samples that lie in one piece. */
  longestChunk: number;
}

/** The index of an MP4 or QuickTime file, wherever parts of it stand. */
class Index {
  private readonly parts: Parts;
  private samples = 0;
  private locks = 0;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** @returns where the file ends but for a table of its fragments, which is only good for jumping */
  async check(): Promise<number> {
    const { size } = this.parts;
    let end = 0;
    for await (const box of this.parts.topBoxes()) {
      end = box.type === 'mfra' && box.end === size ? box.begin : box.end;
      if (box.type === 'moov' || box.type === 'moof') {
        if (box.end - box.start > largestIndex) throw tooMuch();
        await this.walk(box);
      }
    }
    return end;
  }

  /** No deeper than boxes can belong into each other. */
  private async walk(parent: Box): Promise<void> {
    const seen = new Set<string>();
    const tables: Tables = { timed: 0, reordered: false, sized: undefined, longestChunk: 0 };
    for (const box of await this.inside(parent)) {
      const parents = parentsOf[box.type];
      if (parents === undefined) continue;
      if (!parents.includes(parent.type)) throw misplaced();
      if (seen.has(box.type) && !repeated.has(box.type)) throw misplaced();
      seen.add(box.type);
      if (containers.has(box.type)) await this.walk(box);
      else await this.read(box, tables);
    }
    const { timed, reordered, sized, longestChunk } = tables;
    // Uncompressed sound has a sample for every forty-thousandth of a second, all of one size.
    if (!reordered && sized === undefined) return;
    this.add(timed);
    if (Math.max(timed, sized ?? 0) * longestChunk > mostSteps) throw tooMuch();
  }

  private async inside({ start, end }: Box): Promise<readonly Box[]> {
    const found: Box[] = [];
    for await (const box of this.parts.boxes(start, end)) found.push(box);
    return found;
  }

  private async read(box: Box, tables: Tables): Promise<void> {
    switch (box.type) {
      case 'stsd':
        await this.descriptions(box);
        return;
      case 'stts':
        tables.timed = await this.spread(box, 8);
        return;
      case 'ctts':
        tables.reordered = true;
        if ((await this.spread(box, 8)) > mostSamples) throw tooMuch();
        return;
      case 'stsz':
        tables.sized = await this.sizes(box);
        return;
      case 'stz2': {
        const head = await this.head(box, 12);
        const bits = head[7] ?? 0;
        const count = head.readUInt32BE(8);
        if (![4, 8, 16].includes(bits) || (count * bits) / 8 > box.end - box.start - 12) {
          throw tooMuch();
        }
        tables.sized = count;
        return;
      }
      case 'stsc':
        tables.longestChunk = await this.chunks(box);
        return;
      case 'stss':
      case 'stco':
        await this.entries(box, 4);
        return;
      case 'co64':
        await this.entries(box, 8);
        return;
      case 'elst':
        await this.entries(box, 12);
        return;
      case 'trun':
        // With nothing said of each sample, its count is bounded by nothing else.
        this.add((await this.head(box, 8)).readUInt32BE(4));
        return;
      case 'pssh':
        // They are compared with each other.
        if (++this.locks > 64) throw tooMuch();
        return;
    }
  }

  private add(samples: number): void {
    this.samples += samples;
    if (this.samples > mostSamples * 2) throw tooMuch();
  }

  private async head({ start, end }: Box, length: number): Promise<Buffer> {
    const head = await this.parts.at(start, Math.min(length, end - start));
    if (head.length < length) throw misplaced();
    return head;
  }

  /** How many entries a table has: no more than fit into it. */
  private async entries(box: Box, each: number): Promise<number> {
    const count = (await this.head(box, 8)).readUInt32BE(4);
    if (count * each > box.end - box.start - 8) throw tooMuch();
    return count;
  }

  /** The sum of a table whose entries each count samples. */
  private async spread(box: Box, each: number): Promise<number> {
    const entries = await this.entries(box, each);
    let sum = 0;
    for (let i = 0; i < entries; i++) {
      sum += (await this.parts.at(box.start + 8 + i * each, each)).readUInt32BE(0);
    }
    return sum;
  }

  /** @returns how many sizes there are; nothing where all samples have one */
  private async sizes(box: Box): Promise<number | undefined> {
    const head = await this.head(box, 12);
    const common = head.readUInt32BE(4);
    if (common > largestSample) throw tooMuch();
    if (common !== 0) return undefined;
    const count = head.readUInt32BE(8);
    if (count * 4 > box.end - box.start - 12) throw tooMuch();
    for (let i = 0; i < count; i++) {
      const size = (await this.parts.at(box.start + 12 + i * 4, 4)).readUInt32BE(0);
      if (size > largestSample) throw tooMuch();
    }
    return count;
  }

  /** @returns the most samples in one piece of the file */
  private async chunks(box: Box): Promise<number> {
    const entries = await this.entries(box, 12);
    let longest = 0;
    let last = 0;
    for (let i = 0; i < entries; i++) {
      const entry = await this.parts.at(box.start + 8 + i * 12, 12);
      const first = entry.readUInt32BE(0);
      longest = Math.max(longest, entry.readUInt32BE(4));
      if (first <= last) throw misplaced();
      last = first;
    }
    if (last > mostSamples) throw tooMuch();
    return longest;
  }

  /** They hold boxes behind a head of their own; nothing of the index belongs into them. */
  private async descriptions({ start, end }: Box): Promise<void> {
    if (end - start > 1024 * 1024) throw tooMuch();
    const text = (await this.parts.at(start, end - start)).toString('latin1');
    if (Object.keys(parentsOf).some((name) => name !== 'pssh' && text.includes(name))) {
      throw misplaced();
    }
  }
}

function misplaced(): Damaged {
  return new Damaged(t('its index is damaged'));
}

function tooMuch(): Damaged {
  return new Damaged(t('its index promises more than any clip holds'), false);
}
