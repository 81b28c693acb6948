import fc from 'fast-check';
import { startModelAnswers } from './model-answers.ts';
import { startStudioAnswers } from './studio-answers.ts';
import type { Started, Target } from './target.ts';

/** Answers of services, of both kinds in turn. */
export const answers: Target<{ readonly which: number; readonly input: unknown }> = {
  name: 'answers',
  start: (_folder, small) => {
    const kinds: readonly Started<unknown>[] = [startModelAnswers(small), startStudioAnswers()];
    const kind = (which: number): Started<unknown> => {
      const found = kinds[which];
      if (found === undefined) throw new Error(`No answers of kind ${which}.`);
      return found;
    };
    return Promise.resolve({
      inputs: fc.oneof(
        ...kinds.map(({ inputs }, which) => inputs.map((input) => ({ which, input }))),
      ),
      show: ({ which, input }) => kind(which).show(input),
      attempt: ({ which, input }) => kind(which).attempt(input),
      patience: [500, 40],
    });
  },
};
