import { Bits } from './bits.ts';
import type { Silence } from './silence.ts';

const sampleRates = [48_000, 44_100, 32_000];
/** In kbit/s, by the half of the frame's number of its size. */
const kilobits = [
  ...[32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640],
];
const fullChannels = [2, 1, 2, 3, 3, 4, 4, 5];

/**
 * A frame of AC-3 (ATSC A/52, 5.3) without a mantissa in it, with the size, rate and channels of another
 * one: all signal-to-noise offsets are zero, which gives no coefficient any bits (7.2.2.7).
 */
export function silentAc3(like: Uint8Array): Silence | undefined {
  const [sync = 0, word = 0, , , rates = 0, kind = 0, mode = 0, more = 0] = like;
  const rate = sampleRates[rates >> 6];
  const sizeCode = rates & 0x3f;
  const bits = kilobits[sizeCode >> 1];
  // Above 8 it is E-AC-3, whose frames are made otherwise.
  if (sync !== 0x0b || word !== 0x77 || rate === undefined || !bits || kind >> 3 > 8) {
    return undefined;
  }
  // In words of 16 bits; at 44.1 kHz they do not come out even, and every other frame has one more.
  const words = Math.floor((bits * 96_000) / rate) + (rate === 44_100 ? sizeCode & 1 : 0);
  const channels = mode >> 5;
  const full = fullChannels[channels] ?? 2;
  const low = withLow(mode, more, channels);

  const frame = new Bits();
  frame.put(16, 0x0b77);
  frame.put(16, 0);
  frame.put(8, rates);
  frame.put(8, kind);
  frame.put(3, channels);
  // Levels of mixing down, nothing surround.
  if (channels & 1 && channels !== 1) frame.put(2, 0);
  if (channels & 4) frame.put(2, 0);
  if (channels === 2) frame.put(2, 0);
  frame.put(1, low ? 1 : 0);
  for (let i = 0; i < (channels === 0 ? 2 : 1); i++) {
    // Loudness of dialogue; no compression, language or room.
    frame.put(5, 31);
    frame.put(3, 0);
  }
  // No rights, no times, no more of it.
  frame.put(5, 0);
  for (let block = 0; block < 6; block++)
    putBlock(frame, { first: block === 0, channels, full, low });
  const packet = frame.bytes(words * 2);
  putChecksum(packet, ((words >> 1) + (words >> 3)) * 2);
  return { packet, samples: 1536 };
}

/** Whether there is a channel for low effects: the bit behind the levels of mixing down. */
function withLow(mode: number, more: number, channels: number): boolean {
  const levels =
    (channels & 1 && channels !== 1 ? 2 : 0) + (channels & 4 ? 2 : 0) + (channels === 2 ? 2 : 0);
  const bits = ((mode << 8) | more) & 0x1fff;
  return ((bits >> (12 - levels)) & 1) === 1;
}

interface BlockKind {
  readonly first: boolean;
  readonly channels: number;
  readonly full: number;
  readonly low: boolean;
}

/** The first of six blocks says all there is to say; the others say that it goes on so. */
function putBlock(frame: Bits, { first, channels, full, low }: BlockKind): void {
  // Neither short blocks nor noise in place of nothing, in any channel; no change of loudness.
  frame.put(2 * full, 0);
  frame.put(channels === 0 ? 2 : 1, 0);
  // No channels are coupled.
  if (first) frame.put(2, 0b10);
  else frame.put(1, 0);
  // Left and right as they are, in all four bands.
  if (channels === 2) frame.put(first ? 5 : 1, first ? 0b10000 : 0);
  // Exponents of four coefficients each, over the least band.
  for (let i = 0; i < full; i++) frame.put(2, first ? 3 : 0);
  if (low) frame.put(1, first ? 1 : 0);
  if (first) {
    frame.put(6 * full, 0);
    for (let i = 0; i < full; i++) putExponents(frame, 6, 2);
    if (low) putExponents(frame, 2, 0);
    // How bits would be shared out; the offsets of zero by which they are not.
    frame.put(1, 1);
    frame.put(11, 0);
    frame.put(1, 1);
    frame.put(6, 0);
    for (let i = 0; i < full + (low ? 1 : 0); i++) frame.put(7, 0);
  } else {
    frame.put(2, 0);
  }
  // No correction of that, and nothing to skip.
  frame.put(2, 0);
}

/** As small as numbers get, and all the same. */
function putExponents(frame: Bits, groups: number, gain: number): void {
  frame.put(4, 15);
  for (let i = 0; i < groups; i++) frame.put(7, 62);
  frame.put(gain, 0);
}

const polynomial = 0x8005;

/**
 * The first checksum stands before what it sums up (5.4.1.2), so the sum is run backwards from its
 * result, which is zero. The second one, of nothing but zeros, is zero.
 */
function putChecksum(bytes: Uint8Array, end: number): void {
  let sum = 0;
  const back = (bit: number): void => {
    const carry = sum & 1;
    sum = ((sum ^ (carry ? polynomial : 0)) >> 1) | ((carry ^ bit) << 15);
  };
  for (let at = end - 1; at >= 4; at--) {
    for (let bit = 0; bit < 8; bit++) back(((bytes[at] ?? 0) >> bit) & 1);
  }
  for (let bit = 0; bit < 16; bit++) back(0);
  bytes[2] = sum >> 8;
  bytes[3] = sum & 0xff;
}
