import type {
  ActsAnswer,
  CoreAnswer,
  BeatAnswer,
  HandOffsAnswer,
  OutlineAnswer,
} from '../answer-schemas.ts';
import type { ActsTask, CoreTask, HandOffsTask, OutlineTask } from '../writer-tasks.ts';
import type { Scaffold } from './plan-scaffold.ts';
import { at } from './seed.ts';

/** The stages of planning, each with its part of the one plan that follows from the brief. */

export function coreScaffold({ core, beats }: Scaffold, { opening, shape }: CoreTask): CoreAnswer {
  if (opening >= shape.count) return core;
  const told = [at(beats, 0), at(beats, opening - 1)].map(({ summary }) => summary);
  return { ...core, opening: told.join(' ') };
}

export function actsScaffold({ beats }: Scaffold, { opening, counts }: ActsTask): ActsAnswer {
  let first = opening.count;
  return {
    acts: counts.map((count) => {
      const own = beats.slice(first, first + count);
      first += count;
      const opening = at(own, 0);
      const closing = at(own, own.length - 1);
      const told = new Set([opening, at(own, Math.floor(own.length / 2)), closing]);
      return {
        title: opening.title,
        summary: [...told].map(({ summary }) => summary).join(' '),
        since: null,
        entry: opening.entry,
        exit: closing.exit,
      };
    }),
  };
}

export function outlineScaffold({ beats }: Scaffold, { part }: OutlineTask): OutlineAnswer {
  return { beats: beats.slice(part.from - 1, part.to) };
}

/** Hand-offs as they were planned. */
export function handOffsScaffold({ beats }: Scaffold, { pairs }: HandOffsTask): HandOffsAnswer {
  return {
    handOffs: pairs.map(({ later }) => {
      const { continues, entry, title, summary }: BeatAnswer = at(beats, later - 1);
      return { exit: at(beats, later - 2).exit, continues, since: null, entry, title, summary };
    }),
  };
}
