import path from 'node:path';
import { access } from 'node:fs/promises';
import {
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MATROSKA,
  MP4,
  type PacketStats,
  QTFF,
  WEBM,
} from 'mediabunny';
import { ScenewrightError, isCancelled, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { sourceOf } from './source.ts';
import { checkStructure } from './structure.ts';

/** What a video file says of itself. */
export interface MediaInfo {
  /** Length in seconds, from the first picture to the end of the longest track. */
  readonly seconds: number;
  /** Size in pixels as it is shown. */
  readonly width: number;
  readonly height: number;
  /** Such as `avc`, `hevc`, `vp9`, `av1`. */
  readonly codec: string;
  readonly hasAudio: boolean;
}

/** An open video file; {@link MediaFile.dispose} closes it. */
export interface MediaFile extends MediaInfo {
  readonly file: string;
  readonly video: InputVideoTrack;
  readonly audio: InputAudioTrack | undefined;
  /** Time of the first picture in the file's own count, in seconds; mostly 0. */
  readonly start: number;
  dispose(): void;
}

/** The longest film is three hours; in seconds. */
const longest = 4 * 3600;
/** No picture is larger, in pixels. */
const largestEdge = 16_384;
/** A clip of an hour has fewer pictures, and fewer pieces of sound. */
const mostPackets = 3_000_000;

/**
 * What the index says of a track's packets, without reading them.
 *
 * @throws ScenewrightError `bad-input` when it promises so many that counting them takes for ever
 */
export async function packetsOf(
  track: InputVideoTrack | InputAudioTrack,
  file: string,
): Promise<PacketStats> {
  const stats = await track.computePacketStats(mostPackets);
  if (stats.packetCount < mostPackets) return stats;
  throw new ScenewrightError(
    'bad-input',
    t('{0} cannot be read as a video (it promises more than any clip holds).', path.basename(file)),
  );
}

/**
 * Read length and size of a clip. One that is made to hold up its reader is refused.
 *
 * @throws ScenewrightError `bad-input` that names the file when it is missing or not a video;
 * `cancelled`.
 */
export async function readMedia(file: string, signal?: AbortSignal): Promise<MediaInfo> {
  const media = await openMedia(file, signal);
  media.dispose();
  const { seconds, width, height, codec, hasAudio } = media;
  return { seconds, width, height, codec, hasAudio };
}

/** As {@link readMedia}, with the tracks left open for reading. */
export async function openMedia(file: string, signal?: AbortSignal): Promise<MediaFile> {
  try {
    await access(file);
  } catch (error) {
    throw new ScenewrightError('bad-input', t('{0} is missing.', path.basename(file)), {
      cause: error,
    });
  }
  let dispose = (): void => undefined;
  try {
    const source = sourceOf(file, await checkStructure(file, signal), signal);
    const input = new Input({ source, formats: [MP4, QTFF, WEBM, MATROSKA] });
    dispose = (): void => {
      input.dispose();
    };
    const video = await input.getPrimaryVideoTrack();
    if (!video) throw new Error('it has no picture');
    const codec = await video.getCodec();
    if (codec === null) throw new Error('its codec is unknown');
    const audio = (await input.getPrimaryAudioTrack()) ?? undefined;
    const start = await video.getFirstTimestamp();
    const tracks = audio ? [video, audio] : [video];
    const seconds = (await input.computeDuration(tracks)) - start;
    if (!(seconds > 0)) throw new Error('it has no length');
    if (seconds > longest) throw new Error('it says that it lasts for hours');
    const width = await video.getDisplayWidth();
    const height = await video.getDisplayHeight();
    if (!(width > 0 && height > 0 && Math.max(width, height) <= largestEdge)) {
      throw new Error('its picture has no size that can be shown');
    }
    for (const track of tracks) {
      // The index may come first and promise more than there is.
      const last = await new EncodedPacketSink(track).getPacket(Infinity);
      if (!last) throw new Error('its content breaks off');
    }
    return {
      file,
      video,
      audio,
      start,
      seconds,
      width,
      height,
      codec,
      hasAudio: audio !== undefined,
      dispose,
    };
  } catch (error) {
    dispose();
    throw unreadable(file, error);
  }
}

/**
 * Read something of an open file. What the index promises may still prove wrong.
 *
 * @throws ScenewrightError `bad-input` that names the file; `cancelled`
 */
export async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): unknown {
  if (error instanceof ScenewrightError || isCancelled(error)) return error;
  return new ScenewrightError(
    'bad-input',
    t('{0} cannot be read as a video ({1}).', path.basename(file), messageOf(error)),
    { cause: error },
  );
}
