import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { z } from 'zod';
import { ChatModel } from '../../../src/models/chat/chat-model.ts';
import { OpenAiModel, type OpenAiModelOptions } from '../../../src/models/openai/openai-model.ts';
import { Http } from '../../../src/net/http.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import { failure } from '../../support/failure.ts';
import { request } from '../studios/contract-stage.ts';

/** A server that sends some text and then one piece again and again, as slowly as it likes. */
class SlowServer {
  begin = '';
  piece = ' ';
  everyMs = 20;
  /** Connections that it has had so far. */
  connections = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server = net.createServer((socket) => {
    this.connections++;
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      socket.write(this.begin);
      const timer = setInterval(() => socket.write(this.piece), this.everyMs);
      socket.on('close', () => {
        clearInterval(timer);
        this.sockets.delete(socket);
      });
    });
  });

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when nobody is connected any more. */
  async left(): Promise<void> {
    const closed = [...this.sockets].map(
      // An error before it is no news.
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    await Promise.all(closed);
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, 'close');
  }
}

const head = (status: string, type = 'application/json'): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\n\r\n`;
const chunk = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

describe('an answer that never comes to its end', () => {
  let server: SlowServer;
  let http: Http;
  const context = { secret: 'sk-a-key-of-ours', signal: new AbortController().signal };

  beforeEach(async () => {
    server = new SlowServer();
    await server.start();
    const timeouts = { connectMs: 200, headersMs: 200, idleMs: 10_000, wholeMs: 200 };
    http = new Http({ systemCertificates: false, timeouts });
  });

  afterEach(async () => {
    await http.close();
    await server.close();
  });

  const studio = (): OpenAiVideosStudio =>
    new OpenAiVideosStudio({ baseUrl: server.url, model: 'm', http });
  const job = (): { remoteId: string; data: { base: string } } => ({
    remoteId: 'r',
    data: { base: server.url },
  });

  describe('of a studio', () => {
    for (const [what, begin, piece] of [
      ['a space now and then', head('200 OK'), ' '],
      ['one sign after the other of JSON', `${head('200 OK')}{"a":"`, 'a'],
      ['a header now and then', 'HTTP/1.1 200 OK\r\n', 'x-a: a\r\n'],
      ['a letter of its first line now and then', 'HTTP/1.1 200 ', 'a'],
      ['news on the way', '', 'HTTP/1.1 102 Processing\r\n\r\n'],
      [
        'a chunk that grows a name',
        `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;a=`,
        'a',
      ],
    ] as const) {
      it(`is given up, and the connection with it: ${what}`, async () => {
        Object.assign(server, { begin, piece });
        const error = await failure(studio().poll(job(), context));
        assert.deepEqual([error.code, error.retryable], ['network', true]);
        assert.match(error.message, /in time/);
        await server.left();
      });

      it(`leaves it unclear whether an order was taken: ${what}`, async () => {
        Object.assign(server, { begin, piece });
        const slow = new Http({
          systemCertificates: false,
          timeouts: { connectMs: 100, headersMs: 100, wholeMs: 100 },
        });
        const impatient = Object.create(slow, {
          json: {
            value: (address: string, options: Parameters<Http['json']>[1]) =>
              slow.json(address, { ...options, headersMs: 100 }),
          },
        }) as Http;
        const orders = new OpenAiVideosStudio({ baseUrl: server.url, model: 'm', http: impatient });
        try {
          assert.equal((await failure(orders.submit(request, context))).code, 'unclear');
          assert.equal(server.connections, 1);
        } finally {
          await slow.close();
        }
      });

      it(`can be cancelled at any moment: ${what}`, async () => {
        Object.assign(server, { begin, piece });
        const stop = new AbortController();
        const patient = new Http({ systemCertificates: false });
        try {
          const asked = new OpenAiVideosStudio({ baseUrl: server.url, model: 'm', http: patient });
          const polled = failure(asked.poll(job(), { ...context, signal: stop.signal }));
          while (server.connections === 0) await new Promise(setImmediate);
          stop.abort();
          assert.equal((await polled).code, 'cancelled');
          await server.left();
        } finally {
          await patient.close();
        }
      });
    }

    it('is no reason to do without what the status says', async () => {
      server.begin = `${head('401 No')}{"error":"Wrong key.`;
      const slow = new Http({ systemCertificates: false, timeouts: { wholeMs: 300 } });
      try {
        const asked = slow.read(server.url, { signal: context.signal, totalMs: 300 });
        assert.equal((await asked).status, 401);
      } finally {
        await slow.close();
      }
    });
  });

  it('of a proxy that takes the connection and says nothing is given up', async () => {
    const closed: Promise<unknown>[] = [];
    const mute = net.createServer((socket) => {
      // Whoever reads nothing does not hear that the other side has gone, either.
      socket.resume();
      socket.on('error', () => socket.destroy());
      closed.push(once(socket, 'close'));
    });
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const proxied = new Http({
      systemCertificates: false,
      proxy: `http://127.0.0.1:${(mute.address() as AddressInfo).port}`,
      noProxy: [],
      timeouts: { connectMs: 50, headersMs: 100, wholeMs: 100 },
    });
    try {
      const asked = proxied.json('https://studio.example/v1', {
        method: 'POST',
        signal: context.signal,
        once: true,
      });
      // It cannot have arrived anywhere.
      assert.equal((await failure(asked)).code, 'network');
      const stop = new AbortController();
      const cancelled = failure(proxied.json('https://studio.example/', { signal: stop.signal }));
      stop.abort();
      assert.equal((await cancelled).code, 'cancelled');
    } finally {
      await proxied.close();
      // Nothing of ours stays open.
      await Promise.all(closed);
      mute.close();
    }
  });

  describe('of a writer model', () => {
    const ask = (more: Partial<OpenAiModelOptions>, signal = context.signal): Promise<unknown> =>
      new OpenAiModel({
        baseUrl: server.url,
        model: 'tiny',
        fetch: http.fetch,
        ...more,
      }).answer(
        {
          prompt: { system: 'You write.', user: 'Write.' },
          schema: z.object({ title: z.string() }),
          schemaName: 'lamp',
        },
        { signal },
      );

    const stream = head('200 OK', 'text/event-stream');

    for (const [what, begin, piece, more] of [
      ['only comments', stream, ': ping\n\n', { firstTimeoutMs: 100, quietTimeoutMs: 200 }],
      ['comments after its first word', stream + chunk('{'), ': ping\n\n', { quietTimeoutMs: 200 }],
      ['only spaces', stream + chunk('{'), chunk(' \n\t'), { quietTimeoutMs: 200 }],
      ['empty events', stream + chunk('{'), chunk(''), { quietTimeoutMs: 200 }],
      ['events about nothing', stream + chunk('{'), 'data: {}\n\n', { quietTimeoutMs: 200 }],
      ['words without end', stream, chunk('more '), { totalTimeoutMs: 300 }],
      ['half an event', `${stream}data: {`, ' ', { firstTimeoutMs: 100, quietTimeoutMs: 200 }],
      [
        'spaces where JSON was to be',
        head('200 OK'),
        ' ',
        { firstTimeoutMs: 100, quietTimeoutMs: 200 },
      ],
    ] as const) {
      it(`is given up: ${what}`, async () => {
        Object.assign(server, { begin, piece });
        const error = await failure(ask(more));
        assert.deepEqual([error.code, error.retryable], ['network', true]);
        assert.match(error.message, /^Nothing more came from/);
        await server.left();
      });
    }

    it('may take its time while it gets on', async () => {
      server.begin = stream + chunk('{"title":"');
      server.piece = chunk('a b ');
      server.everyMs = 60;
      const stop = new AbortController();
      const asked = failure(ask({ quietTimeoutMs: 600, idleTimeoutMs: 600 }, stop.signal));
      // Longer than any of the limits for standing still.
      setTimeout(() => {
        stop.abort();
      }, 1500);
      assert.equal((await asked).code, 'cancelled');
    });

    it('is stopped when it says the same over and over', async () => {
      server.begin = stream;
      server.piece = chunk('{"and so on": "and so on", '.repeat(100));
      server.everyMs = 1;
      const error = await failure(ask({}));
      assert.deepEqual([error.code, error.retryable], ['bad-answer', true]);
      assert.match(error.message, /over and over/);
      await server.left();
    });

    it('is stopped in a chat, too', async () => {
      const chat = {
        name: 'Tiny',
        send: () =>
          Promise.resolve(
            (async function* () {
              for (;;) {
                await new Promise(setImmediate);
                yield { kind: 'text' as const, text: 'and so on '.repeat(100) };
              }
            })(),
          ),
      };
      const writer = new ChatModel(chat as never);
      const asked = writer.answer(
        {
          prompt: { system: 'You write.', user: 'Write.' },
          schema: z.object({ title: z.string() }),
          schemaName: 'lamp',
        },
        { signal: context.signal },
      );
      assert.match((await failure(asked)).message, /over and over/);
    });
  });
});
