import type { ActsAnswer } from '../../models/answer-schemas.ts';
import type { Act } from '../../models/writer-tasks.ts';
import { stateFromAnswer } from './contract-facts.ts';
import { evenParts } from './outline-layout.ts';
import { lineOf } from './read-core.ts';
import { firstWords } from '../checks/bare-text.ts';

/**
 * The acts of a story, the opening first. Each begins as the one before it ends. Where there are
 * others than were asked for, the beats are shared out among those.
 *
 * @param beats of the whole outline
 */
export function actsFromAnswer({ acts }: ActsAnswer, opening: Act, beats: number): Act[] {
  const rest = beats - opening.count;
  const some = acts.slice(0, rest);
  const counts = evenParts(rest, some.length);
  const all = [opening];
  for (const [i, { title, summary, exit }] of some.entries()) {
    const before = all.at(-1) ?? opening;
    all.push({
      title: lineOf(title) || firstWords(summary) || `Act ${i + 2}`,
      summary: lineOf(summary),
      entry: before.exit,
      exit: stateFromAnswer(null, exit),
      first: before.first + before.count,
      count: counts[i] ?? 0,
    });
  }
  return all;
}
