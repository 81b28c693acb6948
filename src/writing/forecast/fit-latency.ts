import { meanAbove, shareBelow, valueAt } from './normal-distribution.ts';
import type { Streamed } from './stream-times.ts';

/**
 * How long scenes take: the natural logarithm of the milliseconds is taken to be normally
 * distributed, as the times of language models roughly are.
 */
export interface Latency {
  readonly mean: number;
  readonly spread: number;
}

/** A scene under way. */
export interface Running {
  /** Milliseconds it has been at it. */
  readonly ageMs: number;
  /** What its streaming tells about it, if anything. */
  readonly streamed?: Streamed | undefined;
}

/** What is believed of the spread before anything is measured, and as how many scenes that counts. */
const usualSpread = 0.45;
const usualWeight = 2;

/** After so many rounds the fit does not move any more to speak of. */
const rounds = 10;

/**
 * Fit to the scenes that are finished and to those under way, of which it is known that they take
 * longer than they have run. Finished scenes alone would tell too short times: of those that were
 * begun together the quick ones are finished first.
 *
 * @returns `undefined` while no scene is finished
 */
export function fitLatency(
  completedMs: readonly number[],
  running: readonly Running[],
): Latency | undefined {
  const logs = completedMs.map(logOf);
  const count = logs.length + running.length;
  if (logs.length === 0) return undefined;
  let latency: Latency = {
    mean: logs.reduce((sum, log) => sum + log, 0) / logs.length,
    spread: usualSpread,
  };
  // In turn: what those under way will probably take, given the fit, and the fit, given that.
  for (let round = 0; round < rounds; round++) {
    const expected = running.map((scene) => expectation(latency, scene));
    const mean = sumOf([...logs, ...expected.map((one) => one.mean)]) / count;
    const squares =
      sumOf(logs.map((log) => (log - mean) ** 2)) +
      sumOf(expected.map((one) => (one.mean - mean) ** 2 + one.variance));
    const variance = (squares + usualWeight * usualSpread ** 2) / (count - 1 + usualWeight);
    latency = { mean, spread: Math.sqrt(variance) };
  }
  return latency;
}

/**
 * Draws the rest of a scene under way.
 *
 * @returns for a chance between 0 and 1 the milliseconds that it still needs
 */
export function restOf(latency: Latency, scene: Running): (chance: number) => number {
  const { mean, spread } = belief(latency, scene);
  const passed = shareBelow((logOf(leastOf(scene)) - mean) / spread);
  // So late that the fit knows of no such scene: it is taken to need a share of its time once more.
  if (passed > farOut) return (chance) => -Math.log(chance) * overrun * scene.ageMs;
  return (chance) =>
    Math.max(0, Math.exp(mean + spread * valueAt(passed + chance * (1 - passed))) - scene.ageMs);
}

const farOut = 0.9999;
const overrun = 0.1;

/** What its streaming tells of a scene and what others took, each by the weight of its certainty. */
function belief({ mean, spread }: Latency, { streamed }: Running): Latency {
  const likely = streamed?.likely;
  if (likely === undefined) return { mean, spread };
  const known = 1 / spread ** 2;
  const seen = 1 / likely.spread ** 2;
  return {
    mean: (mean * known + logOf(likely.ms) * seen) / (known + seen),
    spread: Math.sqrt(1 / (known + seen)),
  };
}

/** Mean and variance of the logarithm of what a scene will have taken, given that it still runs. */
function expectation(latency: Latency, scene: Running): { mean: number; variance: number } {
  const { mean, spread } = belief(latency, scene);
  const from = (logOf(leastOf(scene)) - mean) / spread;
  const above = meanAbove(from);
  return {
    mean: mean + spread * above,
    variance: spread ** 2 * Math.max(0, 1 + from * above - above * above),
  };
}

/** Milliseconds that a scene takes at the least, as far as one knows. */
function leastOf({ ageMs, streamed }: Running): number {
  return Math.max(ageMs, streamed?.atLeastMs ?? 0);
}

/** Less than a millisecond is told from none by nobody. */
function logOf(ms: number): number {
  return Math.log(Math.max(1, ms));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
