import type { BeatAnswer } from '../../models/answer-schemas.ts';
import { findRepeats } from './repeated-beats.ts';

/** Two beats that follow each other, told in one: there is no room for both. */
export function mergedBeats(earlier: BeatAnswer, later: BeatAnswer): BeatAnswer {
  if (findRepeats([earlier.summary, later.summary]).length > 0) return earlier;
  return {
    ...earlier,
    cast: [...new Set([...earlier.cast, ...later.cast])],
    summary: `${earlier.summary} ${later.summary}`,
    changes: [...(earlier.changes ?? []), ...(later.changes ?? [])],
    length: 'long',
  };
}
