import type * as z from 'zod';
import type { GenerateOptions } from '../writer-model.ts';

/** A language model: it is told something, and answers with one value of the asked form. */
export interface LanguageModel {
  /** As people know it. */
  readonly label: string;
  /** Tokens that it reads in one request at most, where that is known. */
  readonly maxInputTokens?: number;
  /**
   * Ask once. Adapters validate with the request's schema and never return anything else.
   *
   * @throws ScenewrightError as {@link WriterModel.generate} does
   */
  answer<T>(request: PromptRequest<T>, options: AskOptions): Promise<T>;
}

/** A complaint is part of the prompt already. */
export type AskOptions = Omit<GenerateOptions, 'complaint'>;

/** One request to a language model. */
export interface PromptRequest<T> {
  /** The system part is the same for a whole run. */
  readonly prompt: { readonly system: string; readonly user: string };
  readonly schema: z.ZodType<T>;
  /** Name of the schema, letters and underscores only. */
  readonly schemaName: string;
}
