import path from 'node:path';
import { access } from 'node:fs/promises';
import {
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  LogLevel,
  Logging,
  MATROSKA,
  MP4,
  type PacketStats,
  QTFF,
  WEBM,
} from 'mediabunny';
import { ScenewrightError, isCancelled } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { wordsFor } from './library-words.ts';
import { Damaged } from './parts.ts';
import { sourceOf } from './source.ts';
import { checkStructure } from './structure.ts';
import { type TrackTimes, allOfIt, editRounding, trackTimesOf } from './track-times.ts';

/** What a video file says of itself. */
export interface MediaInfo {
  /** Length in seconds, from the first picture that is shown to the end of pictures and sound. */
  readonly seconds: number;
  /** Size in pixels as it is shown. */
  readonly width: number;
  readonly height: number;
  /** Such as `avc`, `hevc`, `vp9`, `av1`; as the file calls it where only others can decode it. */
  readonly codec: string;
  readonly hasAudio: boolean;
}

/** An open video file; {@link MediaFile.dispose} closes it. */
export interface MediaFile extends MediaInfo {
  readonly file: string;
  readonly video: InputVideoTrack;
  readonly audio: InputAudioTrack | undefined;
  /** Where it begins to be shown, in the file's own count, in seconds; mostly 0. */
  readonly start: number;
  /** Which pictures and sounds are shown, in the same count. */
  readonly times: { readonly video: TrackTimes; readonly audio: TrackTimes };
  dispose(): void;
}

/**
 * Tracks of a clip do not begin and end together to the sample: sound comes in whole packets with what
 * its coder puts before and behind, pictures wait for others that are decoded first. What stands over by
 * less than this, in seconds, is not worth a picture that stands still.
 */
const standsOver = 0.1;

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
    const input = await inputOf(file, signal);
    dispose = (): void => {
      input.dispose();
    };
    const video = await input.getPrimaryVideoTrack();
    if (!video) throw new Damaged(t('it has no picture'), false);
    const audio = (await input.getPrimaryAudioTrack()) ?? undefined;
    const times = await timesOf(file, video, audio, signal);
    const tracks = audio ? [video, audio] : [video];
    const { start, seconds } = await shownPart(video, audio, times);
    if (!(seconds > 0)) throw new Damaged(t('it has no length'), false);
    if (seconds > longest) throw new Damaged(t('it says that it lasts for hours'), false);
    const width = await video.getDisplayWidth();
    const height = await video.getDisplayHeight();
    if (!(width > 0 && height > 0 && Math.max(width, height) <= largestEdge)) {
      throw new Damaged(t('its picture has no size that can be shown'), false);
    }
    for (const track of tracks) {
      // The index may come first and promise more than there is.
      const last = await new EncodedPacketSink(track).getPacket(Infinity);
      if (!last) throw new Damaged(t('its content breaks off'));
    }
    return {
      file,
      video,
      audio,
      start,
      times,
      seconds,
      width,
      height,
      codec: await codecOf(video),
      hasAudio: audio !== undefined,
      dispose,
    };
  } catch (error) {
    dispose();
    throw unreadable(file, error);
  }
}

async function inputOf(file: string, signal: AbortSignal | undefined): Promise<Input> {
  const source = sourceOf(file, await checkStructure(file, signal), signal);
  // What it does not know it tells on the console; a person is told by us.
  Logging.level = LogLevel.Silent;
  return new Input({ source, formats: [MP4, QTFF, WEBM, MATROSKA] });
}

/** The sound of a file that has nothing else; the caller disposes of it. */
export async function openSound(
  file: string,
  signal: AbortSignal | undefined,
): Promise<{ track: InputAudioTrack; dispose(): void }> {
  const input = await reading(file, () => inputOf(file, signal));
  const track = await reading(file, () => input.getPrimaryAudioTrack());
  if (track) {
    return {
      track,
      dispose: () => {
        input.dispose();
      },
    };
  }
  input.dispose();
  throw unreadable(file, new Damaged(t('it has no sound')));
}

async function timesOf(
  file: string,
  video: InputVideoTrack,
  audio: InputAudioTrack | undefined,
  signal: AbortSignal | undefined,
): Promise<MediaFile['times']> {
  const times = await trackTimesOf(file, signal);
  const sound = (audio && times.get(audio.id)) ?? allOfIt;
  // What the decoder brings out before the sound begins is not to be heard.
  const from = audio && sound.delay > 0 ? await audio.getFirstTimestamp() : sound.from;
  return { video: { ...(times.get(video.id) ?? allOfIt), delay: 0 }, audio: { ...sound, from } };
}

/** From where in the file's own count, and how long, a clip is shown. */
async function shownPart(
  video: InputVideoTrack,
  audio: InputAudioTrack | undefined,
  times: MediaFile['times'],
): Promise<{ start: number; seconds: number }> {
  const picture = await partOf(video, times.video);
  const sound = audio ? await partOf(audio, times.audio) : picture;
  const start = picture.start - sound.start > standsOver ? sound.start : picture.start;
  const end = sound.end - picture.end > standsOver ? sound.end : picture.end;
  return { start, seconds: end - start };
}

async function partOf(
  track: InputVideoTrack | InputAudioTrack,
  { from, to, delay }: TrackTimes,
): Promise<{ start: number; end: number }> {
  const start = Math.max((await track.getFirstTimestamp()) - delay, from);
  const end = (await track.computeDuration()) - delay;
  return { start, end: end > to + editRounding ? to : end };
}

/** The library's name of a codec; where it has none, the file's. */
async function codecOf(video: InputVideoTrack): Promise<string> {
  const codec = await video.getCodec();
  if (codec !== null) return codec;
  const id = await video.getInternalCodecId();
  return typeof id === 'string' && /^[\w .\-/]{1,32}$/.test(id) ? id : t('unknown');
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
    t('{0} cannot be read as a video ({1}).', path.basename(file), wordsFor(error)),
    { cause: error },
  );
}
