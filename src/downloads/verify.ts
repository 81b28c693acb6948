import { open, type FileHandle } from 'node:fs/promises';
import { ScenewrightError } from '../base/errors.ts';

export interface VerifiedVideo {
  readonly kind: 'mp4' | 'webm';
  readonly bytes: number;
  /** Length in seconds, where the file's header tells. */
  readonly seconds?: number;
}

/**
 * See whether a file really is a whole video: the right beginning, and a structure whose parts add
 * up to exactly the file. It does not decode pictures.
 *
 * @throws ScenewrightError `bad-answer`, with `retryable` where the file looks cut off.
 */
export async function verifyVideo(file: string): Promise<VerifiedVideo> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size === 0) throw broken('it is empty', true);
    const head = await readAt(handle, 0, Math.min(size, 512));
    if (head.length >= 8 && head.toString('latin1', 4, 8) === 'ftyp')
      return await mp4(handle, size);
    if (head.length >= 4 && head.readUInt32BE(0) === ebmlHeader) return await webm(handle, size);
    throw broken(
      looksLikeText(head) ? 'it is a text or web page' : 'it is not an MP4 or WebM file',
    );
  } finally {
    await handle.close();
  }
}

function broken(what: string, retryable = false): ScenewrightError {
  return new ScenewrightError('bad-answer', `What the service sent is not a clip: ${what}.`, {
    retryable,
  });
}

function looksLikeText(head: Buffer): boolean {
  return /^\s*[<{[]/.test(head.toString('latin1', 0, 64));
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

interface Box {
  readonly type: string;
  /** Where its content begins, and the first byte after it. */
  readonly start: number;
  readonly end: number;
}

/** The boxes between two offsets, which they must fill exactly. */
async function* boxes(handle: FileHandle, from: number, to: number): AsyncGenerator<Box> {
  for (let position = from; position < to;) {
    const header = await readAt(handle, position, 16);
    if (header.length < 8 || position + 8 > to) throw broken('it is cut off', true);
    const type = header.toString('latin1', 4, 8);
    if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) throw broken('its structure is damaged', true);
    let size = header.readUInt32BE(0);
    let headerSize = 8;
    if (size === 1) {
      if (header.length < 16) throw broken('it is cut off', true);
      size = Number(header.readBigUInt64BE(8));
      headerSize = 16;
    } else if (size === 0) {
      size = to - position;
    }
    if (size < headerSize) throw broken('its structure is damaged', true);
    if (position + size > to) throw broken('it is cut off', true);
    yield { type, start: position + headerSize, end: position + size };
    position += size;
  }
}

async function mp4(handle: FileHandle, size: number): Promise<VerifiedVideo> {
  let seconds: number | undefined;
  let index = false;
  let media = false;
  for await (const box of boxes(handle, 0, size)) {
    if (box.type === 'mdat') media ||= box.end > box.start;
    if (box.type !== 'moov') continue;
    index = true;
    for await (const inner of boxes(handle, box.start, box.end)) {
      if (inner.type !== 'mvhd') continue;
      seconds = await movieSeconds(handle, inner);
      break;
    }
  }
  if (!index || !media) throw broken('it holds no picture', true);
  return { kind: 'mp4', bytes: size, ...(seconds === undefined ? {} : { seconds }) };
}

/** Length by the movie header; absent for fragmented files, which do not know it there. */
async function movieSeconds(handle: FileHandle, { start, end }: Box): Promise<number | undefined> {
  const header = await readAt(handle, start, Math.min(32, end - start));
  const long = header[0] === 1;
  if (header.length < (long ? 32 : 20)) return undefined;
  const timescale = header.readUInt32BE(long ? 20 : 12);
  const duration = long ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  return timescale > 0 && duration > 0 && duration !== 0xffff_ffff
    ? duration / timescale
    : undefined;
}

const ebmlHeader = 0x1a45dfa3;
const segmentId = 0x18538067;
const clusterId = 0x1f43b675;

/** The header, then one segment that fills the file. Lengths inside are left to the player. */
async function webm(handle: FileHandle, size: number): Promise<VerifiedVideo> {
  const head = await element(handle, 0);
  if (head.end === undefined) throw broken('its structure is damaged', true);
  const segment = await element(handle, head.end);
  if (segment.id !== segmentId) throw broken('its structure is damaged', true);
  // A recording of unknown length tells nothing more about its end.
  if (segment.end === undefined) return { kind: 'webm', bytes: size };
  if (segment.end !== size) throw broken('it is cut off', true);
  let media = false;
  for (let position = segment.start; position < size;) {
    const part = await element(handle, position);
    media ||= part.id === clusterId;
    if (part.end === undefined) break;
    if (part.end > size) throw broken('it is cut off', true);
    position = part.end;
  }
  if (!media) throw broken('it holds no picture', true);
  return { kind: 'webm', bytes: size };
}

interface Element {
  readonly id: number;
  readonly start: number;
  /** Absent where the file does not say how long the element is. */
  readonly end: number | undefined;
}

async function element(handle: FileHandle, position: number): Promise<Element> {
  const bytes = await readAt(handle, position, 12);
  const idLength = Math.clz32(bytes[0] ?? 0) - 23;
  const sizeByte = bytes[idLength] ?? 0;
  const sizeLength = Math.clz32(sizeByte) - 23;
  if (idLength > 4 || sizeLength > 8 || bytes.length < idLength + sizeLength) {
    throw broken('it is cut off', true);
  }
  const id = bytes.readUIntBE(0, idLength);
  let size = BigInt(sizeByte & (0xff >> sizeLength));
  let unknown = size === BigInt(0xff >> sizeLength);
  for (const byte of bytes.subarray(idLength + 1, idLength + sizeLength)) {
    size = (size << 8n) | BigInt(byte);
    unknown &&= byte === 0xff;
  }
  const start = position + idLength + sizeLength;
  return { id, start, end: unknown ? undefined : start + Number(size) };
}
