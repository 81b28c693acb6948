import path from 'node:path';
import {
  EncodedPacket,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathTarget,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { ScenewrightError, cancelledError, isCancelled, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { JoinPlan, PlannedClip } from './join-plan.ts';
import { type Silence, silenceFor } from './silence.ts';

/**
 * Copy the pictures and sounds of all clips into one mp4, one clip after the other. Nothing is
 * decoded or encoded.
 *
 * @param onProgress called with 0 to 1
 * @throws ScenewrightError `bad-input` that names a clip whose content cannot be read; `cancelled`.
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
  const video = new EncodedVideoPacketSource(plan.video.codec);
  output.addVideoTrack(video, {
    maximumPacketCount: plan.video.packets,
    transformationMatrix: plan.video.transformation,
  });
  const sound = plan.audio && new SoundTrack(output, plan.audio, plan);
  try {
    await output.start();
    let offset = 0;
    let done = 0;
    let meta: { decoderConfig: VideoDecoderConfig } | undefined = {
      decoderConfig: plan.video.config,
    };
    for (const clip of plan.clips) {
      for await (const { kind, packet } of inTimeOrder(clip)) {
        if (signal?.aborted) throw cancelledError(t('Assembling the video'));
        const timestamp = packet.timestamp - clip.media.start;
        // Silence would have to be written up to there.
        if (timestamp > clip.media.seconds + 1) throw damaged(clip, t('jumps in time'));
        try {
          if (kind === 'video') {
            await video.add(packet.clone({ timestamp: timestamp + offset }), meta);
            meta = undefined;
          } else if (timestamp >= 0) {
            // What lies before the first picture is the audio codec's run-up, not sound.
            await sound?.add(packet.clone({ timestamp: timestamp + offset }));
          }
        } catch (error) {
          if (isOfTheDisk(error) || isCancelled(error)) throw error;
          throw damaged(clip, t('cannot be joined ({0})', messageOf(error)), error);
        }
        // Pictures are stored in the order of decoding, which jumps to and fro in time.
        done = Math.min(plan.seconds, Math.max(done, offset + timestamp));
        onProgress?.(done / plan.seconds);
      }
      offset += clip.media.seconds;
    }
    await sound?.fillTo(offset);
    await output.finalize();
    onProgress?.(1);
  } catch (error) {
    await output.cancel();
    if (error instanceof ScenewrightError || isOfTheDisk(error) || isCancelled(error)) throw error;
    throw new ScenewrightError(
      'bad-input',
      t(
        'The clips cannot be joined ({0}). No video was made. Render the scenes again, then assemble.',
        messageOf(error),
      ),
      { cause: error },
    );
  }
}

/** The sound of all clips, with silence where a clip has none. */
class SoundTrack {
  private readonly source: EncodedAudioPacketSource;
  private readonly silence: Silence | undefined;
  private meta: { decoderConfig: AudioDecoderConfig } | undefined;
  /** How far there is sound or silence, in seconds. */
  private end = 0;

  constructor(output: Output, audio: NonNullable<JoinPlan['audio']>, plan: JoinPlan) {
    this.source = new EncodedAudioPacketSource(audio.codec);
    this.silence = silenceFor(audio.config);
    this.meta = { decoderConfig: audio.config };
    const fillers = this.silence ? Math.ceil(plan.seconds / this.silence.duration) : 0;
    output.addAudioTrack(this.source, {
      // Uncompressed sound has its gaps filled by the library: one more packet for each clip.
      maximumPacketCount: audio.packets + plan.clips.length + fillers,
    });
  }

  async add(packet: EncodedPacket): Promise<void> {
    await this.fillTo(packet.timestamp);
    await this.put(packet);
  }

  /** Fills up with as many whole packets as fit. */
  async fillTo(seconds: number): Promise<void> {
    if (!this.silence) return;
    const { packet, duration } = this.silence;
    // Times of real packets are rounded; a gap of all but a thousandth of a packet is a whole one.
    while (seconds - this.end > duration * 0.999) {
      await this.put(new EncodedPacket(packet, 'key', this.end, duration));
    }
  }

  private async put(packet: EncodedPacket): Promise<void> {
    await this.source.add(packet, this.meta);
    this.meta = undefined;
    this.end = packet.timestamp + packet.duration;
  }
}

interface TrackPacket {
  readonly kind: 'video' | 'audio';
  readonly packet: EncodedPacket;
}

/** The packets of both tracks, merged so that neither runs ahead of the other. */
async function* inTimeOrder(clip: PlannedClip): AsyncGenerator<TrackPacket> {
  const { media } = clip;
  const pictures = new TrackReader(new EncodedPacketSink(media.video), clip.pictures, clip);
  const sounds =
    media.audio && new TrackReader(new EncodedPacketSink(media.audio), clip.sounds, clip);
  try {
    let picture = await pictures.next();
    let sound = await sounds?.next();
    while (picture ?? sound) {
      if (sound && (!picture || sound.timestamp < picture.timestamp)) {
        yield { kind: 'audio', packet: sound };
        sound = await sounds?.next();
      } else if (picture) {
        yield { kind: 'video', packet: picture };
        picture = await pictures.next();
      }
    }
  } finally {
    await pictures.close();
    await sounds?.close();
  }
}

/** Reads the packets of a track, as many as its index promises. */
class TrackReader {
  private readonly packets: AsyncGenerator<EncodedPacket, void, unknown>;
  private readonly clip: PlannedClip;
  private left: number;

  constructor(sink: EncodedPacketSink, count: number, clip: PlannedClip) {
    this.packets = sink.packets();
    this.left = count;
    this.clip = clip;
  }

  async next(): Promise<EncodedPacket | undefined> {
    let packet: EncodedPacket | undefined;
    try {
      packet = (await this.packets.next()).value ?? undefined;
    } catch (error) {
      throw damaged(this.clip, t('cannot be read ({0})', messageOf(error)), error);
    }
    if (packet) this.left--;
    // A file that is cut off reads like one that ends early.
    else if (this.left > 0) throw damaged(this.clip, t('breaks off'));
    return packet;
  }

  async close(): Promise<void> {
    await this.packets.return();
  }
}

function damaged({ media }: PlannedClip, how: string, cause?: unknown): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t(
      '{0} is damaged: its content {1}. No video was made. Render that scene again, then assemble.',
      path.basename(media.file),
      how,
    ),
    { cause },
  );
}

function isOfTheDisk(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).syscall === 'string';
}
