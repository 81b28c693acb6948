import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Http } from '../../../src/net/http.ts';
import { Service, bearer, type ServiceCall } from '../../../src/studios/service.ts';
import { contextOf, secret } from './contract.ts';

describe('what the studios on the web have in common', () => {
  const context = contextOf();
  let http: Http;

  let call: ServiceCall;

  before(async () => {
    http = new Http({ systemCertificates: false });
    call = await open();
  });

  after(() => http.close());

  const service = (baseUrl = 'https://host.example/v1'): Service =>
    new Service({ baseUrl, http, key: bearer });
  const open = (baseUrl?: string): Promise<ServiceCall> => service(baseUrl).open(context);

  it('is the only way of an adapter to the net', async () => {
    const folder = path.join(import.meta.dirname, '../../../src/studios');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
    assert.ok(files.length > 8);
    for (const name of files.filter((one) => one !== 'service.ts')) {
      const source = await readFile(path.join(folder, name), 'utf8');
      // Types of errors' parts and what words mean are data; whatever sends anything is not.
      const imports = [...source.matchAll(/^import (type )?[^;]*'(.*)';$/gm)];
      const doors = imports.filter(
        ([, isType, from = '']) =>
          (/\/net\/(?!service-words)/.test(from) && isType === undefined) ||
          /net\/(http|fetcher|transport)\.ts|undici|node:(http|https|net|tls|dns)/.test(from),
      );
      assert.deepEqual(
        doors.map(([line]) => line),
        [],
        name,
      );
      assert.doesNotMatch(source, /\bfetch\(/, name);
    }
  });

  it('keeps no order whose name is the key', () => {
    assert.throws(() => call.named({ id: `r-${secret}` }), { code: 'unclear' });
    assert.throws(() => call.named({ id: Buffer.from(secret).toString('base64') }), {
      code: 'unclear',
    });
  });

  describe('the address of a clip', () => {
    for (const address of [
      undefined,
      '',
      'clip.mp4',
      '/clips/1.mp4',
      'file:///etc/passwd',
      'data:video/mp4;base64,AAAA',
      'https://localhost/clip.mp4',
      'https://127.0.0.1/clip.mp4',
      'https://127.1/clip.mp4',
      'https://0.0.0.0:8000/clip.mp4',
      'https://[::1]/clip.mp4',
      'https://[::127.0.0.1]/clip.mp4',
      'https://[::ffff:0:127.0.0.1]/clip.mp4',
      'https://localhost./clip.mp4',
      'https://ip6-localhost/clip.mp4',
    ]) {
      it(`is not ${JSON.stringify(address)} for a service on the net`, () => {
        assert.equal(call.clip(address), undefined);
        assert.throws(() => call.clipOrFail(call.clip(address), {}), { code: 'bad-answer' });
      });
    }

    it('is asked for over https where it is named without', () => {
      const found = call.clip('http://cdn.example/clip.mp4?a=%2F');
      const url = 'https://cdn.example/clip.mp4?a=%2F';
      assert.deepEqual(found, { kind: 'http', url, headers: {} });
    });

    it('may be on this machine when the service is', async () => {
      const local = await open('http://localhost:8000/v1');
      const url = 'http://127.0.0.1:8000/clip.mp4';
      assert.deepEqual(local.clip(url), { kind: 'http', url, headers: {} });
    });

    it('gets the key on the same origin only: scheme, host and port', () => {
      for (const [url, own] of [
        ['https://host.example/clip.mp4', true],
        ['https://HOST.example:443/clip.mp4', true],
        ['https://host.example:444/clip.mp4', false],
        ['https://cdn.host.example/clip.mp4', false],
        ['https://host.example.evil.example/clip.mp4', false],
        ['https://host.example@evil.example/clip.mp4', false],
      ] as const) {
        const source = call.clip(url);
        assert.ok(source?.kind === 'http');
        assert.deepEqual(source.headers, own ? { authorization: `Bearer ${secret}` } : {}, url);
      }
    });
  });

  describe('an address that the service names for its own use', () => {
    const built = 'https://host.example/v1/videos/r-1';

    for (const [named, expected] of [
      [undefined, built],
      ['https://host.example/v2/jobs/r-1', 'https://host.example/v2/jobs/r-1'],
      ['/v2/jobs/r-1', 'https://host.example/v2/jobs/r-1'],
      ['https://evil.example/v1/videos/r-1', built],
      ['http://host.example/v1/videos/r-1', built],
      ['//evil.example/v1', built],
      ['https://someone@host.example/v1', built],
      ['javascript:alert(1)', built],
      ['https://', built],
      [`https://host.example/v1?key=${secret}`, built],
    ] as const) {
      it(`${JSON.stringify(named)} is asked at ${expected}`, () => {
        assert.equal(call.own(named, built), expected);
      });
    }
  });

  it('shows the words of a service on one line, not too long, and without the key', () => {
    const shown = call.quoted(`No.\n\n Not for ${secret}! ${'x'.repeat(2000)}`) ?? '';
    assert.match(shown, /^No\. Not for •••! x+…$/);
    assert.equal(shown.length, 1000);
    assert.equal(call.quoted(' \n '), undefined);
  });

  it('finds the reason wherever a service puts it', () => {
    for (const answer of [
      { error: 'Dark.' },
      { error: { message: 'Dark.', code: 7 } },
      { error: { details: [], error: { message: 'Dark.' } } },
      { errors: [{ message: 'Dark.' }] },
      { detail: [{ loc: ['body'], msg: 'Dark.', type: 'value_error' }] },
      { detail: 'Dark.' },
      { message: 'Dark.', code: 500 },
      { fail_reason: 'Dark.' },
      { error: null, message: 'Dark.' },
      'Dark.',
    ]) {
      assert.deepEqual(call.failed(answer), { state: 'failed', reason: 'Dark.' });
    }
  });

  it('has a reason for answers without one, however deep they are', () => {
    let deep: unknown = 'far too deep';
    for (let level = 0; level < 10_000; level++) deep = { error: deep };
    for (const answer of [undefined, null, {}, [], 7, '', { error: {} }, deep]) {
      const { state } = call.failed(answer);
      assert.equal(state, 'failed');
      assert.match(JSON.stringify(call.failed(answer)), /no reason/);
    }
  });

  it('takes a base URL with slashes and spaces around it', () => {
    assert.equal(
      service(' https://host.example/v1// ').address('/videos'),
      'https://host.example/v1/videos',
    );
  });

  it('writes down where and when a render was ordered', () => {
    assert.throws(() => call.named({}), { code: 'unclear' });
    const { remoteId, data } = call.taken(call.named({ id: 17 }), { poll: 'x' });
    assert.equal(remoteId, '17');
    assert.equal(data?.base, 'https://host.example/v1');
    assert.ok(Number(data.submittedAt) > 0);
    assert.equal(data.poll, 'x');
  });
});
