import type { ToldWindow } from './ask-for-window.ts';

/** So long requests wait at most for what a server says of itself, in milliseconds. */
const longestWaitMs = 1500;

/** A server whose answers do not tell the window of the loaded model is asked so often in a row. */
const mostInARow = 3;

/** A server is asked again after so many milliseconds. */
const inquireAgainMs = 300_000;

/** The last time that a server was asked. */
interface Inquiry {
  /** Milliseconds. */
  readonly at: number;
  /** How often it had been asked then, this time included. */
  readonly number: number;
  /** How many answers it had given by then. */
  readonly answers: number;
  isOpen: boolean;
  end: Promise<unknown>;
}

/** What is known of a server before it is asked. */
export interface KnownSoFar {
  /** Of a model as it is loaded, where nobody has only assumed it. */
  readonly window: 'known' | 'assumed' | 'unknown';
  /** How many answers it has given. */
  readonly answers: number;
}

/**
 * When a server is asked how much a model reads at once: before the first request, again once a model
 * has been loaded that was not, and from time to time, because whoever runs it may load it with
 * another window.
 */
export class WindowInquiry {
  private last: Inquiry | undefined;

  /**
   * Have the server asked, if it is time to, and wait a moment for what it says. Never fails.
   *
   * @param now milliseconds, of any clock
   * @param isNear whether it answers at once if it does at all; a distant one is not waited for: the
   *   first request fits every model
   */
  async ask(
    ask: () => Promise<ToldWindow>,
    { window, answers }: KnownSoFar,
    onTold: (told: ToldWindow) => void,
    now: number,
    isNear: boolean,
  ): Promise<void> {
    const { last } = this;
    const isDue =
      last === undefined ||
      now - last.at > inquireAgainMs ||
      (window === 'assumed' && answers > last.answers && last.number < mostInARow);
    if (isDue && last?.isOpen !== true) {
      const number = (last?.number ?? 0) + 1;
      const next: Inquiry = { at: now, number, answers, isOpen: true, end: Promise.resolve() };
      this.last = next;
      next.end = ask()
        .then(onTold, () => undefined)
        .finally(() => (next.isOpen = false));
    }
    // What is known will do while it is asked anew.
    if (!isNear || this.last?.isOpen !== true || window === 'known') return;
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(late.resolve, longestWaitMs, undefined);
    await Promise.race([this.last.end, late.promise]);
    clearTimeout(timer);
  }
}
