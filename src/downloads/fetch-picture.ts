import { Enclosure } from '../base/enclosure/enclosure.ts';
import { ScenewrightError, cancelledError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { isSameContent } from '../base/same-content.ts';
import { syncFile, syncFolder } from '../base/sync.ts';
import type { Fetcher } from '../net/fetcher.ts';
import { pictureType, type PictureType } from '../studios/pictures.ts';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { clipFileIn } from './clip-name.ts';
import type { DownloadRequest } from './download-request.ts';
import { fetchImage } from './fetch-image.ts';
import type { PictureKind } from './file-kind.ts';
import { isPlaceTaken, placeTaken } from './place-taken.ts';

/** A picture that was ordered by itself, and its place, which is named as a PNG; see {@link DownloadRequest}. */
export type PictureRequest = Pick<
  DownloadRequest,
  'source' | 'file' | 'root' | 'elsewhere' | 'holder' | 'allowPrivate' | 'signal' | 'onStart'
>;

export interface FetchedPicture {
  readonly kind: PictureKind;
  readonly bytes: number;
}

/** No picture that somebody draws is larger, in bytes. */
const mostBytes = 64 * 1024 * 1024;

const kinds: Readonly<Record<PictureType, PictureKind>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

/**
 * Bring a picture into its place, or into another one where that is taken: nothing is ever replaced. It is on the
 * disk itself once this resolves.
 *
 * @throws ScenewrightError whose message is for the writer
 */
export async function fetchPicture(
  { source, file, root, elsewhere, holder, allowPrivate, signal }: PictureRequest,
  fetcher: Fetcher,
): Promise<FetchedPicture> {
  const bytes = await fetchImage(fetcher, await source(signal), signal, allowPrivate, mostBytes);
  const type = bytes === undefined ? undefined : pictureType(bytes);
  if (bytes === undefined || type === undefined) {
    throw new ScenewrightError(
      'bad-answer',
      t('What the service sent is no PNG, JPEG or WebP picture.'),
    );
  }
  const kind = kinds[type];
  const inside = new Enclosure(root);
  await inside.prepare(file);
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await inside.create(temporary);
    try {
      await handle.writeFile(bytes);
      await syncFile(handle);
    } finally {
      await handle.close();
    }
    for (let place = file; ;) {
      if (signal.aborted) throw cancelledError(t('The download'));
      await holder?.confirm();
      const target = clipFileIn(place, kind);
      if (!(await isPlaceTaken(place)) && (await inside.moveNew(temporary, target))) break;
      // Put there by a window that ended before it could write that down.
      if (await isSameContent(temporary, target)) break;
      if (elsewhere === undefined) throw placeTaken(target);
      place = await elsewhere();
    }
  } finally {
    await inside.remove(temporary).catch(() => undefined);
  }
  await syncFolder(path.dirname(file));
  return { kind, bytes: bytes.length };
}
