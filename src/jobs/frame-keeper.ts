import { Enclosure } from '../base/enclosure/enclosure.ts';
import { isCancelled, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { expectClip } from '../media/clip-file.ts';
import { grabEnds } from '../media/frame.ts';
import type { Edges } from '../media/seam.ts';
import { mostPictureBytes, pictureType } from '../studios/pictures.ts';
import { lastFrameBeside, type ClipFrames, type FrameMaker } from './clip-frames.ts';
import { hashOf } from './job-pictures.ts';
import type { JobRecord } from './job.ts';
import { clipFileOf, clipPlaceOf } from './job-state.ts';

export interface FrameKeeperOptions {
  /** The setting: a path, or empty to look on PATH. Asked before each use. */
  readonly ffmpegPath: () => string;
  /** Told why a frame could not be had. */
  readonly onProblem?: (reason: string) => void;
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
      const place = lastFrameBeside(clipPlaceOf(record), type);
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
