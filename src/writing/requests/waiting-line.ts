import { ScenewrightError } from '../../base/errors.ts';
import type { Outcome, RequestSource } from './request-source.ts';

/** A request that waits for its turn. */
interface Waiting {
  start(): void;
  drop(error?: ScenewrightError): void;
}

/** Requests that wait for their turn, in the order in which they came. */
export class WaitingLine implements RequestSource {
  private readonly waiting: Waiting[] = [];

  /**
   * Wait for a turn.
   *
   * @param send begins the request when it is its turn
   * @param over whoever waits leaves the line at once when this aborts; its reason is told where it is an
   *   error of ours
   * @returns what becomes of the request; `dropped` where its turn never comes
   */
  join<T>(send: () => Promise<Outcome<T>>, over: AbortSignal): Promise<Outcome<T>> {
    const whyOver = (): ScenewrightError | undefined => {
      const reason: unknown = over.reason;
      return reason instanceof ScenewrightError ? reason : undefined;
    };
    if (over.aborted) return Promise.resolve(dropped(whyOver()));
    return new Promise<Outcome<T>>((resolve, reject) => {
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        waiting.drop(whyOver());
      };
      const waiting: Waiting = {
        start: () => {
          over.removeEventListener('abort', leave);
          send().then(resolve, reject);
        },
        drop: (error) => {
          over.removeEventListener('abort', leave);
          resolve(dropped(error));
        },
      };
      over.addEventListener('abort', leave, { once: true });
      this.waiting.push(waiting);
    });
  }

  ready(): boolean {
    return this.waiting.length > 0;
  }

  start(): void {
    this.waiting.shift()?.start();
  }

  refuse(error: ScenewrightError): void {
    this.waiting.shift()?.drop(error);
  }
}

function dropped<T>(error: ScenewrightError | undefined): Outcome<T> {
  return error === undefined ? { kind: 'dropped' } : { kind: 'dropped', error };
}
