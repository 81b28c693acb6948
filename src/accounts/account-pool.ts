import type { Clock } from '../base/clock.ts';
import { ScenewrightError } from '../base/errors.ts';
import { Emitter } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import {
  cooldownWords,
  refusedWords,
  type AccountNotice,
  type NoticeWords,
} from './account-notice.ts';

/** One account among those that may be used for the same thing. */
export interface PooledAccount {
  /** The same for the same account, among all that a pool is asked about. */
  readonly id: string;
  /** As the writer named it; absent where a service wants no account, so that none is spoken of. */
  readonly name?: string | undefined;
}

/** The account to use, or why there is none at the moment, or none at all. */
export type AccountChoice<T extends PooledAccount> =
  | { readonly kind: 'ready'; readonly account: T }
  | {
      readonly kind: 'cooldown';
      /** The one that will be ready first. */
      readonly account: T;
      /** In milliseconds since the epoch. */
      readonly untilMs: number;
      readonly reason: string;
    }
  | { readonly kind: 'refused'; readonly error: ScenewrightError };

export interface AccountPoolOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly words: NoticeWords;
  /**
   * The rests in milliseconds of an account that is asked to slow down and not told for how long,
   * by how many times in a row that was (from 1); 0 for none.
   */
  readonly untoldMs: (times: number) => number;
  /** What an account has to do beside what it was given here (default nothing). */
  readonly load?: (id: string) => number;
}

/** Shorter cooldowns than this, in milliseconds, are part of the normal course and not told. */
const longCooldownMs = 10_000;

/** How it is with one account. */
interface Standing {
  /** What it was given and has not done yet. */
  inFlight: number;
  /** The turn in which it was last given something; 0 for never. */
  lastTurn: number;
  /** Why it was set aside, and in which turn. */
  refusal?: { readonly error: ScenewrightError; readonly turn: number };
  /** When it may be used again, in milliseconds since the epoch. */
  readyFrom: number;
  /** The service's words about its cooldown. */
  reason: string;
  /** How often in a row it was asked to slow down. */
  slowedDown: number;
  /** Whether the writer was told of the rests it is in, or was in last. */
  told: boolean;
}

/**
 * Which of several accounts is used next: of those that are ready, the one with the least to do. One
 * that is refused is set aside, until the writer does something about it; one that is asked to slow
 * down is left alone for exactly as long. Who needs one account brings those that would do; what is
 * known of each is kept here, for as long as the pool.
 */
export class AccountPool {
  private readonly options: AccountPoolOptions;
  private readonly standings = new Map<string, Standing>();
  private readonly changed = new Emitter<void>();
  private readonly notices = new Emitter<AccountNotice>();
  private turn = 0;

  /** Fires when an account is set aside, or has to wait longer than before. */
  readonly onDidChange = this.changed.event;
  /** Each account is spoken of once when it is refused, and once for every long cooldown. */
  readonly onDidNotice = this.notices.event;

  constructor(options: AccountPoolOptions) {
    this.options = options;
  }

  /** @param candidates at least one */
  choose<T extends PooledAccount>(candidates: readonly T[]): AccountChoice<T> {
    const account = this.next(candidates);
    if (account !== undefined) return { kind: 'ready', account };
    const [first] = this.active(candidates)
      .map((one) => ({ account: one, ...this.standing(one.id) }))
      .sort((a, b) => a.readyFrom - b.readyFrom);
    if (first !== undefined) {
      const { readyFrom: untilMs, reason } = first;
      return { kind: 'cooldown', account: first.account, untilMs, reason };
    }
    const error =
      this.lastRefusal(candidates) ??
      new ScenewrightError('internal', t('There is no account to choose from.'));
    return { kind: 'refused', error };
  }

  /** The ready account with the least to do; of several, the one idle for longest. */
  next<T extends PooledAccount>(candidates: readonly T[]): T | undefined {
    const { clock, load } = this.options;
    const now = clock.now();
    let best: { readonly account: T; readonly work: number; readonly turn: number } | undefined;
    for (const account of this.active(candidates)) {
      const { readyFrom, inFlight, lastTurn: turn } = this.standing(account.id);
      if (readyFrom > now) continue;
      const work = inFlight + (load?.(account.id) ?? 0);
      if (best === undefined || (work - best.work || turn - best.turn) < 0) {
        best = { account, work, turn };
      }
    }
    return best?.account;
  }

  /** Those that have not been set aside. */
  active<T extends PooledAccount>(candidates: readonly T[]): readonly T[] {
    return candidates.filter(({ id }) => this.standings.get(id)?.refusal === undefined);
  }

  /** Milliseconds until one of them may be used; `Infinity` when all have been refused. */
  readyInMs(candidates: readonly PooledAccount[]): number {
    const now = this.options.clock.now();
    return this.active(candidates).reduce(
      (least, { id }) => Math.min(least, Math.max(0, this.standing(id).readyFrom - now)),
      Infinity,
    );
  }

  /** The latest refusal of any of them. */
  lastRefusal(candidates: readonly PooledAccount[]): ScenewrightError | undefined {
    const refusals = candidates.flatMap(({ id }) => this.standings.get(id)?.refusal ?? []);
    return refusals.sort((a, b) => b.turn - a.turn)[0]?.error;
  }

  /** Count something as given to an account until the answer has been called. */
  take({ id }: PooledAccount): () => void {
    const standing = this.standing(id);
    standing.inFlight++;
    standing.lastTurn = ++this.turn;
    return () => {
      standing.inFlight--;
    };
  }

  /** The service took what it was sent: what it said of haste is over. */
  succeeded({ id }: PooledAccount): void {
    this.standing(id).slowedDown = 0;
  }

  /** Set an account aside: what one request was refused for, all others would be. */
  refuse(account: PooledAccount, error: ScenewrightError, among: readonly PooledAccount[]): void {
    const { id, name } = account;
    const standing = this.standing(id);
    const isNew = standing.refusal === undefined;
    standing.refusal = { error, turn: ++this.turn };
    // Of many requests that were under way, the first refusal tells it all.
    if (!isNew) return;
    this.changed.fire();
    if (name === undefined) return;
    const others = this.active(among).length;
    const message = refusedWords(this.options.words, name, error.message, others);
    this.notices.fire({ account: id, name, kind: 'refused', message, others });
  }

  /**
   * The service asks an account to slow down.
   *
   * @param wish what it said: for how many milliseconds, if that, and in which words
   * @returns milliseconds for which the account is left alone because of that
   */
  slowDown(
    account: PooledAccount,
    { retryAfterMs, message }: Pick<ScenewrightError, 'retryAfterMs' | 'message'>,
    among: readonly PooledAccount[],
  ): number {
    const standing = this.standing(account.id);
    if (standing.readyFrom <= this.options.clock.now()) standing.slowedDown++;
    // "Come back at once" from someone who has just sent us away is no word to rely on.
    const told = retryAfterMs === 0 ? undefined : retryAfterMs;
    const ms = Math.ceil(told ?? this.options.untoldMs(standing.slowedDown));
    this.coolDown(account, ms, message, among);
    return ms;
  }

  /** Leave an account alone for so many milliseconds from now on. */
  coolDown(
    { id, name }: PooledAccount,
    ms: number,
    reason: string,
    among: readonly PooledAccount[],
  ): void {
    const now = this.options.clock.now();
    const standing = this.standing(id);
    const untilMs = now + ms;
    if (untilMs <= Math.max(now, standing.readyFrom)) return;
    if (standing.readyFrom <= now) standing.told = false;
    standing.readyFrom = untilMs;
    standing.reason = reason;
    // That a refused account would have to wait as well changes nothing for anybody.
    if (standing.refusal !== undefined) return;
    this.changed.fire();
    if (ms < longCooldownMs || standing.told || name === undefined) return;
    standing.told = true;
    const others = this.active(among).filter((other) => other.id !== id);
    const message = cooldownWords(
      this.options.words,
      name,
      ms,
      others.some((other) => this.standing(other.id).readyFrom <= now),
    );
    const notice = { account: id, name, kind: 'cooldown', message, untilMs } as const;
    this.notices.fire({ ...notice, others: others.length });
  }

  /** Use refused accounts again. Cooldowns stand: they are the service's word. */
  forgiveRefusals(): void {
    for (const standing of this.standings.values()) delete standing.refusal;
  }

  /** Forget everything about accounts that are not what they were, such as with a new key. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.standings.delete(id);
  }

  private standing(id: string): Standing {
    let standing = this.standings.get(id);
    if (standing === undefined) {
      standing = { inFlight: 0, lastTurn: 0, readyFrom: 0, reason: '', slowedDown: 0, told: false };
      this.standings.set(id, standing);
    }
    return standing;
  }
}
