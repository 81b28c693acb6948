import { t } from '../../base/l10n.ts';
import type { BeatAnswer, BeatLength } from '../../models/answer-schemas.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import type { Beat, Bible } from '../../script/script-model.ts';
import { noteOf, ownTitles } from '../checks/bare-text.ts';
import { stateFromAnswer } from './contract-facts.ts';
import { lineOf, mostProblems, Names } from './read-core.ts';

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
 * The beats of a model's answer, with names in the bible's spelling.
 *
 * @param slots as many as there are answers
 * @param first number of the first of them in the whole outline, from 1
 * @throws InvalidAnswer naming the beats that use a name the bible does not have, or say nothing
 */
export function beatsFromAnswer(
  answers: readonly BeatAnswer[],
  slots: readonly BeatSlot[],
  first: number,
  bible: Bible,
): Draft[] {
  const names = new Names(bible);
  const empty: string[] = [];
  const titles = ownTitles(answers, first);
  const drafts = slots.flatMap(({ id, seconds }, i): Draft[] => {
    const answer = answers[i];
    if (answer === undefined) return [];
    const what = `Beat ${first + i}`;
    const title = titles[i] ?? '';
    const summary = lineOf(answer.summary);
    if (title === '' || summary === '') empty.push(`${what} has no title or no summary.`);
    const cast = answer.cast
      .filter((name) => lineOf(name) !== '')
      .map((name) => names.person(what, name));
    const beat: Beat = {
      id,
      title,
      seconds,
      place: names.place(what, answer.place),
      time: lineOf(noteOf(answer.time)),
      cast: [...new Set(cast)],
      summary,
      contract: {
        // What goes on without a cut leaves nothing out.
        entry: stateFromAnswer(answer.continues ? null : noteOf(answer.since), answer.entry),
        exit: stateFromAnswer(null, answer.exit),
        handOff: lineOf(answer.handOff),
        // Before the first beat there is nothing to go on from.
        continues: answer.continues && first + i > 1,
      },
    };
    return [{ beat, length: answer.length }];
  });
  const problems = [...names.problems, ...empty];
  if (problems.length > 0) {
    throw new InvalidAnswer(
      t('The outline does not hold together: {0}', problems[0] ?? ''),
      `${problems.slice(0, mostProblems).join(' ')} ${names.known}`,
    );
  }
  return drafts;
}
