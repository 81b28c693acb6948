import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  extensionId,
  vendor,
  type LanguageModelTests,
  type TestModel,
  type TestRequest,
} from '../extensions/language-model/extension.ts';
import { caller, goodAnswer, guarded } from '../extensions/language-model/models.ts';
import { closeEditors, next, onDisk, run, set } from './support.ts';

const idea = 'A postman delivers a letter sixty years late';

describe('writing with the language models of VS Code', () => {
  let models: LanguageModelTests;

  before(async () => {
    const extension = vscode.extensions.getExtension<LanguageModelTests>(extensionId);
    assert.ok(extension, 'the test extension is there');
    models = await extension.activate();
  });

  beforeEach(async () => {
    models.offer([caller]);
    await run('scenewright.chooseWriter', { provider: 'vscode', model: `${vendor}/caller` });
  });

  after(async () => {
    models.offer([]);
    await set('writer.provider', undefined);
    await set('writer.vscodeModel', undefined);
    await closeEditors();
  });

  /** Offer a model that answers in its own way, and let it write. */
  const choose = async (
    id: string,
    answer: TestModel['answer'],
    more: Partial<TestModel> = {},
  ): Promise<void> => {
    models.offer([caller, { id, name: `Model ${id}`, takesTools: true, answer, ...more }]);
    await run('scenewright.chooseWriter', { provider: 'vscode', model: `${vendor}/${id}` });
  };

  it('writes a whole script through the tool that carries the answer', async () => {
    const result = await run('scenewright.newScript', { idea, duration: 60 });
    assert.deepEqual([result.scenes, result.failed, result.error], [7, 0, undefined]);
    const script = await onDisk(result.uri);
    assert.equal(script.writer, 'Tool Caller');
    assert.deepEqual(
      script.scenes.map(({ scene }) => scene.title),
      Array.from({ length: 7 }, (_, i) => `Scene of number ${i + 1}`),
    );
  });

  it('asks for JSON in words, once and for all, where a model calls no tools', async () => {
    const tools: number[] = [];
    await choose('talker', (request) => {
      tools.push(request.tools.length);
      if (request.tools.length > 0) request.say('Here is a lovely idea for your script.');
      else request.say(`Sure:\n\`\`\`json\n${JSON.stringify(goodAnswer(request))}\n\`\`\``);
    });
    const result = await run('scenewright.newScript', { idea, duration: 16 });
    assert.deepEqual([result.scenes, result.failed, result.error], [2, 0, undefined]);
    assert.equal(tools.filter((count) => count > 0).length, 1);
  });

  it('does not even try tools with a model that says it takes none', async () => {
    const tools: number[] = [];
    await choose(
      'toolless',
      (request) => {
        tools.push(request.tools.length);
        request.say(JSON.stringify(goodAnswer(request)));
      },
      { takesTools: false },
    );
    const result = await run('scenewright.newScript', { idea, duration: 16 });
    assert.deepEqual([result.scenes, result.failed], [2, 0]);
    assert.ok(tools.length >= 3 && tools.every((count) => count === 0));
  });

  it('says what the provider said when its quota is used up', async () => {
    await choose('spent', () => {
      // What GitHub Copilot throws.
      const error = new Error(
        "You've reached your monthly chat messages quota. Upgrade to Copilot Pro or wait for your allowance to renew.",
      );
      error.name = 'ChatQuotaExceeded';
      throw error;
    });
    const result = await run('scenewright.newScript', { idea, duration: 16 });
    assert.match(result.error ?? '', /No more requests are taken .* “Model spent”/u);
    assert.match(result.error ?? '', /You've reached your monthly chat messages quota\./u);
  });

  it('says that the provider has blocked it', async () => {
    await choose('blocked', () => {
      throw vscode.LanguageModelError.Blocked('Not in this country');
    });
    const result = await run('scenewright.newScript', { idea, duration: 16 });
    assert.match(result.error ?? '', /Not in this country\./u);
  });

  it('says that a model declined, in its words', async () => {
    await choose('prude', (request) => {
      request.say("Sorry, I can't assist with that.");
    });
    const result = await run('scenewright.newScript', { idea, duration: 16 });
    assert.match(result.error ?? '', /The model declined to write this: Sorry, I can't/u);
  });

  it('says that VS Code has not been allowed to use a model, and asks it nothing', async () => {
    let asked = 0;
    // In a window that runs tests VS Code shows no dialog, which counts as a no.
    await choose(guarded.id, () => void (asked += 1), { asksFirst: true });
    const result = await run('scenewright.newScript', { idea, duration: 16 });
    assert.match(
      result.error ?? '',
      /VS Code has not been allowed to use “Model guarded” for Scenewright/u,
    );
    assert.equal(asked, 0);
  });

  it('stops the model when the run is cancelled', async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<TestRequest>();
    const stopped = Promise.withResolvers<undefined>();
    await choose('endless', async (request) => {
      request.token.onCancellationRequested(() => {
        stopped.resolve(undefined);
      });
      start(request);
      await stopped.promise;
    });
    const running = run('scenewright.newScript', { idea, duration: 16 });
    await started;
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await run('scenewright.cancelWriting', { uri: editor.document.uri });
    const result = await running;
    await stopped.promise;
    assert.deepEqual([result.scenes, result.error], [0, undefined]);
  });

  it('keeps what is written when the model disappears, and goes on with another', async () => {
    await choose('fleeting', (request) => {
      if (!/\nWrite scene [67]\./u.test(request.messages.join('\n'))) return caller.answer(request);
      models.offer([caller]);
      throw vscode.LanguageModelError.NotFound('fleeting');
    });
    const stopped = await run('scenewright.newScript', { idea, duration: 60 });
    assert.deepEqual([stopped.scenes, stopped.failed], [5, 2]);
    assert.match(stopped.error ?? '', /VS Code does not offer “Model fleeting” any more/u);
    await assert.rejects(
      run('scenewright.newScript', { idea, duration: 16 }),
      /does not offer the model “scenewright-tests\/fleeting”.*scenewright-tests\/caller/u,
    );
    await run('scenewright.chooseWriter', { provider: 'vscode', model: `${vendor}/caller` });
    const resumed = await run('scenewright.writeScenes', { uri: stopped.uri });
    assert.deepEqual([resumed.scenes, resumed.failed], [7, 0]);
  });

  it('remembers the chosen model, and chooses no model that is not there', async () => {
    const settings = (): vscode.WorkspaceConfiguration =>
      vscode.workspace.getConfiguration('scenewright');
    const model = `${vendor}/caller`;
    assert.deepEqual(await run('scenewright.chooseWriter', { provider: 'vscode', model }), {
      provider: 'vscode',
      model,
    });
    assert.equal(settings().get('writer.vscodeModel'), model);
    await assert.rejects(
      run('scenewright.chooseWriter', { provider: 'vscode', model: `${vendor}/nobody` }),
      /does not offer the model “scenewright-tests\/nobody”/u,
    );
    assert.equal(settings().get('writer.vscodeModel'), model);
    assert.deepEqual(await run('scenewright.chooseWriter', { provider: 'offline' }), {
      provider: 'offline',
      model: '',
    });
    assert.equal(settings().get('writer.provider'), 'offline');
  });

  it('takes the only model where none is chosen, and asks to choose between several', async () => {
    await set('writer.vscodeModel', '');
    const result = await run('scenewright.newScript', { idea, duration: 16 });
    assert.deepEqual([result.scenes, result.failed], [2, 0]);
    models.offer([caller, { ...caller, id: 'second' }]);
    await assert.rejects(
      run('scenewright.newScript', { idea, duration: 16 }),
      /Several language models are available.*Choose Writer Model/u,
    );
  });

  it('waits for a model that is offered only after the run was asked for', async () => {
    models.offer([]);
    await next(vscode.lm.onDidChangeChatModels);
    const running = run('scenewright.newScript', { idea, duration: 16 });
    models.offer([caller]);
    const result = await running;
    assert.deepEqual([result.scenes, result.failed], [2, 0]);
  });
});
