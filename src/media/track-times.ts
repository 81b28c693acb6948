import { open } from 'node:fs/promises';
import { defined } from '../base/defined.ts';
import { type Box, Parts } from './parts.ts';

/** What a file says of how one of its tracks is shown, in seconds of the file's own count. */
export interface TrackTimes {
  /** What lies before is there only to be decoded. */
  readonly from: number;
  /** What lies behind is cut off. */
  readonly to: number;
  /** Sound comes out of its decoder by so much later than its packets say; means nothing for pictures. */
  readonly delay: number;
  /** Whether several stretches of it are shown, or one at another speed, which no reader here follows. */
  readonly spliced: boolean;
}

/** Edits are told in the film's own unit, mostly a thousandth or a six hundredth of a second; in seconds. */
export const editRounding = 0.002;

/** Nothing is said: everything is shown. */
export const allOfIt: TrackTimes = { from: -Infinity, to: Infinity, delay: 0, spliced: false };

/**
 * Read which part of each track a player shows: the edit lists of MP4 and QuickTime files (ISO/IEC
 * 14496-12, 8.6.6), the gapless note that Apple's encoders leave instead (`iTunSMPB`), and Matroska's
 * `CodecDelay`. The media library knows the first edit's beginning only.
 *
 * @returns by the tracks' numbers; a track of which nothing is said is not in it
 */
export async function trackTimesOf(
  file: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, TrackTimes>> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const parts = new Parts(handle, size, signal);
    const head = await parts.at(0, 8);
    const isMatroska = head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3;
    return isMatroska ? await codecDelays(parts) : await edits(parts);
  } finally {
    await handle.close();
  }
}

/** One track's boxes, as far as they speak of time. */
interface Found {
  id?: number;
  timescale?: number;
  edits?: Buffer;
}

async function edits(parts: Parts): Promise<ReadonlyMap<number, TrackTimes>> {
  const times = new Map<number, TrackTimes>();
  for await (const moov of parts.boxes(0, parts.size)) {
    if (moov.type !== 'moov') continue;
    let movieTimescale = 0;
    const tracks: Found[] = [];
    let priming = 0;
    for await (const box of parts.boxes(moov.start, moov.end)) {
      if (box.type === 'mvhd') movieTimescale = await timescaleOf(parts, box);
      if (box.type === 'trak') tracks.push(await track(parts, box));
      if (box.type === 'udta') priming = await gaplessNote(parts, box);
    }
    for (const { id, timescale = 0, edits: list } of tracks) {
      if (id === undefined) continue;
      const shown = list && movieTimescale > 0 ? shownBy(list, movieTimescale) : undefined;
      if (shown) times.set(id, shown);
      else if (priming > 0 && timescale > 0) {
        // The note speaks of sound alone, in its samples; for pictures the delay means nothing.
        times.set(id, { ...allOfIt, delay: priming / timescale });
      }
    }
    break;
  }
  return times;
}

async function track(parts: Parts, { start, end }: Box): Promise<Found> {
  const found: Found = {};
  for await (const box of parts.boxes(start, end)) {
    if (box.type === 'tkhd') {
      const head = await parts.at(box.start, Math.min(24, box.end - box.start));
      const at = head[0] === 1 ? 20 : 12;
      if (head.length >= at + 4) found.id = head.readUInt32BE(at);
    }
    if (box.type !== 'edts' && box.type !== 'mdia') continue;
    for await (const inner of parts.boxes(box.start, box.end)) {
      if (inner.type === 'elst') found.edits = Buffer.from(await content(parts, inner));
      if (inner.type === 'mdhd') found.timescale = await timescaleOf(parts, inner);
    }
  }
  return found;
}

async function timescaleOf(parts: Parts, box: Box): Promise<number> {
  const head = await parts.at(box.start, Math.min(24, box.end - box.start));
  const at = head[0] === 1 ? 20 : 12;
  return head.length >= at + 4 ? head.readUInt32BE(at) : 0;
}

/** No list of edits, and no note, is longer; in bytes. */
const longestList = 64 * 1024;

async function content(parts: Parts, { start, end }: Box): Promise<Buffer> {
  return await parts.at(start, Math.min(end - start, longestList));
}

function shownBy(list: Buffer, movieTimescale: number): TrackTimes | undefined {
  if (list.length < 8) return undefined;
  const long = list[0] === 1;
  const each = long ? 20 : 12;
  const count = Math.min(list.readUInt32BE(4), Math.floor((list.length - 8) / each));
  let late = 0;
  let length: number | undefined;
  let spliced = false;
  for (let i = 0; i < count; i++) {
    const at = 8 + i * each;
    const duration = long ? Number(list.readBigUInt64BE(at)) : list.readUInt32BE(at);
    const media = long ? Number(list.readBigInt64BE(at + 8)) : list.readInt32BE(at + 4);
    const rate = list.readInt32BE(at + each - 4);
    if (media === -1) {
      // A hole behind the last stretch says nothing.
      if (length === undefined) late += duration;
      continue;
    }
    spliced ||= length !== undefined || rate !== 0x10000;
    length = (length ?? 0) + duration;
  }
  if (length === undefined) return undefined;
  const from = late / movieTimescale;
  // Files in fragments do not know their length where this is written.
  const to = length > 0 ? from + length / movieTimescale : Infinity;
  return { from, to, delay: 0, spliced };
}

/** Samples that the encoder put before the sound: the second of the note's hexadecimal numbers. */
async function gaplessNote(parts: Parts, udta: Box): Promise<number> {
  const text = (await content(parts, udta)).toString('latin1');
  const note = /iTunSMPB.{0,24}?data.{8} [\dA-F]{8} ([\dA-F]{8}) [\dA-F]{8} /s.exec(text);
  const samples = parseInt(note?.[1] ?? '0', 16);
  return samples <= 10_000 ? samples : 0;
}

const segmentId = 0x18538067;
const tracksId = 0x1654ae6b;
const clusterId = 0x1f43b675;
const trackEntryId = 0xae;
const trackNumberId = 0xd7;
const codecDelayId = 0x56aa;

async function codecDelays(parts: Parts): Promise<ReadonlyMap<number, TrackTimes>> {
  const times = new Map<number, TrackTimes>();
  for await (const segment of elements(parts, 0, parts.size)) {
    if (segment.id !== segmentId) continue;
    for await (const element of elements(parts, segment.start, segment.end)) {
      if (element.id === clusterId) break;
      if (element.id !== tracksId) continue;
      for await (const entry of elements(parts, element.start, element.end)) {
        if (entry.id !== trackEntryId) continue;
        const said = await delayOf(parts, entry);
        const { number, delay = 0 } = said;
        if (number !== undefined && delay > 0) {
          times.set(number, { ...allOfIt, delay: delay / 1e9 });
        }
      }
    }
    break;
  }
  return times;
}

async function delayOf(
  parts: Parts,
  entry: { start: number; end: number },
): Promise<{ number?: number; delay?: number }> {
  let number: number | undefined;
  let delay: number | undefined;
  for await (const { id, start, end } of elements(parts, entry.start, entry.end)) {
    if (id !== trackNumberId && id !== codecDelayId) continue;
    const bytes = await parts.at(start, Math.min(8, end - start));
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    if (id === trackNumberId) number = value;
    else delay = value;
  }
  return defined({ number, delay });
}

async function* elements(
  parts: Parts,
  from: number,
  to: number,
): AsyncGenerator<{ id: number; start: number; end: number }> {
  for (let position = from; position < to;) {
    const { id, start, end = to } = await parts.element(position);
    yield { id, start, end: Math.min(end, to) };
    position = end;
  }
}
