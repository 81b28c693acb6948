import type { Adapted } from './capacity.ts';
import { fasterInAll, find, middle, ratio, ratios, secondRequests } from './cells.ts';
import type { Cell, Measured } from './cells.ts';
import type { CpuFigures } from './cpu.ts';
import type { Off } from './estimates.ts';
import type { MemoryFigures } from './memory.ts';
import { batches, planned, reference, sliding } from './ways.ts';

/** What is to be reached, and what was. */
export interface Target {
  readonly name: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly measured: number;
  /** The same with nothing but the waiting for the model. */
  readonly expected?: number;
}

export function reached({ atLeast, atMost, measured }: Target): boolean {
  return measured >= (atLeast ?? -Infinity) && measured <= (atMost ?? Infinity);
}

/** Where the targets are measured. */
export const targetConditions = { scenes: 75, sigma: 0.5 } as const;

/**
 * Every target is a ratio of runs of the same seeds, and the middle one of several seeds counts. Of
 * the first ten thousand these are among the nearest to what the reference was measured at (its first
 * batch and all of them, see `reference.ts`) and to the most ordinary scenes besides (all of them one
 * after the other, and in the longest chain). They stand for many runs.
 */
export const seeds = [143, 4714, 7650];

/** How soon a script is there, beside the reference with the same model. */
export function paceTargets(cells: readonly Cell[], scale: number): Target[] {
  const conditions = { ...targetConditions, scale, continuations: true };
  const others = find(cells, reference, conditions);
  const batch = find(cells, batches, conditions);
  const slide = find(cells, sliding, conditions);
  const ours = [slide, ...[20, 40].map((atOnce) => find(cells, planned(atOnce), conditions))];
  const [, twenty = slide, forty = slide] = ours;
  return [
    {
      name: 'first batch at 5, of the reference',
      atMost: 1,
      measured: ratio(slide, others, ({ firstBatchMs }) => firstBatchMs),
    },
    { name: 'all at 5, of the reference', atMost: 0.68, measured: ratio(slide, others) },
    { name: 'all, planned at 20, of the reference', atMost: 0.27, measured: ratio(twenty, others) },
    { name: 'all, planned at 40, of the reference', atMost: 0.2, measured: ratio(forty, others) },
    ...ours.map((cell) => ({
      name: `${cell.way.name}: the bound, of it`,
      atLeast: 0.9,
      measured: middle(cell, ofBound),
      expected: middle(cell, ({ boundMs, expectedMs }) => boundMs / Math.max(boundMs, expectedMs)),
    })),
    {
      name: 'sliding at 5, of batches of 5, the worst seed',
      atMost: 1,
      measured: Math.max(...ratios(slide, batch)),
    },
    {
      name: 'sliding at 5, earlier scenes unseen, at most',
      atMost: 4,
      measured: Math.max(...slide.runs.flatMap(({ gaps }) => gaps)),
    },
    {
      name: 'second requests for scenes, in %, the worst pace',
      atMost: 5,
      measured: Math.max(...[batch, ...ours].map(secondRequests)),
    },
  ];
}

/** Where second requests are measured: with the longest tail of latencies. */
export const hedgingConditions = { ...targetConditions, sigma: 0.8, slips: false } as const;

export function hedgingTargets(cells: readonly Cell[]): Target[] {
  const hedged = find(cells, planned(20, true), hedgingConditions);
  const alone = find(cells, planned(20), hedgingConditions);
  const more = (of: (run: Measured) => number): number =>
    100 * (fasterInAll(alone, hedged, of) - 1);
  return [
    {
      name: 'hedging at 20, σ 0.8, times as fast as without',
      atLeast: 1.15,
      measured: fasterInAll(hedged, alone),
      expected: fasterInAll(hedged, alone, ({ expectedMs }) => expectedMs),
    },
    {
      name: 'hedging at 20, σ 0.8, more calls in %',
      atMost: 6,
      measured: more(({ seen }) => seen.scenes),
      expected: more(({ expectedRequests }) => expectedRequests),
    },
  ];
}

export function capacityTargets(adapted: readonly Adapted[]): Target[] {
  return adapted.flatMap(({ limit, best, ratio, refused }) => [
    { name: `auto, limit ${limit}: of ${best}`, atMost: 1.1, measured: ratio },
    { name: `auto, limit ${limit}: answers 429`, atMost: 59, measured: refused },
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

/** How near a run comes to what is possible at all: 1 for as near as can be. */
export function ofBound({ ms, boundMs }: Measured): number {
  return boundMs / ms;
}
