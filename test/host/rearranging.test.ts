import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { eventually } from '../support/eventually.ts';
import type { SampleStudio } from '../studio/server.ts';
import { reset, startStudio, useSample } from './sample-studio.ts';
import { api, closeEditors, finished, opened, rejection, run, workspacePath } from './support.ts';

const scene = (number: number, id: string, title: string): string => `## Scene ${number}: ${title}

<!-- scene: ${id} -->

_Lamp room · night · Mara · 4 s_

${title} begins.

${title} goes on.

> **MARA**: ${title} is over.

\`\`\`prompt
${title}, moonlight.
\`\`\`
`;

const text = `---
scenewright: 1
title: Rearranged
characters:
  - name: Mara
places:
  - name: Lamp room
---

# Rearranged

## Outline

1. **Stairs** · 4 s · Lamp room, night · Mara <!-- id: aaaaa1 -->
2. **Lamp** · 4 s · … · Mara <!-- id: aaaaa2 -->
3. **Horn** · 4 s · Lamp room, night · Mara <!-- id: aaaaa3 -->

${[scene(1, 'aaaaa1', 'Stairs'), scene(2, 'aaaaa2', 'Lamp'), scene(3, 'aaaaa3', 'Horn')].join('\n')}`;

describe('scenes that are rearranged by command', () => {
  const file = vscode.Uri.file(workspacePath('rearranged.md'));
  const uri = file.toString();
  let document: vscode.TextDocument;

  beforeEach(async () => {
    await writeFile(file.fsPath, text);
    document = await opened(uri);
    await vscode.window.showTextDocument(document);
    await eventually('the script as it was', () =>
      Promise.resolve(document.getText() === text || undefined),
    );
  });

  afterEach(async () => {
    await closeEditors();
    await rm(file.fsPath);
  });

  const shown = (): string[] =>
    parseScript(document.getText()).scenes.map(
      ({ number, scene: { title, seconds } }) => `${number} ${title} ${seconds}`,
    );
  const beats = (): string[] => {
    const { outline } = parseScript(document.getText());
    return outline.map(({ beat: { title, seconds } }) => `${title} ${seconds}`);
  };

  const undone = async (): Promise<void> => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text, 'one undo brings back every letter');
  };

  it('are put in, with a beat of their own', async () => {
    const done = await run('scenewright.insertScene', { uri, after: 1, title: 'Door', seconds: 6 });
    assert.deepEqual(shown(), ['1 Stairs 4', '2 Door 6', '3 Lamp 4', '4 Horn 4']);
    assert.deepEqual(beats(), ['Stairs 4', 'Door 6', 'Lamp 4', 'Horn 4']);
    const { scenes } = parseScript(document.getText());
    assert.deepEqual(done, { scene: 2, sceneId: scenes[1]?.id });
    assert.ok(!document.isDirty, 'it is saved as it was before');
    await undone();
  });

  it('are split where the cursor is', async () => {
    const editor = await vscode.window.showTextDocument(document);
    const at = document.positionAt(document.getText().indexOf('Lamp goes on.') + 4);
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('scenewright.splitScene');
    assert.deepEqual(shown(), ['1 Stairs 4', '2 Lamp 1', '3 Lamp (2) 3', '4 Horn 4']);
    assert.deepEqual(beats(), ['Stairs 4', 'Lamp 1', 'Lamp (2) 3', 'Horn 4']);
    const [, first, second] = parseScript(document.getText()).scenes;
    assert.equal(first?.id, 'aaaaa2');
    assert.equal(first.scene.prompt, 'Lamp, moonlight.');
    assert.equal(second?.scene.prompt, '');
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, linesBefore('## Scene 3'));
    await undone();
  });

  const linesBefore = (words: string): number =>
    document.positionAt(document.getText().indexOf(words)).line;

  it('are split before a line, and nowhere that tells nothing', async () => {
    const line = linesBefore('> **MARA**: Horn') + 1;
    const done = await run('scenewright.splitScene', { uri, line, title: 'Echo' });
    assert.equal(done.scene, 4);
    assert.deepEqual(shown(), ['1 Stairs 4', '2 Lamp 4', '3 Horn 3', '4 Echo 1']);
    const heading = linesBefore('## Scene 1') + 1;
    const refused = await rejection(run('scenewright.splitScene', { uri, line: heading }));
    assert.match(refused, /Nothing was changed/u);
    await undone();
  });

  it('are merged with the next, which stays beside it where it is no part of it', async () => {
    const done = await run('scenewright.mergeScenes', { uri, scene: 1 });
    assert.deepEqual(done, { scene: 1, sceneId: 'aaaaa1' });
    assert.deepEqual(shown(), ['1 Stairs 8', '2 Horn 4']);
    assert.deepEqual(beats(), ['Stairs 8', 'Horn 4']);
    const now = document.getText();
    assert.match(now, /> ```prompt\n> Lamp, moonlight\.\n> ```/u);
    assert.match(now, /<!-- Scene 2: Lamp · Lamp room · night · Mara · 4 s -->/u);
    assert.match(
      await rejection(run('scenewright.mergeScenes', { uri, scene: 2 })),
      /the last one/u,
    );
    await undone();
  });

  it('are moved, and numbered as they stand', async () => {
    const done = await run('scenewright.moveScene', { uri, scene: 3, to: 1 });
    assert.deepEqual(done, { scene: 1, sceneId: 'aaaaa3' });
    assert.deepEqual(shown(), ['1 Horn 4', '2 Stairs 4', '3 Lamp 4']);
    await undone();
    await run('scenewright.moveSceneDown', { uri, scene: 1 });
    assert.deepEqual(shown(), ['1 Lamp 4', '2 Stairs 4', '3 Horn 4']);
    assert.match(await rejection(run('scenewright.moveSceneUp', { uri, scene: 1 })), /the first/u);
    await undone();
    assert.deepEqual(await run('scenewright.renumberScenes', { uri }), { renumbered: 0 });
    const edit = new vscode.WorkspaceEdit();
    const at = document.positionAt(document.getText().indexOf('Scene 2') + 6);
    edit.replace(file, new vscode.Range(at, at.translate(0, 1)), '7');
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual(await run('scenewright.renumberScenes', { uri }), { renumbered: 1 });
    assert.equal(document.getText(), text);
  });

  describe('while one is rendered', () => {
    let studio: SampleStudio;

    before(async () => {
      studio = await startStudio(['rearranging-key']);
      await run('scenewright.addAccount', {
        provider: 'openai-videos',
        name: 'Rearranging',
        secret: 'rearranging-key',
        address: studio.baseUrl,
      });
      await useSample(studio);
    });

    after(async () => {
      studio.held = false;
      await reset();
      await studio.close();
    });

    it('are not merged into another: its clip would belong to none', async () => {
      studio.held = true;
      const { jobs } = await run('scenewright.renderScenes', { uri, scenes: [2] });
      const merge = (): Promise<unknown> => run('scenewright.mergeScenes', { uri, scene: 1 });
      assert.match(await rejection(merge()), /is being rendered/u);
      assert.equal(document.getText(), text);
      // Its clip follows it wherever it goes.
      await run('scenewright.moveScene', { uri, scene: 2, to: 3 });
      studio.held = false;
      await finished(jobs);
      const clip = (await api()).jobs().find(({ id }) => id === jobs[0]);
      assert.equal(clip?.sceneId, 'aaaaa2');
      const takes = await run('scenewright.listTakes', { uri, scene: 3 });
      assert.equal(takes.takes.length, 1);
    });
  });
});
