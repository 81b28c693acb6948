import type { WriterTask } from '../writer-tasks.ts';

/**
 * How long answers are, in tokens, about, JSON around them included: an outline of 75 beats was measured
 * with some 9,600, and the rest is reckoned from how much is asked for, rather too much than too little.
 * Languages other than English take more, by how their words are parted.
 */
const perScene = 450;
const perSecond = 14;
const perBeat = 95;
const perAct = 110;
const core = 1000;
const coreOfLongStory = 1800;
const seam = 120;

/** How much longer the same is in languages that the encodings know less well than English. */
const otherLanguages = 1.6;

/** An answer of more than so many times the usual length is no answer any more. */
const generosity = 4;

/** No answer is bounded more tightly than this, in tokens. */
const leastBound = 2048;

/** How many tokens the answer to a task usually takes; a prompt has to leave it so much room. */
export function usualTokens(task: WriterTask): number {
  const english = /^en\b/i.test(task.brief.language);
  return Math.ceil(englishTokens(task) * (english ? 1 : otherLanguages));
}

/** How many tokens the answer to a task may take before it is taken for one without end. */
export function mostTokens(task: WriterTask): number {
  return Math.max(leastBound, usualTokens(task) * generosity);
}

function englishTokens(task: WriterTask): number {
  switch (task.kind) {
    case 'core':
      return task.shape.count > 40 ? coreOfLongStory : core;
    case 'acts':
      return perAct * task.counts.length;
    case 'outline':
      return perBeat * (task.part.to - task.part.from + 1);
    case 'seam':
      return seam;
    case 'scene':
      // That of the longest scene, so that all prompts of a run have the same room and begin alike.
      return (
        perScene + perSecond * task.outline.reduce((most, one) => Math.max(most, one.seconds), 0)
      );
  }
}
