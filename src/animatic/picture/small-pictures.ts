import { createHash } from 'node:crypto';
import type { ReferencePicture } from '../../studios/pictures.ts';
import { reduced } from '../frames/pixels.ts';
import { opaquePng, readOpaquePng } from '../frames/png-file.ts';

/** More sheets than the scenes of a film that are rendered about the same time have. */
const most = 40;

/**
 * Sheets as they are shown beside a scene: hardly larger than that, because the renderer would read and reduce each of
 * them anew for every clip, and a film has the same few in most of its clips.
 */
export class SmallPictures {
  /** By the hash of the picture; what was used last comes last. */
  private readonly made = new Map<string, Uint8Array>();

  /** @param shown its shorter side where it is shown, in pixels */
  of(picture: ReferencePicture, shown: number): ReferencePicture {
    if (picture.type !== 'image/png') return picture;
    const key = `${createHash('sha256').update(picture.bytes).digest('hex')} ${shown}`;
    const bytes = this.made.get(key) ?? small(picture.bytes, shown);
    this.made.delete(key);
    this.made.set(key, bytes);
    const [oldest] = this.made.keys();
    if (this.made.size > most && oldest !== undefined) this.made.delete(oldest);
    return { ...picture, bytes };
  }
}

/** The picture, twice as large as it is shown: what is left to the renderer is what it does best. */
function small(bytes: Uint8Array, shown: number): Uint8Array {
  const picture = readOpaquePng(bytes);
  if (picture === undefined) return bytes;
  const times = Math.floor(Math.min(picture.width, picture.height) / (shown * 2));
  return times < 2 ? bytes : opaquePng(reduced(picture, times));
}
