/**
 * Part a stretch of time by weights, but give nobody less than their floor as long as all floors fit
 * in; where they do not, the floors themselves are the weights.
 *
 * @returns parts that add up to `total`, in order; all arguments and results in one unit.
 */
export function shareTime(
  total: number,
  weights: readonly number[],
  floors: readonly number[],
): readonly number[] {
  const needed = sum(floors);
  if (needed >= total) return floors.map((floor) => (floor / needed) * total);
  // Whoever would get less than their floor gets just that, and the others share what remains.
  const atFloor = new Set<number>();
  for (;;) {
    const rest = total - sum(floors.filter((_, i) => atFloor.has(i)));
    const weight = sum(weights.filter((_, i) => !atFloor.has(i)));
    const parts = floors.map((floor, i) =>
      atFloor.has(i) ? floor : weight > 0 ? (rest * (weights[i] ?? 0)) / weight : floor,
    );
    const below = parts.flatMap((part, i) =>
      part < (floors[i] ?? 0) && !atFloor.has(i) ? [i] : [],
    );
    if (below.length === 0) return parts;
    for (const i of below) atFloor.add(i);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
