import type { Event } from '../base/events.ts';
import type { RateLimits } from '../net/rate-limit-headers.ts';
import type { AnswerTo, BeatAnswer } from './answer-schemas.ts';
import type { Brief } from '../script/script-model.ts';
import type { WriterTask } from './writer-tasks.ts';

/**
 * A writer model: something that does one {@link WriterTask} and gives the answer to it. How it goes
 * about it is its own business: a language model is told in prompts (`prompts/`), the offline
 * scaffold works from the task as it is.
 */
export interface WriterModel {
  /** Shown to the writer and put into the script's front matter, such as `gpt-5` or `offline scaffold`. */
  readonly label: string;
  /**
   * Do one task.
   *
   * Models never return anything that is no answer to their task. They do not retry: the writing
   * room does, by {@link ScenewrightError.retryable} and `retryAfterMs`.
   *
   * @throws ScenewrightError `account`, `rate-limit`, `network`, `bad-answer`, `refused`,
   *   `bad-input` (address or model of the settings are wrong) or `cancelled`.
   */
  generate<T extends WriterTask>(task: T, options: GenerateOptions): Promise<AnswerTo<T>>;
  /** What stands at the top of a script that it plans: a limit that the writer should know of. */
  noticeFor?(brief: Brief): string | undefined;
  /** The same task has the same answer however often it is asked: asking again is of no use. */
  readonly deterministic?: boolean;
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

export interface GenerateOptions {
  readonly signal: AbortSignal;
  /** What was wrong with the last answer to the same task, addressed to the model. */
  readonly complaint?: string | undefined;
  /** Called with the raw text so far, as it streams in. */
  readonly onText?: (textSoFar: string) => void;
  /**
   * Called with the beats of an outline, in order, each as soon as it is whole, while the rest is still
   * being written. An answer that fails may have handed out some; never are they those of two answers.
   * Models that answer all at once need not call it.
   */
  readonly onEntry?: (beat: BeatAnswer) => void;
  /** Called with every piece of an answer, thoughts included; where answers come whole, not at all. */
  readonly onLife?: () => void;
  /** What the endpoint counted, told once a request has ended even where its answer is of no use. */
  readonly onUsage?: (usage: Usage) => void;
  /** What had to be done to get an answer at all, a sentence for the writer; the same one may come again. */
  readonly onNotice?: (notice: string) => void;
  /** What the endpoint's headers say about its limits, as soon as they are here. */
  readonly onLimits?: (limits: RateLimits) => void;
}

/** What the endpoint says it counted. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** It was asked by planning, not for a scene. */
  readonly forPlan?: boolean;
}
