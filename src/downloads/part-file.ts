import { constants, write as writeAt } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Enclosure } from '../base/enclosure/enclosure.ts';
import { openRegular } from '../base/enclosure/regular-file.ts';
import { syncFile, syncFolder } from '../base/sync.ts';
import { ByteRanges, type ByteRange } from './byte-ranges.ts';
import {
  bootTime,
  infoOf,
  keyOf,
  lineOf,
  readSidecar,
  removeSidecar,
  writeSidecar,
  type PartInfo,
} from './sidecar.ts';

/**
 * A clip on its way: `<file>.part`, filled in any order, with what is known about it in
 * `<file>.part.json`. A crash at any moment leaves something to go on with.
 */
export class PartFile {
  readonly path: string;
  private readonly inside: Enclosure;
  private readonly file: string;
  private readonly handle: FileHandle;
  private readonly boot = bootTime();
  private known: PartInfo;
  private ranges: ByteRanges;
  /** What the sidecar on disk claims would be believed even after a power cut. */
  private durable: boolean;
  /** The sidecar, for adding to. */
  private sidecar: FileHandle | undefined;
  private readonly adding = new Set<Promise<void>>();

  private constructor(
    inside: Enclosure,
    file: string,
    handle: FileHandle,
    known: PartInfo,
    ranges: ByteRanges,
    durable: boolean,
  ) {
    this.inside = inside;
    this.file = file;
    this.path = partOf(file);
    this.handle = handle;
    this.known = known;
    this.ranges = ranges;
    this.durable = durable;
  }

  /** Open what there is of this render, or begin anew; the folder is there. */
  static async open(inside: Enclosure, file: string, key: string): Promise<PartFile> {
    const found = await readSidecar(inside, file);
    const handle = await inside.openOwn(partOf(file));
    try {
      const { size } = await handle.stat();
      const usable = found?.key === key && found.validator !== undefined;
      const ranges = new ByteRanges();
      for (const [from, to] of usable ? found.done : []) ranges.add(from, Math.min(to, size));
      if (ranges.bytes === 0 && size > 0) await handle.truncate(0);
      const durable = found !== undefined && found.boot === undefined;
      const known = usable ? infoOf(found) : { key };
      return new PartFile(inside, file, handle, known, ranges, durable);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get info(): PartInfo {
    return this.known;
  }

  /** Bytes that are in the part. */
  get bytes(): number {
    return this.ranges.bytes;
  }

  /** Whether what is here is of any use to the next attempt. */
  get canGoOn(): boolean {
    return this.bytes > 0 && this.known.validator !== undefined;
  }

  /** What is in the part. */
  get done(): readonly ByteRange[] {
    return this.ranges.list;
  }

  /** Whether nothing is missing, as far as the server said how much there is. */
  get isWhole(): boolean {
    const { total } = this.known;
    return total !== undefined && total > 0 && this.ranges.holes(total).length === 0;
  }

  /** What is still missing, up to the end that is known or may come. */
  holes(total = this.known.total ?? Infinity): readonly (readonly [from: number, to: number])[] {
    return this.ranges.holes(total);
  }

  /** Begin anew with what the server now says. The sidecar tells before the first byte is written. */
  async restart(info: PartInfo): Promise<void> {
    this.known = info;
    this.ranges = new ByteRanges();
    await this.handle.truncate(0);
    await this.note();
  }

  /** Go on with a part that is here already, before its first new byte is written. */
  async resume(): Promise<void> {
    await this.note();
  }

  /** Write bytes that belong at `position`; they are in the part once it resolves. */
  async write(bytes: Uint8Array, position: number): Promise<void> {
    await this.writeAll(bytes, position);
    const range = [position, position + bytes.length] as const;
    this.ranges.add(...range);
    if (this.sidecar === undefined) return;
    // A failure shows in the next write; what the sidecar does not tell only costs bytes.
    const added = this.sidecar.appendFile(lineOf(range)).catch(() => undefined);
    this.adding.add(added);
    void added.then(() => this.adding.delete(added));
  }

  /** The file ended here: it is as long as what has come. */
  endsHere(): void {
    this.known = { ...this.known, total: this.bytes };
  }

  /** Stop for now: what has come shall outlive even a power cut. */
  async keep(): Promise<void> {
    if (!this.canGoOn) return;
    await this.closeSidecar();
    await syncFile(this.handle, 'content');
    const sidecar = { ...this.known, done: this.ranges.list };
    await (await writeSidecar(this.inside, this.file, sidecar, true)).close();
    this.durable = true;
  }

  /** Let go of the file; what is in it stays for the next time. */
  async close(): Promise<void> {
    await this.closeSidecar();
    await this.handle.close();
  }

  private async note(): Promise<void> {
    await this.closeSidecar();
    // Where the machine does not say when it started, nothing must be claimed.
    const claim = this.boot === undefined ? { done: [] } : { done: this.done, boot: this.boot };
    // One that would outlive a power cut has to be gone before the bytes under it change.
    const sidecar = { ...this.known, ...claim };
    const handle = await writeSidecar(this.inside, this.file, sidecar, this.durable);
    this.durable = false;
    const isUseful = this.boot !== undefined && this.known.validator !== undefined;
    if (isUseful) this.sidecar = handle;
    else await handle.close();
  }

  private async closeSidecar(): Promise<void> {
    const { sidecar } = this;
    this.sidecar = undefined;
    await Promise.all(this.adding);
    await sidecar?.close();
  }

  private async writeAll(bytes: Uint8Array, position: number): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      at += await new Promise<number>((resolve, reject) => {
        const { fd } = this.handle;
        writeAt(fd, bytes, at, bytes.length - at, position + at, (error, written) => {
          if (error === null) resolve(written);
          else reject(error);
        });
      });
    }
  }
}

export function partOf(file: string): string {
  return `${file}.part`;
}

/**
 * Put the whole, verified part in its final place, if nothing is there. That it also reaches the disk
 * itself is for {@link settleClip} to see to: a large one may take seconds.
 *
 * @param stem what the part is named after; see `parts.ts`
 * @returns `false` where anything has that place; then the part is where it was
 */
export async function promotePart(inside: Enclosure, file: string, stem = file): Promise<boolean> {
  // A link that took its place meanwhile would lead to somebody else's file under the clip's name.
  const handle = await openRegular(partOf(stem));
  await handle.close();
  if (!(await inside.moveNew(partOf(stem), file))) return false;
  await removeSidecar(inside, stem);
  return true;
}

/** Resolves when a clip that is in its place has reached the disk itself. */
export async function settleClip(file: string): Promise<void> {
  const handle = await openRegular(file, constants.O_RDWR);
  try {
    await syncFile(handle, 'content');
  } finally {
    await handle.close();
  }
  await syncFolder(path.dirname(file));
}

/** Forget what has been fetched. */
export async function discardPart(inside: Enclosure, file: string): Promise<void> {
  await inside.remove(partOf(file));
  await removeSidecar(inside, file);
}

/** Forget what has been fetched of one render, unless the place now belongs to another. */
export async function discardPartOf(inside: Enclosure, file: string, key: string): Promise<void> {
  if ((await keyOf(inside, file)) === key) await discardPart(inside, file);
}
