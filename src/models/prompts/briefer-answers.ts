import { TruncatedAnswer } from '../answer-errors.ts';
import type { WriterTask } from '../writer-tasks.ts';

/** Whether a task can be asked for in smaller parts instead. */
export function isDivisible(task: WriterTask): boolean {
  return task.kind === 'outline' && task.part.to > task.part.from;
}

/** An answer that broke off, with what the next one is to leave out: "be brief" alone changes little. */
export function brieferAnswer(error: TruncatedAnswer, task: WriterTask): TruncatedAnswer {
  const { fact, complaint, ignoresForm, advice } = error;
  return new TruncatedAnswer(fact, `${complaint} ${demand(task)}`, ignoresForm, advice);
}

function demand({ kind }: WriterTask): string {
  switch (kind) {
    case 'core':
      return 'Settle no more than five characters and five places, and describe each in at most ten words.';
    case 'acts':
      return 'Tell each act in one sentence, with at most two changes.';
    case 'outline':
      return 'Tell each beat in one short sentence, with at most one change.';
    case 'seam':
      return 'One short sentence is enough.';
    case 'scene':
      return 'At most two sentences of action, one spoken line, and a prompt of 50 words; leave out the sound.';
  }
}
