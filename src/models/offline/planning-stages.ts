import type { ActsAnswer, BeatAnswer, HandOffsAnswer, OutlineAnswer } from '../answer-schemas.ts';
import type { WriterTask } from '../writer-model.ts';
import type { Scaffold } from './plan-scaffold.ts';
import { at } from './seed.ts';

type Task<Kind> = Extract<WriterTask, { readonly kind: Kind }>;

/** The stages of planning, each with its part of the one plan that follows from the brief. */

export function actsScaffold({ beats }: Scaffold, { counts }: Task<'acts'>): ActsAnswer {
  let first = 0;
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

export function outlineScaffold(
  { beats }: Scaffold,
  { acts, act }: Task<'outline'>,
): OutlineAnswer {
  const own = act === undefined ? undefined : acts[act];
  return {
    beats: own === undefined ? [...beats] : beats.slice(own.first, own.first + own.count),
  };
}

/** Hand-offs as they were planned. */
export function handOffsScaffold(
  { beats }: Scaffold,
  { later }: Task<'hand-offs'>,
): HandOffsAnswer {
  return {
    handOffs: later.map((number) => {
      const { continues, entry, title, summary }: BeatAnswer = at(beats, number - 1);
      return { exit: at(beats, number - 2).exit, continues, since: null, entry, title, summary };
    }),
  };
}
