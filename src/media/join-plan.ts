import type { AudioCodec, TransformationMatrix, VideoCodec } from 'mediabunny';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { type MediaFile, packetsOf, reading } from './read.ts';

/** A clip and how many packets of each kind its index promises. */
export interface PlannedClip {
  readonly media: MediaFile;
  readonly pictures: number;
  readonly sounds: number;
}

/** What the joined video will be; every clip has these settings. */
export interface JoinPlan {
  readonly clips: readonly PlannedClip[];
  readonly seconds: number;
  readonly video: {
    readonly codec: VideoCodec;
    readonly config: VideoDecoderConfig;
    readonly packets: number;
    readonly transformation: TransformationMatrix;
  };
  /** Absent when no clip has sound. */
  readonly audio:
    | {
        readonly codec: AudioCodec;
        readonly config: AudioDecoderConfig;
        /** How many there are in the clips; silence between them comes on top. */
        readonly packets: number;
      }
    | undefined;
}

/** Plan the join of clips whose traits agree. */
export async function planJoin(clips: readonly MediaFile[]): Promise<JoinPlan> {
  const first = clips[0];
  const codec = await first?.video.getCodec();
  const config = await first?.video.getDecoderConfig();
  if (!first || !codec || !config) {
    throw new ScenewrightError('bad-input', t('The clips have no picture that can be joined.'));
  }
  const sound = clips.find((clip) => clip.audio)?.audio;
  const soundCodec = await sound?.getCodec();
  const soundConfig = await sound?.getDecoderConfig();
  const planned: PlannedClip[] = [];
  for (const media of clips) {
    await reading(media.file, async () => {
      const pictures = (await packetsOf(media.video, media.file)).packetCount;
      const sounds = media.audio ? (await packetsOf(media.audio, media.file)).packetCount : 0;
      planned.push({ media, pictures, sounds });
    });
  }
  const pictures = planned.reduce((sum, clip) => sum + clip.pictures, 0);
  const sounds = planned.reduce((sum, clip) => sum + clip.sounds, 0);
  const transformation = await first.video.getTransformationMatrix();
  return {
    clips: planned,
    seconds: clips.reduce((sum, clip) => sum + clip.seconds, 0),
    video: { codec, config, packets: pictures, transformation },
    audio:
      soundCodec && soundConfig
        ? { codec: soundCodec, config: soundConfig, packets: sounds }
        : undefined,
  };
}
