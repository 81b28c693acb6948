import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import * as vscode from 'vscode';
import { answerTo, sceneOf, userText, type Chat } from '../support/mock-endpoint.ts';
import { eventually } from '../support/eventually.ts';
import { sceneAnswer } from '../unit/writing/writing-support.ts';
import { Gate } from './gate.ts';
import {
  answered,
  closeEditors,
  keptFiles,
  next,
  onDisk,
  opened,
  run,
  set,
  type,
} from './support.ts';

const key = 'sk-of-the-right-account';

describe('writing through an OpenAI-compatible endpoint in VS Code', () => {
  let mock: LLMock;

  before(async () => {
    mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 40 });
    mock.on({ predicate: () => true }, answerTo);
    await mock.start();
    await set('writer.provider', 'openai');
    await set('writer.baseUrl', `${mock.url}/v1`);
    await run('scenewright.addAccount', { provider: 'openai', name: 'Mock', secret: key });
    await set('writer.model', 'gpt-mock');
  });

  after(async () => {
    for (const name of ['provider', 'baseUrl', 'model'] as const) {
      await set(`writer.${name}`, undefined);
    }
    await mock.stop();
    await closeEditors();
  });

  /** While `act` runs the writer goes through a gate before the endpoint. */
  const through = async (gate: Gate, act: () => Promise<void>): Promise<void> => {
    await gate.open();
    try {
      await set('writer.baseUrl', `${gate.url}/v1`);
      await act();
    } finally {
      await set('writer.baseUrl', `${mock.url}/v1`);
      await gate.close();
    }
  };

  /** It is also asked which models it has. */
  const isChat = ({ path }: { readonly path: string }): boolean => path.includes('/chat/');
  const asked = (): Chat[] =>
    mock
      .getRequests()
      .filter(isChat)
      .map(({ body }) => body as Chat);

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

  it('sends the key to no other address than the one it was added for', async () => {
    const other = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 40 });
    other.on({ predicate: () => true }, answerTo);
    await other.start();
    try {
      await set('writer.baseUrl', `${other.url}/v1`);
      const idea = 'The last keeper of a lamp moves into the town hall';
      const result = await run('scenewright.newScript', { idea, duration: 16 });
      assert.deepEqual([result.scenes, result.failed], [2, 0]);
      const sent = other.getRequests();
      assert.equal(sent.filter(isChat).length, 4);
      assert.ok(sent.every(({ headers }) => !JSON.stringify(headers).includes(key)));
    } finally {
      await set('writer.baseUrl', `${mock.url}/v1`);
      await other.stop();
    }
  });

  it('spreads its requests over all accounts of the endpoint, but for one that is refused', async () => {
    const keys = ['sk-one', 'sk-two', 'sk-revoked'];
    const gate = new Gate(mock.url, 'sk-revoked');
    await through(gate, async () => {
      const account = { provider: 'openai', address: gate.url };
      for (const secret of keys) {
        await run('scenewright.addAccount', { ...account, name: secret.slice(3), secret });
      }
      const idea = 'A baker bakes a bread for the moon';
      const result = await run('scenewright.newScript', { idea, duration: 96 });
      assert.deepEqual([result.scenes, result.failed, result.error], [12, 0, undefined]);
      const times = (key: string): number => gate.keys.filter((seen) => seen === key).length;
      // Once it is refused it is not used any more; another request may be under way with it then.
      assert.ok(times('sk-revoked') >= 1 && times('sk-revoked') <= 2, gate.keys.join(' '));
      assert.ok(times('sk-one') >= 4 && times('sk-two') >= 4, gate.keys.join(' '));
      assert.ok(gate.keys.every((seen) => keys.includes(seen)));
    });
  });

  it('sends a run under way no key that was given to another address meanwhile', async () => {
    const gate = new Gate(mock.url);
    await through(gate, async () => {
      const account = { provider: 'openai', name: 'Moving' };
      await run('scenewright.addAccount', {
        ...account,
        secret: 'sk-before',
        address: gate.url,
      });
      const held = Promise.withResolvers<undefined>();
      gate.closed = held.promise;
      const asked = next(gate.onDidCome);
      const ended = run('scenewright.newScript', { idea: 'A key that moves out', duration: 16 });
      await asked;
      await run('scenewright.addAccount', {
        ...account,
        secret: 'sk-after',
        address: 'https://api.example.com/v1',
        confirmed: true,
      });
      held.resolve(undefined);
      const result = await ended;
      assert.match(result.error ?? '', /no key for http:\/\/127\.0\.0\.1:\d+ any more/u);
      assert.deepEqual([...new Set(gate.keys)], ['sk-before']);
    });
  });

  it('never puts a rewrite over what was typed meanwhile, but offers it as a diff', async () => {
    const idea = 'A weaver loses her thread';
    const { uri } = await run('scenewright.newScript', { idea, duration: 16 });
    const document = await opened(uri);
    const gate = new Gate(mock.url);
    await through(gate, async () => {
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
      assert.deepEqual(await answered(rewritten, 'notifications.clearAll'), { applied: false });
      assert.equal(document.getText(), typed);
      await document.save();
    });
  });

  describe('a rewrite', () => {
    const instruction = 'Let it rain';
    let uri: string;
    const isDiff = ({ input }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputTextDiff && input.original.toString() === uri;
    const diffs = (): vscode.Tab[] =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isDiff));

    before(async () => {
      for (const [of, weather] of [
        ['number', 'rain'],
        ['rain', 'snow'],
        ['snow', 'sun'],
        ['sun', 'rain'],
      ] as const) {
        mock.prependFixture({
          match: {
            predicate: (request) =>
              new RegExp(`# The scene as it stands\\n.*Scene of ${of}`, 'u').test(
                userText(request),
              ),
          },
          response: { content: JSON.stringify(sceneAnswer(weather)) },
        });
      }
      const idea = 'A diver finds a bell';
      ({ uri } = await run('scenewright.newScript', { idea, duration: 16 }));
    });

    after(() => {
      mock.clearFixtures();
      mock.on({ predicate: () => true }, answerTo);
    });

    /** Ask for it and answer the question below its diff, or press a button above that. */
    const reviewed = (command: string): Promise<{ readonly applied: boolean }> =>
      answered(run('scenewright.rewriteScene', { uri, scene: 1, instruction }), command);

    /** Type behind the title of the scene that is rewritten. */
    const retitle = async (document: vscode.TextDocument, text: string): Promise<void> => {
      const heading = /^## Scene 1:.*/mu.exec(document.getText()) ?? assert.fail('scene 1');
      await type(document, heading.index + heading[0].length, text);
    };

    it('that was not decided on is kept, and not asked for a second time', async () => {
      const earlier = await keptFiles('rewrites');
      const before = asked().length;
      assert.deepEqual(await reviewed('notifications.clearAll'), { applied: false });
      assert.equal((await keptFiles('rewrites')).length, earlier.length + 1);
      assert.deepEqual(await reviewed('notifications.clearAll'), { applied: false });
      assert.equal(asked().length, before + 1);
    });

    it('stays kept until the document that it was taken into is saved', async () => {
      const document = await opened(uri);
      await type(document, document.getText().length, '\nA note of mine.\n');
      const before = asked().length;
      const kept = await keptFiles('rewrites');
      assert.deepEqual(await reviewed('notification.acceptPrimaryAction'), { applied: true });
      assert.match(document.getText(), /Scene of rain/u);
      assert.equal(document.isDirty, true);
      assert.deepEqual(await keptFiles('rewrites'), kept);
      await document.save();
      await eventually('nothing kept of it', async () =>
        (await keptFiles('rewrites')).length < kept.length ? true : undefined,
      );
      assert.equal(asked().length, before);
    });

    it('can be refused above its diff, and is forgotten then', async () => {
      const { text } = await onDisk(uri);
      const kept = await keptFiles('rewrites');
      assert.deepEqual(await reviewed('scenewright.refuseRewrite'), { applied: false });
      assert.equal(diffs().length, 0);
      assert.deepEqual(await keptFiles('rewrites'), kept);
      await assert.rejects(run('scenewright.takeRewrite', { uri, scene: 1 }), /no rewrite/u);
      assert.equal((await onDisk(uri)).text, text);
    });

    it('stays open when its diff is closed, and can be taken by its number later', async () => {
      const shown = next(vscode.window.tabGroups.onDidChangeTabs, ({ opened: tabs }) =>
        tabs.some(isDiff),
      );
      const result = run('scenewright.rewriteScene', { uri, scene: 1, instruction });
      const { opened: tabs } = await shown;
      await vscode.window.tabGroups.close(tabs);
      assert.deepEqual(await result, { applied: false });
      assert.deepEqual(await run('scenewright.takeRewrite', { uri, scene: 1 }), { applied: true });
      assert.match((await onDisk(uri)).scenes[0]?.scene.title ?? '', /snow/u);
    });

    it('can be taken above its diff, and closes it', async () => {
      assert.deepEqual(await reviewed('scenewright.takeRewrite'), { applied: true });
      assert.match((await onDisk(uri)).scenes[0]?.scene.title ?? '', /sun/u);
      assert.equal(diffs().length, 0);
    });

    it('is open again once it was undone, whatever is saved after that', async () => {
      const document = await opened(uri);
      await type(document, document.getText().length, 'Unsaved.\n');
      const before = document.getText();
      const kept = await keptFiles('rewrites');
      assert.deepEqual(await reviewed('scenewright.takeRewrite'), { applied: true });
      await vscode.window.showTextDocument(document);
      const taken = document.getText();
      await vscode.commands.executeCommand('undo');
      await vscode.commands.executeCommand('redo');
      assert.equal(document.getText(), taken);
      await assert.rejects(run('scenewright.takeRewrite', { uri, scene: 1 }), /no rewrite/u);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
      await retitle(document, ' at last');
      await document.save();
      assert.equal((await keptFiles('rewrites')).length, kept.length + 1);
      // Of other text than it was asked of, it is for a person to look at.
      await assert.rejects(run('scenewright.takeRewrite', { uri, scene: 1 }), /has changed since/u);
      await run('scenewright.refuseRewrite', { uri, scene: 1 });
      assert.deepEqual(await keptFiles('rewrites'), kept);
    });

    it('is open again once the unsaved changes were thrown away', async () => {
      const document = await opened(uri);
      const kept = await keptFiles('rewrites');
      await retitle(document, ' unsaved');
      assert.deepEqual(await reviewed('scenewright.takeRewrite'), { applied: true });
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      assert.equal(document.isDirty, false);
      await type(document, document.getText().length, 'Something else.\n');
      await document.save();
      assert.equal((await keptFiles('rewrites')).length, kept.length + 1);
      await run('scenewright.refuseRewrite', { uri, scene: 1 });
      assert.deepEqual(await keptFiles('rewrites'), kept);
    });

    it('outlives the saving of an earlier one', async () => {
      const document = await opened(uri);
      const kept = await keptFiles('rewrites');
      await type(document, document.getText().length, 'Unsaved.\n');
      assert.deepEqual(await reviewed('scenewright.takeRewrite'), { applied: true });
      assert.deepEqual(await reviewed('notifications.clearAll'), { applied: false });
      await document.save();
      await eventually('the earlier one forgotten', async () =>
        (await keptFiles('rewrites')).length === kept.length + 1 ? true : undefined,
      );
      await run('scenewright.refuseRewrite', { uri, scene: 1 });
      assert.deepEqual(await keptFiles('rewrites'), kept);
    });

    it('is shown again when its scene has changed before it is taken', async () => {
      const document = await opened(uri);
      const shown = next(vscode.window.tabGroups.onDidChangeTabs, ({ opened: tabs }) =>
        tabs.some(isDiff),
      );
      const result = run('scenewright.rewriteScene', { uri, scene: 1, instruction });
      await shown;
      await retitle(document, ' and typed');
      const typed = document.getText();
      const again = next(vscode.window.tabGroups.onDidChangeTabs, ({ opened: tabs }) =>
        tabs.some(isDiff),
      );
      const [diff] = diffs();
      assert.ok(diff?.input instanceof vscode.TabInputTextDiff);
      const { modified } = diff.input;
      void vscode.commands.executeCommand('scenewright.takeRewrite', modified);
      await again;
      assert.equal(document.getText(), typed);
      assert.equal(diffs().length, 1);
      const [second] = diffs();
      assert.ok(second?.input instanceof vscode.TabInputTextDiff);
      await vscode.commands.executeCommand('scenewright.takeRewrite', second.input.modified);
      assert.deepEqual(await result, { applied: true });
      assert.notEqual(document.getText(), typed);
      assert.equal(diffs().length, 0);
      await document.save();
    });

    it('of a script is none of its copy', async () => {
      assert.deepEqual(await reviewed('notifications.clearAll'), { applied: false });
      const copy = vscode.Uri.parse(uri.replace(/\.md$/u, '-copy.md'));
      await vscode.workspace.fs.copy(vscode.Uri.parse(uri), copy);
      const ofCopy = { uri: copy.toString(), scene: 1 };
      await assert.rejects(run('scenewright.takeRewrite', ofCopy), /no rewrite/u);
      // A script that was only renamed has it still.
      await vscode.workspace.fs.rename(vscode.Uri.parse(uri), copy, { overwrite: true });
      assert.deepEqual(await run('scenewright.takeRewrite', ofCopy), { applied: true });
      await vscode.workspace.fs.rename(copy, vscode.Uri.parse(uri));
    });

    it('is refused while the same scene is being rewritten', async () => {
      const gate = new Gate(mock.url);
      await through(gate, async () => {
        const held = Promise.withResolvers<undefined>();
        gate.closed = held.promise;
        const asked = next(gate.onDidCome);
        const first = run('scenewright.rewriteScene', { uri, scene: 1, apply: true });
        await asked;
        await assert.rejects(
          run('scenewright.rewriteScene', { uri, scene: 1, apply: true }),
          /being rewritten already/u,
        );
        held.resolve(undefined);
        assert.deepEqual(await first, { applied: true });
      });
    });

    it('keeps what is the writer’s own where it comes in at once, and tells what it set beside', async () => {
      const own = [
        '<!-- louder? -->',
        '- KEEP the rope',
        '![still](still.png)',
        'The coat[^1] is yellow.',
        '[^1]: In all films.',
        '| prop | who |\n| --- | --- |\n| rope | Tom |',
        '- [ ] ask Tom',
        '> [!NOTE]\n> The horn is low.',
        '```prompt\nThe same by day.\n```',
      ];
      const copy = uri.replace(/\.md$/u, '-own.md');
      const { text, scenes } = await onDisk(uri);
      const at = scenes[0]?.promptSpan?.start ?? 0;
      const noted = `${text.slice(0, at)}${own.join('\n\n')}\n\n${text.slice(at)}`;
      await vscode.workspace.fs.writeFile(vscode.Uri.parse(copy), Buffer.from(noted));
      const result = await run('scenewright.rewriteScene', { uri: copy, scene: 1, apply: true });
      assert.equal(result.applied, true);
      assert.match(result.aside ?? '', /Bullets.*quote.*prompt.*quotes/u);
      const after = await onDisk(copy);
      const kept = [
        '<!-- louder? -->',
        'KEEP the rope',
        '![still](still.png)',
        '[^1]',
        '[^1]: In all',
      ];
      kept.push('| rope | Tom |', '- [ ] ask Tom', '> [!NOTE]', 'The same by day.');
      for (const words of kept) assert.ok(after.text.includes(words), words);
      const scene = JSON.stringify(after.scenes[0]?.scene);
      for (const words of kept) assert.ok(!scene.includes(words), words);
      await vscode.workspace.fs.delete(vscode.Uri.parse(copy));
    });

    it('comes in at once where that was asked for, and leaves nothing behind', async () => {
      const kept = await keptFiles('rewrites');
      const result = await run('scenewright.rewriteScene', { uri, scene: 2, apply: true });
      assert.deepEqual(result, { applied: true });
      assert.match((await onDisk(uri)).scenes[1]?.scene.title ?? '', /rain/u);
      assert.deepEqual(await keptFiles('rewrites'), kept);
    });
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
