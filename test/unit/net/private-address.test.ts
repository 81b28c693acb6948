import assert from 'node:assert/strict';
import type dns from 'node:dns';
import { isPrivateAddress, namesPrivate, publicLookup } from '../../../src/net/private-address.ts';

describe('telling public addresses from others', () => {
  for (const address of [
    '127.0.0.1',
    '127.9.9.9',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'nonsense',
    '',
  ]) {
    it(`${address || 'nothing'} is not public`, () => {
      assert.equal(isPrivateAddress(address), true);
    });
  }

  for (const address of [
    '1.1.1.1',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '::ffff:1.1.1.1',
    '64:ff9b::1.1.1.1',
    '64:ff9b::808:808',
  ]) {
    it(`${address} is public`, () => {
      assert.equal(isPrivateAddress(address), false);
    });
  }

  for (const [address, expected] of [
    ['http://localhost/', true],
    ['http://a.localhost./', true],
    ['http://127.1/', true],
    ['http://2130706433/', true],
    ['http://0x7f000001/', true],
    ['http://[::1]/', true],
    ['http://[::ffff:a00:1]/', true],
    ['http://example.com/', false],
    ['http://localhost.example.com/', false],
    ['http://93.184.216.34/', false],
  ] as const) {
    it(`${address} ${expected ? 'names' : 'does not name'} a private address`, () => {
      assert.equal(namesPrivate(new URL(address)), expected);
    });
  }
});

describe('looking names up for public addresses only', () => {
  const answering = (addresses: { address: string; family: number }[]): typeof dns.lookup =>
    ((_name: string, _options: unknown, callback: (error: null, found: unknown) => void) => {
      callback(null, addresses);
    }) as unknown as typeof dns.lookup;

  const ask = (addresses: { address: string; family: number }[], all: boolean): Promise<unknown> =>
    new Promise((resolve, reject) => {
      publicLookup(answering(addresses))('clips.example', { all }, (error, address) => {
        if (error === null) resolve(address);
        else reject(error);
      });
    });

  const open = { address: '93.184.216.34', family: 4 };
  const inside = { address: '10.0.0.7', family: 4 };

  it('leaves out those that are not', async () => {
    assert.deepEqual(await ask([inside, open], true), [open]);
    assert.equal(await ask([inside, open], false), open.address);
  });

  it('fails when there are no others', async () => {
    await assert.rejects(ask([inside], true), { code: 'PRIVATE_ADDRESS' });
    await assert.rejects(ask([], false), { code: 'PRIVATE_ADDRESS' });
  });
});
