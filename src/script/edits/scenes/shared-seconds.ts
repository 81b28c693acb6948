/**
 * The length of the first of two parts of a scene, so that both are what it was together.
 *
 * @param share how much of what is told stands in the first part, 0 to 1
 * @param lengths that clips can have; two of them where they add up, else whole seconds
 */
export function shareSeconds(total: number, share: number, lengths: readonly number[]): number {
  const wanted = total * share;
  const fitting = lengths.filter((one) => lengths.includes(total - one));
  const nearest = fitting.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
  if (nearest !== undefined) return nearest;
  const isWhole = Number.isInteger(total) && total > 1;
  const step = isWhole ? 1 : total / 4;
  return Math.min(total - step, Math.max(step, isWhole ? Math.round(wanted) : wanted));
}
