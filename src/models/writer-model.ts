import type { ZodType } from 'zod';
import type { Event } from '../base/events.ts';
import type { RateLimits } from '../net/rate-limit-headers.ts';
import type { Beat, Bible, Brief, Scene } from '../script/script-model.ts';

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
  /** Tokens that it reads in one request at most, where that is known. */
  readonly maxInputTokens?: number;
  /**
   * It gives the same starting points whenever it is asked, as the offline scaffold does: there is no
   * use in judging its answers and asking again.
   */
  readonly isScaffold?: boolean;
  /** How much may be asked right now; absent where nothing limits it, as with the offline scaffold. */
  readonly traffic?: Traffic;
}

/** What the accounts of a writer model let through at the moment. */
export interface Traffic {
  /** How many accounts take part: all but those that were refused; at least 1 until all were. */
  readonly accounts: number;
  /**
   * Milliseconds until the next request may be sent: 0 for at once, `Infinity` when every account
   * has been refused.
   */
  readyInMs(): number;
  /** Fires when an account begins to rest or is set aside. That a rest ends is told by time alone. */
  readonly onDidChange: Event<void>;
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

/** The title, the story and the bible: what is settled before the outline. */
export interface StoryCore {
  readonly title: string;
  readonly logline: string;
  readonly bible: Bible;
}

/** A part of a long story that is planned beat by beat in a request of its own. */
export interface Act {
  readonly title: string;
  /** What happens in it, and what it changes. */
  readonly summary: string;
  /** How things stand as it begins and as it ends. */
  readonly entry: string;
  readonly exit: string;
  /** Position of its first beat in the outline, from 0, and how many it has. */
  readonly first: number;
  readonly count: number;
}

export type WriterTask =
  /** The story core. `beats` are the slots of the whole outline, in this task and the next ones. */
  | { readonly kind: 'core'; readonly brief: Brief; readonly beats: readonly BeatSlot[] }
  /** Part a long story into acts of the given numbers of beats. */
  | {
      readonly kind: 'acts';
      readonly brief: Brief;
      readonly beats: readonly BeatSlot[];
      readonly core: StoryCore;
      readonly counts: readonly number[];
    }
  /** The beats of one act, or of the whole story where it is not parted. */
  | {
      readonly kind: 'outline';
      readonly brief: Brief;
      readonly beats: readonly BeatSlot[];
      readonly core: StoryCore;
      readonly acts: readonly Act[];
      /** Index into `acts`; absent where all beats are asked for at once. */
      readonly act?: number;
    }
  /** Mend the entry and exit states of those pairs of beats that do not agree. */
  | {
      readonly kind: 'hand-offs';
      readonly brief: Brief;
      readonly core: StoryCore;
      readonly outline: readonly Beat[];
      /** Positions in `outline` of the later beat of every pair, from 1, ascending. */
      readonly later: readonly number[];
    }
  /** Judge whether two written neighbours really clash, as a check in code suspects. */
  | {
      readonly kind: 'seam';
      readonly brief: Brief;
      readonly earlier: Scene;
      readonly later: Scene;
      /** What the check found, in English, one sentence each. */
      readonly suspicions: readonly string[];
    }
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
  /** What the endpoint counted, told once a request has ended even where its answer is of no use. */
  readonly onUsage?: (usage: Usage) => void;
  /** What the endpoint's headers say about its limits, as soon as they are here. */
  readonly onLimits?: (limits: RateLimits) => void;
}

export interface Generated<T> {
  readonly value: T;
}

/** What the endpoint says it counted. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}
