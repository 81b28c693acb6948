import assert from 'node:assert/strict';
import { z } from 'zod';
import {
  emptyAccounts,
  otherRefusals,
  slowDowns,
  type ServiceRefusal,
} from '../../../fixtures/service-refusals.ts';
import { answerOfPlanning } from '../../../fixtures/plan-answers.ts';
import type { AccountNotice } from '../../../src/accounts/account-notice.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { EndpointMemory } from '../../../src/models/openai/endpoint-memory.ts';
import { OpenAiModel } from '../../../src/models/openai/openai-model.ts';
import { PromptedWriter } from '../../../src/models/prompts/prompted-writer.ts';
import { WriterPool } from '../../../src/models/writer-pool.ts';
import { refusalKinds } from '../../../src/net/refusal.ts';
import { accountWith } from '../../support/keyed-account.ts';
import { lampTask } from './lamp.ts';
import { streamed, useLoopback } from './openai-loopback.ts';

const request = {
  prompt: { system: 'You write.', user: 'Write.' },
  schema: z.object({ title: z.string() }),
  schemaName: 'lamp',
};

describe('what a service says when it refuses', () => {
  const { http, server } = useLoopback();

  const refusedBy = async ({
    status,
    body,
    headers,
  }: ServiceRefusal): Promise<ScenewrightError> => {
    server.answers = [
      (response) => {
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        response.writeHead(status, { 'content-type': typeOf(text), ...headers }).end(text);
      },
    ];
    const model = new OpenAiModel({
      baseUrl: server.baseUrl,
      model: 'tiny',
      account: accountWith('sk-0123456789'),
      fetch: http.fetch,
      now: () => 1_800_000_000_000,
    });
    const error = await model.answer(request, { signal: new AbortController().signal }).then(
      () => assert.fail('it did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ScenewrightError);
    return error;
  };

  for (const refusal of [...emptyAccounts, ...slowDowns, ...otherRefusals]) {
    const { service, status, meaning, shown } = refusal;
    it(`is taken for what it means, and shown: ${service} (${status}) → ${meaning}`, async () => {
      const error = await refusedBy(refusal);
      const { code, retryable } = refusalKinds[meaning];
      const isOurs = meaning === 'address' || meaning === 'request';
      assert.equal(error.code, isOurs ? 'bad-input' : code, error.message);
      assert.equal(error.retryable, retryable);
      assert.ok(error.said?.includes(shown), error.message);
      assert.ok(
        error.message.includes(`It says: “${error.said}”`),
        'its words stay whole and apart',
      );
      if (meaning !== 'request') assert.equal(server.received.length, 1, 'it is asked once');
    });
  }

  it('moves on to the next account at once where one is empty, and tells of it once', async () => {
    for (const { service, status, body, headers } of emptyAccounts) {
      server.received.length = 0;
      server.answers = [
        (response, received) => {
          if (received.headers.authorization === 'Bearer full-0123456789') {
            streamed(JSON.stringify(answerOfPlanning(lampTask)))(response, received);
            return;
          }
          const text = typeof body === 'string' ? body : JSON.stringify(body);
          response.writeHead(status, { 'content-type': typeOf(text), ...headers }).end(text);
        },
      ];
      const memory = new EndpointMemory();
      const accounts = ['empty-0123456789', 'full-0123456789'].map((key) => {
        const { baseUrl } = server;
        const account = accountWith(key);
        const options = { baseUrl, model: 'tiny', account, fetch: http.fetch, memory };
        return { id: key, name: key, model: new PromptedWriter(new OpenAiModel(options), 0) };
      });
      const pool = new WriterPool(accounts, { clock: systemClock });
      const notices: AccountNotice[] = [];
      pool.onDidNotice((notice) => notices.push(notice));
      for (let i = 0; i < 2; i++) {
        await pool.generate(lampTask, { signal: new AbortController().signal });
      }
      assert.deepEqual(
        server.received.map(({ headers }) => headers.authorization?.slice(7)),
        ['empty-0123456789', 'full-0123456789', 'full-0123456789'],
        service,
      );
      assert.deepEqual(
        notices.map(({ account, kind, others }) => [account, kind, others]),
        [['empty-0123456789', 'refused', 1]],
        service,
      );
    }
  });

  it('is never an empty object', async () => {
    for (const body of ['', '{}', '[]', 'null', '{"error":{}}', '{"error":null}']) {
      const error = await refusedBy({
        service: 'a service of few words',
        status: 500,
        body,
        meaning: 'trouble',
        shown: '',
      });
      assert.match(error.message, /^Something is wrong at http:\S+ itself \(500\)\.$/, body);
    }
  });
});

function typeOf(text: string): string {
  return text.startsWith('<') ? 'text/html' : 'application/json';
}
