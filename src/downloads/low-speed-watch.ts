import { t } from '../base/l10n.ts';
export interface LowSpeed {
  /** Slower than this is given up; 0 for never. */
  readonly bytesPerSecond: number;
  /** For how long it has to be slower, in milliseconds. */
  readonly ms: number;
}

/** Why a connection was given up; `connectionError` knows its code. */
export class TooSlow extends Error {
  readonly code = 'TOO_SLOW';

  constructor() {
    super(t('The server sends next to nothing.'));
  }
}

/** Sees a connection that never falls silent and yet brings next to nothing. */
export class LowSpeedWatch {
  private readonly limit: LowSpeed;
  private startedAt: number;
  private bytesAtStart = 0;

  /** @param now milliseconds by any clock, as for {@link isTooSlow} */
  constructor(limit: LowSpeed, now: number) {
    this.limit = limit;
    this.startedAt = now;
  }

  /** @param bytes that have come in all */
  isTooSlow(now: number, bytes: number): boolean {
    const { bytesPerSecond, ms } = this.limit;
    if (bytesPerSecond <= 0 || now - this.startedAt < ms) return false;
    const slow = ((bytes - this.bytesAtStart) * 1000) / (now - this.startedAt) < bytesPerSecond;
    this.restart(now, bytes);
    return slow;
  }

  /** Begin anew: what was before does not count, for instance because we did not listen. */
  restart(now: number, bytes: number): void {
    this.startedAt = now;
    this.bytesAtStart = bytes;
  }
}
