/** How the beats of an outline are parted into requests. */
export interface OutlineLayout {
  /** Beats that are asked for as soon as the story is settled, so that their scenes can be begun. */
  readonly opening: number;
  /** Beats of each act behind the opening; none where the opening is all. */
  readonly acts: readonly number[];
}

/** Outlines of up to so many beats are asked for at once. */
const wholeOutline = 10;

/** Enough for the first scenes of a run, and for the last of them to know what follows. */
const openingBeats = 6;

/** Beats of an act, at least: so many are here before the scenes of the acts before are written. */
const actBeats = 9;

/**
 * Acts are planned side by side, once all of them are settled. So the more there are, the longer it
 * takes to settle them, and the shorter each is planned: in the end it takes least where both grow.
 */
export function layoutOf(beats: number): OutlineLayout {
  if (beats <= wholeOutline) return { opening: beats, acts: [] };
  const rest = beats - openingBeats;
  const count = Math.ceil(rest / Math.max(actBeats, Math.round(Math.sqrt(rest))));
  return { opening: openingBeats, acts: evenParts(rest, count) };
}

/** Parts as equal as can be, the larger ones spread evenly. */
export function evenParts(sum: number, parts: number): number[] {
  return Array.from(
    { length: parts },
    (_, i) => Math.floor(((i + 1) * sum) / parts) - Math.floor((i * sum) / parts),
  );
}
