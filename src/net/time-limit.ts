/** Why something was broken off: not by anybody's wish, but because its time is over. */
export class TimeRanOut extends Error {
  readonly code = 'TOTAL_TIMEOUT';

  constructor() {
    super(t('It took too long.'));
  }
}

/** A caller's wish to stop together with a limit of time for all of what it does. */
export class TimeLimit {
  private readonly controller = new AbortController();
  private readonly caller: AbortSignal;
  private readonly timer: NodeJS.Timeout;
  private readonly stop = (): void => {
    this.controller.abort(this.caller.reason);
  };

  /** @param ms from now on */
  constructor(caller: AbortSignal, ms: number) {
    this.caller = caller;
    this.timer = setTimeout(() => {
      this.controller.abort(new TimeRanOut());
    }, ms);
    caller.addEventListener('abort', this.stop, { once: true });
    if (caller.aborted) this.stop();
  }

  /** Aborts when the caller does, or with {@link TimeRanOut}. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.caller.removeEventListener('abort', this.stop);
  }
}
import { t } from '../base/l10n.ts';
