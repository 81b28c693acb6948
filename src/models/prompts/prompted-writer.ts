import type { AnswerTo } from '../answer-schemas.ts';
import { contextTokensFor } from './context-budget.ts';
import { requestFor } from './task-request.ts';
import type { GenerateOptions, WriterModel } from '../writer-model.ts';
import type { WriterTask } from '../writer-tasks.ts';
import type { LanguageModel } from '../language-model/language-model.ts';

/** A language model as a writer model: tells it each task in a prompt. */
export class PromptedWriter implements WriterModel {
  readonly label: string;
  private readonly model: LanguageModel;
  private readonly contextTokens: number;

  /**
   * @param contextTokens how many tokens the instructions of one request may take, estimated; 0 for
   *   what suits the model
   */
  constructor(model: LanguageModel, contextTokens: number) {
    this.model = model;
    this.label = model.label;
    this.contextTokens = contextTokens === 0 ? contextTokensFor(model) : contextTokens;
  }

  generate<T extends WriterTask>(
    task: T,
    { complaint, ...options }: GenerateOptions,
  ): Promise<AnswerTo<T>> {
    return this.model.answer(requestFor(task, this.contextTokens, complaint), options);
  }
}
