import assert from 'node:assert/strict';
import type { ScenewrightError } from '../../../src/base/errors.ts';
import { type ErrorCode } from '../../../src/base/errors.ts';
import { Http } from '../../../src/net/http.ts';
import { failure } from '../../support/failure.ts';
import { Loopback, deadAddress, json } from './loopback.ts';

const { signal } = new AbortController();

describe('talking to a service', () => {
  let http: Http;
  let server: Loopback;
  let other: Loopback;

  beforeEach(async () => {
    http = new Http({ systemCertificates: false, timeouts: { headersMs: 700, idleMs: 700 } });
    server = await Loopback.start((_asked, response) => {
      json(response, { fine: true });
    });
    other = await Loopback.start((_asked, response) => {
      json(response, { other: true });
    });
  });

  afterEach(async () => {
    await http.close();
    await server.close();
    await other.close();
  });

  it('sends and reads JSON', async () => {
    const value = await http.json(`${server.url}/v1/things?x=1`, {
      method: 'POST',
      json: { prompt: 'Ánh đèn' },
      signal,
    });
    assert.deepEqual(value, { fine: true });
    assert.equal(server.asked[0]?.url, '/v1/things?x=1');
    assert.equal(server.asked[0].headers['content-type'], 'application/json');
    assert.deepEqual(JSON.parse(server.asked[0].body), { prompt: 'Ánh đèn' });
  });

  it('sends a form that a server can take apart', async () => {
    server.answer = async (asked, response) => {
      const headers = { 'content-type': asked.headers['content-type'] ?? '' };
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is our own form that it reads
      const form = await new Response(asked.body, { headers }).formData();
      json(response, Object.fromEntries(form));
    };
    const form = { model: 'm', prompt: 'Line one\r\nline "two" — Ánh' };
    assert.deepEqual(await http.json(server.url, { method: 'POST', form, signal }), form);
  });

  const statuses: [number, ErrorCode, boolean][] = [
    [400, 'bad-input', false],
    [401, 'account', false],
    [402, 'account', false],
    [403, 'account', false],
    [404, 'bad-answer', false],
    [408, 'network', true],
    [422, 'bad-input', false],
    [429, 'rate-limit', true],
    [500, 'network', true],
    [503, 'network', true],
  ];
  for (const [status, code, retryable] of statuses) {
    it(`makes of status ${status} an error of the kind "${code}"`, async () => {
      server.answer = (_asked, response) => {
        json(response, { error: { message: 'Because so.' } }, status);
      };
      const error = await failure(http.json(server.url, { signal }));
      assert.equal(error.code, code);
      assert.equal(error.retryable, retryable);
      assert.equal(error.status, status);
      assert.match(error.message, /Because so\./);
    });
  }

  it('tells a refusal for its content from any other bad request', async () => {
    server.answer = (_asked, response) => {
      json(response, { error: { message: 'No.', code: 'moderation_blocked' } }, 400);
    };
    assert.equal((await failure(http.json(server.url, { signal }))).code, 'refused');
  });

  it('does not wait for an empty purse to fill by itself', async () => {
    server.answer = (_asked, response) => {
      json(response, { error: { message: 'Pay.', code: 'insufficient_quota' } }, 429);
    };
    const error = await failure(http.json(server.url, { signal }));
    assert.deepEqual([error.code, error.retryable], ['account', false]);
  });

  it('passes on how long the service wants to be left alone', async () => {
    server.answer = (_asked, response) => {
      json(response, {}, 429, { 'retry-after': '7' });
    };
    assert.equal((await failure(http.json(server.url, { signal }))).retryAfterMs, 7000);
  });

  it('never shows a secret, even when the service repeats it', async () => {
    server.answer = (asked, response) => {
      json(response, { error: `Bad ${asked.headers.authorization ?? ''} at ${asked.url}` }, 401);
    };
    const headers = { authorization: 'Bearer sk-very-secret', 'x-goog-api-key': 'other-secret' };
    const address = `${server.url}/things?key=secret-in-query`;
    const error = await failure(http.json(address, { headers, signal }));
    const all = `${error.message} ${error.stack ?? ''} ${JSON.stringify(error.cause)}`;
    assert.doesNotMatch(all, /very-secret|other-secret|secret-in-query/);
    assert.match(error.message, /•••/);
  });

  it('says that a page is not what was asked for', async () => {
    server.answer = (_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
    };
    const error = await failure(http.json(server.url, { signal }));
    assert.equal(error.code, 'bad-answer');
    assert.match(error.message, /^Something other than JSON/);
  });

  it('says that nothing is there, and that trying again may help', async () => {
    const error = await failure(http.json(await deadAddress(), { signal }));
    assert.deepEqual([error.code, error.retryable], ['network', true]);
    assert.match(error.message, /^Nothing answers at/);
  });

  it('gives up on a server that does not answer', async () => {
    server.answer = () => undefined;
    const error = await failure(http.json(server.url, { signal }));
    assert.equal(error.code, 'network');
    assert.match(error.message, /^No answer came in time/);
  });

  it('stops at once when it is cancelled', async () => {
    const stop = new AbortController();
    server.answer = () => {
      stop.abort();
    };
    assert.equal((await failure(http.json(server.url, { signal: stop.signal }))).code, 'cancelled');
  });

  describe('what costs money', () => {
    const order = (address: string): Promise<ScenewrightError> =>
      failure(http.json(address, { method: 'POST', json: {}, signal, once: true }));

    it('may be ordered again when nothing was listening', async () => {
      const error = await order(await deadAddress());
      assert.deepEqual([error.code, error.retryable], ['network', true]);
    });

    it('may be ordered again when the name does not exist', async () => {
      assert.equal((await order('http://no-such-host.invalid/v1')).code, 'network');
    });

    it('is unclear when the line breaks after the order', async () => {
      server.answer = (_asked, response) => {
        response.destroy();
      };
      assert.equal((await order(server.url)).code, 'unclear');
      assert.equal(server.count('POST'), 1);
    });

    it('is unclear when no answer comes in time', async () => {
      server.answer = () => undefined;
      assert.equal((await order(server.url)).code, 'unclear');
    });

    it('is unclear when the answer breaks off', async () => {
      server.answer = (_asked, response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{"id":');
        setTimeout(() => response.destroy(), 20);
      };
      assert.equal((await order(server.url)).code, 'unclear');
    });

    it('is unclear when the answer makes no sense', async () => {
      server.answer = (_asked, response) => {
        response.end('<html>');
      };
      assert.equal((await order(server.url)).code, 'unclear');
    });

    it('is unclear after a bare server error, and not after one that says so', async () => {
      const codes: [number, unknown, Record<string, string>, ErrorCode][] = [
        [500, { error: { message: 'Sorry about that! You can retry.' } }, {}, 'unclear'],
        [502, '<html>Bad gateway</html>', {}, 'unclear'],
        [504, {}, {}, 'unclear'],
        [503, {}, {}, 'unclear'],
        [503, {}, { 'retry-after': '1' }, 'network'],
        [500, { error: { type: 'overloaded_error' } }, {}, 'network'],
        [408, {}, {}, 'unclear'],
        [409, {}, {}, 'unclear'],
        [429, {}, {}, 'rate-limit'],
        [401, {}, {}, 'account'],
        [400, {}, {}, 'bad-input'],
      ];
      for (const [status, body, headers, code] of codes) {
        server.answer = (_asked, response) => {
          json(response, body, status, headers);
        };
        assert.equal((await order(server.url)).code, code, `${status} ${JSON.stringify(body)}`);
      }
    });

    it('never goes elsewhere by a redirect', async () => {
      server.answer = (_asked, response) => {
        response.writeHead(307, { location: other.url }).end();
      };
      assert.equal((await order(server.url)).code, 'bad-answer');
      assert.equal(other.asked.length, 0);
    });

    it('is never sent over a connection that may have gone stale', async () => {
      const sockets = new Set<unknown>();
      server.answer = (_asked, response, request) => {
        sockets.add(request.socket);
        json(response, {});
      };
      for (let count = 0; count < 3; count++) {
        await http.json(server.url, { method: 'POST', json: {}, signal, once: true });
      }
      assert.equal(sockets.size, 3);
    });
  });

  describe('redirects', () => {
    const headers = {
      authorization: 'Bearer secret-secret',
      'x-api-key': 'secret-secret',
      cookie: 'a=secret-secret',
      range: 'bytes=5-',
    };

    it('keep credentials on the same origin', async () => {
      server.answer = (asked, response) => {
        if (asked.url === '/end') json(response, {});
        else response.writeHead(302, { location: '/end' }).end();
      };
      const answer = await http.send(`${server.url}/begin`, { headers, signal });
      answer.body.discard();
      assert.equal(answer.url.pathname, '/end');
      assert.equal(server.asked[1]?.headers.authorization, headers.authorization);
    });

    for (const by of ['send', 'fetch'] as const) {
      it(`take no credentials to another origin (${by})`, async () => {
        server.answer = (_asked, response) => {
          response.writeHead(302, { location: `${other.url}/clip` }).end();
        };
        if (by === 'send') (await http.send(server.url, { headers, signal })).body.discard();
        else await (await http.fetch(server.url, { headers })).text();
        const arrived = other.asked[0]?.headers ?? {};
        assert.equal(arrived.range, 'bytes=5-');
        assert.doesNotMatch(JSON.stringify(arrived), /secret/);
      });
    }

    it('end when they go in circles', async () => {
      server.answer = (_asked, response) => {
        response.writeHead(302, { location: '/again' }).end();
      };
      const error = await failure(http.send(server.url, { signal }));
      assert.match(error.message, /^Too many redirects/);
      assert.ok(server.asked.length <= 6);
    });

    it('do not carry a body to another origin', async () => {
      server.answer = (_asked, response) => {
        response.writeHead(308, { location: other.url }).end();
      };
      const error = await failure(http.json(server.url, { method: 'POST', json: {}, signal }));
      assert.match(error.message, /base URL/);
      assert.equal(other.asked.length, 0);
    });

    for (const status of [301, 302, 307, 308]) {
      it(`name the right address where that is the same with https (${status})`, async () => {
        const secure = server.url.replace('http:', 'https:');
        server.answer = ({ url }, response) => {
          response.writeHead(status, { location: `${secure}${url}` }).end();
        };
        const error = await failure(
          http.json(`${server.url}/v1/chat`, { method: 'POST', json: {}, signal }),
        );
        assert.equal(error.code, 'bad-input');
        assert.equal(error.retryable, false);
        assert.equal(
          error.message,
          `This is wanted at another address: ${server.url} sends it on to ${secure} (${status}). Nothing was sent there. If that is right, use ${secure} in the base URL.`,
        );
      });
    }

    it('name another path of the same service, but no key in it', async () => {
      server.answer = (_asked, response) => {
        response.writeHead(301, { location: '/api/v1/secret-secret?key=secret-secret' }).end();
      };
      const error = await failure(
        http.json(`${server.url}/v1`, { method: 'POST', json: {}, headers, signal }),
      );
      assert.ok(error.message.includes(`on to ${server.url}/api/v1/••• (301)`), error.message);
    });
  });

  it('offers a fetch that streams', async () => {
    server.answer = (_asked, response) => {
      response.write('one ');
      setTimeout(() => response.end('two'), 10);
    };
    const answer = await http.fetch(server.url, { method: 'POST', body: 'x' });
    assert.equal(await answer.text(), 'one two');
    assert.equal(server.asked[0]?.body, 'x');
  });

  it('goes through the proxy that is set, but not to this machine', async () => {
    const proxied = new Http({ proxy: other.url, systemCertificates: false });
    try {
      assert.deepEqual(await proxied.json('http://far.example/v1/x', { signal }), { other: true });
      assert.equal(other.asked[0]?.headers.host, 'far.example');
      assert.deepEqual(await proxied.json(server.url, { signal }), { fine: true });
    } finally {
      await proxied.close();
    }
  });

  it('leaves the proxy out for the hosts that are listed', async () => {
    const proxied = new Http({
      proxy: other.url,
      noProxy: ['*.example', 'no-such-host.invalid'],
      systemCertificates: false,
    });
    try {
      await failure(proxied.json('http://no-such-host.invalid/', { signal }));
      assert.equal(other.asked.length, 0);
    } finally {
      await proxied.close();
    }
  });
});
