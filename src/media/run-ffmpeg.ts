import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { ScenewrightError, cancelledError, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';

export interface FfmpegRun {
  /** What the program is there for, such as `Enlarging scene-012.mp4`; begins its error messages. */
  readonly what: string;
  readonly signal?: AbortSignal;
  /** Called with the seconds of the output that are done, about twice a second. */
  readonly onSeconds?: (seconds: number) => void;
  /** `low`: work that nobody waits for. */
  readonly priority: 'below-normal' | 'low';
  /** A program that says nothing for so long hangs. In milliseconds; 2 minutes. */
  readonly stallMs?: number;
  /** What it reads from `pipe:0`, as fast as it takes it. */
  readonly input?: AsyncIterable<Uint8Array>;
}

/** The last of what ffmpeg complains about is the reason; more of it is not kept. In characters. */
const keptComplaint = 4000;

/** A killed program that another one holds on to is not waited for longer. In milliseconds. */
const farewellMs = 5000;

/**
 * A clip as input. `file:` keeps ffmpeg from taking any name for an option or an address, and the
 * two lists keep it from following a playlist that calls itself a clip.
 */
export function fromFile(clip: string): string[] {
  const lists = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', 'mov,matroska'];
  return [...lists, '-i', `file:${path.resolve(clip)}`];
}

/** An mp4 as output, whatever its name ends in. */
export function toMp4(file: string): string[] {
  return ['-movflags', '+faststart', '-f', 'mp4', `file:${path.resolve(file)}`];
}

/**
 * Run ffmpeg to its end, without a shell, and less urgently than the editor.
 *
 * @param program absolute path
 * @throws ScenewrightError `cancelled`, once the program is gone; `disk` where the disk was full;
 * `bad-answer` with ffmpeg's own last words.
 */
export async function runFfmpeg(
  program: string,
  args: readonly string[],
  run: FfmpegRun,
): Promise<void> {
  if (run.signal?.aborted) throw cancelledError(run.what);
  const general = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'];
  const child = spawn(program, [...general, '-progress', 'pipe:1', ...args], {
    stdio: [run.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // A process group of its own: a wrapper script is killed together with what it started.
    detached: process.platform !== 'win32',
  });
  const end = killer(child);
  const found = { stalled: false };
  const stall = setTimeout(() => {
    found.stalled = true;
    end();
  }, run.stallMs ?? 120_000);
  run.signal?.addEventListener('abort', end);
  try {
    lower(child, run.priority);
    const progress = new ProgressReader(run.onSeconds);
    child.stdout?.on('data', (bytes: Buffer) => {
      stall.refresh();
      progress.read(bytes);
    });
    let complaint = '';
    const words = new StringDecoder('utf8');
    child.stderr?.on('data', (bytes: Buffer) => {
      complaint = (complaint + words.write(bytes)).slice(-keptComplaint);
    });
    const feeding = feed(run.input, child, () => stall.refresh());
    // What it was to read cannot be had: what it makes of the rest is of no use.
    feeding.catch(end);
    const code = await ended(child);
    if (run.signal?.aborted) throw cancelledError(run.what);
    await feeding;
    if (found.stalled) throw failure(run.what, t('ffmpeg did not go on any more and was ended'));
    if (code !== 0) throw failure(run.what, complaint, code);
  } finally {
    clearTimeout(stall);
    run.signal?.removeEventListener('abort', end);
  }
}

/**
 * Give a program what it is to read.
 *
 * @throws what `input` throws; nothing where the program takes no more, which its end explains
 */
async function feed(
  input: AsyncIterable<Uint8Array> | undefined,
  { stdin }: ChildProcess,
  onChunk: () => void,
): Promise<void> {
  if (!input || !stdin) return;
  let failed: Error | undefined;
  const reader = input[Symbol.asyncIterator]();
  const next = async (): Promise<Uint8Array | undefined> => {
    try {
      const read: IteratorResult<Uint8Array, unknown> = await reader.next();
      return read.done === true ? undefined : read.value;
    } catch (error) {
      failed = error instanceof Error ? error : new Error(messageOf(error));
      throw failed;
    }
  };
  // What the pipe itself throws into it, when the program has ended, is no failure of the input.
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for (let chunk = await next(); chunk; chunk = await next()) {
        onChunk();
        yield chunk;
      }
    } finally {
      await reader.return?.();
    }
  };
  await pipeline(Readable.from(chunks()), stdin).catch(() => undefined);
  if (failed) throw failed;
}

/** What the program prints, for questions that it answers at once. */
export async function askFfmpeg(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, [...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
    timeout: 15_000,
    killSignal: 'SIGKILL',
  });
  const parts: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => parts.push(bytes));
  await ended(child);
  return Buffer.concat(parts).toString('utf8');
}

/** The exit code; null after a signal. */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(
        new ScenewrightError(
          'bad-input',
          t(
            'ffmpeg could not be started ({0}). See the setting scenewright.ffmpegPath.',
            error.message,
          ),
          { cause: error },
        ),
      );
    });
    child.once('close', resolve);
    child.once('exit', (code) => {
      // Something it started may keep its pipes open; what matters is that it is gone itself.
      setTimeout(() => {
        resolve(code);
      }, farewellMs).unref();
    });
  });
}

/** Ends it without asking it to end well: what it has made so far is thrown away. */
function killer(child: ChildProcess): () => void {
  return () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      if (process.platform === 'win32') child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  };
}

function lower({ pid }: ChildProcess, priority: FfmpegRun['priority']): void {
  if (pid === undefined) return;
  const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = os.constants.priority;
  try {
    os.setPriority(pid, priority === 'low' ? PRIORITY_LOW : PRIORITY_BELOW_NORMAL);
  } catch {
    // It may have ended already; and where priorities are not ours to set, it runs as it is.
  }
}

/** Reads the lines `key=value` of `-progress`. */
class ProgressReader {
  private readonly onSeconds: ((seconds: number) => void) | undefined;
  private rest = '';

  constructor(onSeconds: ((seconds: number) => void) | undefined) {
    this.onSeconds = onSeconds;
  }

  read(bytes: Buffer): void {
    const lines = (this.rest + bytes.toString('latin1')).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      // Before the first picture it is `N/A`, and for a moment it may be negative.
      const microseconds = /^out_time_us=(\d+)/.exec(line)?.[1];
      if (microseconds !== undefined) this.onSeconds?.(Number(microseconds) / 1e6);
    }
  }
}

function failure(what: string, complaint: string, code: number | null = null): ScenewrightError {
  if (/No space left on device|not enough space on the disk/i.test(complaint)) {
    return new ScenewrightError(
      'disk',
      t(
        '{0} failed: the disk is full. What was there before is kept. Make room, then try again.',
        what,
      ),
      { cause: new Error(complaint), retryable: true },
    );
  }
  const last = complaint.trim().split(/\r?\n/).slice(-2).join(' – ');
  const reason = last === '' ? t('ffmpeg ended with code {0}', code ?? 'unknown') : last;
  return new ScenewrightError(
    'bad-answer',
    t('{0} failed: {1}. What was there before is kept.', what, reason),
    complaint === '' ? {} : { cause: new Error(complaint) },
  );
}
