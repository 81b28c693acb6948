import { Enclosure } from '../base/enclosure/enclosure.ts';
import { isCancelled, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { expectClip } from '../media/clip-file.ts';
import { grabFrame } from '../media/frame.ts';
import { pictureType } from '../studios/pictures.ts';
import { besideClip, posterEndings, type PosterEnding } from './beside-clip.ts';
import { pictureEndings } from './clip-frames.ts';

export interface PosterInput {
  /** Absolute path of the finished clip; the poster goes beside it. */
  readonly clip: string;
  /** The folder that both must really be in. */
  readonly root: string;
  /** Position of the scene in the script, from 1. */
  readonly number: number;
  readonly title: string;
  /** The studio's own thumbnail: JPEG, PNG, GIF or WebP. */
  readonly thumbnail?: Uint8Array;
}

export interface PosterMaker {
  /**
   * Make the poster of a clip. Never fails the clip: whatever goes wrong, the answer is `undefined`.
   *
   * @returns the poster's absolute path.
   */
  make(input: PosterInput, signal: AbortSignal): Promise<string | undefined>;
}

/** Fails where the card cannot be drawn, or not any more. */
export type CardDrawing = (
  card: {
    readonly number: number;
    readonly title: string;
    /** Absolute path of the picture, and the folder that it must really be in. */
    readonly poster: string;
    readonly root: string;
  },
  signal: AbortSignal,
) => Promise<void>;

export interface PostersOptions {
  /** The setting: a path, or empty to look on PATH. Asked before each use. */
  readonly ffmpegPath: () => string;
  /** Draws a placeholder with the scene's number and title, as PNG at the given place. */
  readonly drawCard: CardDrawing;
  /** Told why there is no poster, or only a lesser one. */
  readonly onProblem?: (reason: string) => void;
}

/**
 * Posters from the best source there is: the studio's thumbnail, a frame of the clip where the
 * machine has ffmpeg, or a drawn card with the scene's number and title.
 *
 * They lie beside the clip: a thumbnail keeps its kind, a frame is JPEG, what is drawn is PNG.
 */
export class Posters implements PosterMaker {
  private readonly options: PostersOptions;

  constructor(options: PostersOptions) {
    this.options = options;
  }

  async make(input: PosterInput, signal: AbortSignal): Promise<string | undefined> {
    const ways = [
      { what: 'thumbnail', make: () => this.fromThumbnail(input) },
      { what: 'frame', make: () => this.fromClip(input, signal) },
      { what: 'placeholder', make: () => this.drawn(input, signal) },
    ];
    for (const { what, make } of ways) {
      if (signal.aborted) return undefined;
      try {
        const kind = await make();
        if (kind) return await settle(input, kind);
      } catch (error) {
        if (isCancelled(error)) return undefined;
        this.options.onProblem?.(
          t("The poster's {0} could not be used: {1}", what, messageOf(error)),
        );
      }
    }
    return undefined;
  }

  private async fromThumbnail({
    clip,
    root,
    thumbnail,
  }: PosterInput): Promise<PosterEnding | undefined> {
    const kind = thumbnail && pictureKind(thumbnail);
    if (!thumbnail || !kind) return undefined;
    await new Enclosure(root).write(besideClip(clip, kind), thumbnail);
    return kind;
  }

  private async fromClip(
    { clip, root }: PosterInput,
    signal: AbortSignal,
  ): Promise<PosterEnding | undefined> {
    await expectClip(clip, new Enclosure(root));
    const jpeg = await grabFrame(this.options.ffmpegPath(), clip, signal);
    if (!jpeg || pictureKind(jpeg) !== '.jpg') return undefined;
    await new Enclosure(root).write(besideClip(clip, '.jpg'), jpeg);
    return '.jpg';
  }

  private async drawn(
    { clip, root, number, title }: PosterInput,
    signal: AbortSignal,
  ): Promise<PosterEnding> {
    await this.options.drawCard({ number, title, poster: besideClip(clip, '.png'), root }, signal);
    return '.png';
  }
}

/** Removes posters of other kinds: an older one would go on being shown by some viewers. */
async function settle({ clip, root }: PosterInput, kept: PosterEnding): Promise<string> {
  for (const extension of posterEndings) {
    if (extension === kept) continue;
    await new Enclosure(root).remove(besideClip(clip, extension)).catch(() => undefined);
  }
  return besideClip(clip, kept);
}

/** What kind a picture is of, by its first bytes; nothing for any that posters are not. */
export function pictureKind(image: Uint8Array): PosterEnding | undefined {
  const type = pictureType(image);
  if (type !== undefined) return pictureEndings[type];
  return Buffer.from(image.subarray(0, 4)).toString('latin1') === 'GIF8' ? '.gif' : undefined;
}
