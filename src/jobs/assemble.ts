import { randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  type EncodedPacket,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathTarget,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { ScenewrightError, cancelledError, isCancelled } from '../base/errors.ts';
import { renameOver } from '../base/files.ts';
import { type JoinPlan, planJoin } from './assemble-plan.ts';
import { diskError } from './disk.ts';
import { type MediaFile, openMedia } from './media.ts';

export interface AssembleOptions {
  readonly signal?: AbortSignal;
  /** Called with 0 to 1 as the clips are copied. */
  readonly onProgress?: (progress: number) => void;
}

export interface AssembledVideo {
  /** Absolute path of the new video. */
  readonly file: string;
  /** Its length: the sum of the clips'. */
  readonly seconds: number;
  readonly clips: number;
}

/**
 * Join clips in the given order into one mp4. Nothing is encoded again, so the clips need the same
 * size and codec settings. `output` appears, or replaces what was there, only when it is whole.
 *
 * @throws ScenewrightError `bad-input` that names the clips which are missing, unreadable or
 * different and how; `disk` when the video cannot be written; `cancelled`.
 */
export async function assembleVideo(
  files: readonly string[],
  output: string,
  options: AssembleOptions = {},
): Promise<AssembledVideo> {
  const signal = options.signal ?? new AbortController().signal;
  if (files.length === 0) {
    throw new ScenewrightError(
      'bad-input',
      'There is no clip to assemble. Render the scenes first.',
    );
  }
  const clips: MediaFile[] = [];
  const temporary = `${output}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const plan = await planJoin(await openAll(files, clips, signal));
    await mkdir(path.dirname(output), { recursive: true });
    await copy(plan, temporary, signal, options.onProgress);
    await flushToDisk(temporary);
    if (signal.aborted) throw cancelledError('Assembling the video');
    await renameOver(temporary, output);
    return { file: output, seconds: plan.seconds, clips: plan.clips.length };
  } catch (error) {
    throw diskError(error, path.dirname(output));
  } finally {
    for (const clip of clips) clip.dispose();
    // Whatever hinders this has been reported already.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Opens every clip, so that one message can name all that are not there or not videos. */
async function openAll(
  files: readonly string[],
  clips: MediaFile[],
  signal: AbortSignal,
): Promise<readonly MediaFile[]> {
  const problems: ScenewrightError[] = [];
  for (const file of files) {
    if (signal.aborted) throw cancelledError('Assembling the video');
    try {
      clips.push(await openMedia(file));
    } catch (error) {
      if (!(error instanceof ScenewrightError) || isCancelled(error)) throw error;
      problems.push(error);
    }
  }
  const [first] = problems;
  if (!first) return clips;
  const named = problems.slice(0, 5).map((problem) => problem.message);
  const more =
    problems.length > 5 ? [`${problems.length - 5} more clips have the same trouble.`] : [];
  throw new ScenewrightError(
    'bad-input',
    [...named, ...more, 'No video was made. Render these scenes again, then assemble.'].join(' '),
    { cause: first },
  );
}

async function copy(
  plan: JoinPlan,
  target: string,
  signal: AbortSignal,
  onProgress: ((progress: number) => void) | undefined,
): Promise<void> {
  const output = new Output({
    // Space for the index is left at the front: the video plays while it is still being read.
    format: new Mp4OutputFormat({ fastStart: 'reserve' }),
    target: new FilePathTarget(target),
  });
  const video = new EncodedVideoPacketSource(plan.videoCodec);
  output.addVideoTrack(video, {
    maximumPacketCount: plan.videoPackets,
    transformationMatrix: plan.transformation,
  });
  const audio = plan.audio && new EncodedAudioPacketSource(plan.audio.codec);
  if (plan.audio && audio) {
    output.addAudioTrack(audio, { maximumPacketCount: plan.audio.packets });
  }
  try {
    await output.start();
    let offset = 0;
    let videoMeta: { decoderConfig: typeof plan.videoConfig } | undefined = {
      decoderConfig: plan.videoConfig,
    };
    let audioMeta = plan.audio && { decoderConfig: plan.audio.config };
    for (const clip of plan.clips) {
      for await (const { kind, packet } of inTimeOrder(clip)) {
        if (signal.aborted) throw cancelledError('Assembling the video');
        const timestamp = packet.timestamp - clip.start;
        if (kind === 'video') {
          await video.add(packet.clone({ timestamp: timestamp + offset }), videoMeta);
          videoMeta = undefined;
        } else if (audio && timestamp >= 0) {
          // What lies before the first picture is the audio codec's run-up, not sound.
          await audio.add(packet.clone({ timestamp: timestamp + offset }), audioMeta);
          audioMeta = undefined;
        }
        onProgress?.(Math.min(1, Math.max(0, (offset + timestamp) / plan.seconds)));
      }
      offset += clip.seconds;
    }
    await output.finalize();
    onProgress?.(1);
  } catch (error) {
    await output.cancel();
    throw error;
  }
}

interface TrackPacket {
  readonly kind: 'video' | 'audio';
  readonly packet: EncodedPacket;
}

/** The packets of both tracks, merged so that neither runs ahead of the other. */
async function* inTimeOrder(clip: MediaFile): AsyncGenerator<TrackPacket> {
  const pictures = new EncodedPacketSink(clip.video).packets();
  const sounds = clip.audio && new EncodedPacketSink(clip.audio).packets();
  try {
    let picture = await nextOf(pictures);
    let sound = await nextOf(sounds);
    while (picture ?? sound) {
      if (sound && (!picture || sound.timestamp < picture.timestamp)) {
        yield { kind: 'audio', packet: sound };
        sound = await nextOf(sounds);
      } else if (picture) {
        yield { kind: 'video', packet: picture };
        picture = await nextOf(pictures);
      }
    }
  } finally {
    await pictures.return();
    await sounds?.return();
  }
}

type Packets = AsyncGenerator<EncodedPacket, void, unknown>;

async function nextOf(packets: Packets | undefined): Promise<EncodedPacket | undefined> {
  return (await packets?.next())?.value ?? undefined;
}

async function flushToDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
