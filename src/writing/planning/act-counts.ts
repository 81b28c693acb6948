/** Outlines of up to so many beats are asked for at once. */
const wholeOutline = 40;

/** Beats of an act, at most; more only where there would be too many acts to plan at once. */
const actBeats = 25;
const mostActs = 40;

/**
 * How many beats each act of a story has: none at all for a story short enough to be planned at
 * once, otherwise acts as equal as can be, the longer ones spread evenly.
 */
export function actCounts(beats: number): number[] {
  if (beats <= wholeOutline) return [];
  const acts = Math.ceil(beats / Math.max(actBeats, Math.ceil(beats / mostActs)));
  return Array.from(
    { length: acts },
    (_, i) => Math.floor(((i + 1) * beats) / acts) - Math.floor((i * beats) / acts),
  );
}
