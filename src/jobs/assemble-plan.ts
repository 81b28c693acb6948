import path from 'node:path';
import type { AudioCodec, TransformationMatrix, VideoCodec } from 'mediabunny';
import { ScenewrightError } from '../base/errors.ts';
import type { MediaFile } from './media.ts';

/** What the joined video will be; every clip has the same settings. */
export interface JoinPlan {
  readonly clips: readonly MediaFile[];
  readonly seconds: number;
  readonly videoCodec: VideoCodec;
  readonly videoConfig: VideoDecoderConfig;
  readonly videoPackets: number;
  readonly transformation: TransformationMatrix;
  /** Absent when no clip has sound. */
  readonly audio:
    | { readonly codec: AudioCodec; readonly config: AudioDecoderConfig; readonly packets: number }
    | undefined;
}

/** The settings in which clips have to agree, in the writer's words; the key parts tell them apart. */
interface Settings {
  readonly picture: string;
  readonly pictureKey: string;
  readonly sound: string;
  readonly soundKey: string;
}

/**
 * Compare the clips and plan the join.
 *
 * @throws ScenewrightError `bad-input` that says which clips differ from the most, and how.
 */
export async function planJoin(clips: readonly MediaFile[]): Promise<JoinPlan> {
  const settings = await Promise.all(clips.map(settingsOf));
  refuseDifferences(clips, settings);
  const first = clips[0];
  const withSound = clips.find((clip) => clip.audio);
  const videoCodec = await first?.video.getCodec();
  const videoConfig = await first?.video.getDecoderConfig();
  if (!first || !videoCodec || !videoConfig) {
    throw new ScenewrightError('bad-input', 'The clips have no picture that can be joined.');
  }
  const counts = await Promise.all(
    clips.map(async ({ video, audio }) => ({
      video: (await video.computePacketStats()).packetCount,
      audio: audio ? (await audio.computePacketStats()).packetCount : 0,
    })),
  );
  const audioCodec = await withSound?.audio?.getCodec();
  const audioConfig = await withSound?.audio?.getDecoderConfig();
  return {
    clips,
    seconds: clips.reduce((sum, clip) => sum + clip.seconds, 0),
    videoCodec,
    videoConfig,
    videoPackets: counts.reduce((sum, count) => sum + count.video, 0),
    transformation: await first.video.getTransformationMatrix(),
    audio:
      audioCodec && audioConfig
        ? {
            codec: audioCodec,
            config: audioConfig,
            // Uncompressed sound has its gaps filled with silence: one more packet for each clip.
            packets: counts.reduce((sum, count) => sum + count.audio + 1, 0),
          }
        : undefined,
  };
}

async function settingsOf({ video, audio, width, height }: MediaFile): Promise<Settings> {
  const config = await video.getDecoderConfig();
  const turned = await video.getRotation();
  const picture = `${width}×${height} ${config?.codec ?? 'unknown'}${turned === 0 ? '' : `, turned by ${turned}°`}`;
  const sound = await audio?.getDecoderConfig();
  return {
    picture,
    pictureKey: `${picture} ${bytesOf(config?.description)}`,
    sound: sound ? `${sound.codec} ${sound.sampleRate} Hz, ${sound.numberOfChannels} channels` : '',
    soundKey: sound
      ? `${sound.codec} ${sound.sampleRate} ${sound.numberOfChannels} ${bytesOf(sound.description)}`
      : '',
  };
}

function bytesOf(description: VideoDecoderConfig['description']): string {
  if (!description) return '';
  return ArrayBuffer.isView(description)
    ? Buffer.from(description.buffer, description.byteOffset, description.byteLength).toString(
        'hex',
      )
    : Buffer.from(description).toString('hex');
}

function refuseDifferences(clips: readonly MediaFile[], settings: readonly Settings[]): void {
  const picture = mostCommon(settings.map((s) => s.pictureKey));
  // A clip without sound is silent for its time; that joins well.
  const sound = mostCommon(settings.map((s) => s.soundKey).filter((key) => key !== ''));
  const usual = settings.find((s) => s.pictureKey === picture);
  const usualSound = settings.find((s) => s.soundKey === sound);
  const differences = clips.flatMap((clip, i) => {
    const own = settings[i];
    if (!own || !usual) return [];
    const name = path.basename(clip.file);
    if (own.pictureKey !== picture) {
      return own.picture === usual.picture
        ? [`${name} is ${own.picture} with other encoder settings`]
        : [`${name} is ${own.picture}`];
    }
    return own.soundKey !== '' && own.soundKey !== sound
      ? [`the sound of ${name} is ${own.sound}`]
      : [];
  });
  if (differences.length === 0 || !usual) return;
  const shown = differences.slice(0, 5).join('; ');
  const more = differences.length > 5 ? `; and ${differences.length - 5} more` : '';
  const norm = [
    usual.picture,
    ...(usualSound && usualSound.sound !== '' ? [usualSound.sound] : []),
  ].join(', ');
  throw new ScenewrightError(
    'bad-input',
    `The clips cannot be joined without encoding them again: ${shown}${more}; the others are ${norm}. No video was made. Render the different scenes again with the same studio and aspect, then assemble.`,
  );
}

/** The value that is there most often; the earliest of several. */
function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: string | undefined;
  for (const [value, count] of counts) {
    if (best === undefined || count > (counts.get(best) ?? 0)) best = value;
  }
  return best;
}
