import { t } from '../../base/l10n.ts';
import type { ActsAnswer } from '../../models/answer-schemas.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import type { Act, StoryCore } from '../../models/writer-tasks.ts';
import { borderReasons, mendedBorder } from './continuity.ts';
import { stateFromAnswer } from './contract-facts.ts';
import { lineOf } from './read-core.ts';

/** @param counts numbers of beats, as many as the answer has acts */
export function actsFromAnswer({ acts }: ActsAnswer, counts: readonly number[]): Act[] {
  let first = 0;
  return acts.map(({ title, summary, since, entry, exit }, i): Act => {
    const act = {
      title: lineOf(title),
      summary: lineOf(summary),
      entry: stateFromAnswer(since, entry),
      exit: stateFromAnswer(null, exit),
      first,
      count: counts[i] ?? 0,
    };
    first += act.count;
    return act;
  });
}

/** @throws InvalidAnswer naming every act that does not begin as the one before it ends */
export function checkBorders(acts: readonly Act[], { bible }: StoryCore): void {
  const people = bible.characters.map(({ name }) => name);
  const problems = acts.flatMap(({ entry }, i) => {
    const before = acts[i - 1];
    if (before === undefined) return [];
    return borderReasons(before.exit, entry, people).map(
      (reason) => `Acts ${i} and ${i + 1} do not agree. ${reason}`,
    );
  });
  if (problems.length === 0) return;
  throw new InvalidAnswer(
    t('The acts do not hold together: {0}', problems[0] ?? ''),
    `${problems.join(' ')} Begin each act with the facts that the one before it leaves, word for word, or say under since what has changed them.`,
  );
}

/** Acts that begin as the ones before them end. Only their beats will be in the script. */
export function withMendedBorders(acts: readonly Act[], { bible }: StoryCore): Act[] {
  const people = bible.characters.map(({ name }) => name);
  return acts.map((act, i) => {
    const before = acts[i - 1];
    if (before === undefined) return act;
    return { ...act, entry: mendedBorder(before.exit, act.entry, people) };
  });
}
