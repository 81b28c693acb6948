import type { InLine, ServerLine } from './server-line.ts';

/** All in milliseconds. */
export interface StallLimits {
  /**
   * Until the first piece of content, thoughts included, or from one sign of life to the next before it:
   * a model may have to be loaded, or think, before it speaks. Headers are no content, nor is who speaks.
   */
  readonly firstMs: number;
  /** Between two signs of life from then on, which a comment or a space is, too. */
  readonly idleMs: number;
  /** Between two pieces of content: a service that only keeps the line open does not get on. */
  readonly quietMs: number;
  /** From the first piece of content to the end of the answer. */
  readonly totalMs: number;
}

/** How patient a writer model is, in milliseconds. */
export interface Patience {
  /** Of silence, once an answer has begun, after which it counts as lost (default 90 s). */
  readonly idleTimeoutMs?: number;
  /** Until the first word of an answer; models may have to be loaded, or think (default 5 minutes). */
  readonly firstTimeoutMs?: number;
  /**
   * Without anything new of the answer, however alive the connection is kept, after which it counts
   * as lost (default 10 minutes: some services make one wait in a queue).
   */
  readonly quietTimeoutMs?: number;
  /** From the answer's first word to its last (default 1 hour, for slow machines). */
  readonly totalTimeoutMs?: number;
}

export function stallLimits(options: Patience): StallLimits {
  const idleMs = options.idleTimeoutMs ?? 90_000;
  return {
    firstMs: options.firstTimeoutMs ?? Math.max(300_000, idleMs),
    idleMs,
    quietMs: options.quietTimeoutMs ?? 600_000,
    totalMs: options.totalTimeoutMs ?? 3_600_000,
  };
}

/**
 * Aborts a request that does not get on any more: one that has gone silent, one that speaks and says
 * nothing, and one that never comes to its end.
 */
export class StallGuard implements InLine {
  /** Whether the request was given up because it did not get on. */
  stalled = false;
  private readonly controller = new AbortController();
  private readonly caller: AbortSignal;
  private readonly limits: StallLimits;
  private readonly line: ServerLine;
  private readonly onContent: (() => void) | undefined;
  /** Signs of life, of content, and the end. */
  private life: NodeJS.Timeout;
  private content: NodeJS.Timeout;
  private end: NodeJS.Timeout | undefined;

  /**
   * @param caller the caller's own wish to stop, passed on through {@link signal}
   * @param line the requests that the same server has
   * @param onContent told of every piece of content
   */
  constructor(
    caller: AbortSignal,
    limits: StallLimits,
    line: ServerLine,
    onContent: (() => void) | undefined,
  ) {
    this.onContent = onContent;
    this.caller = caller;
    this.limits = limits;
    this.line = line;
    line.join(this);
    this.life = setTimeout(this.giveUp, limits.firstMs);
    // Before there is content there is the time until the first sign of life, too.
    this.content = setTimeout(this.giveUp, limits.firstMs + limits.quietMs);
    caller.addEventListener('abort', this.stop);
    if (caller.aborted) this.stop();
  }

  /** Aborts when the caller does, or when the request has stalled. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** A sign of life. */
  alive(): void {
    this.life.refresh();
  }

  /** A piece of content. */
  gotOn(): void {
    this.line.gotOn(this);
    this.onContent?.();
    if (this.end !== undefined) {
      this.life.refresh();
      this.content.refresh();
      return;
    }
    clearTimeout(this.life);
    clearTimeout(this.content);
    this.life = setTimeout(this.giveUp, this.limits.idleMs);
    this.content = setTimeout(this.giveUp, this.limits.quietMs);
    this.end = setTimeout(this.giveUp, this.limits.totalMs);
  }

  othersGotOn(): void {
    if (this.end !== undefined || this.controller.signal.aborted) return;
    this.life.refresh();
    this.content.refresh();
  }

  dispose(): void {
    clearTimeout(this.life);
    clearTimeout(this.content);
    clearTimeout(this.end);
    this.line.leave(this, !this.controller.signal.aborted);
    this.caller.removeEventListener('abort', this.stop);
  }

  private readonly giveUp = (): void => {
    this.stalled = true;
    this.controller.abort();
  };

  private readonly stop = (): void => {
    this.controller.abort(this.caller.reason);
  };
}
