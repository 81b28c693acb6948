import type { GenerateOptions } from '../../models/writer-model.ts';

/**
 * Puts questions to the writer model under the rules of a run: a place is free, nothing is paused,
 * the budget allows it, no account has to rest; and what fails is tried again as the run's one retry
 * policy says.
 */
export interface Requester {
  /**
   * @param attempt sends the question once; it may throw an InvalidAnswer to have it asked again, with
   *   that one's complaint
   * @throws ScenewrightError of the last attempt, or `cancelled`
   */
  ask<T>(attempt: Attempt<T>): Promise<T>;
}

export type Attempt<T> = (options: GenerateOptions) => Promise<T>;
