/**
 * Clips that a service puts into its answer, in base64: as a `data:` address, or the bare digits. What
 * they are is told by the file's first bytes, since fields for it have many names.
 */

const dataAddress = /^data:[^,]{0,100};base64,/i;

/** No clip is smaller, in characters of base64. */
const leastLength = 64;

/** Whether a text is a video file in base64. */
export function isVideoInText(value: string): boolean {
  if (value.length < leastLength) return false;
  const head = digitsOf(value.slice(0, 200)).trimStart().slice(0, 24);
  if (!/^[\w+/-]{24}$/.test(head)) return false;
  const bytes = Buffer.from(head, 'base64');
  return bytes.readUInt32BE(0) === ebmlHeader || bytes.toString('latin1', 4, 8) === 'ftyp';
}

/** The file in such a text. */
export function videoInText(value: string): Buffer {
  return Buffer.from(digitsOf(value), 'base64');
}

/** How WebM and Matroska begin. */
const ebmlHeader = 0x1a45dfa3;

function digitsOf(value: string): string {
  const address = dataAddress.exec(value);
  return address === null ? value : value.slice(address[0].length);
}
