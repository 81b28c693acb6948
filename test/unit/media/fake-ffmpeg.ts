import { spawnSync } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A program that stands in for ffmpeg, everywhere but on Windows, which runs no scripts by
 * themselves. Its body is a CommonJS module; `args` are its arguments, `output` is the file that it
 * is to make, and `say(seconds)` tells its progress.
 */
export async function fakeFfmpeg(folder: string, body: string): Promise<string> {
  const program = path.join(folder, 'ffmpeg');
  await writeFile(
    program,
    `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
if (args.includes('-encoders')) {
  console.log(' V....D libx264              libx264 H.264 (codec h264)');
  process.exit(0);
}
const output = (args.at(-1) ?? '').replace(/^file:/, '');
const say = (seconds) => fs.writeSync(1, 'frame=1\\nout_time_us=' + Math.round(seconds * 1e6) + '\\nprogress=continue\\n');
${body}`,
  );
  await chmod(program, 0o755);
  return program;
}

/** The machine's own ffmpeg, if it has one; tests that need it say so and are skipped without. */
export const hasFfmpeg = ['ffmpeg', 'ffprobe'].every(
  (program) => spawnSync(program, ['-version'], { windowsHide: true }).status === 0,
);

/** Runs the machine's ffmpeg and fails with its words. */
export function ffmpeg(...args: readonly string[]): string {
  const run = spawnSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], {
    encoding: 'utf8',
    windowsHide: true,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stderr;
}
