import type { KnownNames } from './names.ts';
import type { Beat } from './script-model.ts';

/** So many words of what a beat plans, and so much of it, are in the text of its scene at least. */
const leastWords = 3;
const leastShare = 0.4;

/**
 * Whether a text is all but surely the scene of a beat, though no id and no title says so: what the beat
 * plans is told in it, and what others plan is not to a larger part.
 *
 * @param others beats that it could be as well
 */
export function isToldIn(
  text: string,
  beat: Beat,
  others: readonly Beat[],
  names: KnownNames,
): boolean {
  const { words, share } = compared(text, beat, names);
  if (words < leastWords || share < leastShare) return false;
  return others.every((other) => shareToldIn(text, other, names) <= share);
}

/** How much of what a beat plans is told in a text, from 0 to 1. */
export function shareToldIn(text: string, beat: Beat, names: KnownNames): number {
  return compared(text, beat, names).share;
}

/** Names, which all of a story shares, say nothing. */
function compared(
  text: string,
  { title, summary }: Beat,
  { characters, places }: KnownNames,
): { words: number; share: number } {
  const names = wordsOf([...characters, ...places].map(({ name }) => name).join(' '));
  const planned = [...wordsOf(`${title} ${summary}`)].filter((word) => !names.has(word));
  const told = wordsOf(text);
  const words = planned.filter((word) => told.has(word)).length;
  return { words, share: words / Math.max(1, planned.length) };
}

/** Words of some length without their endings, and pairs of signs where words are not parted by spaces. */
function wordsOf(text: string): Set<string> {
  const found =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{Lo}{2}|\p{L}{4,}/gu) ?? [];
  return new Set(found.map((word) => word.slice(0, 5)));
}
