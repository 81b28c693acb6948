import { execFile } from 'node:child_process';
import { findFfmpeg } from './ffmpeg.ts';
import { fromFile } from './run-ffmpeg.ts';

/** A frame takes well under a second; a hanging program must not hold up the other clips. */
const patienceMs = 15_000;

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

function grab(
  program: string,
  clip: string,
  second: string,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const input = ['-nostdin', '-v', 'error', '-ss', second, ...fromFile(clip)];
  const frame = ['-frames:v', '1', '-q:v', '3', '-f', 'image2pipe', '-c:v', 'mjpeg', 'pipe:1'];
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...input, ...frame],
      { encoding: 'buffer', maxBuffer: maxBytes, timeout: patienceMs, signal, windowsHide: true },
      (error, output) => {
        if (error) reject(new Error(error.message, { cause: error }));
        else resolve(output.byteLength > 0 ? output : undefined);
      },
    );
  });
}
