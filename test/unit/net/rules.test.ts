import assert from 'node:assert/strict';
import { firstHop, nextHop } from '../../../src/net/redirect.ts';

describe('following a redirect', () => {
  const secrets = {
    Authorization: 'Bearer SECRET',
    'X-Api-Key': 'SECRET',
    'x-goog-api-key': 'SECRET',
    Cookie: 'SECRET',
    'x-something-new': 'SECRET',
    Range: 'bytes=1-',
    Accept: '*/*',
  };
  const from = firstHop('https://api.example/v1/clip', secrets);

  it('keeps everything on the same origin', () => {
    assert.deepEqual(nextHop(from, '/v2/clip').headers, secrets);
  });

  for (const location of [
    'https://other.example/x',
    'https://api.example:8443/x',
    '//other.example/x',
    'https://api.example.evil.example/x',
    'https://user:pass@other.example/x',
  ]) {
    it(`takes no credentials to ${location}`, () => {
      const hop = nextHop(from, location);
      assert.deepEqual(hop.headers, { Range: 'bytes=1-', Accept: '*/*' });
      assert.equal(hop.url.username + hop.url.password, '');
    });
  }

  for (const location of [
    'http://api.example/x',
    'file:///etc/passwd',
    'data:,x',
    '',
    null,
    'https://',
  ]) {
    it(`refuses ${JSON.stringify(location)}`, () => {
      assert.throws(() => nextHop(from, location), { code: 'network' });
    });
  }
});
