import { print } from '../figures.ts';
import type { Adapted } from './capacity.ts';
import { middle, speedUp as speedUpOf } from './cells.ts';
import type { Cell } from './cells.ts';
import type { CpuFigures } from './cpu.ts';
import { moments, offBy } from './estimates.ts';
import type { EstimateRun } from './estimates.ts';
import type { MemoryFigures } from './memory.ts';
import { boundRatio, reached } from './targets.ts';
import type { Target } from './targets.ts';

export function printCells(heading: string, cells: readonly Cell[]): void {
  print(
    heading,
    cells.map((cell) => {
      const gaps = cell.runs.flatMap((run) => run.gaps);
      return {
        scenes: cell.conditions.scenes,
        σ: cell.conditions.sigma,
        pace: `${cell.way.name}${cell.conditions.continuations ? '' : ', nothing continues'}`,
        'wall s': middle(cell, ({ ms }) => ms / 1000),
        '× one by one': speedUpOf(cell),
        expected: middle(cell, ({ workMs, expectedMs }) => workMs / expectedMs),
        'of the bound': middle(cell, boundRatio),
        'expected ': middle(cell, ({ expectedBoundRatio }) => expectedBoundRatio),
        'unseen, mean': gaps.reduce((total, gap) => total + gap, 0) / gaps.length,
        'unseen, most': Math.max(...gaps),
        requests: middle(cell, ({ seen }) => seen.requests),
      };
    }),
  );
}

export function printAdapted(heading: string, adapted: readonly Adapted[]): void {
  print(
    heading,
    adapted.map(({ limit, best, autoMs, bestMs, ratio, speedUp, refused }) => ({
      'hidden limit': limit,
      'auto s': autoMs / 1000,
      '× one by one': speedUp,
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
  const all = targets.map((target) => ({ target, ok: reached(target, target.measured) }));
  print(
    'To reach',
    all.map(({ target, ok }) => ({
      what: target.name,
      wanted: wanted(target),
      measured: target.measured,
      'at 1:20': target.gentle ?? '',
      expected: target.expected ?? '',
      verdict: wanted(target) === '' ? '' : ok ? 'reached' : missed(target),
    })),
  );
  return all.every(({ ok }) => ok);
}

function wanted({ atLeast, atMost }: Target): string {
  if (atLeast !== undefined) return `≥ ${atLeast}`;
  return atMost === undefined ? '' : `≤ ${atMost}`;
}

/** A target that only this process's own weight at a hurried pace stands in the way of says so. */
function missed(target: Target): string {
  return target.gentle !== undefined && reached(target, target.gentle) ? 'only at 1:20' : 'MISSED';
}
