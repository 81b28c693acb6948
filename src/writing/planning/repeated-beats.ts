import { words } from '../../script/contract-facts.ts';

/** A text that nearly repeats an earlier one. Positions count from 0. */
export interface Repeat {
  readonly earlier: number;
  readonly later: number;
}

/** Two texts that have at least this share of their word pairs in common are the same text. */
const same = 0.8;

/**
 * Texts that say nearly the same as an earlier one, in nearly the same words and order. For each the
 * first such text is named. Texts that give different numbers, as the items of a list do, tell
 * different things.
 *
 * Texts are compared by the set of their neighbouring words. Two sets that overlap so much share at
 * least one of the few rarest pairs of each, so only texts that do are compared at all.
 */
export function findRepeats(texts: readonly string[]): Repeat[] {
  const sets = texts.map(pairsOf);
  const numbers = texts.map((text) => (text.match(/\p{N}+/gu) ?? []).join(' '));
  const frequency = new Map<string, number>();
  for (const set of sets) {
    for (const pair of set) frequency.set(pair, (frequency.get(pair) ?? 0) + 1);
  }
  const byRarePair = new Map<string, number[]>();
  const repeats: Repeat[] = [];
  for (const [later, set] of sets.entries()) {
    const rarest = [...set]
      .sort((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0) || (a < b ? -1 : 1))
      .slice(0, set.size - Math.ceil(same * set.size) + 1);
    const candidates = new Set(rarest.flatMap((pair) => byRarePair.get(pair) ?? []));
    const earlier = [...candidates]
      .sort((a, b) => a - b)
      .find(
        (candidate) =>
          numbers[candidate] === numbers[later] &&
          likeness(sets[candidate] ?? new Set(), set) >= same,
      );
    if (earlier !== undefined) repeats.push({ earlier, later });
    for (const pair of rarest) {
      const known = byRarePair.get(pair);
      if (known === undefined) byRarePair.set(pair, [later]);
      else known.push(later);
    }
  }
  return repeats;
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = inCommon(one, other);
  return shared / (one.size + other.size - shared);
}

/** Every two neighbouring words, the first and the last with the border of the text. */
function pairsOf(text: string): Set<string> {
  const all = words(text);
  if (all.length === 0) return new Set();
  return new Set(['', ...all].map((word, i) => `${word} ${all[i] ?? ''}`));
}

/** How many elements two sets share. */
function inCommon(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const element of one) if (other.has(element)) shared++;
  return shared;
}
