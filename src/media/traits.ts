import type { AudioCodec, VideoCodec } from 'mediabunny';
import { t } from '../base/l10n.ts';
import { type MediaFile, reading } from './read.ts';

/** In what clips have to agree so that they can be joined as they are. */
export interface ClipTraits {
  /** As it is shown, such as `1280 × 720`. */
  readonly size: string;
  /** Such as `H.264`. */
  readonly codec: string;
  /** By which the picture is turned when it is shown, such as `90°`; empty if it is not. */
  readonly turned: string;
  /** Tells apart what the writer cannot see: the decoder's settings. */
  readonly encoding: string;
  /** Absent when the clip is silent, which goes with any sound. */
  readonly sound?: {
    /** Such as `AAC, 48000 Hz, stereo`. */
    readonly format: string;
    readonly encoding: string;
  };
}

const videoNames: Readonly<Partial<Record<VideoCodec, string>>> = {
  avc: 'H.264',
  hevc: 'H.265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
};

const audioNames: Readonly<Partial<Record<AudioCodec, string>>> = {
  aac: 'AAC',
  opus: 'Opus',
  mp3: 'MP3',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  ac3: 'AC-3',
  eac3: 'E-AC-3',
};

/**
 * Read the traits from the file's index; nothing is decoded.
 *
 * @throws ScenewrightError `bad-input` that names the file
 */
export async function traitsOf(clip: MediaFile): Promise<ClipTraits> {
  return await reading(clip.file, () => read(clip));
}

async function read({ video, audio, width, height }: MediaFile): Promise<ClipTraits> {
  const codec = await video.getCodec();
  const config = await video.getDecoderConfig();
  const rotation = await video.getRotation();
  const traits = {
    size: `${width} × ${height}`,
    codec: codec === null ? t('of an unknown codec') : (videoNames[codec] ?? codec),
    turned: rotation === 0 ? '' : `${rotation}°`,
    encoding: JSON.stringify([
      config?.codec,
      config?.codedWidth,
      config?.codedHeight,
      bytesOf(config?.description),
      await video.getTransformationMatrix(),
    ]),
  };
  const sound = await audio?.getDecoderConfig();
  const soundCodec = await audio?.getCodec();
  if (!sound || !soundCodec) return traits;
  const count = sound.numberOfChannels;
  const channels = ['mono', 'stereo'][count - 1] ?? t('{0} channels', count);
  return {
    ...traits,
    sound: {
      format: `${audioNames[soundCodec] ?? soundCodec}, ${sound.sampleRate} Hz, ${channels}`,
      encoding: JSON.stringify([sound.codec, bytesOf(sound.description)]),
    },
  };
}

function bytesOf(description: VideoDecoderConfig['description']): string {
  if (!description) return '';
  const bytes = ArrayBuffer.isView(description)
    ? Buffer.from(description.buffer, description.byteOffset, description.byteLength)
    : Buffer.from(description);
  return bytes.toString('hex');
}
