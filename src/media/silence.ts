import type { AudioCodec, EncodedPacket } from 'mediabunny';
import { Bits } from './bits.ts';
import { bytesPerSample, samplesIn } from './packet-samples.ts';
import { silentAc3 } from './silent-ac3.ts';

/** A packet that sounds like nothing, to fill the time of clips without sound. */
export interface Silence {
  readonly packet: Uint8Array;
  readonly samples: number;
}

/**
 * Silence for a sound track, where it can be made without an encoder. Players do not agree on what a gap
 * in such a track means; some close it, and all that follows is out of step.
 *
 * @param like a packet of the track
 * @returns undefined for codecs that are not made here, such as Vorbis.
 */
export function silenceFor(
  codec: AudioCodec,
  config: AudioDecoderConfig,
  like: EncodedPacket,
): Silence | undefined {
  const { numberOfChannels, sampleRate } = config;
  switch (codec) {
    case 'aac': {
      const packet = config.codec === 'mp4a.40.2' ? silentAac(numberOfChannels) : undefined;
      return packet && { packet, samples: samplesIn(codec, config)(like) };
    }
    case 'opus':
      return numberOfChannels <= 2 ? silentOpus(numberOfChannels) : undefined;
    case 'mp3':
      return silentMp3(like.data, sampleRate);
    case 'ac3':
      return silentAc3(like.data);
    default: {
      const bytes = bytesPerSample(codec, config);
      const level = levels[codec] ?? 0;
      return bytes === undefined
        ? undefined
        : { packet: new Uint8Array(bytes).fill(level), samples: 1 };
    }
  }
}

/** Where the middle of uncompressed sound is not zero. */
const levels: Readonly<Partial<Record<AudioCodec, number>>> = {
  'pcm-u8': 0x80,
  ulaw: 0xff,
  alaw: 0xd5,
};

/** How the elements of a frame are marked: one channel, two, low effects, the end. */
const [single, pair, low, end] = [0b000, 0b001, 0b011, 0b111];

/** The elements of a frame, by its channels (ISO/IEC 14496-3, 1.6.3.5). */
const elements: Readonly<Record<number, readonly number[]>> = {
  1: [single],
  2: [pair],
  3: [single, pair],
  4: [single, pair, single],
  5: [single, pair, pair],
  6: [single, pair, pair, low],
  8: [single, pair, pair, pair, low],
};

/**
 * A frame of AAC-LC (ISO/IEC 14496-3, 4.4.2.1) whose channels have no scale factor bands. All other bits
 * are 0: long sine windows, no prediction, no tools.
 */
function silentAac(channels: number): Uint8Array | undefined {
  const kinds = elements[channels];
  if (!kinds) return undefined;
  const frame = new Bits();
  const tags = new Map<number, number>();
  for (const kind of kinds) {
    const tag = tags.get(kind) ?? 0;
    tags.set(kind, tag + 1);
    frame.put(3, kind);
    frame.put(4, tag);
    if (kind === pair) {
      // A common window, then two empty channels.
      frame.put(1, 1);
      frame.put(13, 0);
      frame.put(22, 0);
    } else {
      frame.put(22, 0);
    }
  }
  frame.put(3, end);
  return frame.bytes();
}

/**
 * A frame of 20 ms that says of itself that nothing is in it (RFC 6716, 4.1: the range coder's first
 * symbol is the flag of silence), in the full band.
 */
function silentOpus(channels: number): Silence {
  return { packet: Uint8Array.of(channels === 2 ? 0xfc : 0xf8, 0xff, 0xfe), samples: 960 };
}

/** By version (two bits) and the header's number of it, in kbit/s (ISO/IEC 11172-3, 2.4.2.3). */
const mp3Rates: Readonly<Record<string, readonly number[]>> = {
  first: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  second: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

/**
 * A frame with the header of another one, whose side information says that no bits belong to any
 * channel. It takes nothing from frames before it, so that it may stand anywhere.
 */
function silentMp3(like: Uint8Array, sampleRate: number): Silence | undefined {
  const [sync = 0, version = 0, rates = 0, mode = 0] = like;
  const isLayer3 = sync === 0xff && (version & 0xe6) === 0xe2;
  const first = (version & 0x18) === 0x18;
  const kilobits = mp3Rates[first ? 'first' : 'second']?.[rates >> 4] ?? 0;
  if (!isLayer3 || kilobits === 0) return undefined;
  const samples = first ? 1152 : 576;
  const length = Math.floor(((samples / 8) * kilobits * 1000) / sampleRate);
  const packet = new Uint8Array(length);
  // Without checksum and padding.
  packet.set([sync, version | 1, rates & ~2, mode]);
  return { packet, samples };
}
