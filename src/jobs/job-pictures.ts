import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { readRegular } from '../base/enclosure/regular-file.ts';
import { ScenewrightError } from '../base/errors.ts';
import { isInside } from '../base/inside.ts';
import { t } from '../base/l10n.ts';
import type { PicturePath } from '../script/script-model.ts';
import type { WantedPicture } from '../script/wanted-pictures.ts';
import {
  mostPictureBytes,
  pictureType,
  type OrderPictures,
  type Picture,
} from '../studios/pictures.ts';

/** A picture that a scene asked for when its clip was ordered, as it stands in the job's record. */
export interface JobPicture extends WantedPicture {
  /** Where it really is, absolute. */
  readonly path: string;
  /** Of its bytes, in hexadecimal: only what the writer has agreed to send is sent. */
  readonly sha256: string;
  /** The model does not take it, as the writer was told: the clip does not show it. */
  readonly dropped?: true;
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
  const place = picturePlace(file, folder, root);
  if (place === undefined) throw unusable(t('{0} is not in the workspace folder.', file));
  const real = await realpath(place).catch(() => undefined);
  if (real === undefined) throw unusable(t('{0} is not there.', file));
  if (!isInside(await realpath(root), real)) {
    throw unusable(t('{0} is not in the workspace folder.', file));
  }
  const bytes = await readRegular(real, mostPictureBytes);
  if (bytes === undefined) {
    throw unusable(
      t('{0} cannot be read, or has more than {1} MB.', file, mostPictureBytes / 1024 / 1024),
    );
  }
  const type = pictureType(bytes);
  if (type === undefined) throw unusable(t('{0} is no PNG, JPEG or WebP picture.', file));
  return { path: real, sha256: hashOf(bytes), picture: { name: path.basename(real), type, bytes } };
}

/**
 * The pictures of a job as they are sent; nothing where it has none.
 *
 * @throws ScenewrightError `bad-input` where one is not what it was when the clip was ordered
 */
export async function orderPictures(
  number: number,
  pictures: readonly JobPicture[] = [],
): Promise<OrderPictures | undefined> {
  const sent = pictures.filter(({ dropped }) => dropped !== true);
  if (sent.length === 0) return undefined;
  const read = await Promise.all(
    sent.map(async (one) => ({ ...one, picture: await unchanged(number, one) })),
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
  number: number,
  { file, path: place, sha256 }: JobPicture,
): Promise<Picture> {
  const bytes = await readRegular(place, mostPictureBytes);
  const type = bytes === undefined ? undefined : pictureType(bytes);
  if (bytes === undefined || type === undefined || hashOf(bytes) !== sha256) {
    throw new ScenewrightError(
      'bad-input',
      t(
        'The picture {0} is not the one any more that scene {1} was ordered with, so nothing was sent. Render the scene again.',
        file,
        number,
      ),
    );
  }
  return { name: path.basename(place), type, bytes };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function unusable(message: string): ScenewrightError {
  return new ScenewrightError('bad-input', message);
}
