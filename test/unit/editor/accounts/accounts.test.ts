import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import {
  Accounts,
  isInTheOpen,
  originOf,
  type AccountProvider,
} from '../../../../src/editor/accounts/accounts.ts';
import { memento, SharedKeys } from '../../../support/key-store.ts';

/** The key of an account, if it may be sent there. */
async function keyOf(
  accounts: Accounts,
  id: string,
  provider: AccountProvider,
  address: string,
): Promise<string | undefined> {
  try {
    return await accounts.keyed(id, provider).key(address);
  } catch (error) {
    assert.ok(error instanceof ScenewrightError && error.code === 'account');
    assert.doesNotMatch(error.message, /sk-/);
    return undefined;
  }
}

const old = 'https://api.openai.com/v1';
const next = 'https://api.example.com/v1';

describe('accounts', () => {
  let keys: SharedKeys;
  let accounts: Accounts;
  const open: Accounts[] = [];

  const window = async (state = memento()): Promise<Accounts> => {
    const opened = new Accounts(keys, state);
    open.push(opened);
    await opened.ready;
    return opened;
  };

  beforeEach(async () => {
    keys = new SharedKeys();
    accounts = await window();
  });
  afterEach(() => {
    for (const opened of open.splice(0)) opened.dispose();
  });

  it('store no key that cannot be sent, and send none that was stored before that was known', async () => {
    await assert.rejects(accounts.add('openai', 'Main', 'sk-ключ', old), {
      code: 'bad-input',
      message: /The key was not stored: “к” cannot be part of a key/,
    });
    assert.deepEqual(accounts.all(), []);
    const { id } = await accounts.add('openai', 'Main', '"Bearer sk-1"', old);
    assert.equal(await keyOf(accounts, id, 'openai', old), 'sk-1');
    const [name = ''] = await keys.keys();
    const stored = JSON.parse((await keys.get(name)) ?? '') as Record<string, unknown>;
    await keys.store(name, JSON.stringify({ ...stored, secret: 'sk-ключ' }));
    await assert.rejects(accounts.keyed(id, 'openai').key(old), {
      code: 'account',
      message: /The key of “Main” cannot be sent: “к” .* Nothing was sent\. Change it/,
    });
  });

  it('send a key to the address that it was entered for, and to no other', async () => {
    const { id } = await accounts.add('openai', 'Main', 'sk-1', old);
    assert.equal(await keyOf(accounts, id, 'openai', `${old}/responses`), 'sk-1');
    for (const address of [
      next,
      'http://api.openai.com/v1',
      'https://api.openai.com:8443/v1',
      'https://api.openai.com.evil.example/v1',
      'https://api.openai.com@evil.example/v1',
      'nonsense',
      '',
    ]) {
      assert.equal(await keyOf(accounts, id, 'openai', address), undefined, address);
    }
  });

  it('send a key that comes under an old name to the new address alone, also in runs under way', async () => {
    const { id } = await accounts.add('openai', 'Main', 'sk-old', old);
    // A run holds the account by its id and the address that it began with.
    const ofRun = (): Promise<string | undefined> => keyOf(accounts, id, 'openai', old);
    assert.equal(await ofRun(), 'sk-old');
    assert.equal((await accounts.add('openai', ' Main ', 'sk-new', next)).id, id);
    assert.equal(await ofRun(), undefined);
    assert.equal(await keyOf(accounts, id, 'openai', next), 'sk-new');
    assert.equal(accounts.all().length, 1);
  });

  it('never belong to an address because that asks first', async () => {
    const { id } = await accounts.add('openai', 'Main', 'sk-1');
    assert.deepEqual(accounts.usable('openai', next), []);
    assert.equal(await keyOf(accounts, id, 'openai', next), undefined);
    assert.equal(accounts.get(id)?.origin, undefined);
    await accounts.bind(id, old);
    assert.equal(await keyOf(accounts, id, 'openai', next), undefined);
    assert.equal(await keyOf(accounts, id, 'openai', old), 'sk-1');
  });

  it('of one provider are nothing to another, whatever the address', async () => {
    const { id } = await accounts.add('openai', 'Main', 'sk-1', old);
    assert.equal(await keyOf(accounts, id, 'openai-videos', old), undefined);
    assert.deepEqual(accounts.usable('openai-videos', old), []);
  });

  it('send no key over the open internet unencrypted before the writer agrees', async () => {
    const far = 'http://api.example.com/v1';
    const { id } = await accounts.add('openai', 'Main', 'sk-1', far);
    assert.deepEqual(accounts.usable('openai', far), []);
    assert.equal(await keyOf(accounts, id, 'openai', far), undefined);
    await accounts.bind(id, far, true);
    assert.equal(await keyOf(accounts, id, 'openai', far), 'sk-1');
    // What was agreed to for one address is not for the next.
    await accounts.bind(id, 'http://other.example.com');
    assert.equal(await keyOf(accounts, id, 'openai', 'http://other.example.com'), undefined);
  });

  it('send keys to this machine and its network without a question', async () => {
    for (const address of [
      'http://localhost:1234/v1',
      'http://127.0.0.1:1234',
      'http://[::1]:1234',
      'http://192.168.1.20:8000/v1',
      'http://10.1.2.3',
    ]) {
      assert.equal(isInTheOpen(address), false, address);
    }
    for (const address of [
      'http://example.com',
      'http://8.8.8.8/v1',
      'http://localhost.example.com',
      'http://127.0.0.1.example.com',
      'http://[2001:4860:4860::8888]',
      ' http://example.com ',
    ]) {
      assert.equal(isInTheOpen(address), true, address);
    }
    const { id } = await accounts.add('openai', 'Local', 'sk-1', 'http://127.0.0.1:1234/v1');
    assert.equal(await keyOf(accounts, id, 'openai', 'http://127.0.0.1:1234/v1'), 'sk-1');
  });

  it('are servers of their own where their studio is, with a key or without', async () => {
    const [near, far] = ['http://192.168.1.20:8188', 'https://gpu.example/comfy'];
    const { id: keyless } = await accounts.add('comfyui', 'Desk', ' ', near);
    const { id: keyed } = await accounts.add('comfyui', 'Rack', 'sk-rack', `${far} `);
    for (const one of [accounts, await window()]) {
      assert.deepEqual(
        one.servers('comfyui').map(({ name, address }) => [name, address]),
        [
          ['Desk', near],
          ['Rack', far],
        ],
      );
      assert.deepEqual(one.servers('fal'), []);
      assert.equal(one.keyed(keyless, 'comfyui').address, near);
      assert.equal(await keyOf(one, keyless, 'comfyui', near), '');
      assert.equal(await keyOf(one, keyless, 'comfyui', far), undefined);
      assert.equal(await keyOf(one, keyed, 'comfyui', far), 'sk-rack');
      assert.equal(await keyOf(one, keyed, 'comfyui', near), undefined);
    }
    await accounts.bind(keyless, 'http://10.0.0.7:8188');
    assert.equal(accounts.keyed(keyless, 'comfyui').address, 'http://10.0.0.7:8188');
    await assert.rejects(accounts.add('fal', 'Main', '', old), /not stored/);
    assert.equal(accounts.of('openai')[0]?.address, undefined);
  });

  it('that are servers on the open internet are sent a key unencrypted only where the writer agrees', async () => {
    const open = 'http://gpu.example:8188';
    await accounts.add('comfyui', 'Without', '', open);
    const { id } = await accounts.add('comfyui', 'With', 'sk-with', open);
    assert.deepEqual(
      accounts.servers('comfyui').map(({ name }) => name),
      ['Without'],
    );
    await accounts.bind(id, open, true);
    assert.equal(accounts.servers('comfyui').length, 2);
  });

  it('say so where the key store cannot be read, and not that there are none', async () => {
    keys.keys = () => Promise.reject(new Error('The keyring is locked'));
    const locked = new Accounts(keys, memento());
    open.push(locked);
    await assert.rejects(
      locked.keyed('a', 'openai').key(old),
      /cannot be read.*keyring is locked/u,
    );
  });

  describe('in two windows', () => {
    let other: Accounts;
    beforeEach(async () => {
      other = await window();
    });

    it('are all there when both add some at once', async () => {
      await Promise.all([
        accounts.add('openai', 'One', 'sk-1', old),
        other.add('openai', 'Two', 'sk-2', old),
      ]);
      for (const opened of [accounts, other, await window()]) {
        assert.deepEqual(
          opened.all().map(({ name }) => name),
          ['One', 'Two'],
        );
      }
    });

    it('are what they have become in the other one, and that is told', async () => {
      const { id } = await accounts.add('openai', 'Main', 'sk-1', old);
      const told: (readonly string[])[] = [];
      const change = new Promise<void>((resolve) => {
        other.onDidChange((ids) => {
          told.push(ids);
          if (other.get(id)?.origin === originOf(next)) resolve();
        });
      });
      await accounts.add('openai', 'Main', 'sk-2', next);
      await change;
      assert.ok(told.every((ids) => ids.includes(id)));
      assert.equal(await keyOf(other, id, 'openai', old), undefined);
      const gone = new Promise<void>((resolve) => {
        other.onDidChange(() => {
          if (other.get(id) === undefined) resolve();
        });
      });
      await accounts.remove(id);
      await gone;
      assert.equal(await keyOf(other, id, 'openai', next), undefined);
    });
  });

  it('hand out a key for the address only that it was last entered for, whoever changes what when', async () => {
    const addresses = [old, next, 'http://example.com', 'http://localhost:1', ''] as const;
    const step = fc.record({
      act: fc.constantFrom('add', 'bind', 'remove', 'reopen'),
      provider: fc.constantFrom<AccountProvider>('openai', 'fal'),
      name: fc.constantFrom('a', 'b'),
      address: fc.constantFrom(...addresses),
      agreed: fc.boolean(),
      window: fc.nat(1),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        keys = new SharedKeys();
        const windows = [await window(), await window()];
        /** By provider and name: which key may go where. */
        const meant = new Map<string, { secret: string; address: string; agreed: boolean }>();
        const ids = new Set<string>();
        let secrets = 0;
        for (const { act, provider, name, address, agreed, window: at } of steps) {
          if (act === 'reopen') windows[at] = await window();
          // The word of what another window has done takes a moment.
          for (let turn = 0; turn < 8; turn++) await Promise.resolve();
          const here = windows[at] ?? accounts;
          const to = address === '' ? undefined : address;
          const known = here.named(provider, name);
          const key = `${provider} ${name}`;
          if (act === 'add') {
            const secret = `sk-${++secrets}`;
            ids.add((await here.add(provider, name, secret, to, agreed)).id);
            meant.set(key, { secret, address, agreed });
          } else if (act === 'bind' && known !== undefined && to !== undefined) {
            await here.bind(known.id, to, agreed);
            meant.set(key, { secret: meant.get(key)?.secret ?? '', address, agreed });
          } else if (act === 'remove' && known !== undefined) {
            await here.remove(known.id);
            meant.delete(key);
          }
          for (const asked of addresses.slice(0, -1)) {
            for (const by of ['openai', 'fal'] as const) {
              const sent = await Promise.all(
                [...ids].flatMap((id) => windows.map((one) => keyOf(one, id, by, asked))),
              );
              const allowed = [...meant]
                .filter(([of]) => of.startsWith(`${by} `))
                .map(([, use]) => use)
                .filter((use) => use.address === asked && (use.agreed || !isInTheOpen(asked)))
                .map(({ secret }) => secret);
              const found = new Set(sent.filter((secret) => secret !== undefined));
              assert.deepEqual([...found].sort(), allowed.sort(), `${by} at ${asked}`);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  describe('of an earlier version', () => {
    const list = [
      { id: 'a', provider: 'openai', name: 'Bound', origin: 'https://api.openai.com' },
      { id: 'b', provider: 'openai', name: 'Fresh' },
      { id: 'c', provider: 'fal', name: 'Without a key' },
    ];

    beforeEach(() => {
      keys.stored.set('scenewright.account.a', 'sk-a');
      keys.stored.set('scenewright.account.b', 'sk-b');
    });

    it('keep their address, and have none until the writer says which', async () => {
      const state = memento({ 'scenewright.accounts': list });
      const taken = await window(state);
      assert.equal(await keyOf(taken, 'a', 'openai', old), 'sk-a');
      assert.equal(await keyOf(taken, 'b', 'openai', old), undefined);
      await taken.bind('b', next);
      assert.equal(await keyOf(taken, 'b', 'openai', next), 'sk-b');
      assert.deepEqual(state.keys(), []);
      assert.equal(keys.stored.has('scenewright.account.a'), false);
    });

    it('are taken over once, though two windows begin at the same moment', async () => {
      const both = await Promise.all([
        window(memento({ 'scenewright.accounts': list })),
        window(memento({ 'scenewright.accounts': list })),
      ]);
      await both[0].add('openai', 'Bound', 'sk-later', next);
      const later = await window(memento({ 'scenewright.accounts': list }));
      assert.equal(later.of('openai').length, 2);
      assert.equal(await keyOf(later, 'a', 'openai', next), 'sk-later');
    });
  });
});
