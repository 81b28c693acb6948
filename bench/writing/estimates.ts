import { ProgressModel } from '../../src/editor/writing/progress-model.ts';
import { median, quantile } from '../figures.ts';
import type { Endpoint } from './endpoint.ts';
import { measure } from './runs.ts';
import type { Way } from './runs.ts';
import type { EndpointConditions } from './endpoint-conditions.ts';

/** The parts of a run's time at which the estimate is read. */
export const moments: readonly number[] = [1 / 3, 1 / 2, 2 / 3];

/** How far the estimate of one run was off, by moment, as shares: positive where it was too long. */
export interface EstimateRun {
  readonly total: readonly number[];
  readonly rest: readonly number[];
}

/** Write a script, and read the estimate that the progress page would show meanwhile. */
export async function estimateRun(
  endpoint: Endpoint,
  conditions: EndpointConditions,
  way: Way,
): Promise<EstimateRun> {
  let now = 0;
  let start: number | undefined;
  const ends: { at: number; end: number }[] = [];
  const progress = new ProgressModel(
    {
      uri: 'bench',
      title: '',
      writer: 'bench',
      pace: way.pace,
      batchSize: way.batchSize,
      cells: [],
    },
    () => now,
  );
  const { ms } = await measure(endpoint, conditions, way, {
    event: (event, at) => {
      now = at;
      start ??= at;
      progress.apply(event);
      if (event.type !== 'sceneWritten') return;
      const { remainingMs } = progress.view();
      if (remainingMs !== undefined) ends.push({ at: at - start, end: at - start + remainingMs });
    },
  });
  const told = moments.map((share) => {
    // Between two readings the time shown just runs down; none shown yet is as wrong as can be.
    const last = ends.findLast(({ at }) => at <= share * ms);
    return { at: share * ms, end: last?.end ?? Infinity };
  });
  return {
    total: told.map(({ end }) => end / ms - 1),
    rest: told.map(({ at, end }) => (end - ms) / (ms - at)),
  };
}

/** How far off a number of runs were at one moment. */
export interface Off {
  /** The middle of the errors, whatever their sign. */
  readonly middle: number;
  /** What nine runs of ten stay within. */
  readonly most: number;
  /** The share of runs within a fifth. */
  readonly within: number;
}

export function offBy(errors: readonly number[]): Off {
  const sizes = errors.map(Math.abs);
  return {
    middle: median(sizes),
    most: quantile(sizes, 0.9),
    within: sizes.filter((size) => size <= 0.2).length / sizes.length,
  };
}
