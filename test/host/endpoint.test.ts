import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import * as vscode from 'vscode';
import { answerTo, sceneOf, type Chat } from '../support/mock-endpoint.ts';
import { Gate } from './gate.ts';
import { closeEditors, next, onDisk, opened, run, set, type } from './support.ts';

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
    assert.equal(asked().length, 9);
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
      assert.equal(sent.length, 4);
      assert.ok(sent.every((headers) => !headers.includes(key)));
    } finally {
      await set('writer.baseUrl', `${mock.url}/v1`);
      await other.stop();
    }
  });

  it('spreads its requests over all accounts of the endpoint, but for one that is refused', async () => {
    const keys = ['sk-one', 'sk-two', 'sk-revoked'];
    const gate = new Gate(mock.url, 'sk-revoked');
    await gate.open();
    try {
      for (const secret of keys) {
        await run('scenewright.addAccount', { provider: 'openai', name: secret.slice(3), secret });
      }
      await set('writer.baseUrl', `${gate.url}/v1`);
      const idea = 'A baker bakes a bread for the moon';
      const result = await run('scenewright.newScript', { idea, duration: 96 });
      assert.deepEqual([result.scenes, result.failed, result.error], [12, 0, undefined]);
      const times = (key: string): number => gate.keys.filter((seen) => seen === key).length;
      // Once it is refused it is not used any more; another request may be under way with it then.
      assert.ok(times('sk-revoked') >= 1 && times('sk-revoked') <= 2, gate.keys.join(' '));
      assert.ok(times('sk-one') >= 4 && times('sk-two') >= 4, gate.keys.join(' '));
      assert.ok(gate.keys.every((seen) => keys.includes(seen)));
    } finally {
      await set('writer.baseUrl', `${mock.url}/v1`);
      await gate.close();
    }
  });

  it('never puts a rewrite over what was typed meanwhile, but offers it as a diff', async () => {
    const idea = 'A weaver loses her thread';
    const { uri } = await run('scenewright.newScript', { idea, duration: 16 });
    const document = await opened(uri);
    const gate = new Gate(mock.url);
    await gate.open();
    try {
      await set('writer.baseUrl', `${gate.url}/v1`);
      const held = Promise.withResolvers<undefined>();
      gate.closed = held.promise;
      const asked = next(gate.onDidCome);
      const rewritten = run('scenewright.rewriteScene', { uri, scene: 1, apply: true });
      await asked;
      const text = document.getText();
      await type(document, text.indexOf('Mara does the thing'), 'Typed meanwhile. ');
      const typed = document.getText();
      const shown = next(
        vscode.window.onDidChangeActiveTextEditor,
        (editor) => editor?.document.uri.scheme === 'scenewright-rewrite',
      );
      held.resolve(undefined);
      await shown;
      assert.equal(document.getText(), typed);
      // The question comes a moment after the diff; until then there is nothing to dismiss.
      const review = { isOver: false };
      void rewritten.finally(() => (review.isOver = true));
      while (!review.isOver) await vscode.commands.executeCommand('notifications.clearAll');
      assert.deepEqual(await rewritten, { applied: false });
      assert.equal(document.getText(), typed);
      await document.save();
    } finally {
      await set('writer.baseUrl', `${mock.url}/v1`);
      await gate.close();
    }
  });

  it('stops before it exceeds the budget, and goes on once there is a larger one', async () => {
    await set('writer.price', { input: 1000, output: 1000 });
    await set('writer.budget', 3);
    try {
      const idea = 'A miner finds the end of the tunnel';
      const stopped = await run('scenewright.newScript', { idea, duration: 80 });
      assert.match(stopped.error ?? '', /budget.*kept/u);
      assert.ok(stopped.failed > 0 || stopped.scenes === 0);
      await set('writer.budget', 0);
      const completed = await run('scenewright.writeScenes', { uri: stopped.uri });
      assert.deepEqual([completed.scenes, completed.failed], [10, 0]);
    } finally {
      await set('writer.price', undefined);
      await set('writer.budget', undefined);
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
