import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { openRegular, readRegular } from '../base/enclosure/regular-file.ts';
import { ScenewrightError } from '../base/errors.ts';
import { isInside } from '../base/inside.ts';
import { realSpelling } from '../base/spellings.ts';
import { t } from '../base/l10n.ts';
import type { PicturePath } from '../script/script-model.ts';
import type { WantedPicture } from '../script/wanted-pictures.ts';
import {
  mostPictureBytes,
  pictureType,
  possiblePictures,
  type OrderPictures,
  type Picture,
  type TakenPictures,
} from '../studios/pictures.ts';

/** A picture that a scene asked for when its clip was ordered, as it stands in the job's record. */
export interface JobPicture extends WantedPicture {
  /** Where it really is, absolute. */
  readonly path: string;
  /** Of its bytes, in hexadecimal: only what the writer has agreed to send is sent. */
  readonly sha256: string;
  /** The model does not take it, as the writer was told: the clip does not show it. */
  readonly dropped?: true;
  /** The last frame of the clip before: no scene names it, so it is no part of the job's `pictureHash`. */
  readonly chained?: true;
}

/** The last frame of the clip before, as far as it counts for what a model takes; which one it is shows later. */
const lastFrameBefore: WantedPicture = { role: 'firstFrame', file: '' };

/**
 * What of the pictures that a scene asks for goes out with its order.
 *
 * @param takes what the model takes
 * @param isChained the clip begins with the last frame of the one before
 */
export function sentPictures(
  wanted: readonly WantedPicture[],
  takes: TakenPictures | undefined,
  isChained: boolean,
): ReadonlySet<WantedPicture> {
  return new Set(
    possiblePictures([...(isChained ? [lastFrameBefore] : []), ...wanted], takes).sent,
  );
}

export interface ReadPicture {
  readonly path: string;
  readonly sha256: string;
  readonly picture: Picture;
}

/**
 * Where a picture of a script lies.
 *
 * @param folder of the script
 * @returns absolute; absent where that is no path in `root`, by the look of it
 */
export function picturePlace(file: PicturePath, folder: string, root: string): string | undefined {
  // An address on the web is none, and neither is a drive of Windows.
  if (file === '' || path.isAbsolute(file) || /^[a-z][a-z\d+.-]*:/i.test(file)) return undefined;
  if (/[\0\n]/.test(file)) return undefined;
  const place = path.resolve(folder, file);
  return isInside(root, place) ? place : undefined;
}

/** Why a picture of a script cannot be sent. */
export type PictureFault = 'outside' | 'missing' | 'too-large' | 'unreadable' | 'no-picture';

/** The same in a sentence about the file. */
export function faultWords(fault: PictureFault, file: PicturePath): string {
  switch (fault) {
    case 'outside':
      return t('{0} is not in the workspace folder.', file);
    case 'missing':
      return t('{0} is not there.', file);
    case 'too-large':
      return t('{0} has more than {1} MB.', file, mostPictureBytes / 1024 / 1024);
    case 'unreadable':
      return t('{0} cannot be read.', file);
    case 'no-picture':
      return t('{0} is no PNG, JPEG or WebP picture.', file);
  }
}

/** What is wrong with a picture of a script, as far as its first bytes tell; nothing where it can be sent. */
export async function pictureFault(
  file: PicturePath,
  folder: string,
  root: string,
): Promise<PictureFault | undefined> {
  const place = await realPlace(file, folder, root);
  if ('fault' in place) return place.fault;
  try {
    const handle = await openRegular(place.real);
    try {
      const { size } = await handle.stat();
      if (size > mostPictureBytes) return 'too-large';
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
      return pictureType(buffer.subarray(0, bytesRead)) === undefined ? 'no-picture' : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return 'unreadable';
  }
}

/** Where a picture of a script really is; nothing where it could not be sent. */
export async function usablePicture(
  file: PicturePath,
  folder: string,
  root: string,
): Promise<string | undefined> {
  if ((await pictureFault(file, folder, root)) !== undefined) return undefined;
  const place = await realPlace(file, folder, root);
  return 'real' in place ? place.real : undefined;
}

/**
 * Read a picture of a script.
 *
 * @param folder of the script
 * @param root folder that the picture must really be in, symbolic links resolved
 * @throws ScenewrightError `bad-input`, in a sentence about the file, where it cannot be sent
 */
export async function readPicture(
  file: PicturePath,
  folder: string,
  root: string,
): Promise<ReadPicture> {
  const fault = await pictureFault(file, folder, root);
  if (fault !== undefined) throw unusable(fault, file);
  const place = await realPlace(file, folder, root);
  if ('fault' in place) throw unusable(place.fault, file);
  const { real } = place;
  const bytes = await readRegular(real, mostPictureBytes);
  const type = bytes && pictureType(bytes);
  // It may have become another file between the two looks.
  if (bytes === undefined || type === undefined) throw unusable('unreadable', file);
  return { path: real, sha256: hashOf(bytes), picture: { name: path.basename(real), type, bytes } };
}

async function realPlace(
  file: PicturePath,
  folder: string,
  root: string,
): Promise<{ readonly real: string } | { readonly fault: PictureFault }> {
  const place = picturePlace(file, folder, root);
  if (place === undefined) return { fault: 'outside' };
  try {
    const real = await realSpelling(place);
    return isInside(await realpath(root), real) ? { real } : { fault: 'outside' };
  } catch {
    return { fault: 'missing' };
  }
}

/**
 * The pictures of a job as they are sent; nothing where it has none.
 *
 * @param subject what is ordered; see `subject.ts`
 * @throws ScenewrightError `bad-input` where one is not what it was when the clip was ordered
 */
export async function orderPictures(
  subject: string,
  pictures: readonly JobPicture[] = [],
): Promise<OrderPictures | undefined> {
  const sent = pictures.filter(({ dropped }) => dropped !== true);
  if (sent.length === 0) return undefined;
  const read = await Promise.all(
    sent.map(async (one) => ({ ...one, picture: await unchanged(subject, one) })),
  );
  const frame = (role: WantedPicture['role']): Picture | undefined =>
    read.find((one) => one.role === role)?.picture;
  const [firstFrame, lastFrame] = [frame('firstFrame'), frame('lastFrame')];
  return {
    ...(firstFrame === undefined ? {} : { firstFrame }),
    ...(lastFrame === undefined ? {} : { lastFrame }),
    references: read.flatMap(({ role, name = '', picture }) =>
      role === 'reference' ? [{ ...picture, shows: name }] : [],
    ),
  };
}

async function unchanged(
  subject: string,
  { file, path: place, sha256 }: JobPicture,
): Promise<Picture> {
  const bytes = await readRegular(place, mostPictureBytes);
  const type = bytes === undefined ? undefined : pictureType(bytes);
  if (bytes === undefined || type === undefined || hashOf(bytes) !== sha256) {
    throw new ScenewrightError(
      'bad-input',
      t(
        'The picture {0} is not the one any more that {1} was ordered with, so nothing was sent. Order it again.',
        file,
        subject,
      ),
    );
  }
  return { name: path.basename(place), type, bytes };
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function unusable(fault: PictureFault, file: PicturePath): ScenewrightError {
  return new ScenewrightError('bad-input', faultWords(fault, file));
}
