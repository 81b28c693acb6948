import path from 'node:path';
import { atOnce } from './cases.ts';
import { findStopwatch, has, measureCommand } from './command.ts';
import type { Command, Stopwatch } from './command.ts';
import { clipName } from './contender.ts';
import type { Contender, Task } from './contender.ts';
import type { Served } from './server.ts';

export const aria2Single = 'aria2 -x1';
export const aria2Split = 'aria2 -x4';
const curl = 'curl';
export const copy = 'cp, the physical limit';

export interface Peers {
  readonly contenders: readonly Contender[];
  /** What cannot be compared with here, and why: sentences for the output. */
  readonly missing: readonly string[];
}

/** Everybody to compare with on this machine. */
export function findPeers(server: Served): Peers {
  const stopwatch = findStopwatch();
  if (stopwatch === undefined) {
    return { contenders: [], missing: ['There is no bash here, so that nobody else is measured.'] };
  }
  const contenders: Contender[] = [peer(copy, stopwatch, (task) => copying(task, server))];
  const missing: string[] = [];
  if (has('curl')) contenders.push(peer(curl, stopwatch, (task) => curling(task, server)));
  else missing.push('curl is not installed, so it is left out.');
  if (has('aria2c')) {
    for (const [name, connections] of [
      [aria2Single, 1],
      [aria2Split, 4],
    ] as const) {
      contenders.push(peer(name, stopwatch, (task) => aria(task, server, connections)));
    }
  } else {
    missing.push('aria2 is not installed, so it is left out, and with it every ratio to it.');
  }
  if (stopwatch.gnuTime === undefined) {
    missing.push('There is no GNU time here, so that the memory of the others is not told.');
  }
  return { contenders, missing };
}

function peer(name: string, stopwatch: Stopwatch, command: (task: Task) => Command): Contender {
  return { name, run: (task) => measureCommand(stopwatch, command(task), task.folder) };
}

/** Not by sharing blocks or leaving out holes: the bytes are to be written. */
function copying({ sizes, folder }: Task, { fileOf }: Served): Command {
  const pairs = sizes.flatMap((bytes, index) => [fileOf(bytes), target(folder, index)]);
  const shares = process.platform === 'linux' ? ['--reflink=never', '--sparse=never'] : [];
  return {
    name: 'xargs',
    args: ['-0', '-n', '2', '-P', String(atOnce), 'cp', ...shares],
    stdin: pairs.map((word) => `${word}\0`).join(''),
  };
}

/** Without `--parallel-immediate` it would first wait whether one connection can serve all. */
function curling({ addresses, folder }: Task, { trusted }: Served): Command {
  return {
    name: 'curl',
    args: [
      ...['--silent', '--show-error', '--fail', '--disable', '--noproxy', '*'],
      ...['--parallel', '--parallel-immediate', '--parallel-max', String(atOnce)],
      ...(trusted === undefined ? [] : ['--cacert', trusted]),
      ...addresses.flatMap((address, index) => ['--output', target(folder, index), address]),
    ],
  };
}

/**
 * Files are not allocated beforehand, which costs it nothing here and more in its default; and
 * they may be split as finely as it takes to use all connections.
 */
function aria({ addresses, folder }: Task, { trusted }: Served, connections: number): Command {
  return {
    name: 'aria2c',
    args: [
      ...['--no-conf', '--quiet', '--file-allocation=none', '--no-proxy=*', '--input-file=-'],
      ...['-j', String(atOnce), '-x', String(connections), '-s', String(connections), '-k', '1M'],
      ...['--dir', folder],
      ...(trusted === undefined ? [] : [`--ca-certificate=${trusted}`]),
    ],
    stdin: addresses.map((address, index) => `${address}\n out=${clipName(index)}\n`).join(''),
  };
}

function target(folder: string, index: number): string {
  return path.join(folder, clipName(index));
}
