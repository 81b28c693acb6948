import type { Cell } from './protocol.ts';

/** A scene on the clock of the film. */
export interface Part {
  /** That of its cell. */
  readonly id: string;
  /** When it begins, in seconds from the beginning of the film. */
  readonly from: number;
  /** How long its clip really lasts or, where there is none, how long it is meant to. */
  readonly seconds: number;
}

/** The scenes of a film one after the other; those that last no time are left out. */
export function playlistOf(cells: readonly Cell[]): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { id, seconds: meant, clipSeconds } of cells) {
    const seconds = clipSeconds ?? meant;
    if (seconds <= 0) continue;
    parts.push({ id, from, seconds });
    from += seconds;
  }
  return parts;
}

/** How long all of it lasts, in seconds. */
export function lengthOf(parts: readonly Part[]): number {
  const last = parts.at(-1);
  return last === undefined ? 0 : last.from + last.seconds;
}

/**
 * Which part is on at a second of the film, as its index, and how far it is in seconds. What lies outside
 * of the film is its beginning or its end.
 */
export function placeAt(
  parts: readonly Part[],
  second: number,
): { readonly index: number; readonly offset: number } {
  const at = Math.max(0, second);
  const behind = parts.findIndex(({ from }) => from > at);
  const index = Math.max(0, (behind < 0 ? parts.length : behind) - 1);
  const part = parts[index];
  const offset = part === undefined ? 0 : Math.min(at - part.from, part.seconds);
  return { index, offset };
}
