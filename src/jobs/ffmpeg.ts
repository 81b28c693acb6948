import { execFile } from 'node:child_process';

/** A frame takes well under a second; a hanging program must not hold up the other clips. */
const patienceMs = 15_000;

/** No poster is larger, in bytes. */
const maxBytes = 16 * 1024 * 1024;

/**
 * A frame from about the first second of a clip as JPEG, by ffmpeg.
 *
 * @param command path of the program; empty: `ffmpeg` from PATH.
 * @returns undefined when there is no such program.
 * @throws Error when it is there and fails.
 */
export async function grabFrame(
  command: string,
  clip: string,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  // Seeking past the end of a shorter clip gives no picture; then its first frame has to do.
  return (await run(command, clip, '1', signal)) ?? (await run(command, clip, '0', signal));
}

function run(
  command: string,
  clip: string,
  second: string,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const program = command.trim() === '' ? 'ffmpeg' : command.trim();
  const input = ['-nostdin', '-v', 'error', '-ss', second, '-i', clip];
  const frame = ['-frames:v', '1', '-q:v', '3', '-f', 'image2pipe', '-c:v', 'mjpeg', 'pipe:1'];
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...input, ...frame],
      { encoding: 'buffer', maxBuffer: maxBytes, timeout: patienceMs, signal, windowsHide: true },
      (error, output) => {
        if (!error) resolve(output.byteLength > 0 ? output : undefined);
        else if (error.code === 'ENOENT') resolve(undefined);
        else reject(new Error(error.message, { cause: error }));
      },
    );
  });
}
