import { print } from '../figures.ts';
import { caseName, idealSeconds, megabyte } from './cases.ts';
import type { Case } from './cases.ts';
import type { Delay, Figures } from './figures.ts';
import { aria2Single } from './peers.ts';
import type { Result } from './rounds.ts';
import { cpuPerGigabyte, product, reached } from './targets.ts';
import type { Tail, Target } from './targets.ts';

/**
 * One case: everybody's figures, and what they are of aria2's.
 *
 * @param onDisk whether the clips went to a real disk
 */
export function printCase(what: Case, results: readonly Result[], onDisk: boolean): void {
  const aria = results.find(({ contender }) => contender === aria2Single);
  print(
    `${caseName(what)}${onDisk ? ', on the disk' : ''}`,
    results.map((result) => ({
      who: result.contender,
      'wall s': result.seconds,
      ...(onDisk ? { 'safe s': result.durable ?? result.seconds } : {}),
      ...(what.line === 'capped' ? { 'of the ideal': result.seconds / idealSeconds(what) } : {}),
      'CPU s/GB': cpuPerGigabyte(result, what),
      ...memory(result),
      ...delays(result.delay),
      'wall of aria2': aria === undefined ? '' : result.seconds / aria.seconds,
      'CPU of aria2': aria === undefined ? '' : result.cpuSeconds / aria.cpuSeconds,
    })),
  );
}

function memory({ peak, aboveIdle }: Figures): Record<string, number | string> {
  return {
    'peak MB': peak === undefined ? '' : peak / megabyte,
    'above idle': aboveIdle === undefined ? '' : aboveIdle / megabyte,
  };
}

function delays(delay: Delay | undefined): Record<string, number | string> {
  return {
    'delay p50 ms': delay?.p50 ?? '',
    'p99 ms': delay?.p99 ?? '',
    'max ms': delay?.max ?? '',
  };
}

export function printMemory(rows: ReadonlyMap<string, Figures>): void {
  print(
    'Memory, one file at a time',
    [...rows].map(([what, figures]) => ({ what, ...memory(figures) })),
  );
}

export function printDelays(rows: ReadonlyMap<string, Figures>): void {
  print(
    "Delay of the host thread's event loop",
    [...rows].map(([what, figures]) => ({ what, ...delays(figures.delay) })),
  );
}

export function printTails(heading: string, tails: readonly Tail[]): void {
  print(
    heading,
    tails.map(({ ours, groups, bound, groupsBound }) => ({
      [`${product}, s`]: ours,
      'groups of five, s': groups,
      'lower bound, s': bound,
      'groups at best, s': groupsBound,
      'of the bound': ours / bound,
      'times as fast': groups / ours,
    })),
  );
}

/** @returns whether every target that could be measured is reached */
export function printTargets(targets: readonly Target[]): boolean {
  print(
    'To reach',
    targets.map((target) => ({
      what: target.name,
      wanted: target.atLeast === undefined ? `≤ ${target.atMost ?? ''}` : `≥ ${target.atLeast}`,
      // Finer than elsewhere, lest a target look reached that is missed by a hair.
      measured: target.measured?.toFixed(3) ?? 'not here',
      verdict: { true: 'reached', false: 'MISSED', undefined: '' }[String(reached(target))],
    })),
  );
  return targets.every((target) => reached(target) !== false);
}
