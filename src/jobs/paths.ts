import path from 'node:path';

/** The longest file or folder name that is made of a writer's title, in bytes of UTF-8. */
const longestName = 80;

/** Names that Windows keeps for devices, with any extension. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * A text from outside as the name of one file or folder on any system: never a path, never hidden,
 * never empty, never a device.
 */
export function safeName(text: string, fallback = 'script'): string {
  const plain = text
    .normalize('NFC')
    // Control and invisible characters, and what some system does not allow in names.
    .replaceAll(/[\p{C}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ');
  // Cut before trimming: the cut may bare a dot or space at the end, which Windows drops.
  const name = cutToBytes(plain.replace(/^[. ]+/, ''), longestName).replace(/[. ]+$/, '');
  if (name === '') return fallback;
  return reserved.test(name) ? `_${name}` : name;
}

/** `scene-012`: the name, without an extension, of everything that belongs to a scene's clip. */
export function clipName(number: number): string {
  return `scene-${String(number).padStart(3, '0')}`;
}

/** `mara-voss`: the name, without an extension, of the pictures that are drawn of a character or place. */
export function sheetName(name: string): string {
  return safeName(name, 'picture')
    .toLowerCase()
    .replaceAll(/[\s.]+/g, '-');
}

/**
 * Where a scene's clip goes: `<folder>/<script name>/scene-012.mp4`.
 *
 * @param folder Absolute path of the folder for all clips.
 * @param script The script's file name or path; only its name without the extension is used.
 * @param number The scene's number from 1.
 */
export function clipPath(folder: string, script: string, number: number): string {
  const base = script.split(/[/\\]/).at(-1) ?? '';
  const name = safeName(base.replace(/\.[^.]{1,10}$/, ''));
  return path.join(folder, name, `${clipName(number)}.mp4`);
}

/** Where the enlarged clip goes: `scene-012.4k.mp4` beside `scene-012.mp4`. */
export function upscaledPath(clip: string): string {
  const { dir, name, ext } = path.parse(clip);
  return path.join(dir, `${name}.4k${ext}`);
}

function cutToBytes(text: string, limit: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}
