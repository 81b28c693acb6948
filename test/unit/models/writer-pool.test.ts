import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { WriterPool } from '../../../src/models/writer-pool.ts';
import type { AccountNotice } from '../../../src/accounts/account-notice.ts';
import type { GenerateOptions, WriterModel } from '../../../src/models/writer-model.ts';
import type { RateLimits } from '../../../src/net/rate-limit-headers.ts';
import { lampTask } from './lamp.ts';
import type { AnswerTo } from '../../../src/models/answer-schemas.ts';
import type { WriterTask } from '../../../src/models/writer-tasks.ts';

/** One request that is under way at an account. */
interface Call {
  readonly options: GenerateOptions;
  answer(text: string): void;
  fail(error: unknown): void;
}

/** An account's model whose answers a test gives. */
class Account implements WriterModel {
  readonly label = 'tiny';
  readonly calls: Call[] = [];
  readonly id: string;
  readonly name: string;
  readonly model = this;

  constructor(name: string) {
    this.id = name;
    this.name = name;
  }

  generate<T extends WriterTask>(_task: T, options: GenerateOptions): Promise<AnswerTo<T>> {
    const { promise, resolve, reject } = Promise.withResolvers<AnswerTo<T>>();
    this.calls.push({
      options,
      answer: (text) => {
        resolve(text as never);
      },
      fail: reject,
    });
    return promise;
  }

  /** The call that came last. */
  get last(): Call {
    return this.calls.at(-1) ?? assert.fail(`${this.name} was not asked`);
  }
}

const refused = new ScenewrightError('account', 'The key was refused (401).', { status: 401 });
const slow = (retryAfterMs?: number): ScenewrightError =>
  new ScenewrightError('rate-limit', 'The service asks us to slow down (429).', {
    retryable: true,
    status: 429,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

/** Let everything that is settled take effect. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class PoolUnderTest {
  now = 1_000_000;
  readonly accounts: Account[];
  readonly pool: WriterPool;
  readonly notices: AccountNotice[] = [];
  changes = 0;

  constructor(count: number) {
    this.accounts = Array.from({ length: count }, (_, i) => new Account(`Key ${i + 1}`));
    this.pool = new WriterPool(this.accounts, { clock: { now: () => this.now } });
    this.pool.onDidNotice((notice) => this.notices.push(notice));
    this.pool.traffic.onDidChange(() => this.changes++);
  }

  ask(options: Partial<GenerateOptions> = {}): Promise<unknown> {
    const answer = this.pool.generate(lampTask, {
      signal: new AbortController().signal,
      ...options,
    });
    // A test looks at it in its own time.
    answer.catch(() => undefined);
    return answer;
  }

  account(index: number): Account {
    return this.accounts[index] ?? assert.fail(`there is no account ${index}`);
  }

  get asked(): number[] {
    return this.accounts.map(({ calls }) => calls.length);
  }
}

describe('several accounts of one endpoint', () => {
  it('share the work evenly, and go on where there is least of it', async () => {
    const world = new PoolUnderTest(3);
    for (let i = 0; i < 7; i++) void world.ask();
    assert.deepEqual(world.asked, [3, 2, 2]);
    for (const call of world.account(1).calls) call.answer('done');
    await settle();
    void world.ask();
    void world.ask();
    assert.deepEqual(world.asked, [3, 4, 2]);
  });

  it('take turns when none is busy', async () => {
    const world = new PoolUnderTest(3);
    for (let i = 0; i < 6; i++) {
      const answer = world.ask();
      world.account(i % 3).last.answer('done');
      await answer;
    }
    assert.deepEqual(world.asked, [2, 2, 2]);
  });

  it('answer with what the model says', async () => {
    const world = new PoolUnderTest(2);
    const answer = world.ask();
    world.account(0).last.answer('A lamp');
    assert.equal(await answer, 'A lamp');
    assert.equal(world.pool.label, 'tiny');
  });

  it('cannot be none', () => {
    assert.throws(() => new WriterPool([], { clock: { now: () => 0 } }), { code: 'internal' });
  });
});

describe('an account that is refused', () => {
  it('is set aside for good, and its request goes to the next one at once', async () => {
    const world = new PoolUnderTest(2);
    const answer = world.ask();
    world.account(0).last.fail(refused);
    await settle();
    world.account(1).last.answer('done');
    await answer;
    world.now += 1e9;
    void world.ask();
    void world.ask();
    assert.deepEqual(world.asked, [1, 3]);
    assert.equal(world.pool.traffic.accounts, 1);
  });

  it('is told once, though many of its requests fail', async () => {
    const world = new PoolUnderTest(2);
    for (let i = 0; i < 6; i++) void world.ask();
    for (const call of world.account(0).calls) call.fail(refused);
    await settle();
    assert.equal(world.changes, 1);
    assert.deepEqual(world.notices, [
      {
        account: 'Key 1',
        name: 'Key 1',
        kind: 'refused',
        message:
          'The key was refused (401). The account "Key 1" is set aside for this run. The other account goes on.',
        others: 1,
      },
    ]);
    assert.deepEqual(world.asked, [3, 6]);
  });

  it('says so when it was the last one, and the run hears why', async () => {
    const world = new PoolUnderTest(2);
    const answer = world.ask();
    world.account(0).last.fail(refused);
    await settle();
    const noCredit = new ScenewrightError('account', 'No credit left (402).', { status: 402 });
    world.account(1).last.fail(noCredit);
    await assert.rejects(answer, noCredit);
    assert.match(world.notices[1]?.message ?? '', /No credit left .* No other account is left\./);
    assert.equal(world.pool.traffic.accounts, 0);
    assert.equal(world.pool.traffic.readyInMs(), Infinity);
    await assert.rejects(world.ask(), noCredit);
    assert.deepEqual(world.asked, [1, 1]);
  });
});

describe('an account that is asked to slow down', () => {
  it('rests exactly as long as it is told, while the others do its work', async () => {
    const world = new PoolUnderTest(2);
    const answer = world.ask();
    world.account(0).last.fail(slow(5000));
    await settle();
    world.account(1).last.answer('done');
    await answer;
    world.now += 4999;
    void world.ask();
    assert.deepEqual(world.asked, [1, 2]);
    world.now += 1;
    void world.ask();
    assert.deepEqual(world.asked, [2, 2]);
    assert.equal(world.changes, 1);
  });

  it('does not rest where no time is named, but the request moves on', async () => {
    const world = new PoolUnderTest(2);
    const answer = world.ask();
    world.account(0).last.fail(slow());
    await settle();
    assert.deepEqual(world.asked, [1, 1]);
    assert.equal(world.pool.traffic.readyInMs(), 0);
    world.account(1).last.fail(slow());
    await assert.rejects(answer, (error: ScenewrightError) => {
      assert.equal(error.code, 'rate-limit');
      assert.equal(error.retryAfterMs, undefined);
      return true;
    });
    assert.deepEqual(world.asked, [1, 1], 'none is asked twice for one request');
  });

  it('tells a run with no account ready how long the shortest rest still is', async () => {
    const world = new PoolUnderTest(2);
    const answer = world.ask();
    world.account(0).last.fail(slow(30_000));
    await settle();
    world.now += 1000;
    world.account(1).last.fail(slow(40_000));
    await assert.rejects(answer, { code: 'rate-limit', retryable: true, retryAfterMs: 29_000 });
    assert.equal(world.pool.traffic.readyInMs(), 29_000);
    await assert.rejects(world.ask(), { code: 'rate-limit', retryAfterMs: 29_000 });
    assert.deepEqual(world.asked, [1, 1], 'a resting account is not asked');
  });

  it('is waited for when the only other one is refused', async () => {
    const world = new PoolUnderTest(2);
    const answer = world.ask();
    world.account(0).last.fail(slow(3000));
    await settle();
    world.account(1).last.fail(refused);
    await assert.rejects(answer, { code: 'rate-limit', retryable: true, retryAfterMs: 3000 });
  });

  it('is spoken of for long rests only, and once for each', async () => {
    const world = new PoolUnderTest(2);
    const fail = async (error: ScenewrightError): Promise<void> => {
      void world.ask();
      world.account(0).last.fail(error);
      await settle();
      world.account(1).last.answer('done');
      await settle();
    };
    await fail(slow(9999));
    assert.equal(world.notices.length, 0);
    world.now += 9999;
    void world.ask();
    void world.ask();
    void world.ask();
    for (const call of world.account(0).calls.slice(1)) call.fail(slow(90_000));
    await settle();
    assert.deepEqual(
      world.notices.map(({ kind, message }) => [kind, message]),
      [
        [
          'cooldown',
          'Asked to slow down, the account "Key 1" waits 90 seconds. Until then the other accounts do its work.',
        ],
      ],
    );
    for (const call of world.account(1).calls) call.fail(slow(400_000));
    await settle();
    assert.match(world.notices[1]?.message ?? '', /7 minutes\. Nothing is lost/);
    assert.equal(world.notices.length, 2);
  });

  it('never comes back earlier because another answer named less time', async () => {
    const world = new PoolUnderTest(1);
    const answers = [world.ask(), world.ask()];
    world.account(0).calls[0]?.fail(slow(8000));
    await settle();
    world.account(0).calls[1]?.fail(slow(2000));
    await Promise.allSettled(answers);
    assert.equal(world.pool.traffic.readyInMs(), 8000);
  });

  it('rests before it is told to when its headers say that nothing is left', () => {
    const world = new PoolUnderTest(2);
    const heard: RateLimits[] = [];
    void world.ask({ onLimits: (limits) => heard.push(limits) });
    world.account(0).last.options.onLimits?.({ limit: 60, remaining: 1, resetMs: 4000 });
    assert.equal(world.changes, 0);
    world.account(0).last.options.onLimits?.({ limit: 60, remaining: 0, resetMs: 4000 });
    assert.equal(world.changes, 1);
    for (let i = 0; i < 3; i++) void world.ask();
    assert.deepEqual(world.asked, [1, 3]);
    assert.equal(heard.length, 2, 'the run hears of the limits, too');
  });
});

describe('what is not about an account', () => {
  const errors: Error[] = [
    new ScenewrightError('bad-input', 'The model is not known (404).', { status: 404 }),
    new ScenewrightError('network', 'The service failed (503).', { retryable: true, status: 503 }),
    new ScenewrightError('bad-answer', 'No JSON.', { retryable: true }),
    new ScenewrightError('refused', 'Declined.'),
    new ScenewrightError('cancelled', 'Cancelled.'),
    new TypeError('a defect'),
  ];
  for (const error of errors) {
    it(`is passed on as it is: ${error.message}`, async () => {
      const world = new PoolUnderTest(2);
      const answer = world.ask();
      world.account(0).last.fail(error);
      await assert.rejects(answer, error);
      assert.deepEqual(world.asked, [1, 0]);
      assert.deepEqual([world.notices.length, world.pool.traffic.accounts], [0, 2]);
    });
  }
});

describe('a request that moves to another account', () => {
  it('shows the text of the attempt under way alone, which starts anew', async () => {
    const world = new PoolUnderTest(2);
    const texts: string[] = [];
    const answer = world.ask({ onText: (text) => texts.push(text) });
    const first = world.account(0).last;
    first.options.onText?.('The la');
    first.fail(slow(1000));
    await settle();
    first.options.onText?.('The lamp, too late');
    world.account(1).last.options.onText?.('A');
    world.account(1).last.answer('done');
    await answer;
    world.account(1).last.options.onText?.('A lamp, too late');
    assert.deepEqual(texts, ['The la', '', 'A']);
  });

  it('goes nowhere once it is cancelled', async () => {
    const world = new PoolUnderTest(2);
    const abort = new AbortController();
    const answer = world.ask({ signal: abort.signal });
    abort.abort();
    world.account(0).last.fail(slow(1000));
    await assert.rejects(answer, { code: 'cancelled' });
    assert.deepEqual(world.asked, [1, 0]);
    await assert.rejects(world.ask({ signal: abort.signal }), { code: 'cancelled' });
    assert.deepEqual(world.asked, [1, 0]);
  });
});

describe('whatever the accounts answer', () => {
  type Step =
    | { readonly kind: 'ask' }
    | { readonly kind: 'pass'; readonly ms: number }
    | { readonly kind: 'answer'; readonly pick: number; readonly how: string; readonly ms: number };
  const ms = fc.integer({ min: 0, max: 20_000 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.constant({ kind: 'ask' } as const) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('answer' as const),
        pick: fc.nat(),
        how: fc.constantFrom('good', 'good', 'slow', 'slow', 'slower', 'refused', 'down', 'empty'),
        ms,
      }),
    },
  );

  it('no request goes to a resting, refused or busier account, and each one ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(step, { maxLength: 60 }),
        async (count, steps) => {
          const world = new PoolUnderTest(count);
          // What an outsider knows of each account.
          const known = world.accounts.map(() => ({ rest: 0, refused: false, open: 0, seen: 0 }));
          const open: { account: number; call: Call }[] = [];
          const ends: Promise<unknown>[] = [];
          const look = (): void => {
            for (const [i, { calls }] of world.accounts.entries()) {
              const mine = known[i] ?? assert.fail();
              for (; mine.seen < calls.length; mine.seen++) {
                assert.ok(!mine.refused, 'asked though refused');
                assert.ok(mine.rest <= world.now, 'asked though resting');
                const call = calls[mine.seen] ?? assert.fail();
                mine.open++;
                open.push({ account: i, call });
              }
            }
          };
          for (const next of steps) {
            if (next.kind === 'pass') world.now += next.ms;
            if (next.kind === 'ask') {
              const ready = known.filter((k) => !k.refused && k.rest <= world.now);
              const least = Math.min(...ready.map((k) => k.open));
              const before = world.asked;
              ends.push(world.ask().catch((error: unknown) => error));
              const chosen = world.asked.findIndex((asked, i) => asked > (before[i] ?? 0));
              if (ready.length === 0) assert.equal(chosen, -1);
              else assert.equal(known[chosen]?.open, least, 'the least loaded one');
            }
            if (next.kind === 'answer' && open.length > 0) {
              const [{ account, call } = assert.fail()] = open.splice(next.pick % open.length, 1);
              const mine = known[account] ?? assert.fail();
              mine.open--;
              if (next.how === 'empty') {
                call.options.onLimits?.({ remaining: 0, resetMs: next.ms });
                if (!mine.refused) mine.rest = Math.max(mine.rest, world.now + next.ms);
                call.answer('done');
              } else if (next.how === 'good') call.answer('done');
              else if (next.how === 'slow') {
                if (!mine.refused) mine.rest = Math.max(mine.rest, world.now + next.ms);
                call.fail(slow(next.ms));
              } else if (next.how === 'slower') call.fail(slow());
              else if (next.how === 'refused') {
                mine.refused = true;
                call.fail(refused);
              } else call.fail(new ScenewrightError('network', 'down', { retryable: true }));
              await settle();
            }
            look();
            const ready = known.filter((k) => !k.refused);
            assert.equal(world.pool.traffic.accounts, ready.length);
            assert.equal(
              world.pool.traffic.readyInMs(),
              Math.min(Infinity, ...ready.map((k) => Math.max(0, k.rest - world.now))),
            );
          }
          while (open.length > 0) {
            for (const { account, call } of open.splice(0)) {
              (known[account] ?? assert.fail()).open--;
              call.answer('done');
            }
            await settle();
            look();
          }
          for (const end of await Promise.all(ends)) {
            if (!(end instanceof Error)) continue;
            assert.ok(end instanceof ScenewrightError);
            assert.ok(['account', 'rate-limit', 'network'].includes(end.code));
          }
          const told = world.notices.filter(({ kind }) => kind === 'refused');
          assert.equal(told.length, known.filter((k) => k.refused).length);
        },
      ),
    );
  });

  it('requests that only begin are spread to within one of each other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.nat({ max: 40 }),
        fc.nat({ max: 5 }),
        async (count, requests, resting) => {
          const world = new PoolUnderTest(count);
          const slowed = Math.min(resting, count - 1);
          for (let i = 0; i < slowed; i++) {
            const answer = world.ask();
            const { last } = world.account(i);
            last.options.onLimits?.({ remaining: 0, resetMs: 1000 });
            last.answer('done');
            await answer;
          }
          const before = world.asked;
          for (let i = 0; i < requests; i++) void world.ask();
          const begun = world.asked.map((asked, i) => asked - (before[i] ?? 0));
          const working = begun.filter((_, i) => (before[i] ?? 0) === 0);
          assert.ok(Math.max(...working) - Math.min(...working) <= 1);
          assert.equal(
            working.reduce((a, b) => a + b, 0),
            requests,
          );
        },
      ),
    );
  });
});
