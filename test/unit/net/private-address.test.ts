import assert from 'node:assert/strict';
import type dns from 'node:dns';
import {
  isPrivateAddress,
  isPrivateService,
  namesPrivate,
  namesThisMachine,
  publicLookup,
} from '../../../src/net/private-address.ts';

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
    '192.0.2.1',
    '192.88.99.1',
    '198.51.100.7',
    '203.0.113.255',
    '::127.0.0.1',
    '::8.8.8.8',
    '::ffff:0:127.0.0.1',
    '::ffff:0:8.8.8.8',
    '64:ff9b:1::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    '100::1',
    '5f00::1',
    '4000::1',
    '::ffff:192.168.0.1%1',
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
    ['http://localhost../', true],
    ['http://LOCALHOST6/', true],
    ['http://ip6-localhost/', true],
    ['http://ip6-loopback./', true],
    ['http://localhost.localdomain/', true],
    ['http://router/', true],
    ['http://nas.local/', true],
    ['http://box.lan/', true],
    ['http://metadata.google.internal/', true],
    ['http://0/', true],
    ['http://0177.0.0.1/', true],
    ['http://127.0.0.1./', true],
    ['http://[::]/', true],
    ['http://[::127.0.0.1]/', true],
    ['http://[::ffff:0:127.0.0.1]/', true],
    ['http://[::ffff:7f00:1]/', true],
    ['http://\uff11\uff12\uff17.0.0.1/', true],
    ['http://\u2460\u2461\u2466.0.0.1/', true],
    ['http://127\u30020\u30020\u30021/', true],
    ['http://loc%61lhost/', true],
    ['http://user@127.0.0.1/', true],
    ['http://local.example.com/', false],
    ['http://internal-tools.example.com/', false],
    ['http://example.com/', false],
    ['http://localhost.example.com/', false],
    ['http://93.184.216.34/', false],
  ] as const) {
    it(`${address} ${expected ? 'names' : 'does not name'} a private address`, () => {
      assert.equal(namesPrivate(new URL(address)), expected);
    });
  }
});

describe('telling this machine from others', () => {
  for (const host of [
    'localhost',
    'a.localhost.',
    'ip6-loopback',
    'localhost4.localdomain4',
    '127.9.9.9',
    '2130706433',
    '0',
    '[::]',
    '[::1]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:0:127.0.0.1]',
  ]) {
    it(`${host} is it`, () => {
      assert.equal(namesThisMachine(new URL(`http://${host}/`)), true);
    });
  }

  for (const host of [
    '10.0.0.1',
    'nas.local',
    'localhost.example',
    '[fe80::1]',
    '[2606:4700::1]',
  ]) {
    it(`${host} is not it`, () => {
      assert.equal(namesThisMachine(new URL(`http://${host}/`)), false);
    });
  }
});

describe('a service of the own network', () => {
  const leadingTo = (...addresses: string[]): Parameters<typeof isPrivateService>[1] =>
    (() =>
      Promise.resolve(
        addresses.map((address) => ({ address, family: 4 })),
      )) as unknown as Parameters<typeof isPrivateService>[1];
  const url = new URL('https://gpu.example/v1');

  it('is one whose name leads nowhere else', async () => {
    assert.equal(await isPrivateService(url, leadingTo('10.0.0.7', '192.168.1.1')), true);
    assert.equal(await isPrivateService(new URL('http://127.0.0.1/'), leadingTo()), true);
  });

  it('is none that also leads elsewhere, or nowhere', async () => {
    assert.equal(await isPrivateService(url, leadingTo('10.0.0.7', '1.1.1.1')), false);
    assert.equal(await isPrivateService(url, leadingTo()), false);
    const failing = (() => Promise.reject(new Error('ENOTFOUND'))) as never;
    assert.equal(await isPrivateService(url, failing), false);
  });
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
