import {
  type EncodedPacket,
  EncodedAudioPacketSource,
  EncodedVideoPacketSource,
  FilePathTarget,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { ScenewrightError, cancelledError, isCancelled } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { JoinPlan, PlannedClip } from './join-plan.ts';
import { laySound } from './lay-sound.ts';
import { isOfTheDisk } from './library-words.ts';
import { damagedClip, readTrack } from './track-reader.ts';

/** Clips that cannot be copied into one file though their traits agree. */
export class Uncopyable extends Error {
  /** The place of the clip in the film, from 0, where one is to blame. */
  readonly place: number | undefined;

  constructor(place: number | undefined, cause: unknown) {
    super('The clips cannot be copied.', { cause });
    this.place = place;
  }
}

/**
 * Units a second by which the times of pictures are told. All usual frame rates, those of television
 * included, come out even: a picture of 24000/1001 a second takes 5005, one of 16 a second 7500.
 */
const pictureTimescale = 120_000;

/**
 * Copy the pictures and sounds of all clips into one mp4, one clip after the other. Nothing is
 * decoded or encoded.
 *
 * @param onProgress called with 0 to 1
 * @throws ScenewrightError `bad-input` that names a clip whose content cannot be read; `cancelled`;
 * {@link Uncopyable}.
 */
export async function join(
  plan: JoinPlan,
  target: string,
  signal: AbortSignal | undefined,
  onProgress: ((progress: number) => void) | undefined,
): Promise<void> {
  const output = new Output({
    // Space for the index is left at the front: the video plays while it is still being read.
    format: new Mp4OutputFormat({ fastStart: 'reserve' }),
    target: new FilePathTarget(target),
  });
  let place: number | undefined;
  try {
    // Both tracks are known before the first picture: the library has no other way to begin with silence.
    const { video, audio } = plan;
    const pictures = new EncodedVideoPacketSource(video.codec);
    output.addVideoTrack(pictures, {
      maximumPacketCount: video.packets,
      transformationMatrix: video.transformation,
      frameRate: pictureTimescale,
      decoderConfig: video.config,
      primingPacket: video.like,
    });
    const sounds = audio && new EncodedAudioPacketSource(audio.codec);
    if (sounds) {
      output.addAudioTrack(sounds, {
        maximumPacketCount: audio.packets,
        decoderConfig: audio.config,
        primingPacket: audio.like,
      });
    }
    await output.start();
    let done = 0;
    for await (const next of inTimeOrder(
      picturesOf(plan),
      audio && laySound(audio.slots, audio.format),
    )) {
      if (signal?.aborted) throw cancelledError(t('The assembling'));
      if (next.kind === 'sound') {
        await sounds?.add(next.packet);
        continue;
      }
      place = next.place;
      await pictures.add(next.packet);
      // Pictures are stored in the order of decoding, which jumps to and fro in time.
      done = Math.min(plan.seconds, Math.max(done, next.packet.timestamp));
      onProgress?.(done / plan.seconds);
    }
    place = undefined;
    await output.finalize();
    onProgress?.(1);
  } catch (error) {
    await output.cancel();
    if (error instanceof ScenewrightError || isOfTheDisk(error) || isCancelled(error)) throw error;
    throw new Uncopyable(place, error);
  }
}

interface Picture {
  readonly kind: 'picture';
  readonly packet: EncodedPacket;
  /** Of its clip, from 0. */
  readonly place: number;
}

interface Sound {
  readonly kind: 'sound';
  readonly packet: EncodedPacket;
}

async function* picturesOf({ clips }: JoinPlan): AsyncGenerator<Picture> {
  for (const [place, clip] of clips.entries()) {
    for await (const packet of shownIn(clip)) yield { kind: 'picture', packet, place };
  }
}

/** The pictures of a clip, by the time of the film. */
async function* shownIn({ media, at, pictures }: PlannedClip): AsyncGenerator<EncodedPacket> {
  const { file, video, start, seconds } = media;
  let place = 0;
  let isFirst = true;
  for await (const packet of readTrack(video, pictures.count + pictures.hidden.size, file)) {
    if (pictures.hidden.has(place++)) continue;
    // A first picture that comes late stands there from the beginning; before it there is nothing to show.
    const timestamp = isFirst ? 0 : packet.timestamp - start;
    isFirst = false;
    if (timestamp > seconds + 1) throw damagedClip(file, t('jumps in time'));
    yield packet.clone({ timestamp: at + timestamp });
  }
}

/** Both tracks, merged so that neither runs ahead of the other. */
async function* inTimeOrder(
  pictures: AsyncGenerator<Picture>,
  sounds: AsyncGenerator<EncodedPacket> | undefined,
): AsyncGenerator<Picture | Sound> {
  try {
    let picture = (await pictures.next()).value as Picture | undefined;
    let sound = await nextOf(sounds);
    while (picture ?? sound) {
      if (sound && (!picture || sound.timestamp < picture.packet.timestamp)) {
        yield { kind: 'sound', packet: sound };
        sound = await nextOf(sounds);
      } else if (picture) {
        yield picture;
        picture = (await pictures.next()).value as Picture | undefined;
      }
    }
  } finally {
    await pictures.return(undefined);
    await sounds?.return(undefined);
  }
}

async function nextOf(
  packets: AsyncGenerator<EncodedPacket> | undefined,
): Promise<EncodedPacket | undefined> {
  return (await packets?.next())?.value as EncodedPacket | undefined;
}
