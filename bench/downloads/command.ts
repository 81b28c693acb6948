import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Figures } from './figures.ts';

export interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly stdin?: string;
}

/**
 * Bash tells the time of a command and all its children to the millisecond, by the kernel's own
 * account of a process that has ended; nothing has to be sampled. `$1` is where it writes that.
 */
const timed = `report=$1; shift; TIMEFORMAT='%3R %3U %3S'; exec 3>&2; { time "$@" 2>&3; } 2>"$report"`;

/** Whether commands can be measured here, and by what. */
export interface Stopwatch {
  /** The GNU `time`, which also tells the memory. */
  readonly gnuTime: string | undefined;
}

export function findStopwatch(): Stopwatch | undefined {
  if (!has('bash')) return undefined;
  // Where there is no such program, nothing is told at all.
  const { output } = spawnSync('/usr/bin/time', ['--version'], { encoding: 'utf8' });
  const gnu = String(output).includes('GNU');
  return { gnuTime: gnu ? '/usr/bin/time' : undefined };
}

/** Whether this machine has a program of that name. */
export function has(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/**
 * Run a command to its end.
 *
 * @param scratch the beginning of the names of files that are written meanwhile
 * @throws Error when it fails, with what it said
 */
export async function measureCommand(
  { gnuTime }: Stopwatch,
  { name, args, stdin = '' }: Command,
  scratch: string,
): Promise<Figures> {
  const times = `${scratch}.times`;
  const memory = `${scratch}.memory`;
  const remembered = gnuTime === undefined ? [] : [gnuTime, '-f', '%M', '-o', memory];
  const child = spawn('bash', ['-c', timed, 'bash', times, ...remembered, name, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const said = text(child.stderr);
  child.stdin.end(stdin);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${name} failed (${code ?? 'killed'}):\n${await said}`);
  try {
    const [seconds, user, system] = (await readFile(times, 'utf8')).trim().split(' ').map(Number);
    const peak = gnuTime === undefined ? undefined : await kilobytes(memory);
    return {
      seconds: seconds ?? Number.NaN,
      cpuSeconds: (user ?? Number.NaN) + (system ?? Number.NaN),
      ...(peak === undefined ? {} : { peak, aboveIdle: peak }),
    };
  } finally {
    await Promise.all([times, memory].map((file) => rm(file, { force: true })));
  }
}

async function kilobytes(file: string): Promise<number> {
  return Number((await readFile(file, 'utf8')).trim()) * 1024;
}
