/**
 * How long the model takes, in milliseconds of life. Everything follows from the seed, so that all
 * schedules of one seed meet the same model: the n-th answer to scene 12 takes equally long in each.
 */
export interface Latencies {
  readonly seed: number;
  /** Spread of the lognormal distribution; 0 for answers that all take equally long. */
  readonly sigma: number;
}

/** Half of the scenes are answered within this time. */
const medianMs = 8000;

/** How long one answer takes, and how it comes. */
export interface AnswerTime {
  /** Until its first word. */
  readonly firstMs: number;
  /** Until its last, which comes after all others at an even pace. */
  readonly ms: number;
}

/** Until the first word of an answer that is charged by its tokens, and how many follow in a second. */
const firstWordMs = 600;
const tokensPerSecond = 70;

/** About how many characters a token has in English prose and JSON. */
const charactersPerToken = 4;

export function tokensIn(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}

/** How long any answer but a scene takes: as long as it has tokens. */
export function tokenTime(text: string): AnswerTime {
  return {
    firstMs: firstWordMs,
    ms: firstWordMs + (tokensIn(text.length) / tokensPerSecond) * 1000,
  };
}

/**
 * How long the answer with a scene takes.
 *
 * @param number of the scene, from 1
 * @param draw how many answers to this scene were begun before: 0 for the first, 1 for a second
 *   request beside it or after it
 */
export function sceneMs({ seed, sigma }: Latencies, number: number, draw: number): number {
  const random = seeded(seed, number, draw);
  return medianMs * Math.exp(sigma * normal(random));
}

/** Mulberry32 by Tommy Ettinger (public domain): a small seeded generator, 0 up to 1. */
export function seeded(...seeds: readonly number[]): () => number {
  let state = 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  // Each seed goes through the mixer, so that neighbouring seeds give unrelated numbers.
  for (const seed of seeds) state = Math.floor(next() * 2 ** 32) ^ seed;
  next();
  return next;
}

/** Standard normal, by the Box–Muller transform. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
