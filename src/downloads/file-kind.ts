import { t } from '../base/l10n.ts';

/** What a file is by its first bytes, whatever anybody says of it. */
export type FileKind =
  | { readonly is: 'video'; readonly video: VideoKind }
  /** A file of another kind, which it stays however often it is fetched; `name` with its article. */
  | { readonly is: 'other'; readonly name: string }
  /** Words, which may be about a clip that is not there yet. */
  | { readonly is: 'words'; readonly name: string }
  | { readonly is: 'unknown' };

/** `m2t` is MPEG-TS. Also what a clip's file name ends with. */
export const videoKinds = ['mp4', 'webm', 'mkv', 'm2t', 'avi', 'flv'] as const;
export type VideoKind = (typeof videoKinds)[number];

/** The kinds of pictures that are ordered by themselves. */
export const pictureKinds = ['png', 'jpg', 'webp'] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** What orders may bring. */
export type MadeKind = VideoKind | PictureKind;

/** So many bytes of a file tell, where it has as many. */
export const tellingBytes = 1024;

/** Boxes that an MP4 or QuickTime file may begin with: not all begin with what they are. */
const firstBoxes =
  /^(?:ftyp|styp|moov|mdat|moof|free|skip|wide|pnot|sidx|pdin|uuid|udta|emsg|prft)$/;

/** Names of files of its structure that hold single pictures. */
const pictureBrands = /^(?:avif|avis|heic|heix|mif1|msf1)$/;

/** @param head the first of its bytes, {@link tellingBytes} if there are so many */
export function kindOfFile(head: Uint8Array): FileKind {
  const text = Buffer.from(head.subarray(0, tellingBytes)).toString('latin1');
  const video = videoIn(text);
  if (video !== undefined) return { is: 'video', video };
  const other = others.find(([at, bytes]) => text.startsWith(bytes, at));
  return other === undefined ? textIn(text) : { is: 'other', name: other[2]() };
}

function videoIn(text: string): VideoKind | undefined {
  const box = text.slice(4, 8);
  if (firstBoxes.test(box)) {
    return box === 'ftyp' && pictureBrands.test(text.slice(8, 12)) ? undefined : 'mp4';
  }
  if (text.startsWith('\x1aE\xdf\xa3')) return text.slice(0, 64).includes('webm') ? 'webm' : 'mkv';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'AVI ') return 'avi';
  if (text.startsWith('FLV\x01')) return 'flv';
  // A packet of 188 bytes after the other, each with the same first byte.
  const packets = [0, 188, 376, 564, 752].map((at) => text.charAt(at));
  return packets.every((first) => first === 'G') ? 'm2t' : undefined;
}

/** What stands where in files of other kinds. */
const others: readonly (readonly [at: number, bytes: string, name: () => string])[] = [
  [0, 'GIF8', () => t('a GIF picture')],
  [0, '\x89PNG', () => t('a PNG picture')],
  [0, '\xff\xd8\xff', () => t('a JPEG picture')],
  [8, 'WEBP', () => t('a WebP picture')],
  [4, 'ftypavi', () => t('an AVIF picture')],
  [4, 'ftyphei', () => t('a HEIF picture')],
  [4, 'ftypmif1', () => t('a HEIF picture')],
  [0, 'PK\x03\x04', () => t('a ZIP archive')],
  [0, 'PK\x05\x06', () => t('a ZIP archive')],
  [0, '7z\xbc\xaf', () => t('a 7z archive')],
  [0, 'Rar!\x1a', () => t('a RAR archive')],
  [257, 'ustar', () => t('a tar archive')],
  [8, 'WAVE', () => t('a WAV sound')],
  [0, 'ID3', () => t('an MP3 sound')],
  [0, '\xff\xfb', () => t('an MP3 sound')],
  [0, 'fLaC', () => t('a FLAC sound')],
  [0, '%PDF-', () => t('a PDF document')],
  [0, 'OggS', () => t('an Ogg file')],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11', () => t('a Windows Media file')],
  [0, '\0\0\x01\xba', () => t('an MPEG program stream')],
];

function textIn(latin1: string): FileKind {
  const text = latin1.replace(/^\xef\xbb\xbf/, '').trimStart();
  const words = (name: string): FileKind => ({ is: 'words', name });
  if (text === '' || !Array.from(text).every(isWritten)) return { is: 'unknown' };
  if (text.startsWith('#EXTM3U')) return { is: 'other', name: t('a playlist (HLS)') };
  if (/^(?:<\?xml[^>]*>\s*)?<MPD[\s>]/i.test(text)) {
    return { is: 'other', name: t('a playlist (DASH)') };
  }
  if (
    /^(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|title|h[1-6]|p|div|center)[\s>]/i.test(
      text,
    )
  ) {
    return words(t('a web page'));
  }
  if (text.startsWith('<')) return words(t('an XML document'));
  return words(/^[{[]/.test(text) ? t('JSON') : t('a text'));
}

/** Whether a byte may stand in a text, in whichever coding. */
function isWritten(byte: string): boolean {
  return byte >= ' ' ? byte !== '\x7f' : '\t\n\f\r\x1b'.includes(byte);
}
