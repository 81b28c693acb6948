import { Emitter } from '../../base/events.ts';
import type { AccountNotice } from '../../accounts/account-notice.ts';

/** Timers are set for at most this long, in milliseconds: more does not fit into one. */
const longestTimer = 2 ** 31 - 1;

/**
 * Which accounts cannot be used for video jobs at present. One that cools down is dropped by
 * itself when its time is over, one that was refused when an order of it is accepted or the writer has changed accounts.
 */
export class AccountNotices {
  private readonly now: () => number;
  private readonly notices = new Map<string, AccountNotice>();
  private readonly changed = new Emitter<undefined>();
  private timer: NodeJS.Timeout | undefined;

  readonly onDidChange = this.changed.event;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Take in what the job manager tells; the latest word on an account counts. */
  readonly take = (notice: AccountNotice): void => {
    this.notices.set(notice.account, notice);
    this.tell();
  };

  /** The writer has done something about the accounts: what was refused will be tried again. */
  forgive(): void {
    for (const { account, kind } of [...this.notices.values()]) {
      if (kind === 'refused') this.notices.delete(account);
    }
    this.tell();
  }

  /** The account is in use again. */
  clear(account: string): void {
    if (this.notices.delete(account)) this.tell();
  }

  /** Those that hold at this moment, in the order in which they came up. */
  current(): readonly AccountNotice[] {
    return [...this.notices.values()].filter((notice) => !this.isOver(notice));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
  }

  private isOver({ untilMs }: AccountNotice): boolean {
    return untilMs !== undefined && untilMs <= this.now();
  }

  private tell(): void {
    clearTimeout(this.timer);
    for (const notice of [...this.notices.values()]) {
      if (this.isOver(notice)) this.notices.delete(notice.account);
    }
    const ends = [...this.notices.values()].flatMap(({ untilMs }) => untilMs ?? []);
    if (ends.length > 0) {
      const wait = Math.min(Math.max(0, Math.min(...ends) - this.now()) + 1, longestTimer);
      this.timer = setTimeout(() => {
        this.tell();
      }, wait);
    }
    this.changed.fire(undefined);
  }
}
