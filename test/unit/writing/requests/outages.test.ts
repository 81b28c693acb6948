import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { Emitter } from '../../../../src/base/events.ts';
import { OpenAiModel } from '../../../../src/models/openai/openai-model.ts';
import { PromptedWriter } from '../../../../src/models/prompts/prompted-writer.ts';
import { Http } from '../../../../src/net/http.ts';
import type { WriteOptions } from '../../../../src/writing/write-options.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import { answerTo, type Chat } from '../../../support/mock-endpoint.ts';
import { ofType, optionsFor, VirtualClock } from '../writing-support.ts';
import { TimeOverWire } from './time-over-wire.ts';

/** How a service is out of order. */
type Trouble = (response: ServerResponse) => void;

const says =
  (status: number, headers: Record<string, string> = {}): Trouble =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message: 'Not now.' } }));
  };

const troubles: Readonly<Record<string, Trouble>> = {
  'says 503': says(503),
  'says 429 and not how long': says(429),
  'says 429 and how long': says(429, { 'retry-after': '20' }),
  'says 502': says(502),
  'says 529': says(529),
  'resets every connection': (response) => {
    response.socket?.resetAndDestroy();
  },
};

/** An endpoint on loopback, up and down as a test says. */
class Service {
  trouble: Trouble | undefined;
  /** When each request came. */
  readonly cameAt: number[] = [];
  /** Requests that it takes its time for. */
  thinking = 0;
  private server: Server | undefined;
  private port = 0;
  private readonly clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  async open(): Promise<void> {
    this.server = createServer((request, response) => {
      void text(request).then((body) => this.answer(JSON.parse(body) as Chat, response));
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    if (server !== undefined) await promisify(server.close.bind(server))();
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  private async answer(chat: Chat, response: ServerResponse): Promise<void> {
    this.cameAt.push(this.clock.now());
    if (this.trouble !== undefined) this.trouble(response);
    else {
      this.thinking++;
      await this.clock.sleep(1000);
      this.thinking--;
      const { content } = answerTo(chat) as { readonly content: string };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }] }));
    }
  }
}

describe('a service that does not answer', () => {
  const http = new Http();
  const minutes = 60_000;
  let clock: VirtualClock;
  let service: Service;
  let time: TimeOverWire;

  after(() => http.close());
  beforeEach(async () => {
    clock = new VirtualClock();
    service = new Service(clock);
    time = new TimeOverWire(clock, () => service.thinking);
    await service.open();
  });
  afterEach(() => service.close());

  const options = (scenes: number, changes: Partial<WriteOptions> = {}): WriteOptions => {
    const { baseUrl } = service;
    const endpoint = new OpenAiModel({ baseUrl, model: 'mock', fetch: http.fetch });
    const writer = new PromptedWriter(endpoint, 0);
    return optionsFor(scenes, { model: time.counted(writer), clock, ...changes });
  };

  /** What a run tells; at the first batch, and every event, something may happen. */
  async function write(
    run: WriteOptions,
    onEvent: (event: WritingEvent, index: number) => Promise<void> | void = () => undefined,
  ): Promise<WritingEvent[]> {
    const events: WritingEvent[] = [];
    const collecting = async (): Promise<WritingEvent[]> => {
      for await (const event of writeScript(run)) {
        events.push(event);
        await onEvent(event, events.length - 1);
      }
      return events;
    };
    return time.until(collecting());
  }

  /** Goes down with the first batch, and comes back after so long. */
  const downFor = (ms: number, trouble: Trouble) => {
    let isDone = false;
    return ({ type }: WritingEvent): void => {
      if (type !== 'batchWritten' || isDone) return;
      isDone = true;
      service.trouble = trouble;
      void clock.sleep(ms).then(() => {
        service.trouble = undefined;
      });
    };
  };

  for (const [name, trouble] of Object.entries(troubles)) {
    it(`is waited for while it ${name}, with one request at a time`, async () => {
      const events = await write(options(22), downFor(3 * minutes, trouble));
      const stopped = ofType(events, 'stopped')[0];
      assert.equal(stopped?.reason, 'done', stopped?.error?.message);
      const landed = ofType(events, 'batchWritten').flatMap(({ scenes }) => scenes);
      assert.equal(landed.length, 22);
      // Five were under way or begun with the batch; from there on they come one by one.
      assert.ok(service.cameAt.length <= 22 + 5 + 14, `${service.cameAt.length} requests`);
      assert.ok(ofType(events, 'sceneFailed').every(({ willRetry }) => willRetry));
      if (name !== 'says 429 and how long') {
        assert.ok(ofType(events, 'unanswered').length > 3);
        assert.equal(ofType(events, 'answering').length, 1);
      }
    }).timeout(20_000);
  }

  it('is waited for while nothing listens at its address, from the first request on', async () => {
    await service.close();
    const run = options(6);
    void clock.sleep(2 * minutes).then(() => service.open());
    const events = await write(run);
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.match(ofType(events, 'unanswered')[0]?.error.message ?? '', /Nothing answers at/);
  });

  it('is tried after growing waits of a minute at most', async () => {
    const events = await write(options(10), downFor(5 * minutes, says(503)));
    const waits = ofType(events, 'unanswered').map(({ milliseconds }) => milliseconds);
    assert.ok(Math.max(...waits) <= minutes);
    const growing = waits.slice(0, 6);
    assert.deepEqual(
      growing.toSorted((a, b) => a - b),
      growing,
    );
    assert.ok((growing[5] ?? 0) > 10 * (growing[0] ?? 0));
  });

  it('is given up after the patience of the settings, and everything is kept', async () => {
    const began = { at: 0 };
    const down = downFor(60 * minutes, says(503));
    const events = await write(options(22, { patienceMs: 4 * minutes }), (event) => {
      if (event.type === 'batchWritten') began.at = clock.now();
      down(event);
    });
    const { error } = ofType(events, 'stopped')[0] ?? {};
    assert.match(
      error?.message ?? '',
      /Something is wrong .* itself \(503\).* It was waited for 4 minutes\. Scenes 1–5 are in the script/,
    );
    assert.match(error?.message ?? '', /scenewright\.writer\.patience/);
    assert.ok(clock.now() - began.at <= 5 * minutes);
  });

  it('is told what is wrong at once where it is the request that is wrong', async () => {
    for (const status of [400, 401, 403, 404]) {
      service.cameAt.length = 0;
      service.trouble = says(status);
      const began = clock.now();
      const events = await write(options(6));
      assert.equal(ofType(events, 'stopped')[0]?.reason, 'failed', String(status));
      assert.deepEqual(ofType(events, 'unanswered'), []);
      assert.ok(clock.now() - began < 10_000);
    }
  });

  it('is tried at once when the writer says so, and given up when they stop', async () => {
    const tryNow = new Emitter<void>();
    const cancel = new AbortController();
    service.trouble = says(503);
    let told = 0;
    const toldAt: number[] = [];
    const events = await write(
      options(6, { onTryNow: tryNow.event, signal: cancel.signal }),
      ({ type }) => {
        if (type !== 'unanswered') return;
        toldAt.push(clock.now());
        if (++told < 6) tryNow.fire();
        else cancel.abort();
      },
    );
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'cancelled');
    assert.equal(new Set(toldAt).size, 1, 'no time has passed');
  });

  it('does not use up its patience while the run is paused', async () => {
    const events = await (async () => {
      const run = options(6, { patienceMs: minutes });
      let isFirst = true;
      service.trouble = says(503);
      return write(run, ({ type }) => {
        if (type !== 'unanswered' || !isFirst) return;
        isFirst = false;
        run.pause.pause();
        void clock.sleep(30 * minutes).then(() => {
          service.trouble = undefined;
          run.pause.resume();
        });
      });
    })();
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
  });

  it('has all its places again once it is well', async () => {
    const events = await write(options(22), downFor(minutes, says(503)));
    const wellAt = events.findIndex(({ type }) => type === 'answering');
    const places = ofType(events.slice(0, wellAt + 3), 'places').at(-1)?.places;
    assert.equal(places, 5);
  });

  it('ends a plan as it ends scenes, naming what is wrong', async () => {
    service.trouble = says(503);
    const run: { -readonly [K in keyof WriteOptions]: WriteOptions[K] } = options(6, {
      patienceMs: minutes,
    });
    delete run.plan;
    const events = await write(run);
    assert.match(
      ofType(events, 'stopped')[0]?.error?.message ?? '',
      /The video could not be planned\. .*503.* It was waited for a minute/,
    );
  });
});
