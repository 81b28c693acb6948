import type {
  Act,
  OutlinePart,
  OutlineShape,
  OutlineTask,
  StoryCore,
} from '../../models/writer-tasks.ts';
import type { Brief } from '../../script/script-model.ts';
import { beatsFromAnswer } from './read-beats.ts';
import type { BeatSlot, Draft } from './read-beats.ts';
import type { CachedPlanningRequests, PlanningRequest } from './cached-planning-requests.ts';

export interface OutlineOptions {
  readonly requests: CachedPlanningRequests;
  readonly brief: Brief;
  readonly shape: OutlineShape;
  readonly slots: readonly BeatSlot[];
  readonly core: StoryCore;
  readonly acts: readonly Act[];
  readonly onProgress: (done: number, of: number) => void;
}

/** So many beats are never parted further: a model that cannot answer with these is of no use. */
const smallestPart = 1;

/**
 * All beats of a story, the acts side by side. Where an answer is longer than the model can write,
 * its beats are asked for in two halves, one after the other.
 *
 * @throws ScenewrightError once nothing is under way any more, so that every answer is kept
 */
export async function planOutline(options: OutlineOptions): Promise<Draft[]> {
  const { acts, shape, onProgress } = options;
  const parts: OutlinePart[] =
    acts.length === 0
      ? [{ from: 1, to: shape.count, before: [] }]
      : acts.map(({ first, count }, act) => ({
          from: first + 1,
          to: first + count,
          act,
          before: [],
        }));
  const progress = { done: 0, of: parts.length };
  onProgress(progress.done, progress.of);
  const planned = await Promise.allSettled(
    parts.map((part) =>
      planPart(part, options, (done, of) => {
        progress.done += done;
        progress.of += of;
        onProgress(progress.done, progress.of);
      }),
    ),
  );
  return planned.flatMap((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** @param advance tells how many more requests are answered, and how many more there are */
async function planPart(
  part: OutlinePart,
  options: OutlineOptions,
  advance: (done: number, of: number) => void,
): Promise<Draft[]> {
  const { requests } = options;
  const question = questionFor(part, options);
  const count = part.to - part.from + 1;
  const answer =
    count > smallestPart
      ? await requests.askUnlessTooLong(question)
      : { value: await requests.ask(question) };
  if (answer !== undefined) {
    advance(1, 0);
    return answer.value;
  }
  advance(0, 1);
  const middle = part.from + Math.ceil(count / 2);
  const head = await planPart({ ...part, to: middle - 1 }, options, advance);
  const before = [...part.before, ...head.map(({ beat }) => beat)];
  const tail = await planPart({ ...part, from: middle, before }, options, advance);
  return [...head, ...tail];
}

function questionFor(
  part: OutlinePart,
  { brief, shape, slots, core, acts }: OutlineOptions,
): PlanningRequest<OutlineTask, Draft[]> {
  const { from, to, before } = part;
  return {
    task: { kind: 'outline', brief, shape, core, acts, part },
    builtOn: [shape, core, acts, from, to, before.map((beat) => ({ ...beat, id: '' }))],
    read: ({ beats }) => beatsFromAnswer(beats, slots.slice(from - 1, to), from, core.bible),
  };
}
