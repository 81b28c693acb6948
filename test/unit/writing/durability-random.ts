/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` to `most`, both included. */
export function between(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

export function oneOf<T>(random: () => number, values: readonly [T, ...T[]]): T {
  return values[between(random, 0, values.length - 1)] ?? values[0];
}

/** The letters of the text that only the writer in a test types; the engine and its models never do. */
export const typedBy = (text: string): string => text.replace(/[^Ⴀ-Ⴥ]/gu, '');

const firstOwnLetter = 0x10a0;

/** A word of the writer's for each number, in old Georgian capitals. */
export function ownWord(count: number): string {
  const digits = Array.from(count.toString(33), (digit) => firstOwnLetter + parseInt(digit, 33));
  return `${String.fromCodePoint(...digits)}Ⴥ`;
}
