import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import * as vscode from 'vscode';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { answerTo, userText, type Chat } from '../support/mock-endpoint.ts';
import { Gate } from './gate.ts';
import { closeEditors, next, onDisk, opened, run, set, type } from './support.ts';

describe('an outline that grows in a document of VS Code', () => {
  let mock: LLMock;
  let gate: Gate;

  before(async () => {
    mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 40 });
    mock.on({ predicate: () => true }, answerTo);
    await mock.start();
    gate = new Gate(mock.url);
    await gate.open();
    await set('writer.provider', 'openai');
    await set('writer.baseUrl', `${gate.url}/v1`);
    await set('writer.model', 'gpt-mock');
  });

  after(async () => {
    for (const name of ['provider', 'baseUrl', 'model'] as const) {
      await set(`writer.${name}`, undefined);
    }
    await gate.close();
    await mock.stop();
    await closeEditors();
  });

  it('comes part by part, each as one undo step, and what is changed in it meanwhile counts', async () => {
    const beatsIn = (document: vscode.TextDocument): number =>
      parseScript(document.getText()).outline.length;
    const grows = next(vscode.workspace.onDidChangeTextDocument, ({ document }) => {
      return document.languageId === 'markdown' && beatsIn(document) > 0;
    });
    const ended = run('scenewright.newScript', {
      idea: 'The keeper of a lamp counts the ships of one night',
      duration: 300,
      outlineOnly: true,
    });
    const { document } = await grows;
    const opening = beatsIn(document);
    // What comes next waits until the writer has had a say.
    const open = Promise.withResolvers<undefined>();
    gate.closed = open.promise;
    const grown: string[] = [document.getText()];
    const counting = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) {
        grown.push(document.getText());
      }
    });
    const words = 'The lamp is in the kitchen now.';
    const place = document.getText().indexOf('Thing 2 happens.');
    assert.ok(place > 0);
    await type(document, place, `${words} `);
    open.resolve(undefined);
    const { uri } = await ended;
    counting.dispose();
    const script = await onDisk(uri);
    assert.ok(opening >= 2 && opening < script.outline.length, `${opening} at first`);
    assert.ok(script.outline[1]?.beat.summary.includes(words), script.outline[1]?.beat.summary);
    assert.equal(new Set(script.outline.map(({ beat }) => beat.id)).size, script.outline.length);

    const text = document.getText();
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), grown.at(-2));
    assert.ok(beatsIn(document) < script.outline.length && document.getText().includes(words));
    await vscode.commands.executeCommand('redo');
    assert.equal(document.getText(), text);
    await document.save();

    await run('scenewright.writeScenes', { uri });
    const asked = mock.getRequests().map(({ body }) => userText(body as Chat));
    const second = asked.find((request) => request.includes('\nWrite scene 2.'));
    assert.ok(
      second?.includes(words),
      'the scene is written from the beat as it is in the document',
    );
    assert.equal((await opened(uri)).isDirty, false);
  });
});
