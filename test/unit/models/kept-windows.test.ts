import assert from 'node:assert/strict';
import { EndpointMemory } from '../../../src/models/openai/endpoint-memory.ts';
import { KeptWindows } from '../../../src/models/openai/kept-windows.ts';
import { OpenAiModel } from '../../../src/models/openai/openai-model.ts';
import { PromptedWriter } from '../../../src/models/prompts/prompted-writer.ts';
import { Http } from '../../../src/net/http.ts';
import { writeScript } from '../../../src/writing/write-script.ts';
import { ModelServer, type Served } from '../../support/model-server.ts';
import { collect, optionsToPlan } from '../writing/writing-support.ts';

const hours = 3_600_000;

describe('what was learned of the window of a model', () => {
  let http: Http;
  let server: ModelServer;
  let now: number;
  let records: unknown;

  beforeEach(async () => {
    http = new Http();
    now = Date.now();
    records = undefined;
    // Says nothing of its window, and cuts what does not fit.
    const overflow = (): { left: number } => ({ left: server.kind.window / 2 + 2 });
    server = await ModelServer.start({ wordy: true, window: 2048, overflow });
  });
  afterEach(async () => {
    await server.stop();
    await http.close();
  });

  /** Has a script written in a window that was just opened. @returns how its requests went */
  const write = async (): Promise<Served['how'][]> => {
    const from = server.served.length;
    const store = {
      read: () => records,
      write: (kept: unknown) => {
        records = JSON.parse(JSON.stringify(kept)) as unknown;
      },
    };
    const memory = new EndpointMemory(new KeptWindows(store, () => now));
    const { baseUrl } = server;
    const model = new OpenAiModel({ baseUrl, model: 'tiny', fetch: http.fetch, memory });
    const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
    await collect(writeScript(optionsToPlan({ model: new PromptedWriter(model, 0), clock })));
    return server.served.slice(from).map(({ how }) => how);
  };

  it('is known when the editor is opened again', async () => {
    assert.ok((await write()).some((how) => how !== 'whole'));
    assert.ok((await write()).every((how) => how === 'whole'));
  });

  it('is found out anew after a day, as the server may have been started with another one', async () => {
    await write();
    now += 25 * hours;
    server.kind = { ...server.kind, window: 32_768 };
    const served = await write();
    assert.ok(served.every((how) => how === 'whole'));
    const longest = Math.max(...server.served.slice(-served.length).map(({ prompt }) => prompt));
    assert.ok(longest > 2048, `prompts of ${longest} tokens`);
  });

  it('is not believed where it makes no sense', () => {
    for (const nonsense of ['null', 7, [], { x: 1 }, null]) {
      records = nonsense;
      const kept = new KeptWindows({ read: () => records, write: () => undefined }, () => now);
      assert.equal(kept.of('x'), undefined);
    }
  });
});
