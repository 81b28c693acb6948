import type { NoticeWords } from '../accounts/account-notice.ts';
import type { PooledAccount } from '../accounts/account-pool.ts';
import type { KeyedAccount } from '../accounts/keyed-account.ts';
import { t } from '../base/l10n.ts';

/** An account of a studio, or the studio itself where it wants none. */
export interface StudioAccount extends PooledAccount {
  readonly account?: string;
}

/** What becomes of jobs when an account cannot be used. */
export const noticeWords = (): NoticeWords => ({
  setAside: '',
  noneLeft: t('There is no other one; what waits for it can be retried.'),
  goesOn: t('Nothing is lost; its jobs go on by themselves.'),
});

/** A studio's account, or the studio itself where it has none, as a key. */
export function accountKey(studio: string, account: string | undefined): string {
  return account ?? studio;
}

/**
 * The accounts that a studio may be asked with, for the pool.
 *
 * @param accounts their ids; none for a studio that needs none
 */
export function studioAccounts(
  studio: string,
  accounts: readonly string[],
  keyed: (id: string, studio: string) => KeyedAccount | undefined,
): readonly StudioAccount[] {
  if (accounts.length === 0) return [{ id: studio }];
  return accounts.map((id) => ({ id, name: keyed(id, studio)?.name ?? id, account: id }));
}
