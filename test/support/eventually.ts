import { setTimeout as delay } from 'node:timers/promises';

/**
 * Look again and again until `look` finds something.
 *
 * @param look returns `undefined` for: not yet
 * @throws when there is nothing after `withinMs`, saying what was waited for
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined>,
  withinMs = 120_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Not within ${withinMs / 1000} s: ${what}`);
    await delay(100);
  }
}
