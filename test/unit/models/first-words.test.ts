import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { setTimeout as passed } from 'node:timers/promises';
import * as z from 'zod';
import { EndpointMemory } from '../../../src/models/openai/endpoint-memory.ts';
import { OpenAiModel } from '../../../src/models/openai/openai-model.ts';
import type { Patience } from '../../../src/models/language-model/stall-guard.ts';
import { failure } from '../../support/failure.ts';
import { begin, send, useLoopback } from './openai-loopback.ts';

const request = {
  prompt: { system: 'You tell stories.', user: 'Tell one.' },
  schema: z.object({ title: z.string() }),
  schemaName: 'story',
};
const story = { title: 'The lamp' };

function finish(response: ServerResponse): void {
  send(response, { delta: { content: JSON.stringify(story) }, finish_reason: 'stop' });
  response.end('data: [DONE]\n\n');
}

describe('the first word of an answer', () => {
  const { http, server } = useLoopback();
  const { signal } = new AbortController();

  const asking = (patience: Patience): OpenAiModel =>
    new OpenAiModel({
      baseUrl: server.baseUrl,
      model: 'm',
      fetch: http.fetch,
      memory: new EndpointMemory(),
      ...patience,
    });

  const early: Readonly<Record<string, (response: ServerResponse) => void>> = {
    'headers (llama.cpp)': (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
    },
    'who will speak (vLLM)': (response) => {
      begin(response);
      send(response, { delta: { role: 'assistant', content: '' } });
    },
    'spaces and a comment': (response) => {
      begin(response, ' \n');
      response.write(': processing\n\n');
    },
  };
  for (const [name, sendEarly] of Object.entries(early)) {
    it(`may be long in coming behind ${name}`, async () => {
      server.answers = [
        (response) => {
          sendEarly(response);
          void passed(300).then(() => {
            finish(response);
          });
        },
      ];
      const model = asking({ idleTimeoutMs: 60, firstTimeoutMs: 5000 });
      assert.deepEqual(await model.answer(request, { signal }), story);
    });
  }

  it('is a thought as well: silence behind it is no thinking any more', async () => {
    server.answers = [
      (response) => {
        begin(response);
        send(response, { delta: { reasoning_content: 'A lamp, maybe.' } });
      },
    ];
    const model = asking({ idleTimeoutMs: 60, firstTimeoutMs: 60_000 });
    const error = await failure(model.answer(request, { signal }));
    assert.match(error.message, /^Nothing more came from/);
  });

  it('is waited for while a server that takes one request at a time is at those before it', async () => {
    let turn: Promise<unknown> = Promise.resolve();
    server.received.length = 0;
    server.answers = [
      (response) => {
        turn = turn.then(async () => {
          begin(response);
          for (let word = 0; word < 3; word++) {
            send(response, { delta: { reasoning_content: 'Hm. ' } });
            await passed(100);
          }
          finish(response);
        });
      },
    ];
    // The last one gets its first word after 1.8 seconds.
    const model = asking({ firstTimeoutMs: 1000 });
    const answers = Array.from({ length: 7 }, () => model.answer(request, { signal }));
    assert.deepEqual(await Promise.all(answers), Array(7).fill(story));
    assert.equal(server.received.length, 7, 'none was wasted');
  });

  it('is not waited for any longer because of requests that were sent later', async () => {
    server.answers = [
      () => undefined,
      (response) => {
        begin(response);
        const speaking = setInterval(() => {
          send(response, { delta: { reasoning_content: 'Hm. ' } });
        }, 20);
        response.on('close', () => {
          clearInterval(speaking);
        });
      },
    ];
    const model = asking({ firstTimeoutMs: 200 });
    const first = failure(model.answer(request, { signal }));
    const later = new AbortController();
    const second = failure(model.answer(request, { signal: later.signal }));
    assert.match((await first).message, /^Nothing more came from/);
    later.abort();
    await second;
  });

  it('does not come from a server that answers nobody, however many ask', async () => {
    server.answers = [() => undefined];
    const model = asking({ firstTimeoutMs: 100 });
    const errors = await Promise.all(
      Array.from({ length: 5 }, () => failure(model.answer(request, { signal }))),
    );
    assert.ok(errors.every(({ message }) => message.startsWith('Nothing more came')));
  });
});
