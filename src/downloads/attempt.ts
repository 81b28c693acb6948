import { constants } from 'node:fs';
import { copyFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { diskError } from '../base/disk-error.ts';
import { Enclosure } from '../base/enclosure/enclosure.ts';
import { openRegular } from '../base/enclosure/regular-file.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Fetcher } from '../net/fetcher.ts';
import { secretsOf } from '../net/request-secrets.ts';
import { saidIn, withWords } from '../net/service-words.ts';
import { videoInText } from '../studios/clip-in-text.ts';
import type { ClipOnTheWeb, ClipSource } from '../studios/port.ts';
import type { Bandwidth } from './bandwidth.ts';
import type { BufferPool } from './buffer-pool.ts';
import { PartFile, discardPart, partOf } from './part-file.ts';
import { fullDisk, tooLarge } from './size-errors.ts';
import { DiskSpaceWatch, diskSpaceIn, type DiskSpace } from './disk-space.ts';
import type { SegmentAdvice } from './segment-advice.ts';
import type { LowSpeed } from './low-speed-watch.ts';
import { Transfer } from './transfer.ts';
import { verifyVideo, type VerifiedVideo } from './verify-video.ts';

/** One try at bringing a clip to its part; plain data. */
export interface AttemptTask {
  /** Which render this is: what was fetched of another one is never mixed in. */
  readonly key: string;
  readonly source: ClipSource;
  /** The clip's final place, and the folder that it must really be in; absolute paths. */
  readonly file: string;
  readonly root: string;
  /** What its part is named after; see `parts.ts`. */
  readonly stem: string;
  readonly allowPrivate: boolean;
}

/** What attempts share. */
export interface AttemptTools {
  readonly fetcher: Fetcher;
  readonly adviceFor: (url: URL) => SegmentAdvice;
  readonly buffers: BufferPool;
  readonly bandwidth: Bandwidth;
  readonly idleMs: number;
  readonly firstByteMs: number;
  /** How long a server is silent until {@link AttemptNews.onWaiting} tells. */
  readonly toldAfterMs: number;
  readonly lowSpeed: LowSpeed;
  readonly segments: number;
  /** No clip may be larger, in bytes. */
  readonly largestBytes: number;
}

/** What is told of an attempt while it goes on. */
export interface AttemptNews {
  /** With every piece: bytes that are here, and in all where that is known. */
  readonly onBytes: (bytes: number, total: number | undefined) => void;
  /** The server has been silent for long since it was asked, and is waited for. */
  readonly onWaiting: () => void;
}

/**
 * Fetch what is missing of a clip and verify it. Resolves when the part beside its final place is a
 * whole clip.
 *
 * @throws ScenewrightError; what has arrived stays for the next attempt where that can go on with it
 */
export async function attempt(
  task: AttemptTask,
  tools: AttemptTools,
  news: AttemptNews,
  signal: AbortSignal,
): Promise<VerifiedVideo> {
  const { source, file, root } = task;
  const inside = new Enclosure(root);
  try {
    await inside.prepare(file);
    const space = await expectSpace(file, 0);
    let transfer: Transfer | undefined;
    if (source.kind === 'file') await copy(source.path, task, inside, tools.largestBytes);
    else if (source.kind === 'inside') await unpack(source.base64, task, inside, tools);
    else transfer = await fetchPart(task, source, space, tools, news, signal);
    return await verified(task, inside, transfer, signal);
  } catch (error) {
    throw diskError(error, file);
  }
}

async function verified(
  { file, stem, source }: AttemptTask,
  inside: Enclosure,
  transfer: Transfer | undefined,
  signal: AbortSignal,
): Promise<VerifiedVideo> {
  try {
    // Its folder may have become a link meanwhile.
    await inside.check(file);
    const video = await verifyVideo(partOf(stem), signal);
    await transfer?.verify();
    return video;
  } catch (error) {
    if (!(error instanceof ScenewrightError) || error.code !== 'bad-answer') throw error;
    const said = await saidInstead(partOf(stem), source);
    await discardPart(inside, stem);
    if (said === '') throw error;
    const { cause, retryable } = error;
    throw new ScenewrightError('bad-answer', withWords(error.message, said), { cause, retryable });
  }
}

/** The service's own words, where it has put them where the clip should be; empty where it has not. */
async function saidInstead(part: string, source: ClipSource): Promise<string> {
  if (source.kind !== 'http') return '';
  const handle = await openRegular(part);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(16 * 1024) });
    const text = buffer.toString('utf8', 0, bytesRead);
    if (!/^\s*[<{[]/.test(text)) return '';
    return saidIn(text, secretsOf(new URL(source.url), source.headers));
  } finally {
    await handle.close();
  }
}

async function fetchPart(
  { key, file, root, stem, allowPrivate }: AttemptTask,
  source: ClipOnTheWeb,
  space: DiskSpace | undefined,
  tools: AttemptTools,
  news: AttemptNews,
  signal: AbortSignal,
): Promise<Transfer> {
  const { largestBytes } = tools;
  const inside = new Enclosure(root);
  const part = await PartFile.open(inside, stem, key);
  const watch = new DiskSpaceWatch(path.dirname(file), space, part.bytes, ({ reserve }) => {
    transfer.stop(fullDisk(file, { reserve, missing: missingOf(part), kept: part.canGoOn }));
  });
  const transfer: Transfer = new Transfer({
    ...tools,
    source,
    allowPrivate,
    part,
    signal,
    onWaiting: news.onWaiting,
    onTotal: async (total) => {
      if (total > largestBytes) throw tooLarge(file, largestBytes, total);
      await expectSpace(file, total);
    },
    onBytes: (bytes, total) => {
      if (bytes > largestBytes) transfer.stop(tooLarge(file, largestBytes));
      else watch.note(bytes);
      news.onBytes(bytes, total);
    },
  });
  let useless = false;
  try {
    // The limit may have been another one when this was begun.
    if ((part.info.total ?? 0) > largestBytes) throw tooLarge(file, largestBytes, part.info.total);
    await transfer.run();
    return transfer;
  } catch (error) {
    // It has failed already; how well what came is kept must not hide why.
    if (signal.aborted) await part.keep().catch(() => undefined);
    useless = !part.canGoOn || (part.info.total ?? part.bytes) > largestBytes;
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
    throw fullDisk(file, { missing: missingOf(part), kept: !useless, cause: error });
  } finally {
    await part.close();
    // A disk must not stay full of what is no good to anybody.
    if (useless) await discardPart(inside, stem).catch(() => undefined);
  }
}

function missingOf(part: PartFile): number | undefined {
  return part.info.total === undefined ? undefined : part.info.total - part.bytes;
}

/** Find out before anything is fetched in vain. */
async function expectSpace(file: string, missing: number): Promise<DiskSpace | undefined> {
  const space = await diskSpaceIn(path.dirname(file));
  if (space === undefined || space.bytes >= missing) return space;
  throw fullDisk(file, { reserve: space.reserve, missing, kept: true });
}

/** Write down a clip that came inside of an answer. */
async function unpack(
  base64: string,
  { file, stem }: AttemptTask,
  inside: Enclosure,
  { largestBytes }: AttemptTools,
): Promise<void> {
  const bytes = videoInText(base64);
  if (bytes.length > largestBytes) throw tooLarge(file, largestBytes, bytes.length);
  await expectSpace(file, bytes.length);
  await discardPart(inside, stem);
  await writeFile(partOf(stem), bytes, { flag: 'wx' });
}

async function copy(
  from: string,
  { file, stem }: AttemptTask,
  inside: Enclosure,
  largestBytes: number,
): Promise<void> {
  try {
    const found = await stat(from);
    if (!found.isFile())
      throw new ScenewrightError(
        'disk',
        t('The rendered {0} is no file. Render the scene again.', from),
      );
    if (found.size > largestBytes) throw tooLarge(file, largestBytes, found.size);
    await expectSpace(file, found.size);
    await discardPart(inside, stem);
    await copyFile(from, partOf(stem), constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  } catch (error) {
    await discardPart(inside, stem).catch(() => undefined);
    const { code, path: missing } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || missing !== from) throw error;
    throw new ScenewrightError(
      'disk',
      t('The rendered file {0} is gone. Render the scene again.', from),
      { cause: error },
    );
  }
}
