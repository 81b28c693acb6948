import type { Clock } from '../base/clock.ts';
import type { ScenewrightError } from '../base/errors.ts';
import { backoffMs, type Backoff } from '../net/retry.ts';
import type { JobRecord } from './model.ts';

/** Something about an account that the writer should know. */
export interface JobAccountNotice {
  /** Id of the account. */
  readonly account: string;
  /** Set aside because it was refused, or resting for a while because it was asked to. */
  readonly kind: 'refused' | 'resting';
  readonly message: string;
  /** When the rest is over, in milliseconds since the epoch. */
  readonly untilMs?: number;
}

/** The account for an order, or why there is none at the moment, or none at all. */
export type AccountChoice =
  | { readonly kind: 'ready'; readonly account: string | undefined }
  | {
      readonly kind: 'resting';
      readonly account: string | undefined;
      readonly untilMs: number;
      readonly reason: string;
    }
  | { readonly kind: 'refused'; readonly error: ScenewrightError };

export interface AccountDeskOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly random: () => number;
  /** For a service that asks to slow down and does not say for how long. */
  readonly backoff: Backoff;
  /** Renders that an account has at its service; see {@link accountKey}. */
  readonly load: (key: string) => number;
  readonly name: (account: string) => string;
  readonly onNotice: (notice: JobAccountNotice) => void;
}

/** Shorter rests than this, in milliseconds, are part of the normal course and not told. */
const longRestMs = 10_000;

interface Standing {
  /** Orders on their way out. */
  ordering: number;
  /** The turn in which it was last given an order; 0 for never. */
  turn: number;
  refusal?: ScenewrightError;
  /** When it may order and ask again, in milliseconds since the epoch. */
  ordersFrom: number;
  pollsFrom: number;
  reason: string;
  /** How often in a row it was asked to slow down. */
  limited: number;
  restTold: boolean;
}

/** A studio's account, or the studio itself where it has none, as a key. */
export function accountKey({ studio, account }: Pick<JobRecord, 'studio' | 'account'>): string {
  return JSON.stringify([studio, account ?? null]);
}

/**
 * Which account of a studio gets the next order: of those that are ready, the one with the least to
 * do. One that is refused is set aside until the writer does something about it; one that is asked
 * to slow down rests exactly as long as it is told. All of this is forgotten with the window.
 */
export class AccountDesk {
  private readonly options: AccountDeskOptions;
  private readonly standings = new Map<string, Standing>();
  private turns = 0;

  constructor(options: AccountDeskOptions) {
    this.options = options;
  }

  /** @param candidates ids of the accounts; none for a studio that needs none */
  choose(studio: string, candidates: readonly string[]): AccountChoice {
    const accounts = candidates.length === 0 ? [undefined] : candidates;
    const now = this.options.clock.now();
    let refusal: ScenewrightError | undefined;
    let soonest: Extract<AccountChoice, { readonly kind: 'resting' }> | undefined;
    let best: { readonly account: string | undefined; load: number; turn: number } | undefined;
    for (const account of accounts) {
      const key = keyOf(studio, account);
      const standing = this.standing(key);
      const { ordersFrom, ordering, turn, reason } = standing;
      if (standing.refusal !== undefined) {
        refusal = standing.refusal;
      } else if (ordersFrom > now) {
        if (ordersFrom < (soonest?.untilMs ?? Infinity)) {
          soonest = { kind: 'resting', account, untilMs: ordersFrom, reason };
        }
      } else {
        const load = ordering + this.options.load(key);
        const less = best === undefined ? -1 : load - best.load || turn - best.turn;
        if (less < 0) best = { account, load, turn };
      }
    }
    if (best !== undefined) return { kind: 'ready', account: best.account };
    if (soonest !== undefined) return soonest;
    if (refusal !== undefined) return { kind: 'refused', error: refusal };
    return { kind: 'ready', account: undefined };
  }

  /** Count an order as under way until the answer has been called. */
  take(key: string): () => void {
    const standing = this.standing(key);
    standing.ordering++;
    standing.turn = ++this.turns;
    return () => {
      standing.ordering--;
    };
  }

  /** An order was accepted: what the service said of haste is over. */
  praise(key: string): void {
    this.standing(key).limited = 0;
  }

  /** Set an account aside: what one order was refused for would be refused to all others. */
  refuse(
    studio: string,
    account: string | undefined,
    candidates: readonly string[],
    error: ScenewrightError,
  ): void {
    const standing = this.standing(keyOf(studio, account));
    // Of several orders that were under way, the first refusal tells it all.
    const isNew = standing.refusal === undefined;
    standing.refusal = error;
    if (!isNew || account === undefined) return;
    const others = candidates.filter(
      (other) => this.standing(keyOf(studio, other)).refusal === undefined,
    );
    this.options.onNotice({
      account,
      kind: 'refused',
      message: `The account "${this.options.name(account)}" is set aside. ${error.message} ${
        others.length === 0
          ? 'There is no other one; what waits for it can be retried.'
          : 'The other accounts go on.'
      }`,
    });
  }

  /**
   * Let an account rest as the service asked. To be asked not to order says nothing about asking after
   * renders; who shall not even ask shall not order either.
   *
   * @returns milliseconds until it may go on
   */
  rest(
    studio: string,
    account: string | undefined,
    error: ScenewrightError,
    from: 'orders' | 'polls',
  ): number {
    const { clock, backoff, random, name, onNotice } = this.options;
    const standing = this.standing(keyOf(studio, account));
    const now = clock.now();
    if (standing.ordersFrom <= now) {
      standing.limited++;
      standing.restTold = false;
    }
    // "Come back at once" from someone who has just sent us away is no word to rely on.
    const told = error.retryAfterMs === 0 ? undefined : error.retryAfterMs;
    const ms = Math.ceil(told ?? backoffMs(standing.limited, undefined, backoff, random));
    standing.ordersFrom = Math.max(standing.ordersFrom, now + ms);
    if (from === 'polls') standing.pollsFrom = Math.max(standing.pollsFrom, now + ms);
    standing.reason = error.message;
    if (ms >= longRestMs && !standing.restTold && account !== undefined) {
      standing.restTold = true;
      onNotice({
        account,
        kind: 'resting',
        untilMs: standing.ordersFrom,
        message: `The service asks the account "${name(account)}" to wait. ${error.message} Nothing is lost; its jobs go on by themselves.`,
      });
    }
    return ms;
  }

  /** Milliseconds until this account may ask after its renders; 0: now. */
  pollRestMs(key: string): number {
    const until = this.standings.get(key)?.pollsFrom ?? 0;
    return Math.max(0, until - this.options.clock.now());
  }

  /** Try refused accounts again. Rests stand: they are the service's word. */
  forgiveRefusals(): void {
    for (const standing of this.standings.values()) delete standing.refusal;
  }

  /** Forget everything about accounts that are not what they were, such as with a new key. */
  forget(accounts: readonly string[]): void {
    for (const key of [...this.standings.keys()]) {
      const [, account] = JSON.parse(key) as [string, string | null];
      if (account !== null && accounts.includes(account)) this.standings.delete(key);
    }
  }

  private standing(key: string): Standing {
    let standing = this.standings.get(key);
    if (standing === undefined) {
      standing = {
        ordering: 0,
        turn: 0,
        ordersFrom: 0,
        pollsFrom: 0,
        reason: '',
        limited: 0,
        restTold: false,
      };
      this.standings.set(key, standing);
    }
    return standing;
  }
}

function keyOf(studio: string, account: string | undefined): string {
  return accountKey({ studio, ...(account === undefined ? {} : { account }) });
}
