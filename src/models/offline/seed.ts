/** A 32-bit number from a text (FNV-1a), the same on every machine. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value ^= text.charCodeAt(i);
    value = Math.imul(value, 0x01000193);
  }
  // A last mix, since neighbouring inputs would otherwise share their low bits.
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  value ^= value >>> 12;
  return value >>> 0;
}

/**
 * The element that `seed` chooses.
 *
 * @throws RangeError if the list is empty.
 */
export function pick<T>(list: readonly T[], seed: string): T {
  return at(list, hash(seed));
}

/**
 * The element at `index`, counted round and round.
 *
 * @throws RangeError if the list is empty.
 */
export function at<T>(list: readonly T[], index: number): T {
  if (list.length === 0) throw new RangeError('There is nothing to pick from.');
  return list[((index % list.length) + list.length) % list.length] as T;
}

/** The list in an order that `seed` chooses; the list itself stays as it is. */
export function shuffled<T>(list: readonly T[], seed: string): T[] {
  return list
    .map((item, index) => ({ item, index, rank: hash(`${seed}/${index}`) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ item }) => item);
}
