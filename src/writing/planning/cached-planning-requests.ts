import { createHash } from 'node:crypto';
import * as z from 'zod';
import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ErrorCode } from '../../base/errors.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import { answerSchema, type AnswerTo } from '../../models/answer-schemas.ts';
import type { GenerateOptions, WriterModel } from '../../models/writer-model.ts';
import type { WriterTask } from '../../models/writer-tasks.ts';
import { isSceneId } from '../../script/scene-ids.ts';
import type { Brief, SceneId } from '../../script/script-model.ts';
import type { Attempt, Requester } from '../requests/requester.ts';
import type { AnswerJournal } from '../journal/answer-journal.ts';

/** One request of planning. */
export interface PlanningRequest<T extends WriterTask, R> {
  readonly task: T;
  /** All that the answer depends on beside the brief, as plain data without ids. */
  readonly builtOn: readonly unknown[];
  /**
   * What the answer means.
   *
   * @throws InvalidAnswer to have it asked again
   */
  readonly read: (answer: AnswerTo<T>) => R;
}

export interface CachedPlanningOptions {
  readonly brief: Brief;
  readonly model: WriterModel;
  readonly requester: Requester;
  readonly answers?: AnswerJournal;
  readonly signal: AbortSignal;
}

/** Belongs to what is kept: raise it whenever answers to the new prompts should replace old ones. */
const promptVersion = 1;

/** After these nothing else that the same plan asks can succeed. */
const concernsAll: readonly ErrorCode[] = ['account', 'budget', 'cancelled', 'bad-input'];

/**
 * Asks the questions of one plan. Each answer is kept the moment it is here, and asked of the model
 * only if it is not kept already from an earlier try.
 */
export class CachedPlanningRequests {
  private readonly options: CachedPlanningOptions;
  private readonly used = new Set<string>();
  private readonly held = new Set<string>();
  private stopped: ScenewrightError | undefined;

  constructor(options: CachedPlanningOptions) {
    this.options = options;
  }

  /** Under which keys answers of this plan are kept. */
  get keys(): string[] {
    return [...this.used];
  }

  /** How many answers of models are kept, so that the next run need not ask for them. */
  get keptAnswers(): number {
    return this.held.size;
  }

  /**
   * Ids for the beats, kept like the answers: scenes that were written for a plan which was lost before
   * it was saved are found again by them.
   *
   * @param newId may give the same one twice once in a long while
   */
  async ids(count: number, newId: () => SceneId): Promise<readonly SceneId[]> {
    const key = this.keyOf('ids', [count]);
    const kept = z
      .array(z.string().refine(isSceneId))
      .length(count)
      .safeParse(await this.kept(key));
    if (kept.success && new Set(kept.data).size === count) return kept.data;
    const ids = new Set<SceneId>();
    while (ids.size < count) ids.add(newId());
    await this.keep(key, [...ids]);
    return [...ids];
  }

  /**
   * @param object throws an InvalidAnswer where something speaks against a fresh answer that can be
   *   read: it is asked for again then, and taken if nothing better comes
   * @throws ScenewrightError when there is no answer to be had
   */
  async ask<T extends WriterTask, R>(
    question: PlanningRequest<T, R>,
    object: (result: R) => void = () => undefined,
  ): Promise<R> {
    const key = this.keyOf(question.task.kind, question.builtOn);
    const kept = read(question, await this.kept(key));
    if (kept !== undefined) return kept.value;
    let readable: { readonly value: R } | undefined;
    try {
      return await this.attempt(async (options) => {
        const answer = await this.send(question.task, options);
        const value = question.read(answer);
        await this.keep(key, answer);
        readable = { value };
        object(value);
        return value;
      });
    } catch (error) {
      if (readable === undefined || !(error instanceof InvalidAnswer)) throw error;
      return readable.value;
    }
  }

  /** Ask as often as the run's rules say; each attempt puts its own question by {@link send}. */
  attempt<R>(attempt: Attempt<R>): Promise<R> {
    return this.options.requester.ask(attempt);
  }

  /** Put a question to the model once. */
  async send<T extends WriterTask>(task: T, options: GenerateOptions): Promise<AnswerTo<T>> {
    const { model, signal } = this.options;
    if (signal.aborted) throw cancelledError(t('Planning'));
    if (this.stopped !== undefined) throw this.stopped;
    try {
      return await model.generate(task, {
        ...options,
        onUsage: (usage) => {
          options.onUsage?.({ ...usage, forPlan: true });
        },
      });
    } catch (error) {
      if (error instanceof ScenewrightError && concernsAll.includes(error.code)) {
        this.stopped ??= error;
      }
      throw error;
    }
  }

  /** The key under which an answer of this plan is kept. */
  keyOf(kind: string, builtOn: readonly unknown[]): string {
    const { idea, duration, language, style, aspect, structure, instructions } = this.options.brief;
    const brief = [idea, duration, language, style, aspect, structure, instructions];
    const key = createHash('sha256')
      .update(JSON.stringify([promptVersion, kind, brief, builtOn]))
      .digest('hex');
    this.used.add(key);
    return key;
  }

  async kept(key: string): Promise<unknown> {
    const answer = await this.options.answers?.get(key);
    this.hold(key, answer);
    return answer;
  }

  async keep(key: string, answer: unknown): Promise<void> {
    // Where it cannot be kept, as on a full disk, planning goes on: all that is lost is the chance
    // not to ask again, should the plan come to nothing.
    const { answers } = this.options;
    await answers?.put(key, answer).then(
      () => {
        this.hold(key, answer);
      },
      () => undefined,
    );
  }

  private hold(key: string, answer: unknown): void {
    if (holdsAnswer(answer)) this.held.add(key);
  }
}

/** A kept answer, if it still is one. */
function read<T extends WriterTask, R>(
  { task, read }: PlanningRequest<T, R>,
  answer: unknown,
): { value: R } | undefined {
  const parsed = answerSchema(task).safeParse(answer);
  if (!parsed.success) return undefined;
  try {
    return { value: read(parsed.data) };
  } catch {
    return undefined;
  }
}

/** Ids are kept, too, for which no model was asked, and that an answer came to nothing. */
function holdsAnswer(kept: unknown): boolean {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return false;
  return !('beats' in kept && Array.isArray(kept.beats) && kept.beats.length === 0);
}
