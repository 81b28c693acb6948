import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { PictureRole } from '../script/wanted-pictures.ts';

/** What pictures may be, as services take them. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** A picture as it goes out with an order. */
export interface Picture {
  /** What its file is called, without folders. */
  readonly name: string;
  /** By its bytes, whatever it is called. */
  readonly type: PictureType;
  readonly bytes: Uint8Array;
}

/** A picture of somebody or something that the clip shows. */
export interface ReferencePicture extends Picture {
  /** The name in the bible. */
  readonly shows: string;
}

/** The pictures of one order. */
export interface OrderPictures {
  readonly firstFrame?: Picture;
  readonly lastFrame?: Picture;
  /** The one that counts most first. */
  readonly references: readonly ReferencePicture[];
}

/** What of {@link OrderPictures} a model takes. */
export interface TakenPictures {
  readonly firstFrame?: boolean;
  /** Usually only beside a first one. */
  readonly lastFrame?: boolean | 'alone';
  /** The most references; absent where it takes none. */
  readonly references?: number;
  /** It takes either frames or references. */
  readonly exclusive?: boolean;
}

/** The most that a picture may have, in bytes: services that take it in the order itself take no more. */
export const mostPictureBytes = 10 * 1024 * 1024;

/**
 * What of the pictures a model takes, and what it would have to do without. A frame goes before references where
 * it takes only one kind: it is drawn as it is, while looks are also told in words.
 */
export function possiblePictures<T extends { readonly role: PictureRole }>(
  wanted: readonly T[],
  { firstFrame, lastFrame, references = 0, exclusive }: TakenPictures = {},
): { readonly sent: readonly T[]; readonly dropped: readonly T[] } {
  const hasFirst = wanted.some(({ role }) => role === 'firstFrame');
  const takes: Readonly<Record<PictureRole, boolean>> = {
    firstFrame: firstFrame === true,
    lastFrame: lastFrame === 'alone' || (lastFrame === true && hasFirst && firstFrame === true),
    reference: references > 0,
  };
  const hasFrame = wanted.some(({ role }) => role !== 'reference' && takes[role]);
  let left = exclusive === true && hasFrame ? 0 : references;
  const sent: T[] = [];
  const dropped: T[] = [];
  for (const picture of wanted) {
    const isTaken = picture.role === 'reference' ? left-- > 0 : takes[picture.role];
    (isTaken ? sent : dropped).push(picture);
  }
  return { sent, dropped };
}

/** Why a model does without a picture: it takes none of these, not without a first frame, not beside frames, or so many. */
export type WhyDropped = 'none' | 'alone' | 'beside-frames' | 'too-many';

/** Why {@link possiblePictures} has dropped a picture of this role. */
export function whyDropped(
  role: PictureRole,
  { lastFrame, references = 0 }: TakenPictures = {},
  sent: readonly { readonly role: PictureRole }[],
): WhyDropped {
  if (role === 'lastFrame') return lastFrame === true ? 'alone' : 'none';
  if (role === 'firstFrame' || references === 0) return 'none';
  return sent.some((one) => one.role === 'reference') ? 'too-many' : 'beside-frames';
}

/** Whether a model takes all the pictures of an order. */
export function takesAll(
  { firstFrame, lastFrame, references }: OrderPictures,
  taken: TakenPictures,
): boolean {
  const wanted = [
    ...(firstFrame === undefined ? [] : [{ role: 'firstFrame' as const }]),
    ...(lastFrame === undefined ? [] : [{ role: 'lastFrame' as const }]),
    ...references.map(() => ({ role: 'reference' as const })),
  ];
  return possiblePictures(wanted, taken).dropped.length === 0;
}

/** What is to go out was fitted to what the model took before. */
export function takesNoMore(isDrawn = false): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('The model does not take all pictures any more that it took. Nothing was sent.'),
    { advice: isDrawn ? t('Draw the picture anew.') : t('Render the scene again.') },
  );
}

/** What a file is by its first bytes; absent where it is no picture that services take. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  return head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP' ? 'image/webp' : undefined;
}

/** A picture as an address that holds it. */
export function dataUri({ type, bytes }: Picture): string {
  return `data:${type};base64,${base64(bytes)}`;
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
