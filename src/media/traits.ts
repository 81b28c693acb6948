import type { AudioCodec, VideoCodec } from 'mediabunny';
import { t } from '../base/l10n.ts';
import { coloursOf } from './hdr.ts';
import { type MediaFile, reading } from './read.ts';
import { shownPictures } from './shown-pictures.ts';

/** In what clips have to agree so that they can be joined as they are. */
export interface ClipTraits {
  /** As it is shown, such as `1280 × 720`. */
  readonly size: string;
  /** Such as `H.264`. */
  readonly codec: string;
  /** By which the picture is turned when it is shown, such as `90°`; empty if it is not. */
  readonly turned: string;
  /** How its light is told where that is more than usual screens show, such as `HDR (PQ)`; else empty. */
  readonly light: string;
  /** Tells apart what the writer cannot see: the decoder's settings. */
  readonly encoding: string;
  /** Why the pictures cannot be copied at all; absent where they can. */
  readonly uncopyable?: 'codec' | 'edits';
  /** Absent when the clip is silent, which goes with any sound. */
  readonly sound?: {
    /** Such as `AAC, 48000 Hz, stereo`. */
    readonly format: string;
    readonly encoding: string;
    readonly uncopyable?: boolean;
  };
}

const videoNames: Readonly<Partial<Record<VideoCodec, string>>> = {
  avc: 'H.264',
  hevc: 'H.265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
};

/** As files call what the media library does not know. */
const otherNames: readonly (readonly [like: RegExp, name: string])[] = [
  [/^(?:mp4v|xvid|divx|dx50|V_MPEG4\/ISO\/.*)$/i, 'MPEG-4 Part 2'],
  [/^(?:m?jpeg|mjp[ab]|mjpg|jpeg|V_MJPEG)$/i, 'MJPEG'],
  [/^(?:s263|h263)$/i, 'H.263'],
  [/^(?:apco|apcs|apcn|apch|ap4h|ap4x|V_PRORES)$/i, 'ProRes'],
  [/^(?:m[12]v1|mpeg|V_MPEG[12])$/i, 'MPEG-2'],
];

const audioNames: Readonly<Partial<Record<AudioCodec, string>>> = {
  aac: 'AAC',
  opus: 'Opus',
  mp3: 'MP3',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  ac3: 'AC-3',
  eac3: 'E-AC-3',
};

const lights: Readonly<Record<string, string>> = { pq: 'HDR (PQ)', hlg: 'HDR (HLG)' };

/**
 * Read the traits from the file's index; nothing is decoded.
 *
 * @throws ScenewrightError `bad-input` that names the file
 */
export async function traitsOf(clip: MediaFile): Promise<ClipTraits> {
  return await reading(clip.file, () => read(clip));
}

async function read(clip: MediaFile): Promise<ClipTraits> {
  const { video, audio, width, height } = clip;
  const codec = await video.getCodec();
  const config = await video.getDecoderConfig();
  const rotation = await video.getRotation();
  const copyable = codec !== null && config !== null;
  const traits: ClipTraits = {
    size: `${width} × ${height}`,
    codec: codec === null ? otherName(clip.codec) : (videoNames[codec] ?? codec),
    turned: rotation === 0 ? '' : `${rotation}°`,
    light: lights[(await coloursOf(clip)).transfer] ?? '',
    encoding: JSON.stringify([
      config?.codec,
      config?.codedWidth,
      config?.codedHeight,
      bytesOf(config?.description),
      await video.getTransformationMatrix(),
    ]),
    ...(!copyable
      ? { uncopyable: 'codec' }
      : !(await shownPictures(clip)).copyable && { uncopyable: 'edits' }),
  };
  if (!audio) return traits;
  const sound = await audio.getDecoderConfig();
  const soundCodec = await audio.getCodec();
  if (!sound || !soundCodec || clip.times.audio.spliced) {
    const format = soundCodec ? (audioNames[soundCodec] ?? soundCodec) : t('of an unknown codec');
    return { ...traits, sound: { format, encoding: '', uncopyable: true } };
  }
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

function otherName(codec: string): string {
  return otherNames.find(([like]) => like.test(codec))?.[1] ?? codec;
}

function bytesOf(description: VideoDecoderConfig['description']): string {
  if (!description) return '';
  const bytes = ArrayBuffer.isView(description)
    ? Buffer.from(description.buffer, description.byteOffset, description.byteLength)
    : Buffer.from(description);
  return bytes.toString('hex');
}
