import { t } from '../../base/l10n.ts';
import type { HandOffAnswer } from '../../models/answer-schemas.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { handOffsPrompt } from '../../models/prompts/planning-prompts.ts';
import type { HandOffsTask, StoryCore } from '../../models/writer-tasks.ts';
import type { Beat, Brief } from '../../script/script-model.ts';
import { handOffReasons, mend, withGapsFilled } from './continuity.ts';
import { stateFromAnswer } from './contract-facts.ts';
import type { CachedPlanningRequests, PlanningRequest } from './cached-planning-requests.ts';
import { lineOf } from './read-core.ts';
import { findRepeats } from './repeated-beats.ts';

export interface HandOffOptions {
  readonly requests: CachedPlanningRequests;
  readonly brief: Brief;
  readonly core: StoryCore;
  readonly onProgress: (done: number, of: number) => void;
}

/** An outline whose hand-offs agree, and what it was given up on, in sentences with numbers. */
export interface Joined {
  readonly outline: readonly Beat[];
  readonly notes: readonly string[];
}

/** Pairs that one request mends, at most. */
const pairsAtOnce = 20;

/** What is wrong with a beat and the one before it. */
interface Fault {
  /** Number of the beat, from 2. */
  readonly later: number;
  /** Why it does not go with the beat before; empty when it does. */
  readonly breaks: readonly string[];
  /** Number of an earlier beat that does the same. */
  readonly repeats?: number;
}

/**
 * Make every beat go with the one before it. Only what is broken is asked of the model again, once,
 * with what is wrong with it; what is broken even then is mended here, and told.
 */
export async function joinBeats(
  planned: readonly Beat[],
  options: HandOffOptions,
): Promise<Joined> {
  const filled = fillGaps(planned);
  const faults = findFaults(filled);
  const mended = faults.length === 0 ? filled : fillGaps(await repair(filled, faults, options));
  const notes: string[] = [];
  const outline: Beat[] = [];
  for (const [i, later] of mended.entries()) {
    const { beat, changes } = mend(outline.at(-1), later);
    outline.push(beat);
    notes.push(
      ...changes.map((change) => t('Beat {0} did not agree with beat {1}. {2}', i + 1, i, change)),
    );
  }
  for (const { later, earlier } of findRepeats(summaries(outline))) {
    notes.push(
      t(
        'Beat {0} does nearly the same as beat {1}; you may want to change one of them.',
        later + 1,
        earlier + 1,
      ),
    );
  }
  return { outline, notes };
}

function fillGaps(outline: readonly Beat[]): Beat[] {
  const filled: Beat[] = [];
  for (const beat of outline) {
    const before = filled.at(-1);
    filled.push(before === undefined ? beat : withGapsFilled(before, beat));
  }
  return filled;
}

function findFaults(outline: readonly Beat[]): Fault[] {
  const repeats = new Map(
    findRepeats(summaries(outline)).map(({ earlier, later }) => [later, earlier + 1]),
  );
  return outline.flatMap((beat, i): Fault[] => {
    const breaks = i === 0 ? [] : handOffReasons(outline[i - 1], beat);
    const repeated = repeats.get(i);
    if (breaks.length === 0 && repeated === undefined) return [];
    return [{ later: i + 1, breaks, ...(repeated === undefined ? {} : { repeats: repeated }) }];
  });
}

function summaries(outline: readonly Beat[]): string[] {
  return outline.map(({ summary }) => summary);
}

async function repair(
  outline: readonly Beat[],
  faults: readonly Fault[],
  options: HandOffOptions,
): Promise<Beat[]> {
  const batches: Fault[][] = [];
  for (let i = 0; i < faults.length; i += pairsAtOnce)
    batches.push(faults.slice(i, i + pairsAtOnce));
  let done = 0;
  options.onProgress(done, batches.length);
  const answered = await Promise.allSettled(
    batches.map(async (batch) => {
      const answers = await askFor(outline, batch, options);
      options.onProgress(++done, batches.length);
      return answers;
    }),
  );
  const result = [...outline];
  for (const [i, batch] of batches.entries()) {
    const answer = answered[i];
    if (answer?.status === 'rejected') {
      // A model that cannot mend the pairs leaves them to be mended here; all else ends the plan.
      if (!isNoAnswer(answer.reason)) throw answer.reason;
      options.onProgress(++done, batches.length);
      continue;
    }
    for (const [j, fault] of batch.entries()) {
      const handOff = answer?.value[j];
      if (handOff !== undefined) apply(result, fault, handOff);
    }
  }
  return result;
}

function isNoAnswer(error: unknown): boolean {
  return (
    error instanceof ScenewrightError && (error.code === 'bad-answer' || error.code === 'refused')
  );
}

/** Where an answer is longer than the model can write, the pairs are asked for in two halves. */
async function askFor(
  outline: readonly Beat[],
  faults: readonly Fault[],
  options: HandOffOptions,
): Promise<readonly HandOffAnswer[]> {
  const { requests } = options;
  const question = questionFor(outline, faults, options);
  if (faults.length < 2) return requests.ask(question);
  const answer = await requests.askUnlessTooLong(question);
  if (answer !== undefined) return answer.value;
  const middle = Math.ceil(faults.length / 2);
  const halves = [faults.slice(0, middle), faults.slice(middle)];
  return (await Promise.all(halves.map((half) => askFor(outline, half, options)))).flat();
}

function questionFor(
  outline: readonly Beat[],
  faults: readonly Fault[],
  { brief, core }: HandOffOptions,
): PlanningRequest<HandOffsTask, readonly HandOffAnswer[]> {
  const pairs = faults.map(({ later, breaks, repeats }) => {
    if (repeats === undefined) return { later, reasons: breaks };
    const same = outline[repeats - 1]?.summary ?? '';
    const repeated = `Beat ${later} does the same as beat ${repeats} (“${same}”): plan something else for it, under title and summary.`;
    return { later, reasons: [...breaks, repeated] };
  });
  const task: HandOffsTask = { kind: 'hand-offs', brief, core, outline, pairs };
  return {
    task,
    // Of the outline it depends on the pairs alone, and on them as they are told.
    builtOn: [handOffsPrompt(task)],
    read: ({ handOffs }) => handOffs,
  };
}

/** Take over what was asked for, and nothing else. */
function apply(outline: Beat[], { later, breaks, repeats }: Fault, answer: HandOffAnswer): void {
  const earlierBeat = outline[later - 2];
  let laterBeat = outline[later - 1];
  if (earlierBeat === undefined || laterBeat === undefined) return;
  if (repeats !== undefined) {
    const title = lineOf(answer.title);
    const summary = lineOf(answer.summary);
    if (summary !== '') {
      laterBeat = { ...laterBeat, summary, title: title === '' ? laterBeat.title : title };
    }
  }
  if (breaks.length > 0) {
    const { continues } = answer;
    const since = continues ? null : answer.since;
    const exit = stateFromAnswer(null, answer.exit);
    const entry = stateFromAnswer(since, answer.entry);
    outline[later - 2] = { ...earlierBeat, contract: { ...earlierBeat.contract, exit } };
    laterBeat = { ...laterBeat, contract: { ...laterBeat.contract, entry, continues } };
  }
  outline[later - 1] = laterBeat;
}
