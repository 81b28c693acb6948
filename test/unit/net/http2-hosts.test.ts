import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import tls from 'node:tls';
import type { AddressInfo } from 'node:net';
import { Fetcher } from '../../../src/net/fetcher.ts';
import { Http } from '../../../src/net/http.ts';
import { beginningOf } from '../../../src/net/receive-buffer.ts';
import { certificate, privateKey } from './secure-server.ts';
import { failure } from '../../support/failure.ts';

const { signal } = new AbortController();
const identity = { key: privateKey, cert: certificate };

describe('a host that speaks nothing but HTTP/2', () => {
  const asked: string[] = [];
  let server: http2.Http2SecureServer;
  let url: string;
  let http: Http;
  let fetcher: Fetcher;

  beforeEach(async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    asked.length = 0;
    server = http2.createSecureServer({ ...identity, allowHTTP1: false }, (request, response) => {
      const { method, url: target, headers } = request;
      asked.push(`${method} ${target} ${String(headers['user-agent'])}`);
      response.setHeader('content-type', 'application/json');
      response.end('{"fine":true}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    http = new Http({ systemCertificates: false });
    fetcher = new Fetcher({ systemCertificates: false });
  });

  afterEach(async () => {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    await Promise.all([http.close(), fetcher.close()]);
    server.close();
  });

  it('gives its files', async () => {
    for (let count = 0; count < 2; count++) {
      const headers = { authorization: 'Bearer x', range: 'bytes=0-' };
      const answer = await fetcher.get(`${url}/a|b?sig=a+b'`, {
        headers,
        signal,
        allowPrivate: true,
      });
      assert.equal((await beginningOf(answer.body, 100)).toString(), '{"fine":true}');
    }
    assert.equal(asked.length, 2);
    assert.match(asked[0] ?? '', /^GET \/a\|b\?sig=a\+b' Scenewright\//);
  });

  it('is asked, and takes an order once', async () => {
    assert.deepEqual(await http.json(`${url}/v1`, { signal }), { fine: true });
    const order = { method: 'POST', json: {}, signal, once: true } as const;
    assert.deepEqual(await http.json(`${url}/v1`, order), { fine: true });
    assert.equal(asked.filter((one) => one.startsWith('POST')).length, 1);
  });

  it('answers language models, too', async () => {
    const answer = await http.fetch(`${url}/v1`, { method: 'POST', body: '{}' });
    assert.deepEqual(await answer.json(), { fine: true });
    assert.equal(asked.length, 1);
  });

  it('can be left in the middle of an answer', async () => {
    server.removeAllListeners('request');
    server.on(
      'request',
      (_request: http2.Http2ServerRequest, response: http2.Http2ServerResponse) => {
        response.write('begin');
      },
    );
    const stop = new AbortController();
    const get = { headers: {}, signal: stop.signal, allowPrivate: true };
    const answer = await fetcher.get(url, get);
    const whole = beginningOf(answer.body, 1000);
    stop.abort();
    assert.ok((await whole).length <= 5);
  });

  it('is given up when it falls silent in the middle of a file, but not before', async () => {
    server.removeAllListeners('request');
    server.on(
      'request',
      (_request: http2.Http2ServerRequest, response: http2.Http2ServerResponse) => {
        response.writeHead(200);
        setTimeout(() => response.write('begin'), 200);
      },
    );
    const get = { headers: {}, signal, allowPrivate: true, idleMs: 100, firstByteMs: 5000 };
    const answer = await fetcher.get(url, get);
    let come = 0;
    const space = Buffer.alloc(100);
    const flow = answer.body.into({ space: () => space, filled: (bytes) => (come += bytes) });
    await assert.rejects(flow, { code: 'BODY_TIMEOUT' });
    assert.equal(come, 5);
  });

  it('is named as such where it does not tell when the connection is made', async () => {
    const silent = tls.createServer(identity, (socket) => {
      socket.on('error', () => undefined).resume();
      socket.write(Buffer.from('00000c04000000000000030000006400040000ffff', 'hex'));
    });
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const get = { headers: {}, signal, allowPrivate: true };
    const error = await failure(fetcher.get(`https://127.0.0.1:${port}/`, get));
    assert.match(error.message, /^Only HTTP\/2 is spoken/);
    assert.equal(error.retryable, false);
    silent.close();
  });
});
