/** From this share of what was estimated, a count may well be that of the whole prompt. */
const wholeShare = 0.8;

/** Below this share, a count says that something was left out. */
const suspicious = 0.6;

/** Prompts of fewer tokens tell nothing: what surrounds them weighs too much. */
const tellingTokens = 400;

/** Windows are multiples of this; what is counted may be one or two off. */
const windowStep = 256;

/**
 * What a service counts of the tokens that we estimate, and what its counts tell of its window: Ollama
 * cuts a prompt that does not fit without a word. It keeps the last half of its window, so that
 * `prompt_tokens` comes out as half of it and two, or (versions of 2025 and before) as all of it.
 */
export class CountedTokens {
  /** Tokens that it counts for each that is estimated. */
  perEstimate = 1;
  private hasCounted = false;
  /** Tokens of the largest prompt that it is sure to have read. */
  private read = 0;
  /** A count far below what was sent; the same again is no accident. */
  private suspect: { readonly counted: number; readonly estimate: number } | undefined;

  /** Whether a prompt of so many tokens, estimated, is long enough to learn from. */
  tells(estimate: number): boolean {
    return estimate >= tellingTokens;
  }

  /** A prompt was counted as a whole. */
  count(counted: number, estimate: number): void {
    if (!this.tells(estimate)) return;
    const ratio = Math.min(3, Math.max(0.75, counted / estimate));
    this.take(this.hasCounted ? Math.max(this.perEstimate, ratio) : ratio);
  }

  /** What was counted for each estimated token before. */
  take(perEstimate: number): void {
    this.perEstimate = perEstimate;
    this.hasCounted = true;
  }

  /** A prompt was read as a whole. */
  readAll(counted: number, estimate: number): void {
    this.count(counted, estimate);
    this.read = Math.max(this.read, counted);
  }

  /**
   * The window to which a prompt was cut, or `undefined` where it was read as a whole.
   *
   * @param window of tokens, where it is sure
   */
  cutTo(counted: number, estimate: number, window: number | undefined): number | undefined {
    const expected = estimate * (this.hasCounted ? this.perEstimate : 1);
    if (window !== undefined) {
      if (counted >= window - 1) return window;
      const half = Math.abs(counted - window / 2 - 2) <= 3;
      return half && expected > window * 0.75 ? window : undefined;
    }
    if (counted >= expected * wholeShare) return undefined;
    if (isPower(counted) && counted > 2000) return powerNear(counted);
    if (isPower(counted - 2) && counted * 2 < expected * 1.35) return powerNear(counted - 2) * 2;
    if (counted >= expected * suspicious || counted < this.read) return undefined;
    // Some count only what was not in their cache, which comes out differently every time.
    const { suspect } = this;
    this.suspect = { counted, estimate };
    const again =
      suspect !== undefined &&
      Math.abs(suspect.counted - counted) <= 4 &&
      Math.abs(suspect.estimate - estimate) > estimate * 0.03;
    return again ? counted : undefined;
  }
}

/** What an answer tells that ended, after so many tokens, at a limit that was not ours. */
export function limitAt(
  inputTokens: number,
  outputTokens: number,
): { readonly most?: number; readonly window?: number } {
  const sum = inputTokens + outputTokens;
  if (isPower(outputTokens) || (outputTokens >= 1000 && outputTokens % 1000 === 0)) {
    return { most: outputTokens };
  }
  return isRound(sum) ? { window: roundedOf(sum) } : {};
}

function isRound(tokens: number): boolean {
  return tokens >= 1024 && Math.abs(tokens - roundedOf(tokens)) <= 2;
}

function roundedOf(tokens: number): number {
  return Math.round(tokens / windowStep) * windowStep;
}

function isPower(tokens: number): boolean {
  return tokens >= 1000 && Math.abs(tokens - powerNear(tokens)) <= 1;
}

function powerNear(tokens: number): number {
  return 2 ** Math.round(Math.log2(tokens));
}
