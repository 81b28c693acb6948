import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { answerWith, commands, Memento, notifications } from '../../../support/fake-vscode.ts';
import { idOf } from '../../script/arbitraries.ts';
import { sampleScene, sampleScript } from '../../script/sample.ts';

const { RunsUnderWay } = await import('../../../../src/editor/writing/runs-under-way.ts');
const { offerToGoOn } = await import('../../../../src/editor/writing/interrupted-runs.ts');

describe('a script whose writing ended with its window', () => {
  const uri = { toString: () => 'file:///story.md', fsPath: '/story.md' } as unknown as vscode.Uri;
  const other = {
    toString: () => 'file:///other.md',
    fsPath: '/other.md',
  } as unknown as vscode.Uri;

  beforeEach(() => {
    notifications.length = 0;
  });
  afterEach(() => {
    answerWith(undefined);
  });

  it('is known to the next window, once, and one that ended in its own is not', async () => {
    const state = new Memento() as unknown as vscode.Memento;
    const changed = new Emitter<{ uri: vscode.Uri; running: boolean }>();
    const window = new RunsUnderWay(state);
    assert.deepEqual(await window.takeLeft(), []);
    window.follow({ onDidChange: changed.event });
    for (const running of [true, true, false]) changed.fire({ uri: other, running });
    changed.fire({ uri, running: true });
    const next = new RunsUnderWay(state);
    assert.deepEqual(await next.takeLeft(), [uri.toString()]);
    assert.deepEqual(await next.takeLeft(), []);
  });

  /** Offer to go on, with so many of 5 scenes written and these kept. */
  async function offer(
    text: string,
    kept: readonly number[] = [],
    isTaken = false,
    isGone = false,
  ): Promise<string | undefined> {
    const ids = new Set(kept.map(idOf));
    const document = { uri } as unknown as vscode.TextDocument;
    await offerToGoOn(
      {
        scripts: {
          open: () => (isGone ? Promise.reject(new Error('gone')) : Promise.resolve(document)),
          read: () => parseScript(text),
        },
        locks: {
          claim: () =>
            isTaken
              ? Promise.reject(new Error('taken'))
              : Promise.resolve({ release: () => Promise.resolve() } as never),
        },
        kept: () => ({
          get: (id) => Promise.resolve(ids.has(id) ? { ...sampleScene(0), id } : undefined),
        }),
      },
      uri.toString(),
    );
    return notifications.at(-1)?.message;
  }

  it('is told of with what is in it and what is kept', async () => {
    assert.equal(
      await offer(sampleScript(5, [0, 1]), [1, 2, 3]),
      '“The Last Lamp” was being written when the window closed: 2 of 5 scenes are in it, and 2 more are kept.',
    );
    assert.equal(
      await offer(sampleScript(5, [0, 1])),
      '“The Last Lamp” was being written when the window closed: 2 of 5 scenes are in it.',
    );
    assert.match(
      (await offer('---\nscenewright: 1\ntitle: T\n---\n\n# T\n')) ?? '',
      /^“T” was being planned when the window closed/,
    );
    assert.deepEqual(notifications.at(-1)?.buttons, ['Continue']);
  });

  it('is not told of where it is whole, is gone, or another window writes it', async () => {
    assert.equal(await offer(sampleScript(3, [0, 1, 2])), undefined);
    assert.equal(await offer(sampleScript(3, [0]), [], true), undefined);
    assert.equal(await offer(sampleScript(3, [0]), [], false, true), undefined);
  });

  it('goes on where the writer wants it, and only then', async () => {
    const asked: unknown[] = [];
    const registered = commands.registerCommand('scenewright.writeScenes', (argument) => {
      asked.push((argument as { uri: unknown }).uri);
      return Promise.resolve(undefined);
    });
    await offer(sampleScript(3, [0]));
    assert.deepEqual(asked, []);
    answerWith('Continue');
    await offer(sampleScript(3, [0]));
    assert.deepEqual(asked, [uri]);
    registered.dispose();
  });
});
