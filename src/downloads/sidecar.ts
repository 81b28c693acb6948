import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { uptime } from 'node:os';
import { defined } from '../base/defined.ts';
import type { Enclosure } from '../base/enclosure/enclosure.ts';
import { orClose } from '../base/enclosure/regular-file.ts';
import { syncFile } from '../base/sync.ts';
import { type Digest, isDigest } from './digest.ts';
import type { ByteRange } from './byte-ranges.ts';

/** What has to be known of a file to go on with a part of it. */
export interface PartInfo {
  /** Which render this is; the remains of another one are of no use. */
  readonly key: string;
  /** A strong validator (`ETag` or `Last-Modified`), where the server gave one. */
  readonly validator?: string;
  readonly total?: number;
  readonly digest?: Digest;
}

/**
 * The content of `<clip>.part.json`: a first line with what is known of the file, and from then on a
 * line for every stretch that has come.
 */
export interface Sidecar extends PartInfo {
  /** What of the file is in the part, in any order. */
  readonly done: readonly ByteRange[];
  /**
   * When the machine that wrote this was started, in seconds since the epoch. Absent where all of
   * `done` had reached the disk itself before; else it is only good until the machine goes down.
   */
  readonly boot?: number;
}

/** What a sidecar says of the file itself. */
export function infoOf({ key, validator, total, digest }: Sidecar): PartInfo {
  return {
    key,
    ...defined({ validator, total, digest }),
  };
}

/** Reckoned start times of one run of a machine may differ by this much, in seconds. */
const bootTolerance = 30;

/** When this machine was started, in seconds since the epoch; absent where it does not tell. */
export function bootTime(): number | undefined {
  try {
    return Math.round(Date.now() / 1000 - uptime());
  } catch {
    return undefined;
  }
}

export function sidecarOf(file: string): string {
  return `${file}.part.json`;
}

/** No sidecar of ours is larger, in bytes: a million stretches. */
const mostBytes = 32 * 1024 * 1024;

/** The sidecar of a clip, if there is one that can be read and believed. */
export async function readSidecar(inside: Enclosure, file: string): Promise<Sidecar | undefined> {
  const sidecar = await read(inside, file);
  return sidecar !== undefined && isOfThisRun(sidecar) ? sidecar : undefined;
}

/** Which render left a sidecar, whether or not what it says of the part can be believed. */
export async function keyOf(inside: Enclosure, file: string): Promise<string | undefined> {
  return (await read(inside, file))?.key;
}

async function read(inside: Enclosure, file: string): Promise<Sidecar | undefined> {
  const content = await inside.read(sidecarOf(file), mostBytes);
  if (content === undefined) return undefined;
  try {
    // What stands after the last line's end was being written when the process died.
    const [first = '', ...lines] = content.toString('utf8').split('\n').slice(0, -1);
    const sidecar: unknown = { ...(JSON.parse(first) as object), done: lines.map(rangeIn) };
    return isSidecar(sidecar) ? sidecar : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Write the sidecar anew in one step, so that a killed process leaves the old one or the new one.
 *
 * @param durable also wait until it has reached the disk; for what must outlive the machine's run
 * @returns it, open for adding to
 */
export async function writeSidecar(
  inside: Enclosure,
  file: string,
  { done, ...known }: Sidecar,
  durable: boolean,
): Promise<FileHandle> {
  const place = sidecarOf(file);
  const temporary = `${place}.tmp`;
  const handle = await inside.createAnew(temporary, constants.O_APPEND);
  return await orClose(handle, async () => {
    await handle.writeFile(`${JSON.stringify(known)}\n${done.map(lineOf).join('')}`);
    if (durable) await syncFile(handle);
    await inside.move(temporary, place);
  });
}

/** The line that is added to a sidecar when a stretch has come. */
export function lineOf([from, to]: ByteRange): string {
  return `${from}-${to}\n`;
}

function rangeIn(line: string): ByteRange | undefined {
  const found = /^(\d{1,15})-(\d{1,15})$/.exec(line);
  return found === null ? undefined : [Number(found[1]), Number(found[2])];
}

export async function removeSidecar(inside: Enclosure, file: string): Promise<void> {
  await inside.remove(sidecarOf(file));
  await inside.remove(`${sidecarOf(file)}.tmp`);
}

function isSidecar(value: unknown): value is Sidecar {
  if (typeof value !== 'object' || value === null) return false;
  const { key, validator, total, done, boot, digest } = value as Record<string, unknown>;
  return (
    typeof key === 'string' &&
    (validator === undefined || typeof validator === 'string') &&
    (total === undefined || isCount(total)) &&
    (boot === undefined || typeof boot === 'number') &&
    (digest === undefined || isDigest(digest)) &&
    Array.isArray(done) &&
    done.every((range) => range !== undefined)
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isOfThisRun({ boot }: Sidecar): boolean {
  const now = bootTime();
  return boot === undefined || (now !== undefined && Math.abs(now - boot) <= bootTolerance);
}
