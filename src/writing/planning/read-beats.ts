import { t } from '../../base/l10n.ts';
import type { BeatAnswer, BeatLength } from '../../models/answer-schemas.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import type { GrowingBible } from '../../script/growing-bible.ts';
import type { Beat } from '../../script/script-model.ts';
import { noteOf, ownTitles } from '../checks/bare-text.ts';
import { contractFromAnswer } from './contract-from-answer.ts';
import { lineOf } from './read-core.ts';

/** A place in the outline whose id and length are settled before anything is written. */
export interface BeatSlot {
  readonly id: string;
  readonly seconds: number;
}

/** A beat on its way into the outline. Its seconds are settled once all lengths are known. */
export interface Draft {
  readonly beat: Beat;
  readonly length: BeatLength;
}

/**
 * The beats of a model's answer, with names in the bible's spelling. Whom or what they name beyond it
 * joins it. Reading an answer twice gives the same twice.
 *
 * @param slots as many as there are answers
 * @param first number of the first of them in the whole outline, from 1
 * @throws InvalidAnswer naming the beats that say nothing
 */
export function beatsFromAnswer(
  answers: readonly BeatAnswer[],
  slots: readonly BeatSlot[],
  first: number,
  bible: GrowingBible,
): Draft[] {
  const titles = ownTitles(answers, first);
  const told = slots.flatMap((slot, i) => {
    const answer = answers[i];
    if (answer === undefined) return [];
    const title = titles[i] ?? '';
    const summary = lineOf(answer.summary) || title;
    return [{ answer, ...slot, number: first + i, title, summary }];
  });
  // Before anybody joins the bible for an answer that is asked for again.
  const empty = told.filter(({ summary }) => summary === '').map(({ number }) => number);
  if (empty.length > 0) {
    const problems = empty.slice(0, mostProblems).map((number) => `Beat ${number} says nothing.`);
    throw new InvalidAnswer(
      t('The outline does not hold together: {0}', problems[0] ?? ''),
      `${problems.join(' ')} Every beat has a title, and a summary of what happens in it.`,
    );
  }
  return told.map(({ answer, id, seconds, title, summary }): Draft => {
    const { place, time } = bible.setting(answer.place);
    const beat: Beat = {
      id,
      title,
      seconds,
      place,
      time: lineOf(noteOf(answer.time)) || time,
      cast: bible.cast(answer.cast),
      summary,
      contract: contractFromAnswer(answer),
    };
    return { beat, length: answer.length };
  });
}

/** More than this would bury the point. */
const mostProblems = 12;
