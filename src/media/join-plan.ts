import {
  type AudioCodec,
  type EncodedPacket,
  EncodedPacketSink,
  type InputAudioTrack,
  type TransformationMatrix,
  type VideoCodec,
} from 'mediabunny';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { type ClipSlot, type ClipSound, type SoundFormat, longestFiller } from './lay-sound.ts';
import { bytesPerSample, samplesIn } from './packet-samples.ts';
import { type MediaFile, packetsOf, reading } from './read.ts';
import { type ShownPictures, shownPictures } from './shown-pictures.ts';
import { silenceFor } from './silence.ts';
import { readTrack } from './track-reader.ts';

/** A clip and where it stands in the film, in seconds. */
export interface PlannedClip {
  readonly media: MediaFile;
  readonly at: number;
  readonly pictures: ShownPictures;
}

export interface PlannedSound {
  readonly codec: AudioCodec;
  readonly config: AudioDecoderConfig;
  /** One packet of it, from which some codecs' settings are read. */
  readonly like: EncodedPacket;
  readonly format: SoundFormat;
  readonly slots: readonly ClipSlot[];
  /** No more packets than these are in the film, silence included. */
  readonly packets: number;
  /**
   * Whether packets as they are keep sound and picture together everywhere: they are short enough, and
   * silence can be made of them.
   */
  readonly exact: boolean;
}

/** What the ear and the eye do not tell apart, in seconds. */
const noticed = 0.02;

/** What the joined video will be; every clip has these settings. */
export interface JoinPlan {
  readonly clips: readonly PlannedClip[];
  readonly seconds: number;
  readonly video: {
    readonly codec: VideoCodec;
    readonly config: VideoDecoderConfig;
    readonly like: EncodedPacket;
    readonly packets: number;
    readonly transformation: TransformationMatrix;
  };
  /** Absent when no clip has sound. */
  readonly audio: PlannedSound | undefined;
}

/** A sound track of a file, and how its times become those of the clip. */
export interface SoundSource {
  readonly file: string;
  readonly track: InputAudioTrack;
  /** The time of its packets at which the clip begins, and at which its sound is cut off; in seconds. */
  readonly start: number;
  readonly end: number;
}

/**
 * Plan the join of clips whose pictures agree.
 *
 * @param sounds that of each clip, which have to agree as well; or one for the whole film
 */
export async function planJoin(
  clips: readonly MediaFile[],
  sounds: readonly (SoundSource | undefined)[] | SoundSource,
): Promise<JoinPlan> {
  const [first] = clips;
  const video = first && (await reading(first.file, () => settingsOf(first)));
  if (!video) {
    throw new ScenewrightError('bad-input', t('The clips have no picture that can be joined.'));
  }
  const planned: PlannedClip[] = [];
  let at = 0;
  for (const media of clips) {
    planned.push({ media, at, pictures: await shownPictures(media) });
    at += media.seconds;
  }
  const packets = planned.reduce((sum, { pictures }) => sum + pictures.count, 0);
  const lengths = clips.map(({ seconds }) => seconds);
  return {
    clips: planned,
    seconds: at,
    video: { ...video, packets },
    audio: await ('track' in sounds ? planSound([at], [sounds]) : planSound(lengths, sounds)),
  };
}

async function settingsOf({
  video,
}: MediaFile): Promise<Omit<JoinPlan['video'], 'packets'> | undefined> {
  const codec = await video.getCodec();
  const config = await video.getDecoderConfig();
  const like = await new EncodedPacketSink(video).getFirstPacket();
  if (!codec || !config || !like) return undefined;
  return { codec, config, like, transformation: await video.getTransformationMatrix() };
}

/** The sound of a clip, if it has any. */
export function soundSourceOf({ file, audio, start, times }: MediaFile): SoundSource | undefined {
  if (!audio) return undefined;
  const { delay, to } = times.audio;
  return { file, track: audio, start: start + delay, end: to + delay };
}

/**
 * Plan the sound of a film.
 *
 * @param lengths of its clips, in seconds
 * @param sources one for each clip that is not silent; all of one kind
 */
export async function planSound(
  lengths: readonly number[],
  sources: readonly (SoundSource | undefined)[],
): Promise<PlannedSound | undefined> {
  const one = sources.find((source) => source);
  if (!one) return undefined;
  const { codec, config, like } = await reading(one.file, async () => ({
    codec: await one.track.getCodec(),
    config: await one.track.getDecoderConfig(),
    like: await new EncodedPacketSink(one.track).getFirstPacket(),
  }));
  if (!codec || !config || !like) return undefined;
  const { sampleRate } = config;
  const format: SoundFormat = {
    sampleRate,
    samplesIn: samplesIn(codec, config),
    silence: silenceFor(codec, config, like),
    bytesPerSample: bytesPerSample(codec, config),
  };
  const packet = format.samplesIn(like) / sampleRate;
  const slots: ClipSlot[] = [];
  let packets = 0;
  let at = 0;
  for (const [i, seconds] of lengths.entries()) {
    const source = sources[i];
    const counted = source && (await countedSound(source, packet));
    packets += (counted?.packets ?? 0) + mostFillers(seconds, format);
    slots.push({ at, seconds, sound: counted?.sound });
    at += seconds;
  }
  const fine = format.bytesPerSample !== undefined || packet / 2 <= noticed;
  const exact = sources.length === 1 || (fine && format.silence !== undefined);
  return { codec, config, like, format, slots, packets, exact };
}

async function countedSound(
  source: SoundSource,
  packet: number,
): Promise<{ sound: ClipSound; packets: number }> {
  const { file, track, start, end } = source;
  return await reading(file, async () => {
    const { packetCount } = await packetsOf(track, file);
    const lead = Math.min(packet, Math.max(0, start - (await track.getFirstTimestamp())));
    const sound: ClipSound = {
      lead,
      async *packets() {
        for await (const one of readTrack(track, packetCount, file)) {
          if (one.timestamp >= end) return;
          yield one.clone({ timestamp: one.timestamp - start });
        }
      },
    };
    return { sound, packets: packetCount };
  });
}

/** Packets of silence that may be put into a time of so many seconds, and before and behind it. */
function mostFillers(seconds: number, { sampleRate, silence }: SoundFormat): number {
  if (!silence) return 0;
  const each = silence.samples === 1 ? longestFiller : silence.samples;
  return Math.ceil((seconds * sampleRate) / each) + 2;
}
