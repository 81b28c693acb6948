/** A packet that sounds like nothing, to fill the time of clips without sound. */
export interface Silence {
  readonly packet: Uint8Array;
  /** In seconds. */
  readonly duration: number;
}

/** Samples in a packet of AAC. */
const aacFrame = 1024;

/**
 * Silence for a sound track, where it can be made without an encoder: for AAC-LC of one or two
 * channels, which is what clips have. Players do not agree on what a gap in such a track means; some
 * close it, and all that follows is out of step. Uncompressed sound has its gaps filled by whoever
 * writes the file.
 */
export function silenceFor(config: AudioDecoderConfig): Silence | undefined {
  const packet = silentAac[config.numberOfChannels];
  const known = config.sampleRate >= 7350 && config.sampleRate <= 96_000;
  if (config.codec !== 'mp4a.40.2' || !packet || !known) return undefined;
  return { packet: Uint8Array.from(packet), duration: aacFrame / config.sampleRate };
}

/**
 * By channels: a frame (ISO/IEC 14496-3, 4.4.2.1) of one channel element without any scale factor
 * band, then the end mark. All other bits are 0: long sine window, no prediction, no tools.
 */
const silentAac: Readonly<Record<number, readonly number[]>> = {
  // 000 single channel, 0000 tag, 22 bits of an empty channel, 111 end
  1: [0x00, 0x00, 0x00, 0x07],
  // 001 channel pair, 0000 tag, 1 common window, 35 bits of two empty channels, 111 end
  2: [0x21, 0x00, 0x00, 0x00, 0x00, 0x1c],
};
