import type { ActsAnswer } from '../../models/answer-schemas.ts';
import type { Act } from '../../models/writer-tasks.ts';
import { stateText } from '../../script/contract-facts.ts';
import { StandingFacts } from '../../script/standing-facts.ts';
import { factsFromAnswer } from './contract-from-answer.ts';
import { evenParts } from './outline-layout.ts';
import { lineOf } from './read-core.ts';
import { firstWords } from '../checks/bare-text.ts';

/**
 * The acts of a story, the opening first. Each begins as those before it have left things. Where there
 * are others than were asked for, the beats are shared out among those.
 *
 * @param beats of the whole outline
 * @param people names of all who may be seen
 */
export function actsFromAnswer(
  { acts }: ActsAnswer,
  opening: Act,
  beats: number,
  people: readonly string[],
): Act[] {
  const standing = new StandingFacts(people);
  const rest = beats - opening.count;
  const some = acts.slice(0, rest);
  const counts = evenParts(rest, some.length);
  const all = [opening];
  for (const [i, { title, summary, changes }] of some.entries()) {
    const before = all.at(-1) ?? opening;
    standing.end(factsFromAnswer(changes ?? []).facts);
    all.push({
      title: lineOf(title) || firstWords(summary) || `Act ${i + 2}`,
      summary: lineOf(summary),
      entry: before.exit,
      exit: stateText({ since: '', facts: standing.all }),
      first: before.first + before.count,
      count: counts[i] ?? 0,
    });
  }
  return all;
}
