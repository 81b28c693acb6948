import assert from 'node:assert/strict';
import type { StudioContext, VideoStudio } from '../../../src/studios/port.ts';
import { routed } from '../../../src/studios/routed.ts';
import { requestFor } from '../../../fixtures/render-requests.ts';

const signal = new AbortController().signal;
const today = 'https://today.example/v1';
const before = 'https://before.example/v1';
const earlier = { remoteId: 'r', data: { base: before } };

/** What was asked, of which address, with which key. */
type Log = string[];

function studioAt(address: string, log: Log): VideoStudio {
  const note =
    <T>(what: string, answer: T) =>
    (_first: unknown, context: StudioContext): Promise<T> => {
      log.push(`${what} ${new URL(address).host} ${context.secret ?? 'no key'}`);
      return Promise.resolve(answer);
    };
  return {
    id: 'fake',
    label: 'Fake',
    needsAccount: true,
    capabilities: (context) =>
      note('capabilities', { seconds: [8], aspects: ['16:9'] as const })(undefined, context),
    submit: note('submit', { remoteId: 'r', data: { base: address } }),
    poll: note('poll', { state: 'ready' as const }),
    result: note('result', { kind: 'http' as const, url: address, headers: {} }),
    cancel: note('cancel', undefined),
    upscale: note('upscale', { remoteId: 'u' }),
  };
}

/** Two accounts, each of one address alone. */
const keys: Readonly<Record<string, string>> = { new: today, old: before };

function studio(log: Log = []): VideoStudio {
  return routed({
    address: today,
    at: (address) => studioAt(address, log),
    key: (account, address) =>
      Promise.resolve(keys[account] === address ? `key of ${account}` : undefined),
  });
}

describe('a studio whose address changes', () => {
  it('orders where the settings say, with the key looked up for that address', async () => {
    const log: Log = [];
    await studio(log).submit(requestFor({}), { secret: 'new', signal });
    await studio(log).capabilities({ secret: 'new', signal });
    assert.deepEqual(log, [
      'submit today.example key of new',
      'capabilities today.example key of new',
    ]);
  });

  it('asks after, fetches, enlarges and cancels a render where it was ordered', async () => {
    const log: Log = [];
    const there = studio(log);
    const context = { secret: 'old', signal };
    await there.poll(earlier, context);
    await there.result(earlier, context);
    await there.cancel?.(earlier, context);
    await there.upscale?.({ jobId: 'j', render: earlier, seconds: 8 }, context);
    assert.deepEqual(
      log,
      ['poll', 'result', 'cancel', 'upscale'].map((what) => `${what} before.example key of old`),
    );
  });

  it('sends no key to an address that it does not belong to, and nothing at all', async () => {
    const log: Log = [];
    const refused = { code: 'account' };
    await assert.rejects(studio(log).poll(earlier, { secret: 'new', signal }), refused);
    await assert.rejects(studio(log).submit(requestFor({}), { secret: 'old', signal }), refused);
    assert.deepEqual(log, []);
  });

  it('can be asked what it can do before there is an account', async () => {
    const log: Log = [];
    await studio(log).capabilities({ signal });
    assert.deepEqual(log, ['capabilities today.example no key']);
  });

  it('does no more than the studio itself does', () => {
    const whole = studioAt(today, []);
    const plain = { ...whole };
    delete plain.cancel;
    delete plain.upscale;
    const route = { address: today, key: () => Promise.resolve('key') };
    const less = routed({ ...route, at: () => plain });
    assert.deepEqual(['cancel' in less, 'upscale' in less], [false, false]);
    assert.ok('upscale' in routed({ ...route, at: () => whole }));
  });
});
