/**
 * So long after a key, in milliseconds, nobody counts as typing any more; two keys of somebody who types are
 * rarely further apart, and VS Code waits about as long before it asks for lenses and the outline.
 */
export const typingPauseMs = 300;

/** Who types on and on is shown how things stand after so many milliseconds all the same. */
const typingMostMs = 2000;

/** A process that comes to a timer so many milliseconds late has been busy, and may not have heard of keys yet. */
const lateMs = 50;

/** Does something soon after it was wanted, and never more often than every so many milliseconds. */
export class Throttle {
  private readonly everyMs: number;
  private readonly act: () => void;
  private timer: NodeJS.Timeout | undefined;
  /** Wanted by somebody who types, since when; then it may still be put off. */
  private typingSince: number | undefined;

  constructor(everyMs: number, act: () => void) {
    this.everyMs = everyMs;
    this.act = act;
  }

  /** However often it is wanted until then, it is done once. */
  soon(): void {
    if (this.timer !== undefined && this.typingSince === undefined) return;
    this.in(this.everyMs);
  }

  /**
   * A text has changed, perhaps by a key that others follow: it is done once they pause, so that it is in no
   * key's way. What is wanted {@link soon} meanwhile is not put off.
   */
  onceTypingPauses(): void {
    if (this.timer !== undefined && this.typingSince === undefined) return;
    const now = performance.now();
    const since = this.typingSince ?? now;
    const ms = Math.max(0, Math.min(typingPauseMs, since + typingMostMs - now));
    this.in(ms, () => {
      const isLate = performance.now() > now + ms + lateMs && ms === typingPauseMs;
      if (isLate) this.onceTypingPauses();
      else this.do();
    });
    this.typingSince = since;
  }

  private in(ms: number, act = this.do.bind(this)): void {
    clearTimeout(this.timer);
    this.typingSince = undefined;
    this.timer = setTimeout(act, ms);
  }

  private do(): void {
    this.timer = undefined;
    this.typingSince = undefined;
    this.act();
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
