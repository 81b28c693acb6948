import { closeSync, openSync, readSync } from 'node:fs';
import { kindOfFile, tellingBytes } from './file-kind.ts';

/** Which files are videos, by how they begin; one that is one is looked into once. */
export class KnownVideos {
  private readonly known = new Set<string>();

  has(file: string): boolean {
    if (this.known.has(file)) return true;
    if (!beginsLikeVideo(file)) return false;
    this.known.add(file);
    return true;
  }
}

function beginsLikeVideo(file: string): boolean {
  let opened: number | undefined;
  try {
    opened = openSync(file, 'r');
    const head = Buffer.alloc(tellingBytes);
    const read = readSync(opened, head, 0, head.length, 0);
    return kindOfFile(head.subarray(0, read)).is === 'video';
  } catch {
    return false;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}
