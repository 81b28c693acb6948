import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AccountNotice } from '../../../src/accounts/account-notice.ts';
import { AccountPool, type PooledAccount } from '../../../src/accounts/account-pool.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';

const refused = (status = 401): ScenewrightError =>
  new ScenewrightError('account', `The key was refused (${status}).`, { status });

/** A pool at a time of its own, with the accounts `a`, `b` and `c`. */
class Place {
  now = 1000;
  readonly accounts: readonly PooledAccount[] = ['a', 'b', 'c'].map((id) => ({
    id,
    name: id.toUpperCase(),
  }));
  readonly notices: AccountNotice[] = [];
  readonly load = new Map<string, number>();
  readonly untold: number[] = [];
  changes = 0;
  readonly pool = new AccountPool({
    clock: { now: () => this.now },
    words: { setAside: '', noneLeft: 'None is left.', goesOn: 'It goes on.' },
    untoldMs: (times) => {
      this.untold.push(times);
      return times * 1000;
    },
    load: (id) => this.load.get(id) ?? 0,
  });

  constructor() {
    this.pool.onDidNotice((notice) => this.notices.push(notice));
    this.pool.onDidChange(() => this.changes++);
  }

  account(id: string): PooledAccount {
    return this.accounts.find((one) => one.id === id) ?? assert.fail();
  }

  refuse(id: string, error = refused()): void {
    this.pool.refuse(this.account(id), error, this.accounts);
  }

  slowDown(id: string, retryAfterMs?: number): number {
    const wish = { retryAfterMs, message: 'Not so fast.' };
    return this.pool.slowDown(this.account(id), wish, this.accounts);
  }

  /** The id of the account that is next, or why there is none. */
  chosen(): string {
    const choice = this.pool.choose(this.accounts);
    return choice.kind === 'ready' ? choice.account.id : choice.kind;
  }
}

describe('a pool of accounts', () => {
  it('counts what an account has to do elsewhere, too', () => {
    const place = new Place();
    place.load.set('a', 2).set('b', 1).set('c', 1);
    const letGo = place.pool.take(place.account('b'));
    assert.equal(place.chosen(), 'c');
    place.load.set('c', 3);
    letGo();
    assert.equal(place.chosen(), 'b');
  });

  it('says which one is ready first, when, and why nobody is', () => {
    const place = new Place();
    assert.equal(place.slowDown('a', 5000), 5000);
    place.slowDown('b', 3000);
    place.refuse('c');
    const choice = place.pool.choose(place.accounts);
    assert.deepEqual(choice, {
      kind: 'cooldown',
      account: place.account('b'),
      untilMs: 4000,
      reason: 'Not so fast.',
    });
    assert.equal(place.pool.readyInMs(place.accounts), 3000);
    place.now = 4000;
    assert.equal(place.chosen(), 'b');
  });

  it('tells the latest refusal when all are refused, until that is forgiven', () => {
    const place = new Place();
    place.refuse('c');
    place.refuse('a');
    place.refuse('b', refused(402));
    const choice = place.pool.choose(place.accounts);
    assert.ok(choice.kind === 'refused');
    assert.equal(choice.error.status, 402);
    place.pool.forgiveRefusals();
    assert.equal(place.chosen(), 'a');
  });

  it('lets a cooldown stand when refusals are forgiven, and forgets it with the account', () => {
    const place = new Place();
    for (const id of ['a', 'b', 'c']) place.slowDown(id, 60_000);
    place.refuse('a');
    place.slowDown('a', 90_000);
    place.pool.forgiveRefusals();
    assert.equal(place.chosen(), 'cooldown');
    place.now += 60_000;
    assert.notEqual(place.chosen(), 'a');
    place.pool.forget(['a']);
    place.pool.take(place.account('b'));
    place.pool.take(place.account('c'));
    assert.equal(place.chosen(), 'a');
  });

  it('waits longer each time that it is not told how long, until something succeeds', () => {
    const place = new Place();
    // "At once" from who has just said no is no time either.
    for (const wish of [undefined, 0, undefined]) place.now += place.slowDown('a', wish);
    assert.deepEqual(place.untold, [1, 2, 3]);
    place.pool.succeeded(place.account('a'));
    place.slowDown('a');
    assert.deepEqual(place.untold, [1, 2, 3, 1]);
  });

  it('speaks of refusals and long cooldowns, once for each, by name and with what follows', () => {
    const place = new Place();
    place.slowDown('a', 9_999);
    place.slowDown('a', 12_000);
    place.slowDown('a', 13_000);
    place.refuse('b');
    place.refuse('b');
    place.slowDown('b', 50_000);
    place.refuse('c', refused(402));
    place.now += 20_000;
    place.slowDown('a', 600_000);
    place.refuse('a');
    const all = { a: 'A', b: 'B', c: 'C' };
    assert.deepEqual(
      place.notices.map(({ account, name, kind, others, untilMs }) => {
        assert.equal(name, all[account as keyof typeof all]);
        return [account, kind, others, untilMs];
      }),
      [
        ['a', 'cooldown', 2, 13_000],
        ['b', 'refused', 2, undefined],
        ['c', 'refused', 1, undefined],
        ['a', 'cooldown', 0, 621_000],
        ['a', 'refused', 0, undefined],
      ],
    );
    assert.deepEqual(
      place.notices.map(({ message }) => message),
      [
        'Asked to slow down, the account "A" waits 12 seconds. Until then the other accounts do its work.',
        'The key was refused (401). The account "B" is set aside. The other 2 accounts go on.',
        'The key was refused (402). The account "C" is set aside. The other account goes on.',
        'Asked to slow down, the account "A" waits 10 minutes. It goes on.',
        'The key was refused (401). The account "A" is set aside. None is left.',
      ],
    );
  });

  it('speaks of no account where a service wants none', () => {
    const place = new Place();
    const nobody = { id: 'fake' };
    place.pool.slowDown(nobody, { retryAfterMs: 60_000, message: 'Slowly.' }, [nobody]);
    place.pool.refuse(nobody, refused(), [nobody]);
    assert.deepEqual([place.notices.length, place.changes], [0, 2]);
  });

  it('never gives anything to one that is refused or cools down, and always to the least busy', () => {
    const ids = ['a', 'b', 'c'];
    const step = fc.oneof(
      fc.record({ type: fc.constant('take' as const) }),
      fc.record({ type: fc.constant('refuse' as const), id: fc.constantFrom(...ids) }),
      fc.record({
        type: fc.constant('slow' as const),
        id: fc.constantFrom(...ids),
        ms: fc.integer({ min: 1, max: 50 }),
      }),
      fc.record({ type: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ type: fc.constant('forgive' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const place = new Place();
        const out = new Set<string>();
        const until = new Map<string, number>();
        const taken = new Map<string, number>();
        const loadOf = (id: string): number => taken.get(id) ?? 0;
        for (const event of steps) {
          if (event.type === 'pass') place.now += event.ms;
          if (event.type === 'forgive') {
            place.pool.forgiveRefusals();
            out.clear();
          }
          if (event.type === 'refuse') {
            place.refuse(event.id);
            out.add(event.id);
          }
          if (event.type === 'slow') {
            assert.equal(place.slowDown(event.id, event.ms), event.ms);
            until.set(event.id, Math.max(until.get(event.id) ?? 0, place.now + event.ms));
          }
          if (event.type !== 'take') continue;
          const choice = place.pool.choose(place.accounts);
          const usable = ids.filter((id) => !out.has(id));
          const ready = usable.filter((id) => (until.get(id) ?? 0) <= place.now);
          if (ready.length > 0) {
            assert.ok(choice.kind === 'ready');
            const { id } = choice.account;
            assert.ok(ready.includes(id));
            assert.equal(loadOf(id), Math.min(...ready.map(loadOf)));
            place.pool.take(choice.account);
            taken.set(id, loadOf(id) + 1);
          } else if (usable.length > 0) {
            assert.ok(choice.kind === 'cooldown');
            assert.equal(choice.untilMs, Math.min(...usable.map((id) => until.get(id) ?? 0)));
          } else {
            assert.equal(choice.kind, 'refused');
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
