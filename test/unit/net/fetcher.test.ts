import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';
import fc from 'fast-check';
import { Fetcher, type FetchAnswer, type FetchOptions } from '../../../src/net/fetcher.ts';
import { userAgent } from '../../../src/net/user-agent.ts';
import { beginningOf } from '../../../src/net/receive-buffer.ts';
import { Loopback } from './loopback.ts';
import { certificate, foreignCertificate, secureServer } from './secure-server.ts';
import { failure } from '../../support/failure.ts';

const { signal } = new AbortController();

/** A server that says exactly what it is told to, byte for byte. */
class RawServer {
  connections = 0;
  requests = 0;
  answer: (socket: Socket, request: string) => void = () => undefined;
  private readonly sockets = new Set<Socket>();
  private readonly server = net.createServer((socket) => {
    this.connections++;
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (text) => {
      this.requests++;
      this.answer(socket, text.toString('latin1'));
    });
  });

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/file`;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

describe('fetching a file', () => {
  let fetcher: Fetcher;
  let server: RawServer;

  beforeEach(async () => {
    fetcher = new Fetcher({
      systemCertificates: false,
      timeouts: { headersMs: 500, idleMs: 500, connectMs: 2000 },
    });
    server = await new RawServer().start();
  });

  afterEach(async () => {
    await fetcher.close();
    server.close();
  });

  const get = async (more: Partial<FetchOptions> = {}, url = server.url): Promise<FetchAnswer> => {
    const answer = await fetcher.get(url, { headers: {}, signal, allowPrivate: true, ...more });
    assert.ok(answer);
    return answer;
  };

  const text = async (answer: FetchAnswer): Promise<string> =>
    (await beginningOf(answer.body, 100_000)).toString('latin1');

  const says = (...pieces: readonly string[]): void => {
    const say = async (socket: Socket): Promise<void> => {
      for (const piece of pieces) {
        socket.write(piece, 'latin1');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    server.answer = (socket) => void say(socket);
  };

  it('asks politely, and for nothing more than is needed', async () => {
    let asked = '';
    server.answer = (socket, request) => {
      asked = request;
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
    };
    assert.equal(await text(await get({ headers: { range: 'bytes=5-' } })), 'hi');
    const { host } = new URL(server.url);
    const lines = [`host: ${host}`, `user-agent: ${userAgent}`, 'accept: */*', 'range: bytes=5-'];
    assert.equal(asked, `GET /file HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  });

  it('understands an answer that comes in small pieces', async () => {
    says('HT', 'TP/1.1 200 OK\r', '\nContent-Length: 5\r\n\r', '\nhe', 'l', 'lo');
    assert.equal(await text(await get()), 'hello');
  });

  it('waits for the answer after news on the way', async () => {
    says(
      'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi',
    );
    assert.equal(await text(await get()), 'hi');
  });

  it('understands chunks, and uses the connection again', async () => {
    says(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r',
      '\n3\r\nllo\r\n0\r\n\r\n',
    );
    for (let count = 0; count < 3; count++) assert.equal(await text(await get()), 'hello');
    assert.equal(server.connections, 1);
    assert.equal(server.requests, 3);
  });

  it('takes another connection when the last one was closed meanwhile', async () => {
    server.answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
      if (server.requests % 2 === 1) return;
      // It looks open until it is used.
      socket.removeAllListeners('data');
      socket.on('data', () => socket.resetAndDestroy());
    };
    for (let count = 0; count < 4; count++) assert.equal(await text(await get()), 'hi');
  });

  it('never takes what nobody asked for to be an answer', async () => {
    server.answer = (socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil',
      );
    };
    for (let count = 0; count < 3; count++) assert.equal(await text(await get()), 'hi');
    assert.equal(server.connections, 3);
  });

  it('does not confuse the rest of an unwanted body with the next answer', async () => {
    says('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nunwanted');
    (await get()).body.discard();
    says('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
    assert.equal(await text(await get()), 'hi');
    assert.equal(server.connections, 2);
  });

  it('hands over every byte in order, however they come and however they are taken', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 5 }),
        fc.nat(3),
        async (chunked, pieces, rooms, pauseAfter) => {
          const body = randomBytes(pieces.reduce((a, b) => a + b));
          server.answer = (socket) => {
            const coding = chunked
              ? 'Transfer-Encoding: chunked'
              : `Content-Length: ${body.length}`;
            socket.write(`HTTP/1.1 200 OK\r\n${coding}\r\n\r\n`);
            let at = 0;
            for (const piece of pieces) {
              const bytes = body.subarray(at, (at += piece));
              if (chunked) socket.write(`${piece.toString(16)}\r\n`);
              socket.write(bytes);
              if (chunked) socket.write('\r\n');
            }
            if (chunked) socket.write('0\r\n\r\n');
          };
          const answer = await get();
          const taken: Buffer[] = [];
          let calls = 0;
          let room = Buffer.alloc(rooms[0] ?? 1);
          await answer.body.into({
            space: () => room,
            filled: (count) => {
              taken.push(room.subarray(0, count));
              room = Buffer.alloc(rooms[++calls % rooms.length] ?? 1);
              if (pauseAfter === 0 || calls % pauseAfter !== 0) return;
              answer.body.pause();
              setImmediate(() => {
                answer.body.resume();
              });
            },
          });
          assert.ok(Buffer.concat(taken).equals(body));
        },
      ),
      { numRuns: 60 },
    );
    assert.equal(server.connections, 1, 'the connection stays good');
  });

  for (const [name, answer, expected] of [
    ['no HTTP', 'SSH-2.0-x\r\n\r\n', /^No proper HTTP/],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      /^No proper HTTP/,
    ],
    ['a head without end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`, /^No proper HTTP/],
    ['silence', '', /^No answer came in time/],
  ] as const) {
    it(`says that it was ${name}`, async () => {
      says(answer);
      assert.match((await failure(get())).message, expected);
    });
  }

  it('hands over all that came before the line broke', async () => {
    server.answer = (socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello');
    };
    assert.equal(await text(await get()), 'hello');
  });

  it('says that a server fell silent, but not when we did not listen', async () => {
    says('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello');
    const { body } = await get({ idleMs: 50 });
    const room = Buffer.alloc(100);
    const flowing = body.into({ space: () => room, filled: () => undefined });
    body.pause();
    const early = new Promise((resolve) => setTimeout(resolve, 200, 'still waiting'));
    assert.equal(await Promise.race([flowing.catch(String), early]), 'still waiting');
    body.resume();
    await assert.rejects(flowing, { code: 'BODY_TIMEOUT' });
  });

  it('stops at once when it is cancelled', async () => {
    const stop = new AbortController();
    server.answer = () => {
      stop.abort();
    };
    assert.equal((await failure(get({ signal: stop.signal }))).code, 'cancelled');
  });

  it('stops as well when that happens after the answer and before its body is read', async () => {
    server.answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome of it');
    };
    const stop = new AbortController();
    const options = { headers: {}, allowPrivate: true, signal: stop.signal };
    const { body } = await fetcher.get(server.url, options);
    stop.abort();
    await assert.rejects(body.into({ space: () => Buffer.alloc(64), filled: () => undefined }), {
      code: 'ABORTED',
    });
  });

  it('sends no header that would smuggle in another', async () => {
    const error = await failure(get({ headers: { authorization: 'x\r\nevil: 1' } }));
    assert.match(error.message, /cannot be sent/);
    assert.equal(error.retryable, false);
    assert.equal(server.requests, 0);
  });

  it('opens no more connections to a host than it may', async () => {
    const one = new Fetcher({ systemCertificates: false, connectionsPerHost: 1 });
    try {
      says('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
      const options = { headers: {}, signal, allowPrivate: true };
      const first = await one.get(server.url, options);
      assert.ok(first);
      assert.equal(await one.get(server.url, { ...options, onlyIfFree: true }), undefined);
      const second = one.get(server.url, options);
      assert.equal(one.isWanted(new URL(server.url)), true);
      assert.equal(await text(first), 'hi');
      const answer = await second;
      assert.ok(answer);
      assert.equal(await text(answer), 'hi');
    } finally {
      await one.close();
    }
  });

  it('goes through a proxy that is set', async () => {
    const proxy = await Loopback.start((asked, response) => {
      response.end(`through the proxy to ${asked.headers.host ?? ''}`);
    });
    const proxied = new Fetcher({ proxy: proxy.url, systemCertificates: false });
    try {
      const options = { headers: {}, signal, allowPrivate: false };
      const answer = await proxied.get('http://clips.example/a', options);
      assert.ok(answer);
      assert.equal(await text(answer), 'through the proxy to clips.example');
      await assert.rejects(proxied.get('http://10.0.0.1/a', options), { code: 'network' });
      assert.equal(proxy.asked.length, 1);
    } finally {
      await proxied.close();
      await proxy.close();
    }
  });

  describe('over TLS', () => {
    const trusted = tls.getCACertificates('default');

    afterEach(() => {
      tls.setDefaultCACertificates(trusted);
    });

    it('trusts no certificate that nobody vouches for', async () => {
      let asked = 0;
      const secure = await secureServer((_request, response) => {
        asked++;
        response.end();
      });
      try {
        const error = await failure(get({}, secure.url));
        assert.match(error.message, /certificate/);
        assert.equal(error.retryable, false);
        assert.equal(asked, 0);
      } finally {
        await secure.close();
      }
    });

    it('hands over large files whole, also when it is held up again and again', async () => {
      const file = Buffer.alloc(5_000_000, 'clip');
      const secure = await secureServer((_request, response) => {
        response.end(file);
      });
      tls.setDefaultCACertificates([certificate]);
      try {
        for (let count = 0; count < 2; count++) {
          const { body } = await get({}, secure.url);
          const arrived: Buffer[] = [];
          let room = Buffer.alloc(30_000);
          await body.into({
            space: () => room,
            filled: (bytes) => {
              arrived.push(room.subarray(0, bytes));
              room = Buffer.alloc(30_000);
              body.pause();
              setImmediate(() => {
                body.resume();
              });
            },
          });
          assert.ok(Buffer.concat(arrived).equals(file));
        }
      } finally {
        await secure.close();
      }
    });

    it('does not take a certificate for one host to be good for another', async () => {
      let asked = 0;
      const secure = await secureServer((_request, response) => {
        asked++;
        response.end();
      }, foreignCertificate);
      tls.setDefaultCACertificates([foreignCertificate]);
      try {
        const error = await failure(get({}, secure.url));
        assert.match(error.message, /certificate/);
        assert.equal(asked, 0);
      } finally {
        await secure.close();
      }
    });
  });
});
