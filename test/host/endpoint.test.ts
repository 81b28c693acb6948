import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import { answerTo, sceneOf, type Chat } from '../support/mock-endpoint.ts';
import { closeEditors, onDisk, run, set } from './support.ts';

const key = 'sk-of-the-right-account';

describe('writing through an OpenAI-compatible endpoint in VS Code', () => {
  let mock: LLMock;

  before(async () => {
    mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 40 });
    mock.on({ predicate: () => true }, answerTo);
    await mock.start();
    await run('scenewright.addAccount', { provider: 'openai', name: 'Mock', secret: key });
    await set('writer.provider', 'openai');
    await set('writer.baseUrl', `${mock.url}/v1`);
    await set('writer.model', 'gpt-mock');
  });

  after(async () => {
    for (const name of ['provider', 'baseUrl', 'model'] as const) {
      await set(`writer.${name}`, undefined);
    }
    await mock.stop();
    await closeEditors();
  });

  const asked = (): Chat[] => mock.getRequests().map(({ body }) => body as Chat);

  it('writes a whole script with the streamed answers of the model', async () => {
    const result = await run('scenewright.newScript', {
      idea: 'A postman delivers a letter sixty years late',
      duration: 60,
    });
    assert.deepEqual([result.scenes, result.failed, result.error], [7, 0, undefined]);
    const script = await onDisk(result.uri);
    assert.equal(script.writer, 'gpt-mock');
    assert.deepEqual(
      script.scenes.map(({ scene }) => scene.title),
      Array.from({ length: 7 }, (_, i) => `Scene of number ${i + 1}`),
    );
    assert.equal(asked().length, 8);
    assert.ok(asked().every((request) => (request as { stream?: boolean }).stream === true));
  });

  it('sends the key to no other address than the one it was first used with', async () => {
    const other = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 40 });
    other.on({ predicate: () => true }, answerTo);
    await other.start();
    try {
      await set('writer.baseUrl', `${other.url}/v1`);
      const idea = 'A beekeeper moves into the town hall';
      const result = await run('scenewright.newScript', { idea, duration: 16 });
      assert.deepEqual([result.scenes, result.failed], [2, 0]);
      const sent = other.getRequests().map(({ headers }) => JSON.stringify(headers));
      assert.equal(sent.length, 3);
      assert.ok(sent.every((headers) => !headers.includes(key)));
    } finally {
      await set('writer.baseUrl', `${mock.url}/v1`);
      await other.stop();
    }
  });

  it('keeps what was written when a scene fails, and asks again only for what is missing', async () => {
    const refusal = { error: { message: 'No such luck' }, status: 400 };
    mock.prependFixture({
      match: { predicate: (request) => sceneOf(request) === 7 },
      response: refusal,
    });
    const idea = 'A clockmaker sells her last hour';
    const stopped = await run('scenewright.newScript', { idea, duration: 60 });
    assert.equal(stopped.scenes, 5);
    assert.match(
      stopped.error ?? '',
      /Scene 7 could not be written.*Scenes 1–5 are in the script/u,
    );
    mock.clearFixtures();
    mock.on({ predicate: () => true }, answerTo);
    const before = asked().length;
    const completed = await run('scenewright.writeScenes', { uri: stopped.uri });
    assert.deepEqual([completed.scenes, completed.failed], [7, 0]);
    assert.deepEqual(asked().slice(before).map(sceneOf), [7]);
  });
});
