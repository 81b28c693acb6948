import path from 'node:path';
import { access } from 'node:fs/promises';
import {
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
} from 'mediabunny';
import { ScenewrightError, messageOf } from '../base/errors.ts';

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

/**
 * Read length and size of a clip.
 *
 * @throws ScenewrightError `bad-input` that names the file when it is missing or not a video.
 */
export async function readMedia(file: string): Promise<MediaInfo> {
  const media = await openMedia(file);
  media.dispose();
  const { seconds, width, height, codec, hasAudio } = media;
  return { seconds, width, height, codec, hasAudio };
}

/** As {@link readMedia}, with the tracks left open for reading. */
export async function openMedia(file: string): Promise<MediaFile> {
  try {
    await access(file);
  } catch (error) {
    throw new ScenewrightError('bad-input', `${path.basename(file)} is missing.`, { cause: error });
  }
  const input = new Input({
    // Reads what is asked for and keeps no more than 8 MB of it, however large the file is.
    source: new FilePathSource(file, { handleUnhandledError: () => undefined }),
    formats: [MP4, QTFF, WEBM, MATROSKA],
  });
  const dispose = (): void => {
    input.dispose();
  };
  try {
    const video = await input.getPrimaryVideoTrack();
    if (!video) throw new Error('it has no picture');
    const codec = await video.getCodec();
    if (codec === null) throw new Error('its codec is unknown');
    const audio = (await input.getPrimaryAudioTrack()) ?? undefined;
    const start = await video.getFirstTimestamp();
    const tracks = audio ? [video, audio] : [video];
    const seconds = (await input.computeDuration(tracks)) - start;
    if (!(seconds > 0)) throw new Error('it has no length');
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
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
      codec,
      hasAudio: audio !== undefined,
      dispose,
    };
  } catch (error) {
    dispose();
    throw new ScenewrightError(
      'bad-input',
      `${path.basename(file)} cannot be read as a video (${messageOf(error)}).`,
      { cause: error },
    );
  }
}
