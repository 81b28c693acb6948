import type {
  ActsAnswer,
  CoreAnswer,
  HandOffsAnswer,
  OutlineAnswer,
} from '../../../../src/models/answer-schemas.ts';
import type { WriterTask } from '../../../../src/models/writer-model.ts';

/** Good answers of a model to the requests of planning: the same small story at any length. */

export function coreAnswer(): CoreAnswer {
  return {
    title: 'The Last Keeper',
    logline: 'A keeper hands on the lamp.',
    characters: [{ name: 'Mara', look: 'Sixty, grey braid, oilskin coat.', voice: 'Slow.' }],
    places: [{ name: 'Lamp room', look: 'Round, brass and glass.' }],
  };
}

export function actsAnswer(count: number): ActsAnswer {
  return {
    acts: Array.from({ length: count }, (_, i) => ({
      title: `Act ${i + 1}`,
      summary: `Part ${i + 1} of the story is told.`,
      since: null,
      entry: ['Mara: oilskin coat'],
      exit: ['Mara: oilskin coat'],
    })),
  };
}

/** @param first number of the first of these beats in the whole outline, from 1 */
export function outlineAnswer(count: number, first = 1): OutlineAnswer {
  return {
    beats: Array.from({ length: count }, (_, i) => ({
      title: `Beat ${first + i}`,
      place: 'Lamp room',
      time: 'night',
      cast: ['Mara'],
      summary: `Thing ${first + i} happens.`,
      continues: false,
      since: null,
      entry: ['Mara: oilskin coat'],
      exit: ['Mara: oilskin coat'],
      handOff: `The sound of ${first + i}.`,
      length: 'usual',
    })),
  };
}

export function handOffsAnswer(count: number): HandOffsAnswer {
  return {
    handOffs: Array.from({ length: count }, () => ({
      exit: ['Mara: oilskin coat'],
      continues: false,
      since: null,
      entry: ['Mara: oilskin coat'],
      title: null,
      summary: null,
    })),
  };
}

export type PlanningTask = Extract<
  WriterTask,
  { readonly kind: 'core' | 'acts' | 'outline' | 'hand-offs' }
>;

/** @throws when the task is none of planning's */
export function answerOfPlanning(task: WriterTask): unknown {
  switch (task.kind) {
    case 'core':
      return coreAnswer();
    case 'acts':
      return actsAnswer(task.counts.length);
    case 'outline': {
      const act = task.act === undefined ? undefined : task.acts[task.act];
      return outlineAnswer(act?.count ?? task.beats.length, (act?.first ?? 0) + 1);
    }
    case 'hand-offs':
      return handOffsAnswer(task.later.length);
    default:
      throw new Error(`There is no planning in a task of kind ${task.kind}.`);
  }
}
