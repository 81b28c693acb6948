import type { Adapted } from './capacity.ts';
import { faster, fasterInAll, find, middle, speedUp } from './cells.ts';
import type { Cell, Measured } from './cells.ts';
import type { CpuFigures } from './cpu.ts';
import type { Off } from './estimates.ts';
import type { MemoryFigures } from './memory.ts';
import { batches, planned, sliding } from './ways.ts';

/** What is to be reached, and what was. */
export interface Target {
  readonly name: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly measured: number;
  /** The same with time less hurried, where this process weighs less than the model. */
  readonly gentle?: number;
  /** The same with nothing but the waiting for the model. */
  readonly expected?: number;
}

export function reached({ atLeast, atMost }: Target, value: number): boolean {
  return value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
}

/** Where the targets are measured. */
export const targetConditions = { scenes: 75, sigma: 0.5 } as const;

export function paceTargets(cells: readonly Cell[], fast: number, gentle: number): Target[] {
  const conditions = (scale: number, continuations: boolean): Partial<Cell['conditions']> => ({
    ...targetConditions,
    scale,
    continuations,
  });
  const both = (
    of: (scale: number) => number,
    expected: number,
  ): Pick<Target, 'measured' | 'gentle' | 'expected'> => ({
    measured: of(fast),
    gentle: of(gentle),
    expected,
  });
  const ofBound = (cell: Cell): number => middle(cell, boundRatio);
  const expectedOfBound = (cell: Cell): number => middle(cell, (run) => run.expectedBoundRatio);
  const slow = find(cells, batches, conditions(fast, true));
  const slide = find(cells, sliding, conditions(fast, true));
  return [
    {
      name: 'sliding at 5, times as fast as batches of 5',
      atLeast: 1.5,
      ...both(
        (scale) =>
          faster(
            find(cells, sliding, conditions(scale, true)),
            find(cells, batches, conditions(scale, true)),
          ),
        faster(slide, slow, ({ expectedMs }) => expectedMs),
      ),
    },
    {
      name: 'sliding at 5, of its lower bound',
      atMost: 1.1,
      ...both(
        (scale) => ofBound(find(cells, sliding, conditions(scale, true))),
        expectedOfBound(slide),
      ),
    },
    ...[10, 20, 40].map((atOnce) => ({
      name: `planned at ${atOnce}, of its lower bound`,
      atMost: 1.2,
      ...both(
        (scale) => ofBound(find(cells, planned(atOnce), conditions(scale, true))),
        expectedOfBound(find(cells, planned(atOnce), conditions(fast, true))),
      ),
    })),
    ...[20, 40].flatMap((atOnce) =>
      [false, true].map((continuations) => ({
        name: `planned at ${atOnce}, times one by one${continuations ? '' : ', nothing continues'}`,
        // With continuations the longest chain of them is the limit, whatever the schedule.
        ...(continuations ? {} : { atLeast: atOnce === 20 ? 11 : 15 }),
        ...both(
          (scale) => speedUp(find(cells, planned(atOnce), conditions(scale, continuations))),
          middle(
            find(cells, planned(atOnce), conditions(fast, continuations)),
            ({ workMs, expectedMs }) => workMs / expectedMs,
          ),
        ),
      })),
    ),
  ];
}

/** Where second requests are measured: with the longest tail of latencies. */
export const hedgingConditions = { ...targetConditions, sigma: 0.8 } as const;

export function hedgingTargets(cells: readonly Cell[], fast: number, gentle: number): Target[] {
  const at = (scale: number): { hedged: Cell; alone: Cell } => ({
    hedged: find(cells, planned(20, true), { ...hedgingConditions, scale }),
    alone: find(cells, planned(20), { ...hedgingConditions, scale }),
  });
  const gained = (scale: number, of?: (run: Measured) => number): number => {
    const { hedged, alone } = at(scale);
    return fasterInAll(hedged, alone, of);
  };
  const more = (scale: number, of: (run: Measured) => number): number => {
    const { hedged, alone } = at(scale);
    return 100 * (fasterInAll(alone, hedged, of) - 1);
  };
  return [
    {
      name: 'hedging at 20, σ 0.8, times as fast as without',
      atLeast: 1.15,
      measured: gained(fast),
      gentle: gained(gentle),
      expected: gained(fast, ({ expectedMs }) => expectedMs),
    },
    {
      name: 'hedging at 20, σ 0.8, more calls in %',
      atMost: 6,
      measured: more(fast, ({ seen }) => seen.scenes),
      gentle: more(gentle, ({ seen }) => seen.scenes),
      expected: more(fast, ({ expectedRequests }) => expectedRequests),
    },
  ];
}

export function capacityTargets(adapted: readonly Adapted[]): Target[] {
  return adapted.flatMap(({ limit, best, ratio, refused }) => [
    {
      name: `auto, limit ${limit}: of ${best}`,
      atMost: best === 'oracle' ? 1.15 : 1.1,
      measured: ratio,
    },
    ...(best === 'oracle'
      ? []
      : [{ name: `auto, limit ${limit}: answers 429`, atMost: 59, measured: refused }]),
  ]);
}

/** So many bytes may a byte of text take: as a value, and as what it is found and recognised by. */
const bytesOfText = 8;

export function overheadTargets(cpu: CpuFigures, memory: readonly MemoryFigures[]): Target[] {
  const [few, many] = memory;
  const grown = (of: 'heap' | 'text'): number => (many?.[of] ?? NaN) - (few?.[of] ?? NaN);
  return [
    { name: 'CPU ms a scene, all but bare requests', atMost: 5, measured: cpu.ours - cpu.bare },
    {
      name: 'memory that 450 scenes take more than 22, bytes a byte of text',
      atMost: bytesOfText,
      measured: grown('heap') / grown('text'),
    },
  ];
}

export function estimateTargets(offs: ReadonlyMap<string, Off>): Target[] {
  return [...offs].map(([name, { middle }]) => ({
    name: `remaining time, ${name}: the total is off by %`,
    atMost: 20,
    measured: 100 * middle,
  }));
}

export function boundRatio({ ms, boundMs }: Measured): number {
  return ms / boundMs;
}
