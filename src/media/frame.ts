import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFfmpeg } from './ffmpeg.ts';
import { fromFile } from './run-ffmpeg.ts';
import { gridBytes, gridSide, type Edges } from './seam.ts';

/** A frame takes well under a second; a hanging program must not hold up the other clips. */
const patienceMs = 15_000;

/** Where a clip's pictures end long before its sound, all of them are looked through for the last. */
const longPatienceMs = 60_000;

/** No poster is larger, in bytes. */
const maxBytes = 16 * 1024 * 1024;

/**
 * A frame from about the first second of a clip as JPEG, by ffmpeg.
 *
 * @param ffmpegPath the setting, see {@link findFfmpeg}.
 * @returns undefined when there is no such program.
 * @throws Error when it is there and fails.
 */
export async function grabFrame(
  ffmpegPath: string,
  clip: string,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const program = await findFfmpeg(ffmpegPath);
  if (program === undefined) return undefined;
  // Seeking past the end of a shorter clip gives no picture; then its first frame has to do.
  return (await grab(program, clip, '1', signal)) ?? (await grab(program, clip, '0', signal));
}

/** What a clip begins and ends with. */
export interface EndFrames {
  /** Its last frame, as JPEG. */
  readonly last: Uint8Array;
  readonly edges: Edges;
}

/**
 * The two ends of a clip, by ffmpeg.
 *
 * @param ffmpegPath the setting, see {@link findFfmpeg}.
 * @returns undefined when there is no such program, or the clip has no pictures
 * @throws Error when it is there and fails.
 */
export async function grabEnds(
  ffmpegPath: string,
  clip: string,
  signal: AbortSignal,
): Promise<EndFrames | undefined> {
  const program = await findFfmpeg(ffmpegPath);
  if (program === undefined) return undefined;
  const end =
    (await grabEnd(program, clip, ['-sseof', '-1'], patienceMs, signal)) ??
    (await grabEnd(program, clip, [], longPatienceMs, signal));
  if (end === undefined) return undefined;
  const first = await run(
    program,
    [...quiet, ...fromFile(clip), '-an', '-frames:v', '1', ...asGrid],
    patienceMs,
    signal,
  );
  if (first.byteLength !== gridBytes) return undefined;
  return { last: end.last, edges: { first, last: end.grid } };
}

const quiet = ['-nostdin', '-v', 'error'];
/** Each cell the mean of what it covers. */
const asGrid = [
  ...['-vf', `scale=${gridSide}:${gridSide}:flags=area,format=rgb24`],
  ...['-f', 'rawvideo', 'pipe:1'],
];

/** Which frame is the last one is known only behind it: each is put over the one before. */
async function grabEnd(
  program: string,
  clip: string,
  from: readonly string[],
  timeout: number,
  signal: AbortSignal,
): Promise<{ readonly last: Uint8Array; readonly grid: Uint8Array } | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-frame-'));
  try {
    const file = path.join(folder, 'last.jpg');
    const picture = ['-update', '1', '-q:v', '2', '-c:v', 'mjpeg', '-f', 'image2', `file:${file}`];
    const grids = await run(
      program,
      [...quiet, '-y', ...from, ...fromFile(clip), '-an', ...picture, '-an', ...asGrid],
      timeout,
      signal,
    );
    if (grids.byteLength < gridBytes) return undefined;
    return { last: await readFile(file), grid: grids.subarray(-gridBytes) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function grab(
  program: string,
  clip: string,
  second: string,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const frame = ['-frames:v', '1', '-q:v', '3', '-f', 'image2pipe', '-c:v', 'mjpeg', 'pipe:1'];
  const output = await run(
    program,
    [...quiet, '-ss', second, ...fromFile(clip), ...frame],
    patienceMs,
    signal,
  );
  return output.byteLength > 0 ? output : undefined;
}

function run(
  program: string,
  args: readonly string[],
  timeout: number,
  signal: AbortSignal,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { encoding: 'buffer', maxBuffer: maxBytes, timeout, signal, windowsHide: true },
      (error, output) => {
        if (error) reject(new Error(error.message, { cause: error }));
        else resolve(output);
      },
    );
  });
}
