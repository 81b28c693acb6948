import { t } from '../../base/l10n.ts';
import { ContextOverflow, TruncatedAnswer } from '../answer-errors.ts';
import { beatAnswerSchema, type AnswerTo, type BeatAnswer } from '../answer-schemas.ts';
import { EntriesSoFar } from '../language-model/entries-so-far.ts';
import { mostTokens, usualTokens } from './answer-length.ts';
import { contextTokensFor } from './context-budget.ts';
import { brieferAnswer, isDivisible } from './briefer-answers.ts';
import { requestFor } from './task-request.ts';
import { tokensOf } from '../language-model/token-estimate.ts';
import type { GenerateOptions, WriterModel } from '../writer-model.ts';
import type { WriterTask } from '../writer-tasks.ts';
import type {
  AnswerLength,
  LanguageModel,
  ModelRoom,
  PromptRequest,
} from '../language-model/language-model.ts';

/** Tokens. */
const budgetStep = 256;

/** A request that was too long is sent so many times more, each time with less. */
const mostCuts = 3;

/** What is left of a request that was too long, where nobody says how much is not. */
const cutShare = 0.7;

/**
 * A language model as a writer model: tells it each task in a prompt that fits into what the model
 * reads at once. A request that turns out too long is told with less, and never sent again as it was.
 */
export class PromptedWriter implements WriterModel {
  readonly label: string;
  private readonly model: LanguageModel;
  private readonly contextTokens: number;
  private readonly answerTokens: number;

  /**
   * @param contextTokens how many tokens the instructions of one request may take, estimated; 0 for
   *   what suits the model
   * @param answerTokens how many tokens one answer may take; 0 for what suits the task
   */
  constructor(model: LanguageModel, contextTokens: number, answerTokens = 0) {
    this.model = model;
    this.label = model.label;
    this.contextTokens = contextTokens === 0 ? contextTokensFor(model) : contextTokens;
    this.answerTokens = answerTokens;
  }

  async generate<T extends WriterTask>(
    task: T,
    { complaint, onEntry, ...asked }: GenerateOptions,
  ): Promise<AnswerTo<T>> {
    const options =
      onEntry === undefined || task.kind !== 'outline'
        ? asked
        : { ...asked, onText: handingOut(onEntry, asked.onText) };
    const length = this.lengthOf(task);
    const expected = usualTokens(task);
    const usual = Math.min(expected, length.most);
    let room = await this.model.room?.();
    let budget = this.budgetIn(room, usual);
    for (let cuts = 0; ; cuts++) {
      const request = { ...requestFor(task, budget, complaint), length };
      const size = sizeOf(request);
      this.note(task, size, room, options);
      const isTooLong = expected > length.most || isTooMuch(room, size, usual);
      if (isTooLong && isDivisible(task)) throw tooMuchAtOnce();
      try {
        return await this.model.answer(request, options);
      } catch (error) {
        if (error instanceof TruncatedAnswer) throw brieferAnswer(error, task);
        if (!(error instanceof ContextOverflow)) throw error;
        room = await this.model.room?.();
        budget = Math.min(Math.floor(size * cutShare), this.budgetIn(room, usual));
        const isSmaller = sizeOf(requestFor(task, budget, complaint)) < size;
        if (isSmaller && cuts < mostCuts) continue;
        // Cut though it was, it is an answer, and there is no better one to be had.
        if (error.answered !== undefined) return error.answered.value as AnswerTo<T>;
        throw isDivisible(task) ? tooMuchAtOnce() : error;
      }
    }
  }

  private lengthOf(task: WriterTask): AnswerLength {
    return this.answerTokens === 0
      ? { most: mostTokens(task) }
      : { most: this.answerTokens, isSet: true };
  }

  /** How many tokens the instructions may take beside the answer. */
  private budgetIn(room: ModelRoom | undefined, answerTokens: number): number {
    const fits = room?.promptBeside(answerTokens) ?? Infinity;
    // By steps, so that prompts begin alike though more is learned of the model all the time.
    return Math.max(0, Math.min(this.contextTokens, Math.floor(fits / budgetStep) * budgetStep));
  }

  /** Say so where the model is told less of the script than it would be with a larger window. */
  private note(
    task: WriterTask,
    size: number,
    room: ModelRoom | undefined,
    { onNotice }: Pick<GenerateOptions, 'onNotice'>,
  ): void {
    if (room?.window === undefined || room.isAssumed || onNotice === undefined) return;
    const isFull = (room.promptBeside(usualTokens(task)) ?? Infinity) >= this.contextTokens;
    if (isFull || sizeOf(requestFor(task, this.contextTokens)) <= size) return;
    onNotice(
      t(
        '“{0}” reads {1} tokens at once, so each request tells it less of the script. With a larger context window it knows more of what was written.',
        this.label,
        room.window.toLocaleString('en'),
      ),
    );
  }
}

/** Whether an answer of the usual length is sure to break off. */
function isTooMuch(room: ModelRoom | undefined, size: number, usual: number): boolean {
  if (room === undefined) return false;
  if (usual > (room.answer ?? Infinity)) return true;
  return !room.isAssumed && size > (room.promptBeside(usual) ?? Infinity);
}

function sizeOf({ prompt }: Pick<PromptRequest<unknown>, 'prompt'>): number {
  return tokensOf(prompt.system) + tokensOf(prompt.user);
}

function tooMuchAtOnce(): TruncatedAnswer {
  return new TruncatedAnswer(
    t('The model has no room for an answer of this length.'),
    'It had to be shorter. Be as brief as you can.',
    false,
    t('Give the model a larger context window, or choose one that writes more at once.'),
  );
}

/**
 * Hands out the beats of an answer while its text comes in: up to the first that is none, and no more
 * where another answer is begun.
 */
function handingOut(
  onEntry: (beat: BeatAnswer) => void,
  onText: GenerateOptions['onText'],
): (textSoFar: string) => void {
  const entries = new EntriesSoFar('beats', beatAnswerSchema);
  let length = 0;
  let isOver = false;
  return (text) => {
    if (text.length < length) isOver = true;
    length = text.length;
    for (const { value } of isOver ? [] : entries.take(text)) {
      if (value === undefined) isOver = true;
      else if (!isOver) onEntry(value);
    }
    onText?.(text);
  };
}
