import type { ActsAnswer, CoreAnswer, OutlineAnswer } from '../answer-schemas.ts';
import type { ActsTask, CoreTask, OutlineTask } from '../writer-tasks.ts';
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
        changes: lastOfEach(own.flatMap(({ changes }) => changes ?? [])),
      };
    }),
  };
}

/** Of several facts about one thing the last. */
function lastOfEach(facts: readonly string[]): string[] {
  return [...new Map(facts.map((fact) => [fact.split(':')[0], fact])).values()];
}

export function outlineScaffold({ beats }: Scaffold, { part }: OutlineTask): OutlineAnswer {
  return { beats: beats.slice(part.from - 1, part.to) };
}
