import type { KeyedAccount } from '../../src/accounts/keyed-account.ts';

/** An account whose key is given to whoever asks, for tests of what is done with it. */
export function accountWith(key: string | (() => string)): KeyedAccount {
  return {
    id: 'account-1',
    name: 'Main',
    key: () => Promise.resolve(typeof key === 'string' ? key : key()),
  };
}
