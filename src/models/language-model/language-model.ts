import type * as z from 'zod';
import type { GenerateOptions } from '../writer-model.ts';

/** A language model: it is told something, and answers with one value of the asked form. */
export interface LanguageModel {
  /** As people know it. */
  readonly label: string;
  /** Tokens that it reads in one request at most, where that is known. */
  readonly maxInputTokens?: number;
  /**
   * How much it reads and writes at once, as far as that is known by now. Where nobody has asked the
   * service yet this may wait for its answer, for a moment; it never fails.
   */
  room?(): Promise<ModelRoom>;
  /**
   * Ask once. Adapters validate with the request's schema and never return anything else.
   *
   * @throws ScenewrightError as {@link WriterModel.generate} does
   */
  answer<T>(request: PromptRequest<T>, options: AskOptions): Promise<T>;
}

/** How much a model reads and writes at once, in tokens as `tokensOf` counts them. */
export interface ModelRoom {
  /** Prompt and answer together, as the service counts them; `undefined` while unknown. */
  readonly window: number | undefined;
  /** The window is only what such servers usually have. */
  readonly isAssumed: boolean;
  /** What it writes at most; `undefined` while unknown. */
  readonly answer: number | undefined;
  /** What a prompt may have beside an answer of so many; `undefined` while unknown. */
  promptBeside(answerTokens: number): number | undefined;
}

/** A complaint is part of the prompt already, and entries are read from the text. */
export type AskOptions = Omit<GenerateOptions, 'complaint' | 'onEntry'>;

/** One request to a language model. */
export interface PromptRequest<T> {
  /** The system part is the same for a whole run. */
  readonly prompt: { readonly system: string; readonly user: string };
  readonly schema: z.ZodType<T>;
  /** Name of the schema, letters and underscores only. */
  readonly schemaName: string;
  /** How long the answer may become; absent: as long as the model likes. */
  readonly length?: AnswerLength;
}

/** How long an answer may become, in tokens. */
export interface AnswerLength {
  readonly most: number;
  /** The writer has set it: it holds whatever the model does with its tokens. */
  readonly isSet?: boolean;
}
