import path from 'node:path';
import { Enclosure } from '../base/enclosure/enclosure.ts';
import { readRegular } from '../base/enclosure/regular-file.ts';
import { isCancelled, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { expectClip } from '../media/clip-file.ts';
import { grabEnds } from '../media/frame.ts';
import type { Edges } from '../media/seam.ts';
import { mostPictureBytes, pictureType, type PictureType } from '../studios/pictures.ts';
import { hashOf } from './job-pictures.ts';
import type { JobRecord } from './job.ts';
import { clipFileOf } from './job-state.ts';
import { extensionOf } from './poster.ts';

/** What is known of the two ends of a clip, as it stands in its job's record. */
export interface ClipFrames {
  /** Of its last frame, which is kept beside it; absent where none could be had. */
  readonly last?: {
    readonly type: PictureType;
    /** Of its bytes, in hexadecimal. */
    readonly sha256: string;
  };
  /** What it begins and ends with, small, to measure cuts by: grids in base64. */
  readonly edges?: { readonly first: string; readonly last: string };
}

export interface FrameKeeperOptions {
  /** The setting: a path, or empty to look on PATH. Asked before each use. */
  readonly ffmpegPath: () => string;
  /** Told why a frame could not be had. */
  readonly onProblem?: (reason: string) => void;
}

/** Takes the ends of clips that are here; a nicety that never fails a job. */
export interface FrameMaker {
  /**
   * @param returned the last frame as the service has made it, which goes before one that is decoded
   * @returns undefined where nothing could be had of it
   */
  take(
    record: JobRecord,
    returned: Uint8Array | undefined,
    signal: AbortSignal,
  ): Promise<ClipFrames | undefined>;
}

/** Keeps the last frame of each clip, which the next clip of a chain begins with, in a folder beside the clips. */
export class FrameKeeper implements FrameMaker {
  private readonly options: FrameKeeperOptions;

  constructor(options: FrameKeeperOptions) {
    this.options = options;
  }

  async take(
    record: JobRecord,
    returned: Uint8Array | undefined,
    signal: AbortSignal,
  ): Promise<ClipFrames | undefined> {
    const clip = clipFileOf(record);
    const inside = new Enclosure(record.root);
    try {
      await expectClip(clip, inside);
      const ends = await grabEnds(this.options.ffmpegPath(), clip, signal).catch(
        (error: unknown) => {
          if (returned === undefined) throw error;
          return undefined;
        },
      );
      const bytes = returned ?? ends?.last;
      const type = bytes && pictureType(bytes);
      const edges = ends && { edges: encoded(ends.edges) };
      if (bytes === undefined || type === undefined || bytes.byteLength > mostPictureBytes) {
        return edges;
      }
      const place = lastFrameBeside(clip, type);
      await inside.write(place, bytes);
      return { last: { type, sha256: hashOf(bytes) }, ...edges };
    } catch (error) {
      if (!isCancelled(error) && !signal.aborted) {
        this.options.onProblem?.(
          t('The last frame of scene {0} could not be had: {1}', record.number, messageOf(error)),
        );
      }
      return undefined;
    }
  }
}

function encoded({ first, last }: Edges): NonNullable<ClipFrames['edges']> {
  return {
    first: Buffer.from(first).toString('base64'),
    last: Buffer.from(last).toString('base64'),
  };
}

/** Where the last frame of a job's clip is; absent where there is none. */
export function lastFrameOf(record: JobRecord): string | undefined {
  const { last } = record.frames ?? {};
  return last && lastFrameBeside(clipFileOf(record), last.type);
}

/** The same as it was taken; absent where it is not there any more, or another one. */
export async function readLastFrame(record: JobRecord): Promise<Uint8Array | undefined> {
  const place = lastFrameOf(record);
  const bytes = place === undefined ? undefined : await readRegular(place, mostPictureBytes);
  return bytes && hashOf(bytes) === record.frames?.last?.sha256 ? bytes : undefined;
}

function lastFrameBeside(clip: string, type: PictureType): string {
  const { dir, name } = path.parse(clip);
  return path.join(dir, 'last-frames', name + extensionOf[type]);
}
