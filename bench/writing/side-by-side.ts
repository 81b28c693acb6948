import type { Way } from './runs.ts';
import type { Kind } from './endpoint-conditions.ts';

/**
 * How many scenes may be in flight, at {@link usualScale}, in runs that go on side by side: few, so
 * that they do not slow each other down. Runs with more have the machine to themselves.
 */
const mostLoad = 10;

/** The scale at which {@link mostLoad} is meant; at a slower one more may go on. */
const usualScale = 100;

/** How much of the machine a run takes: scenes in flight at the usual scale. */
export function loadOf({ batchSize }: Way, { scenes, scale }: Kind): number {
  const atOnce = batchSize === 'auto' ? scenes : Math.min(batchSize, scenes);
  return (atOnce * scale) / usualScale;
}

/** Do all of it, in this order as far as there is room. */
export async function sideBySide<T>(
  items: readonly T[],
  load: (item: T) => number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const open = [...items];
  const underWay = new Set<Promise<void>>();
  let taken = 0;
  while (open.length > 0 || underWay.size > 0) {
    const next = open.findIndex((item) => taken === 0 || taken + load(item) <= mostLoad);
    const [item] = next === -1 ? [] : open.splice(next, 1);
    if (item === undefined) {
      await Promise.race(underWay);
      continue;
    }
    taken += load(item);
    const done = work(item).then(() => {
      underWay.delete(done);
      taken -= load(item);
    });
    underWay.add(done);
  }
}
