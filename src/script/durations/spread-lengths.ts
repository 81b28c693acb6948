import { LengthsInTurn } from './lengths-in-turn.ts';

/**
 * Other lengths for the scenes of a video, so that they add up to what it is to last: each as long for the others
 * as it was, as far as clips allow.
 *
 * @param lengths of the scenes in seconds, in order
 * @param allowed lengths of clips in seconds
 * @param duration in seconds
 * @returns absent where no lengths come as near as half of the shortest of them
 */
export function spreadLengths(
  lengths: readonly number[],
  allowed: readonly number[],
  duration: number,
): readonly number[] | undefined {
  const total = lengths.reduce((sum, seconds) => sum + seconds, 0);
  if (!(total > 0) || !(duration > 0) || !allowed.some((seconds) => seconds > 0)) return undefined;
  const turn = new LengthsInTurn(duration, lengths.length, allowed, total / lengths.length);
  let following = total;
  const spread = lengths.map((seconds) => turn.next(seconds, (following -= seconds)));
  const missed = Math.abs(spread.reduce((sum, seconds) => sum + seconds, 0) - duration);
  return missed < Math.min(...spread) / 2 ? spread : undefined;
}
