import type { FileHandle } from 'node:fs/promises';
import { openRegular } from './enclosure/regular-file.ts';

/** So many bytes are compared at once. */
const pieceBytes = 1 << 18;

/** Whether two files are there and alike byte for byte; a link is no such file. */
export async function isSameContent(one: string, other: string): Promise<boolean> {
  const handles: FileHandle[] = [];
  try {
    for (const file of [one, other]) handles.push(await openRegular(file));
    const [first, second] = handles;
    return first !== undefined && second !== undefined && (await areAlike(first, second));
  } catch {
    // One of them is not there, or cannot be read.
    return false;
  } finally {
    for (const handle of handles) await handle.close();
  }
}

async function areAlike(first: FileHandle, second: FileHandle): Promise<boolean> {
  const { size } = await first.stat();
  if ((await second.stat()).size !== size) return false;
  for (let at = 0; at < size; at += pieceBytes) {
    const [a, b] = await Promise.all([pieceOf(first, at, size), pieceOf(second, at, size)]);
    if (!a.equals(b)) return false;
  }
  return true;
}

async function pieceOf(handle: FileHandle, at: number, size: number): Promise<Buffer> {
  const piece = Buffer.alloc(Math.min(pieceBytes, size - at));
  let filled = 0;
  while (filled < piece.length) {
    const { bytesRead } = await handle.read(piece, filled, piece.length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return piece.subarray(0, filled);
}
