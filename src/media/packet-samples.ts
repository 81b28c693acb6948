import type { AudioCodec, EncodedPacket } from 'mediabunny';

/** How many samples a decoder makes of a packet, at the sample rate of its track. */
export type SamplesIn = (packet: EncodedPacket) => number;

/**
 * Read from the packets themselves how long their sound lasts. What the file says of it is the time to
 * the next packet, which is shorter for the last packet of a clip, and rounded in WebM files; whoever
 * counts samples hears the truth. Only for codecs that do not tell there, the file is believed.
 */
export function samplesIn(codec: AudioCodec, config: AudioDecoderConfig): SamplesIn {
  const { sampleRate } = config;
  switch (codec) {
    case 'aac': {
      const samples = aacSamples(config);
      return () => samples;
    }
    case 'opus':
      return ({ data, duration }) => opusSamples(data) ?? Math.round(duration * sampleRate);
    case 'mp3':
      // Half as many in the versions for low rates.
      return () => (sampleRate >= 32_000 ? 1152 : 576);
    case 'ac3':
      return () => 1536;
    default: {
      const bytes = bytesPerSample(codec, config);
      return ({ duration, byteLength }) =>
        bytes === undefined ? Math.round(duration * sampleRate) : Math.floor(byteLength / bytes);
    }
  }
}

/** How many bytes one sample of all channels takes where the sound is not compressed. */
export function bytesPerSample(
  codec: AudioCodec,
  { numberOfChannels }: AudioDecoderConfig,
): number | undefined {
  if (codec === 'ulaw' || codec === 'alaw') return numberOfChannels;
  const bits = /^pcm-[a-z](\d+)/.exec(codec)?.[1];
  return bits === undefined ? undefined : (Number(bits) / 8) * numberOfChannels;
}

const aacRates = [
  ...[96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025],
  ...[8000, 7350],
];

/** By the decoder's settings (ISO/IEC 14496-3, 1.6.2.1): 1024 of the core's own rate, or 960. */
function aacSamples({ description, sampleRate }: AudioDecoderConfig): number {
  const bits = bitsOf(description);
  // What follows an object type of 31, or a rate of 15, is written out; no clip has either.
  const type = Number(`0b0${bits.slice(0, 5)}`);
  const rate = aacRates[Number(`0b0${bits.slice(5, 9)}`)] ?? sampleRate;
  // With the upper half of its spectrum told apart (5, 29), another rate and type come in between.
  const short = bits[type === 5 || type === 29 ? 22 : 13] === '1';
  return Math.round(((short ? 960 : 1024) * sampleRate) / rate);
}

function bitsOf(description: AudioDecoderConfig['description']): string {
  if (!description) return '';
  const bytes = ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
  return [...bytes.subarray(0, 8)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
}

/** By its first bytes (RFC 6716, 3.1 and 3.2); always at 48 kHz. */
function opusSamples(data: Uint8Array): number | undefined {
  const [head, count = 0] = data;
  if (head === undefined) return undefined;
  const config = head >> 3;
  const size =
    config >= 16
      ? 120 << (config & 3)
      : config >= 12
        ? 480 << (config & 1)
        : ([480, 960, 1920, 2880][config & 3] ?? 960);
  const frames = [1, 2, 2, count & 0x3f][head & 3] ?? 1;
  return size * frames;
}
