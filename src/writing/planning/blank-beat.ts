import { t } from '../../base/l10n.ts';
import type { BeatAnswer } from '../../models/answer-schemas.ts';

/** What is said of a beat of which nothing is known, in any language. */
const unsaid = '…';

/** What a blank beat goes on from. */
export interface Before {
  readonly title: string;
  readonly place: string;
  readonly time: string | null;
  readonly cast: readonly string[];
}

/** A beat that was not to be had of the model: it goes on from the one before, and says no more than that. */
export function blankBeat({ title, place, time, cast }: Before): BeatAnswer {
  return {
    title: `${title} (2)`,
    place,
    time,
    cast: [...cast],
    summary: unsaid,
    cut: false,
    changes: null,
    length: 'short',
  };
}

/**
 * Tells the writer of it.
 *
 * @param number of the beat in the outline, from 1
 */
export function blankNote(number: number): string {
  return t(
    'The model gave no beat {0}, so it only goes on from the one before it. Say in the outline what happens there.',
    number,
  );
}
