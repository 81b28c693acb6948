import { InvalidAnswer } from '../../../../src/models/answer-errors.ts';
import type { AnswerTo, BeatAnswer } from '../../../../src/models/answer-schemas.ts';
import { requestFor } from '../../../../src/models/prompts/task-request.ts';
import type { GenerateOptions, WriterModel } from '../../../../src/models/writer-model.ts';
import type { WriterTask } from '../../../../src/models/writer-tasks.ts';
import type { Brief } from '../../../../src/script/script-model.ts';
import type { Requester } from '../../../../src/writing/requests/requester.ts';
import type { AnswerJournal } from '../../../../src/writing/journal/answer-journal.ts';
import type { Beat, Plan } from '../../../../src/script/script-model.ts';
import {
  GrowingPlan,
  type PlanningOptions,
} from '../../../../src/writing/planning/growing-plan.ts';
import type { PlanUnderWay } from '../../../../src/writing/planning/plan-under-way.ts';
import { answerOfPlanning } from '../../../../fixtures/plan-answers.ts';
import type { Asked } from '../writing-support.ts';

export const brief: Brief = {
  idea: 'The last keeper of a lighthouse teaches a boy to tend the lamp.',
  duration: 180,
  language: 'en',
  style: 'watercolour',
  aspect: '16:9',
  structure: 'three-act',
  instructions: '',
};

/** Answers as it is told, well by default, and remembers what it was asked. */
export class PlanningModel implements WriterModel {
  readonly label = 'fake';
  readonly asked: Asked[] = [];
  answer: (asked: Asked, handOut: (beat: BeatAnswer) => void) => unknown = ({ task }) =>
    answerOfPlanning(task);

  async generate<T extends WriterTask>(
    task: T,
    { complaint, onEntry }: GenerateOptions,
  ): Promise<AnswerTo<T>> {
    const { prompt, schema } = requestFor(task, 8_000, complaint);
    const asked = { task, prompt };
    this.asked.push(asked);
    await Promise.resolve();
    const parsed = schema.safeParse(await this.answer(asked, (beat) => onEntry?.(beat)));
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.map(({ message }) => message).join('; ');
    throw new InvalidAnswer(`The wrong form: ${issues}`, issues);
  }

  kinds(): WriterTask['kind'][] {
    return this.asked.map(({ task }) => task.kind);
  }
}

/** Asks at once, again with the complaint where an answer was of no use, three times in all. */
class PlainAsker implements Requester {
  async ask<T>(attempt: (options: GenerateOptions) => Promise<T>): Promise<T> {
    const options = { signal: new AbortController().signal };
    let complaint: string | undefined;
    for (let left = 2; ; left--) {
      try {
        return await attempt({ ...options, complaint });
      } catch (error) {
        if (!(error instanceof InvalidAnswer) || left === 0) throw error;
        complaint = error.complaint;
      }
    }
  }
}

/** Kept answers in memory, as the disk gives them back. */
export class AnswersInMemory implements AnswerJournal {
  readonly files = new Map<string, string>();
  broken = false;

  get(key: string): Promise<unknown> {
    const file = this.files.get(key);
    return Promise.resolve(file === undefined ? undefined : JSON.parse(file));
  }

  put(key: string, answer: unknown): Promise<void> {
    if (this.broken) return Promise.reject(new Error('ENOSPC: no space left on device'));
    this.files.set(key, JSON.stringify(answer));
    return Promise.resolve();
  }

  remove(key: string): Promise<void> {
    this.files.delete(key);
    return Promise.resolve();
  }
}

export const upTo15 = Array.from({ length: 15 }, (_, i) => i + 1);

export function optionsOf(changes: Partial<PlanningOptions> = {}): PlanningOptions {
  let ids = 0;
  return {
    brief,
    clipSeconds: upTo15,
    model: new PlanningModel(),
    requester: new PlainAsker(),
    newId: () => (++ids).toString(36).padStart(6, '0'),
    onStage: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  };
}

export interface PlannedScript {
  readonly plan: Plan;
  readonly notes: readonly string[];
}

/**
 * The whole plan, with all parts let go at once, as where only an outline is wanted.
 *
 * @param onGrowth told of what comes into the document, which holds it from then on
 */
export async function planScript(
  options: PlanningOptions,
  onGrowth: (plan: Plan) => void = () => undefined,
  before?: PlanUnderWay,
): Promise<PlannedScript> {
  const planning = new GrowingPlan(options, before);
  const notes: string[] = [];
  const outline: Beat[] = [];
  let plan: Plan | undefined;
  let wake: () => void = () => undefined;
  planning.onNews = () => {
    wake();
  };
  planning.begin();
  while (!planning.whole) {
    while (planning.holds) planning.letGo();
    const growth = planning.take(true);
    if (growth !== undefined) {
      outline.push(...growth.plan.outline);
      notes.push(...growth.notes);
      plan = growth.plan;
      onGrowth(growth.plan);
      await planning.land();
      continue;
    }
    if (planning.error !== undefined && planning.idle) throw planning.error;
    await new Promise<void>((resolve) => (wake = resolve));
  }
  if (plan === undefined) throw new Error('There is nothing to plan.');
  return { plan: { ...plan, outline }, notes };
}
