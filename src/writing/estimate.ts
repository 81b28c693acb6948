export interface EstimateInput {
  /** How long each scene that a model has written in this run took, in milliseconds. */
  readonly completedMs: readonly number[];
  /** Scenes that are not finished, those being written now included. */
  readonly remaining: number;
  /** Scenes that are written together. */
  readonly batchSize: number;
  /** How long each scene that is being written now has been at it, in milliseconds. */
  readonly runningForMs: readonly number[];
}

/**
 * Milliseconds until the last scene is finished, or `undefined` while nothing has been measured.
 *
 * A batch ends with its slowest scene, so a batch takes the expected maximum of as many draws from
 * the times measured so far, which is well above their mean. The batch under way takes the expected
 * maximum of what its scenes have left, given how long they have been at it.
 */
export function estimateRemaining(input: EstimateInput): number | undefined {
  const { remaining, batchSize, runningForMs } = input;
  if (remaining <= 0) return 0;
  const times = input.completedMs.slice(-memory).sort((a, b) => a - b);
  if (times.length === 0) return undefined;
  const running = runningForMs.slice(0, remaining);
  const waiting = remaining - running.length;
  const full = Math.floor(waiting / batchSize);
  return (
    expectedRest(times, running) +
    full * expectedMaximum(times, batchSize) +
    expectedMaximum(times, waiting % batchSize)
  );
}

/** Only so many of the latest times count: a service is not as fast now as it was an hour ago. */
const memory = 60;

/** Expected maximum of `draws` independent draws from `times`, which is sorted. */
function expectedMaximum(times: readonly number[], draws: number): number {
  if (draws === 0) return 0;
  const n = times.length;
  return times.reduce(
    (sum, time, i) => sum + time * (((i + 1) / n) ** draws - (i / n) ** draws),
    0,
  );
}

/** A scene that takes longer than any before is taken to need this share of its time once more. */
const overrun = 0.1;

/** Expected time until the last of the running scenes is done, given the times they have run for. */
function expectedRest(times: readonly number[], runningForMs: readonly number[]): number {
  const rests = runningForMs.map((ranFor) => {
    const longer = times.filter((time) => time > ranFor).map((time) => time - ranFor);
    return longer.length > 0 ? longer : [ranFor * overrun];
  });
  // Sum over the steps of P(the slowest is still running): 1 minus the chance that all are done.
  const moments = [...new Set(rests.flat())].sort((a, b) => a - b);
  let expected = 0;
  let since = 0;
  let allDone = runningForMs.length === 0 ? 1 : 0;
  for (const moment of moments) {
    expected += (moment - since) * (1 - allDone);
    since = moment;
    allDone = rests.reduce(
      (chance, rest) => (chance * rest.filter((ms) => ms <= moment).length) / rest.length,
      1,
    );
  }
  return expected;
}
