import type { ScenewrightError } from '../../base/errors.ts';
import type { GenerateOptions } from '../../models/writer-model.ts';

/** What became of one request. */
export type Outcome<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /**
   * `comesBack` where nothing has to be held against it: it was turned away for want of a place, or the
   * service answers nobody. It may be sent again, and is as soon as that is of use.
   */
  | { readonly kind: 'failed'; readonly error: ScenewrightError; readonly comesBack: boolean }
  /** Nobody wants it any more, or it was never sent: with an error, because that was not allowed. */
  | { readonly kind: 'dropped'; readonly error?: ScenewrightError };

/** Sends one request. */
export type Send<T> = (options: GenerateOptions) => Promise<T>;

/** Something that sends requests whenever there is room for one more. */
export interface RequestSource {
  /** Whether it has a request to send now. */
  ready(): boolean;
  /** Sends one request through `RequestDispatcher.send` before it returns. Only while it is ready. */
  start(): void;
  /** The writer did not allow the request that it would have sent. Only while it is ready. */
  refuse(error: ScenewrightError): void;
  /** Milliseconds until time alone may make it ready; absent: never. */
  readyInMs?(): number;
}
