import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { isNotThere } from '../base/files.ts';

/** This much of a disk is never filled with clips, in bytes: others need it, the editor among them. */
const reserveBytes = 1_000_000_000;

/** Of a small disk it is only this share. */
const reserveShare = 0.05;

/** How much may come, in bytes, and how much time pass, until it is looked at again how much space there is. */
const lookBytes = 64 * 1024 * 1024;
const lookMs = 1000;

/** Where space is short it is looked at more often, but not for less than this, in bytes. */
const leastLookBytes = 256 * 1024;

export interface DiskSpace {
  /** Bytes that may still be written; negative where the reserve is in use already. */
  readonly bytes: number;
  /** What is kept free, in bytes. */
  readonly reserve: number;
}

/**
 * How much may be written in a folder, which need not be there yet; absent where the file system does
 * not tell.
 */
export async function diskSpaceIn(folder: string): Promise<DiskSpace | undefined> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    try {
      const { bavail, bsize, blocks } = await statfs(at);
      // Some tell nothing but zeros.
      if (blocks === 0) return undefined;
      const reserve = Math.min(reserveBytes, blocks * bsize * reserveShare);
      return { bytes: bavail * bsize - reserve, reserve };
    } catch (error) {
      if (!isNotThere(error) || path.dirname(at) === at) return undefined;
    }
  }
}

/** Watches that a download does not use up the disk, without asking for every piece that comes. */
export class DiskSpaceWatch {
  private readonly folder: string;
  private readonly onFull: (space: DiskSpace) => void;
  private space: DiskSpace | undefined;
  /** How many bytes were here when that was found out. */
  private then: number;
  private lookedAt = performance.now();
  private looking = false;

  /**
   * @param space what there is now, where that is known
   * @param bytes of the clip that are here already
   * @param onFull told when only the reserve is left, perhaps more than once
   */
  constructor(
    folder: string,
    space: DiskSpace | undefined,
    bytes: number,
    onFull: (space: DiskSpace) => void,
  ) {
    this.folder = folder;
    this.space = space;
    this.then = bytes;
    this.onFull = onFull;
  }

  /** @param bytes how many are here by now, in all */
  note(bytes: number): void {
    const come = bytes - this.then;
    const left = this.space?.bytes ?? Infinity;
    // All that there was has come on this way alone; an answer of the disk may be late.
    if (this.space !== undefined && come > left) this.onFull(this.space);
    // Others may be writing as well.
    const soon = Math.min(lookBytes, Math.max(leastLookBytes, left / 4));
    if (this.looking || (come < soon && performance.now() - this.lookedAt < lookMs)) return;
    this.looking = true;
    void this.look(bytes);
  }

  private async look(bytes: number): Promise<void> {
    this.space = await diskSpaceIn(this.folder);
    this.then = bytes;
    this.looking = false;
    this.lookedAt = performance.now();
    if (this.space !== undefined && this.space.bytes < 0) this.onFull(this.space);
  }
}
