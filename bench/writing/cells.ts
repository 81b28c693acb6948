import { median } from '../figures.ts';
import { firstBeatMs, lowerBound, sum } from './bounds.ts';
import type { Endpoint } from './endpoint.ts';
import { sceneMs } from './latency.ts';
import { measure } from './runs.ts';
import type { Run, Way } from './runs.ts';
import { loadOf, sideBySide } from './side-by-side.ts';
import { simulate } from './simulation.ts';
import { continuations } from './story.ts';
import type { Kind, EndpointConditions } from './endpoint-conditions.ts';

/** Runs of one way under one kind of conditions, one for each seed. */
export interface Cell {
  readonly way: Way;
  /** Without the seed. */
  readonly conditions: Kind;
  readonly runs: readonly Measured[];
}

/** A run beside what it is compared with, all in milliseconds of life. */
export interface Measured extends Run {
  readonly seed: number;
  readonly boundMs: number;
  /**
   * How long it would take with nothing but the waiting for scenes, all of which could be begun once
   * the first beat is there.
   */
  readonly expectedMs: number;
  /** How many requests for scenes it would make. */
  readonly expectedRequests: number;
}

export interface CellJob {
  readonly way: Way;
  readonly conditions: Kind;
  readonly seeds: readonly number[];
}

/** Do all these runs, those with few scenes in flight side by side. */
export async function runAll(endpoint: Endpoint, jobs: readonly CellJob[]): Promise<Cell[]> {
  const cells = jobs.map((job) => ({ ...job, runs: [] as Measured[] }));
  const open = cells.flatMap((cell) => cell.seeds.map((seed) => ({ seed, cell })));
  // What takes longest first, so that nothing long is left alone at the end.
  open.sort((a, b) => lengthOf(b.cell) - lengthOf(a.cell));
  await sideBySide(
    open,
    ({ cell }) => loadOf(cell.way, cell.conditions),
    async ({ seed, cell }) => {
      cell.runs.push(await measureBeside(endpoint, { ...cell.conditions, seed }, cell.way));
    },
  );
  for (const { runs } of cells) runs.sort((a, b) => a.seed - b.seed);
  return cells;
}

/** About how long a run takes, compared with others. */
function lengthOf({ way, conditions }: CellJob): number {
  const atOnce = way.batchSize === 'auto' ? conditions.scenes : way.batchSize;
  return conditions.scenes / atOnce / conditions.scale;
}

/** Measure one run, and work out what it is compared with. */
async function measureBeside(
  endpoint: Endpoint,
  conditions: EndpointConditions,
  way: Way,
): Promise<Measured> {
  const run = await measure(endpoint, conditions, way);
  const continues = continuations(conditions);
  const times = continues.map((_, i) => sceneMs(conditions, i + 1, 0));
  const batchSize = way.batchSize === 'auto' ? conditions.scenes : way.batchSize;
  const work = { planning: run.seen.planning, sceneMs: times, continues };
  const expected = simulate({
    pace: way.pace,
    batchSize,
    continues,
    planMs: firstBeatMs(work),
    sceneMs: (number, draw) => sceneMs(conditions, number, draw),
    hedge: way.hedge ?? false,
  });
  return {
    ...run,
    seed: conditions.seed,
    boundMs: lowerBound(work, way.pace, batchSize),
    expectedMs: expected.ms,
    expectedRequests: expected.requests,
  };
}

/** The middle of what a cell's runs give. */
export function middle(cell: Cell, of: (run: Measured) => number): number {
  return median(cell.runs.map(of));
}

/** What a cell's runs give beside those of another with the same seeds, seed by seed. */
export function ratios(
  cell: Cell,
  other: Cell,
  of = ({ ms }: Measured): number => ms,
): readonly number[] {
  return cell.runs.map((run) => {
    const beside = other.runs.find(({ seed }) => seed === run.seed);
    return of(run) / (beside === undefined ? Number.NaN : of(beside));
  });
}

/** The middle of the {@link ratios}. */
export function ratio(cell: Cell, other: Cell, of?: (run: Measured) => number): number {
  return median(ratios(cell, other, of));
}

/**
 * How many times as fast as another cell's runs, all of them together.
 *
 * @param of what is compared; milliseconds of wall time by default
 */
export function fasterInAll(
  cell: Cell,
  slower: Cell,
  of = ({ ms }: Measured): number => ms,
): number {
  return sum(slower.runs.map(of)) / sum(cell.runs.map(of));
}

/** Requests for scenes that were made again, in percent of the scenes of all runs. */
export function secondRequests({ runs, conditions }: Cell): number {
  const again = runs.map(({ seen, hedged }) => seen.scenes - hedged - conditions.scenes);
  return (100 * sum(again)) / (conditions.scenes * runs.length);
}

/** The cell of this way under such conditions. */
export function find(cells: readonly Cell[], way: Way, conditions: Partial<Kind>): Cell {
  const found = cells.find(
    (cell) =>
      cell.way.name === way.name &&
      Object.entries(conditions).every(
        ([key, value]) => cell.conditions[key as keyof Kind] === value,
      ),
  );
  if (found === undefined)
    throw new Error(`No runs of ${way.name} in ${JSON.stringify(conditions)}.`);
  return found;
}
