import type { Clock } from '../base/clock.ts';
import { cancelledError, ScenewrightError } from '../base/errors.ts';
import { Emitter } from '../base/events.ts';
import type { RateLimits } from '../net/hints.ts';
import type {
  Generated,
  GenerateOptions,
  Traffic,
  WriterModel,
  WriterRequest,
} from './writer-model.ts';

/** One account of an endpoint, with the model as it is asked through it. */
export interface PoolAccount {
  readonly id: string;
  /** As the writer named it; shown in notices. */
  readonly name: string;
  readonly model: WriterModel;
}

/** Something about an account that the writer should know. */
export interface AccountNotice {
  /** The account's name. */
  readonly account: string;
  /** Set aside for good because it was refused, or resting for a while because it was asked to. */
  readonly kind: 'refused' | 'resting';
  readonly message: string;
}

/** Shorter rests than this, in milliseconds, are part of the normal course and not told. */
const longRestMs = 10_000;

/** What the pool knows of one account. */
interface Member {
  readonly account: PoolAccount;
  inFlight: number;
  /** Number of the turn in which it was last given a request; 0 for never. */
  lastTurn: number;
  /** When its rest is over, in milliseconds since the epoch. */
  restsUntil: number;
  /** Whether the writer was told of the rest it is in, or was in last. */
  restTold: boolean;
  /** Why it was set aside, if it was. */
  refusal: ScenewrightError | undefined;
}

/**
 * Several accounts of one endpoint as one writer model. Each request goes to the ready account with
 * the fewest requests in flight. An account that is refused (401, 402, 403) is set aside for good, one
 * that is asked to slow down (429) rests exactly as long as it is told, and their requests move on to
 * the others at once. The pool never waits and never asks an account twice for one request: that is
 * left to who asks it, by the error and {@link traffic}.
 */
export class WriterPool implements WriterModel {
  readonly label: string;
  readonly traffic: Traffic;
  private readonly members: readonly Member[];
  private readonly clock: Pick<Clock, 'now'>;
  private readonly changes = new Emitter<void>();
  private readonly notices = new Emitter<AccountNotice>();
  private turn = 0;
  private lastRefusal: ScenewrightError | undefined;

  /** @param accounts at least one; an endpoint without keys is one account without a secret */
  constructor(accounts: readonly PoolAccount[], { clock }: { readonly clock: Pick<Clock, 'now'> }) {
    const [first] = accounts;
    if (first === undefined) throw new ScenewrightError('internal', 'There is no account to ask.');
    this.label = first.model.label;
    this.clock = clock;
    this.members = accounts.map((account) => ({
      account,
      inFlight: 0,
      lastTurn: 0,
      restsUntil: 0,
      restTold: false,
      refusal: undefined,
    }));
    const active = (): readonly Member[] => this.active();
    this.traffic = {
      get accounts() {
        return active().length;
      },
      readyInMs: () => this.shortestRest(),
      onDidChange: this.changes.event,
    };
  }

  /** Each account is spoken of once when it is refused, and once for every long rest. */
  get onDidNotice(): Emitter<AccountNotice>['event'] {
    return this.notices.event;
  }

  async generate<T>(request: WriterRequest<T>, options: GenerateOptions): Promise<Generated<T>> {
    const tried = new Set<Member>();
    let busy: ScenewrightError | undefined;
    for (;;) {
      if (options.signal.aborted) throw cancelledError('The request');
      const member = this.next(tried);
      if (member === undefined) throw this.nobodyLeft(busy);
      tried.add(member);
      try {
        return await this.ask(member, request, options);
      } catch (error) {
        if (!(error instanceof ScenewrightError)) throw error;
        if (error.code === 'account') {
          this.setAside(member, error);
        } else if (error.code === 'rate-limit') {
          busy = error;
          this.rest(member, error.retryAfterMs ?? 0);
        } else {
          throw error;
        }
      }
    }
  }

  private async ask<T>(
    member: Member,
    request: WriterRequest<T>,
    options: GenerateOptions,
  ): Promise<Generated<T>> {
    const { onText } = options;
    const attempt = { over: false, said: false };
    const passText = (text: string): void => {
      if (attempt.over) return;
      attempt.said = true;
      onText?.(text);
    };
    member.inFlight++;
    member.lastTurn = ++this.turn;
    try {
      return await member.account.model.generate(request, {
        ...options,
        ...(onText === undefined ? {} : { onText: passText }),
        onLimits: (limits) => {
          this.heed(member, limits);
          options.onLimits?.(limits);
        },
      });
    } catch (error) {
      // What another account writes starts anew.
      if (attempt.said && isAboutAccount(error)) onText?.('');
      throw error;
    } finally {
      attempt.over = true;
      member.inFlight--;
    }
  }

  /** The ready account with the fewest requests in flight; of several, the one idle for longest. */
  private next(tried: ReadonlySet<Member>): Member | undefined {
    const now = this.clock.now();
    let best: Member | undefined;
    for (const member of this.active()) {
      if (tried.has(member) || member.restsUntil > now) continue;
      const more = member.inFlight - (best?.inFlight ?? Infinity);
      if (more < 0 || (more === 0 && member.lastTurn < (best?.lastTurn ?? 0))) best = member;
    }
    return best;
  }

  private active(): readonly Member[] {
    return this.members.filter(({ refusal }) => refusal === undefined);
  }

  /** Milliseconds until an account may be asked; `Infinity` when all have been refused. */
  private shortestRest(): number {
    const now = this.clock.now();
    return this.active().reduce(
      (shortest, { restsUntil }) => Math.min(shortest, Math.max(0, restsUntil - now)),
      Infinity,
    );
  }

  /** An account whose allowance is used up rests before the service has to say so. */
  private heed(member: Member, { remaining, resetMs }: RateLimits): void {
    if (remaining === 0 && resetMs !== undefined) this.rest(member, resetMs);
  }

  private rest(member: Member, ms: number): void {
    const now = this.clock.now();
    const until = now + ms;
    if (until <= Math.max(now, member.restsUntil) || member.refusal !== undefined) return;
    if (member.restsUntil <= now) member.restTold = false;
    member.restsUntil = until;
    this.changes.fire();
    if (ms < longRestMs || member.restTold) return;
    member.restTold = true;
    const ready = this.active().some(({ restsUntil }) => restsUntil <= now);
    this.notices.fire({
      account: member.account.name,
      kind: 'resting',
      message: `The service asks the account "${member.account.name}" to wait ${inWords(ms)}. ${
        ready
          ? 'Until then the other accounts do its work.'
          : 'Nothing is lost; writing goes on by itself as soon as an account may be used again.'
      }`,
    });
  }

  private setAside(member: Member, error: ScenewrightError): void {
    this.lastRefusal = error;
    // Of many requests that were under way, the first refusal tells it all.
    if (member.refusal !== undefined) return;
    member.refusal = error;
    this.changes.fire();
    const others = this.active().length;
    const { name } = member.account;
    this.notices.fire({
      account: name,
      kind: 'refused',
      message: `The account "${name}" is set aside for this run. ${error.message} ${
        others === 0
          ? 'No other account is left.'
          : others === 1
            ? 'The other account goes on.'
            : `The other ${others} accounts go on.`
      }`,
    });
  }

  /** The error of a request that has been to every account that may be asked. */
  private nobodyLeft(busy: ScenewrightError | undefined): ScenewrightError {
    const wait = this.shortestRest();
    if (wait === Infinity && this.lastRefusal !== undefined) return this.lastRefusal;
    // No rest, no hint: how long to wait is then up to who asked.
    if (wait === 0 && busy !== undefined && busy.retryAfterMs === undefined) return busy;
    return new ScenewrightError(
      'rate-limit',
      busy?.message ?? 'The service asked all accounts to slow down.',
      { retryable: true, retryAfterMs: wait, status: 429, cause: busy },
    );
  }
}

/** Whether an error is about the account, so that another one may do better. */
function isAboutAccount(error: unknown): boolean {
  return (
    error instanceof ScenewrightError && (error.code === 'account' || error.code === 'rate-limit')
  );
}

/** A wait as one would say it, rounded up so that nobody is told too little. */
function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
