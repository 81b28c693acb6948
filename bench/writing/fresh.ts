import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/**
 * What a script of this folder measures in a fresh process, where nothing else has been at work.
 *
 * @param file its name; it sends one message with what it has measured
 * @param args numbers for its command line
 */
export async function inFreshProcess<T>(file: string, ...args: readonly number[]): Promise<T> {
  const child = fork(path.join(import.meta.dirname, file), args.map(String), {
    execArgv: ['--expose-gc'],
  });
  const [measured] = (await once(child, 'message')) as [T];
  if (child.exitCode === null) await once(child, 'exit');
  return measured;
}
