import { constants } from 'node:fs';
import { copyFile, statfs } from 'node:fs/promises';
import path from 'node:path';
import { ScenewrightError } from '../base/errors.ts';
import { diskError } from '../base/disk-error.ts';
import type { Fetcher } from '../net/fetcher.ts';
import type { ClipSource } from '../studios/port.ts';
import type { Bandwidth } from './bandwidth.ts';
import type { Buffers } from './buffers.ts';
import { prepareFolder } from './folder.ts';
import { PartFile, discardPart, partOf } from './part-file.ts';
import type { SegmentAdvice } from './segment-advice.ts';
import type { LowSpeed } from './slow-watch.ts';
import { Transfer } from './transfer.ts';
import { verifyVideo, type VerifiedVideo } from './verify.ts';

/** One try at bringing a clip to its part; plain data. */
export interface AttemptTask {
  /** Which render this is: what was fetched of another one is never mixed in. */
  readonly key: string;
  readonly source: ClipSource;
  /** The clip's final place, and the folder that it must really be in; absolute paths. */
  readonly file: string;
  readonly root: string;
  readonly allowPrivate: boolean;
}

/** What attempts share. */
export interface AttemptTools {
  readonly fetcher: Fetcher;
  readonly adviceFor: (url: URL) => SegmentAdvice;
  readonly buffers: Buffers;
  readonly bandwidth: Bandwidth;
  readonly idleMs: number;
  readonly lowSpeed: LowSpeed;
  readonly segments: number;
}

/**
 * Fetch what is missing of a clip and verify it. Resolves when the part beside its final place is a
 * whole clip.
 *
 * @param onBytes called with every piece: bytes that are here, and in all where that is known
 * @throws ScenewrightError; what has arrived stays for the next attempt, but for what is no clip
 */
export async function attempt(
  task: AttemptTask,
  tools: AttemptTools,
  onBytes: (bytes: number, total: number | undefined) => void,
  signal: AbortSignal,
): Promise<VerifiedVideo> {
  const { key, source, file, root } = task;
  try {
    await prepareFolder(file, root);
    const part = await PartFile.open(file, key);
    let transfer: Transfer | undefined;
    try {
      if (source.kind === 'file') await copy(source.path, file);
      else transfer = await fetchPart(task, source, tools, part, onBytes, signal);
    } finally {
      await part.close();
    }
    return await verified(file, transfer, signal);
  } catch (error) {
    throw diskError(error, file);
  }
}

async function verified(
  file: string,
  transfer: Transfer | undefined,
  signal: AbortSignal,
): Promise<VerifiedVideo> {
  try {
    const video = await verifyVideo(partOf(file), signal);
    await transfer?.verify();
    return video;
  } catch (error) {
    if (error instanceof ScenewrightError && error.code === 'bad-answer') await discardPart(file);
    throw error;
  }
}

async function fetchPart(
  { file, allowPrivate }: AttemptTask,
  source: Extract<ClipSource, { readonly kind: 'http' }>,
  tools: AttemptTools,
  part: PartFile,
  onBytes: (bytes: number, total: number | undefined) => void,
  signal: AbortSignal,
): Promise<Transfer> {
  const onTotal = (missing: number): Promise<void> => expectRoom(file, missing);
  const options = { ...tools, source, allowPrivate, part, signal, onTotal, onBytes };
  const transfer = new Transfer(options);
  try {
    await transfer.run();
    return transfer;
  } catch (error) {
    // It has failed already; how well what came is kept must not hide why.
    if (signal.aborted) await part.keep().catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw full(file, missingOf(part), error);
    throw error;
  }
}

function missingOf(part: PartFile): number | undefined {
  return part.info.total === undefined ? undefined : part.info.total - part.bytes;
}

/** Find out before anything is fetched in vain. */
async function expectRoom(file: string, missing: number): Promise<void> {
  let free: number;
  try {
    const { bavail, bsize } = await statfs(path.dirname(file));
    free = bavail * bsize;
  } catch {
    // Not every file system tells.
    return;
  }
  // Some tell nothing but zeros.
  if (free > 0 && free < missing) throw full(file, missing);
}

function full(file: string, missing: number | undefined, cause?: unknown): ScenewrightError {
  const need = missing === undefined ? '' : ` The clip needs ${megabytes(missing)} MB more.`;
  return new ScenewrightError(
    'disk',
    `The disk is full at ${file}.${need} Make room, then retry. What is here already is kept.`,
    { retryable: true, ...(cause === undefined ? {} : { cause }) },
  );
}

function megabytes(bytes: number): string {
  return (Math.ceil(bytes / 100_000) / 10).toFixed(1);
}

async function copy(from: string, file: string): Promise<void> {
  try {
    await copyFile(from, partOf(file), constants.COPYFILE_FICLONE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ScenewrightError(
      'disk',
      `The rendered file ${from} is gone. Render the scene again.`,
      { cause: error },
    );
  }
}
