import type { ZodType } from 'zod';
import type { Beat, Bible, Brief, Scene } from '../script/model.ts';

/**
 * A writer model: something that answers one {@link WriterRequest} with one value of the request's
 * schema. How it is asked (chat completions, VS Code's models, no model at all) is the adapter's
 * business; what it is asked is the writing room's.
 */
export interface WriterModel {
  /** Shown to the writer and put into the script's front matter, such as `gpt-5` or `offline scaffold`. */
  readonly label: string;
  /**
   * Answer one request.
   *
   * Adapters validate with the request's schema and never return anything else. They do not retry:
   * the writing room does, by {@link ScenewrightError.retryable} and `retryAfterMs`.
   *
   * @throws ScenewrightError `account`, `rate-limit`, `network`, `bad-answer`, `refused`,
   *   `bad-input` (address or model of the settings are wrong) or `cancelled`.
   */
  generate<T>(request: WriterRequest<T>, options: GenerateOptions): Promise<Generated<T>>;
}

export interface WriterRequest<T> {
  /** The material as data; the offline scaffold works from this alone. */
  readonly task: WriterTask;
  /** The material as instructions to a language model. The system part is the same for a whole run. */
  readonly prompt: { readonly system: string; readonly user: string };
  readonly schema: ZodType<T>;
  /** Name of the schema, letters and underscores only. */
  readonly schemaName: string;
}

export type WriterTask =
  | { readonly kind: 'plan'; readonly brief: Brief; readonly beats: readonly BeatSlot[] }
  | {
      readonly kind: 'scene';
      readonly brief: Brief;
      readonly title: string;
      readonly bible: Bible;
      readonly outline: readonly Beat[];
      /** The beat to write; also an element of `outline`. */
      readonly beat: Beat;
      /** Scenes that are already written, in document order. */
      readonly finished: readonly Scene[];
      /** What the writer asked to change, for a rewrite; empty otherwise. */
      readonly instruction: string;
    };

/** A place in the outline whose id and length are settled before anything is written. */
export interface BeatSlot {
  readonly id: string;
  readonly seconds: number;
}

export interface GenerateOptions {
  readonly signal: AbortSignal;
  /** Called with the raw text so far, as it streams in. */
  readonly onText?: (textSoFar: string) => void;
}

export interface Generated<T> {
  readonly value: T;
  readonly usage?: Usage;
}

/** What the endpoint says it counted. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}
