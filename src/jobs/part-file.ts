import { constants } from 'node:fs';
import { lstat, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { renameOver, syncFolder, writeFileAtomic } from '../base/files.ts';
import type { Digest } from './digest.ts';

/** What has to be known of a half-fetched file to go on with it: the sidecar's content. */
export interface PartInfo {
  /** Which render this is; the remains of another one are of no use. */
  readonly key: string;
  /** A strong validator (`ETag` or `Last-Modified`), where the server gave one. */
  readonly validator?: string;
  readonly total?: number;
  readonly digest?: Digest;
}

/** Bytes are gathered to about this many before they go to disk. */
const gatherBytes = 1024 * 1024;

/**
 * A clip on its way: `<file>.part`, with what is known about it in `<file>.part.json`. The file's
 * own length says how much is here, so that a crash at any moment leaves something to go on with.
 */
export class PartFile {
  readonly path: string;
  private readonly file: string;
  private readonly handle: FileHandle;
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;
  private written: number;
  private known: PartInfo;

  private constructor(file: string, handle: FileHandle, written: number, info: PartInfo) {
    this.file = file;
    this.path = partOf(file);
    this.handle = handle;
    this.written = written;
    this.known = info;
  }

  /** Open what there is of this render, or begin anew. */
  static async open(file: string, key: string): Promise<PartFile> {
    const part = partOf(file);
    const info = await readInfo(file);
    const existing = await lstat(part).catch(() => undefined);
    if (existing !== undefined && !existing.isFile()) {
      await rm(part, { recursive: true, force: true });
    }
    // Never through a link that somebody put there meanwhile.
    const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;
    const handle = await open(part, constants.O_RDWR | constants.O_CREAT | noFollow, 0o644);
    try {
      const { size } = await handle.stat();
      const resumable = info?.key === key && info.validator !== undefined;
      const opened = new PartFile(file, handle, resumable ? size : 0, resumable ? info : { key });
      if (!resumable && size > 0) await handle.truncate(0);
      return opened;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get info(): PartInfo {
    return this.known;
  }

  /** Bytes that are here, on disk or about to be. */
  get bytes(): number {
    return this.written + this.pendingBytes;
  }

  /** Begin anew with what the server now says. On disk before the first byte is. */
  async restart(info: PartInfo): Promise<void> {
    this.pending = [];
    this.pendingBytes = 0;
    this.written = 0;
    await this.handle.truncate(0);
    this.known = info;
    await writeFileAtomic(sidecarOf(this.file), JSON.stringify(info));
  }

  async append(chunk: Uint8Array): Promise<void> {
    this.pending.push(chunk);
    this.pendingBytes += chunk.length;
    if (this.pendingBytes >= gatherBytes) await this.flush();
  }

  async flush(): Promise<void> {
    const bytes = this.pending.length === 1 ? this.pending[0] : Buffer.concat(this.pending);
    this.pending = [];
    this.pendingBytes = 0;
    if (bytes === undefined) return;
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.handle.write(
        bytes,
        done,
        bytes.length - done,
        this.written,
      );
      done += bytesWritten;
      this.written += bytesWritten;
    }
  }

  /** Let go of the file; what is on disk stays for the next time. */
  async close(): Promise<void> {
    await this.handle.close();
  }

  async sync(): Promise<void> {
    await this.handle.sync();
  }
}

export function partOf(file: string): string {
  return `${file}.part`;
}

function sidecarOf(file: string): string {
  return `${file}.part.json`;
}

/** Put the whole, verified part in its final place, over an older clip if there is one. */
export async function promotePart(file: string): Promise<void> {
  await renameOver(partOf(file), file);
  await syncFolder(path.dirname(file));
  await rm(sidecarOf(file), { force: true });
}

/** Forget what has been fetched. */
export async function discardPart(file: string): Promise<void> {
  await rm(partOf(file), { force: true });
  await rm(sidecarOf(file), { force: true });
}

/** Forget what has been fetched of one render, unless the place now belongs to another. */
export async function discardPartOf(file: string, key: string): Promise<void> {
  if ((await readInfo(file))?.key === key) await discardPart(file);
}

async function readInfo(file: string): Promise<PartInfo | undefined> {
  try {
    const value = JSON.parse(await readFile(sidecarOf(file), 'utf8')) as unknown;
    if (typeof value !== 'object' || value === null) return undefined;
    const { key, validator, total } = value as Record<string, unknown>;
    const fits =
      typeof key === 'string' &&
      (validator === undefined || typeof validator === 'string') &&
      (total === undefined || typeof total === 'number');
    return fits ? (value as PartInfo) : undefined;
  } catch {
    return undefined;
  }
}
