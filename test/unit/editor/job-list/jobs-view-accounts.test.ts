import assert from 'node:assert/strict';
import type { AccountNotice } from '../../../../src/accounts/account-notice.ts';
import { AccountNotices } from '../../../../src/editor/accounts/account-notices.ts';

const notice = (account: string): Omit<AccountNotice, 'kind'> => ({
  account,
  name: account.toUpperCase(),
  message: 'Something.',
  others: 1,
});
const resting = (account: string, untilMs: number): AccountNotice => ({
  ...notice(account),
  kind: 'cooldown',
  untilMs,
});
const refused = (account: string): AccountNotice => ({ ...notice(account), kind: 'refused' });

describe('what is told of accounts above the video jobs', () => {
  let now = 1000;
  let notices: AccountNotices;
  const names = (): string[] => notices.current().map(({ account }) => account);

  beforeEach(() => {
    now = 1000;
    notices = new AccountNotices(() => now);
  });
  afterEach(() => {
    notices.dispose();
  });

  it('holds as long as an account rests, and no longer', () => {
    notices.take(resting('a', 60_000));
    assert.deepEqual(names(), ['a']);
    now = 60_000;
    assert.deepEqual(names(), []);
  });

  it('is told to be over when the rest is over', async () => {
    notices.take(resting('a', now + 5));
    const told = new Promise<void>((resolve) => {
      notices.onDidChange(() => {
        resolve();
      });
    });
    now += 5;
    await told;
    assert.deepEqual(names(), []);
  });

  it('holds for a refused account until it is in use again or accounts were changed', () => {
    notices.take(refused('a'));
    notices.take(refused('b'));
    notices.take(resting('c', 60_000));
    notices.clear('a');
    assert.deepEqual(names(), ['b', 'c']);
    notices.forgive();
    assert.deepEqual(names(), ['c']);
  });

  it('is the latest word on each account', () => {
    notices.take(resting('a', 60_000));
    notices.take(refused('a'));
    assert.deepEqual(
      notices.current().map(({ kind }) => kind),
      ['refused'],
    );
  });
});
