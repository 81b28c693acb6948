import { print } from '../figures.ts';
import type { Adapted } from './capacity.ts';
import { middle, ratio, secondRequests } from './cells.ts';
import type { Cell } from './cells.ts';
import type { CpuFigures } from './cpu.ts';
import { moments, offBy } from './estimates.ts';
import type { EstimateRun } from './estimates.ts';
import type { MemoryFigures } from './memory.ts';
import { ofBound, reached } from './targets.ts';
import type { Target } from './targets.ts';
import { reference } from './ways.ts';

export function printCells(heading: string, cells: readonly Cell[]): void {
  print(
    heading,
    cells.map((cell) => {
      const gaps = cell.runs.flatMap((run) => run.gaps);
      const beside = cells.find((other) => isReferenceOf(other, cell));
      const isOurs = cell.way.write === undefined;
      return {
        scenes: cell.conditions.scenes,
        σ: cell.conditions.sigma,
        pace: `${cell.way.name}${cell.conditions.continuations ? '' : ', nothing continues'}`,
        'first scene s': middle(cell, ({ firstSceneMs }) => firstSceneMs / 1000),
        'first batch s': middle(cell, ({ firstBatchMs }) => firstBatchMs / 1000),
        'all s': middle(cell, ({ ms }) => ms / 1000),
        'of the reference': beside === undefined ? '' : ratio(cell, beside),
        'the bound, of it': isOurs ? middle(cell, ofBound) : '',
        'unseen, mean': gaps.reduce((total, gap) => total + gap, 0) / gaps.length,
        'unseen, most': Math.max(...gaps),
        requests: middle(cell, ({ seen }) => seen.requests),
        'second %': secondRequests(cell),
      };
    }),
  );
}

function isReferenceOf({ way, conditions }: Cell, cell: Cell): boolean {
  return (
    way.name === reference.name &&
    conditions.scenes === cell.conditions.scenes &&
    conditions.sigma === cell.conditions.sigma
  );
}

export function printAdapted(heading: string, adapted: readonly Adapted[]): void {
  print(
    heading,
    adapted.map(({ limit, best, autoMs, bestMs, ratio, refused }) => ({
      'hidden limit': limit,
      'auto s': autoMs / 1000,
      best,
      'best s': bestMs / 1000,
      ratio,
      'answers 429, most': refused,
    })),
  );
}

export function printEstimates(
  heading: string,
  estimates: ReadonlyMap<string, readonly EstimateRun[]>,
): void {
  print(
    heading,
    [...estimates].flatMap(([name, runs]) =>
      moments.map((moment, i) => {
        const total = offBy(runs.map((run) => run.total[i] ?? Number.NaN));
        const rest = offBy(runs.map((run) => run.rest[i] ?? Number.NaN));
        return {
          pace: name,
          'after %': 100 * moment,
          'total off by %': 100 * total.middle,
          '9 of 10 within %': 100 * total.most,
          'rest off by %': 100 * rest.middle,
          '9 of 10 within % ': 100 * rest.most,
        };
      }),
    ),
  );
}

export function printOverhead(cpu: CpuFigures, memory: readonly MemoryFigures[]): void {
  print('CPU time of this process, ms a scene', [
    {
      'a whole run': cpu.ours,
      'the first run of a process': cpu.first,
      'bare requests': cpu.bare,
      'our own': cpu.ours - cpu.bare,
    },
  ]);
  print(
    'Memory, planned at 20',
    memory.map(({ scenes, heap, text }) => ({
      scenes,
      'living heap MB, most': heap / 1e6,
      'text MB': text / 1e6,
    })),
  );
}

/** @returns whether every target is reached */
export function printTargets(targets: readonly Target[]): boolean {
  print(
    'To reach',
    targets.map((target) => ({
      what: target.name,
      wanted: target.atLeast === undefined ? `≤ ${target.atMost ?? ''}` : `≥ ${target.atLeast}`,
      measured: target.measured,
      expected: target.expected ?? '',
      verdict: reached(target) ? 'reached' : 'MISSED',
    })),
  );
  return targets.every(reached);
}
