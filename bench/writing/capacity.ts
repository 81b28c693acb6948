import { middle, ratio, runAll } from './cells.ts';
import type { Cell } from './cells.ts';
import type { Endpoint } from './endpoint.ts';
import type { Way } from './runs.ts';
import { planned } from './ways.ts';
import type { Limits } from './endpoint-conditions.ts';

/** The batch size `auto` against the best fixed one at one hidden limit. */
export interface Adapted {
  readonly limit: string;
  /** What is compared with. */
  readonly best: string;
  readonly autoMs: number;
  readonly bestMs: number;
  /** The middle of the ratios, seed by seed. */
  readonly ratio: number;
  /** Requests that were answered 429, in the worst run. */
  readonly refused: number;
}

const hiddenLimits = [5, 10, 20, 40];

/** The limit that drops half-way, and to what. */
const drop = { from: 40, to: 10 } as const;

/** What a refusal says in `retry-after-ms` where it says anything. */
const retryAfterMs = 1000;

export interface AdaptedOptions {
  readonly scenes: number;
  readonly sigma: number;
  readonly scale: number;
  readonly seeds: readonly number[];
}

/** The hidden limit at which a hint when to come back is tried too. */
const hintedLimit = 10;

/** `auto` at every hidden limit, once with a hint when to come back, and where the limit drops. */
export async function adapt(endpoint: Endpoint, options: AdaptedOptions): Promise<Adapted[]> {
  const results: Adapted[] = [];
  for (const atOnce of hiddenLimits) {
    // Less than the endpoint takes cannot be the best, and much more is refused.
    const sizes = [atOnce, 2 * atOnce].map((size) => planned(size));
    results.push(await compare(endpoint, options, String(atOnce), { atOnce }, sizes));
    if (atOnce !== hintedLimit) continue;
    const limits = { atOnce, retryAfterMs };
    const name = `${atOnce}, says to wait ${retryAfterMs} ms`;
    results.push(await compare(endpoint, options, name, limits, [planned(atOnce)]));
  }
  const limits = {
    atOnce: drop.from,
    drop: { after: Math.ceil(options.scenes / 2), atOnce: drop.to },
  };
  const name = `${drop.from}, half-way ${drop.to}`;
  const sizes = [drop.from, drop.to].map((size) => planned(size));
  results.push(await compare(endpoint, options, name, limits, sizes));
  return results;
}

/** An endpoint that takes one request a second, and says so. */
export function rationed(endpoint: Endpoint, options: AdaptedOptions): Promise<Adapted> {
  return compare(endpoint, options, '60 a minute', { perMinute: 60 }, [planned(20)]);
}

/** @param ways what `auto` is compared with: the one of them that is best in the middle of the seeds */
async function compare(
  endpoint: Endpoint,
  { seeds, ...kind }: AdaptedOptions,
  limit: string,
  limits: Limits,
  ways: readonly Way[],
): Promise<Adapted> {
  // A slip is a request more in one run and not in another; here limits alone are to make a difference.
  const conditions = { ...kind, continuations: true, slips: false, limits };
  const [auto, ...others] = await runAll(
    endpoint,
    [planned('auto'), ...ways].map((way) => ({ way, conditions, seeds })),
  );
  if (auto === undefined) throw new Error('Nothing was measured.');
  const wall = (cell: Cell): number => middle(cell, ({ ms }) => ms);
  const best = others.reduce((a, b) => (wall(b) < wall(a) ? b : a));
  return {
    limit,
    best: best.way.name,
    autoMs: wall(auto),
    bestMs: wall(best),
    ratio: ratio(auto, best),
    refused: Math.max(...auto.runs.map(({ seen }) => seen.refused)),
  };
}
