import type { NoticeWords } from '../accounts/account-notice.ts';
import { AccountPool, type PooledAccount } from '../accounts/account-pool.ts';
import type { Clock } from '../base/clock.ts';
import { cancelledError, ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { RateLimits } from '../net/rate-limit-headers.ts';
import type { AnswerTo, BeatAnswer } from './answer-schemas.ts';
import type { GenerateOptions, Traffic, WriterModel } from './writer-model.ts';
import type { WriterTask } from './writer-tasks.ts';

/** One account of an endpoint, with the model as it is asked through it. */
export interface WriterAccount extends PooledAccount {
  readonly name: string;
  readonly model: WriterModel;
}

const noticeWords = (): NoticeWords => ({
  setAside: t(' for this run'),
  noneLeft: t('No other account is left.'),
  goesOn: t('Nothing is lost; writing goes on by itself as soon as an account may be used again.'),
});

/**
 * Several accounts of one endpoint as one writer model. An account that is refused (401, 402, 403) is
 * set aside for good, one that is asked to slow down (429) is left alone exactly as long as it is
 * told, and their requests move on to the others at once. The pool never waits and never asks an
 * account twice for one request: that is left to who asks it, by the error and {@link traffic}.
 */
export class WriterPool implements WriterModel {
  readonly label: string;
  readonly traffic: Traffic;
  /** What the writer should know about the accounts. */
  readonly onDidNotice: AccountPool['onDidNotice'];
  private readonly accounts: readonly WriterAccount[];
  private readonly pool: AccountPool;

  /** @param accounts at least one; an endpoint without keys is one account without a key */
  constructor(
    accounts: readonly WriterAccount[],
    { clock }: { readonly clock: Pick<Clock, 'now'> },
  ) {
    const [first] = accounts;
    if (first === undefined)
      throw new ScenewrightError('internal', t('There is no account to ask.'));
    this.label = first.model.label;
    this.accounts = accounts;
    // How long to wait where nobody says is up to who asks.
    const pool = new AccountPool({ clock, words: noticeWords(), untoldMs: () => 0 });
    this.pool = pool;
    this.onDidNotice = pool.onDidNotice;
    this.traffic = {
      get accounts() {
        return pool.active(accounts).length;
      },
      readyInMs: () => pool.readyInMs(accounts),
      onDidChange: pool.onDidChange,
    };
  }

  async generate<T extends WriterTask>(task: T, options: GenerateOptions): Promise<AnswerTo<T>> {
    const { pool, accounts } = this;
    const tried = new Set<WriterAccount>();
    let busy: ScenewrightError | undefined;
    for (;;) {
      if (options.signal.aborted) throw cancelledError(t('The request'));
      const account = pool.next(accounts.filter((one) => !tried.has(one)));
      if (account === undefined) throw this.nobodyLeft(busy);
      tried.add(account);
      const handed = { any: false };
      const { onEntry } = options;
      const passEntry = (beat: BeatAnswer): void => {
        handed.any = true;
        onEntry?.(beat);
      };
      try {
        return await this.ask(account, task, {
          ...options,
          ...(onEntry === undefined ? {} : { onEntry: passEntry }),
        });
      } catch (error) {
        if (!(error instanceof ScenewrightError)) throw error;
        if (error.code === 'account') {
          pool.refuse(account, error, accounts);
        } else if (error.code === 'rate-limit') {
          busy = error;
          pool.slowDown(account, error, accounts);
        } else {
          throw error;
        }
        // Another account would begin a list anew of which a part is taken already.
        if (handed.any) throw brokenOff(error);
      }
    }
  }

  private async ask<T extends WriterTask>(
    account: WriterAccount,
    task: T,
    options: GenerateOptions,
  ): Promise<AnswerTo<T>> {
    const { onText } = options;
    const attempt = { over: false, said: false };
    const passText = (text: string): void => {
      if (attempt.over) return;
      attempt.said = true;
      onText?.(text);
    };
    const letGo = this.pool.take(account);
    try {
      return await account.model.generate(task, {
        ...options,
        ...(onText === undefined ? {} : { onText: passText }),
        onLimits: (limits) => {
          this.heed(account, limits);
          options.onLimits?.(limits);
        },
      });
    } catch (error) {
      // What another account writes starts anew.
      if (attempt.said && isAboutAccount(error)) onText?.('');
      throw error;
    } finally {
      attempt.over = true;
      letGo();
    }
  }

  /** An account that has nothing left to use is left alone before the service has to say so. */
  private heed(account: WriterAccount, { remaining, resetMs }: RateLimits): void {
    if (remaining !== 0 || resetMs === undefined) return;
    this.pool.coolDown(account, resetMs, t('It has used up its rate limit.'), this.accounts);
  }

  /** The error of a request that has been to every account that may be asked. */
  private nobodyLeft(busy: ScenewrightError | undefined): ScenewrightError {
    const wait = this.pool.readyInMs(this.accounts);
    const refusal = this.pool.lastRefusal(this.accounts);
    if (wait === Infinity && refusal !== undefined) return refusal;
    // No cooldown, no hint: how long to wait is then up to who asked.
    if (wait === 0 && busy !== undefined && busy.retryAfterMs === undefined) return busy;
    return new ScenewrightError(
      'rate-limit',
      busy?.message ?? t('The service asked all accounts to slow down.'),
      { retryable: true, retryAfterMs: wait, status: 429, cause: busy },
    );
  }
}

/** Who asks may ask another account for the rest at once. */
function brokenOff(cause: ScenewrightError): ScenewrightError {
  return new ScenewrightError('network', t('The answer broke off before its end.'), {
    cause,
    retryable: true,
  });
}

/** Whether an error is about the account, so that another one may do better. */
function isAboutAccount(error: unknown): boolean {
  return (
    error instanceof ScenewrightError && (error.code === 'account' || error.code === 'rate-limit')
  );
}
