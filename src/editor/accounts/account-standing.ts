import type { AccountNotice } from '../../accounts/account-notice.ts';
import { t } from '../../base/l10n.ts';
import { isInTheOpen, originOf, type Account } from './accounts.ts';
import { presentAddress } from './services.ts';

/** How it is with an account, for the list of them. */
export interface Standing {
  readonly words: string;
  /** Of VS Code's icons. */
  readonly icon: 'pass' | 'warning' | 'watch' | 'circle-outline';
}

/**
 * How it is with an account: what keeps it from being used comes first, then where its key goes.
 *
 * @param notices those that cannot be used at present
 */
export function standingOf(account: Account, notices: readonly AccountNotice[]): Standing {
  const { id, provider, origin, address, keyless = false, inTheOpen = false } = account;
  if (origin === undefined) {
    return { words: t('Not settled yet where its key may be sent'), icon: 'warning' };
  }
  const place = address ?? origin;
  if (isInTheOpen(place) && !keyless && !inTheOpen) {
    return {
      words: t('not used: its key would go unencrypted to {0}', place),
      icon: 'warning',
    };
  }
  const notice = notices.find((one) => one.account === id);
  if (notice !== undefined) {
    return { words: notice.message, icon: notice.kind === 'refused' ? 'warning' : 'watch' };
  }
  const asked = address ?? presentAddress(provider);
  if (asked === undefined || originOf(asked) !== origin) {
    return {
      words: t('not used: the settings name another address than {0}', place),
      icon: 'circle-outline',
    };
  }
  return { words: keyless ? t('{0} · without a key', place) : place, icon: 'pass' };
}
