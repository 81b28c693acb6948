import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { eventually } from '../support/eventually.ts';
import {
  answered,
  closeEditors,
  keptFiles,
  next,
  onDisk,
  opened,
  rejection,
  run,
  workspacePath,
} from './support.ts';

const titles = ['Stairs', 'Lamp', 'Horn', 'Dawn'] as const;
const idOf = (index: number): string => `aaaaa${index + 1}`;

const scene = (title: string, index: number): string => `## Scene ${index + 1}: ${title}

<!-- scene: ${idOf(index)} -->

_Lamp room · night · Mara · 8 s_

${title} begins.

\`\`\`prompt
${title}, moonlight.
\`\`\`
`;

const text = `---
scenewright: 1
title: Rewritten
characters:
  - name: Mara
    look: Grey braid.
places:
  - name: Lamp room
    look: Brass.
---

# Rewritten

## Outline

${titles.map((title, i) => `${i + 1}. **${title}** · 8 s · Lamp room, night · Mara <!-- id: ${idOf(i)} -->\n   ${title} is seen.`).join('\n')}

${titles.map(scene).join('\n')}`;

describe('scenes that are rewritten together', () => {
  const file = vscode.Uri.file(workspacePath('rewritten.md'));
  const uri = file.toString();
  let document: vscode.TextDocument;

  /** Numbers of the scenes that say what they did before. */
  const asBefore = (): number[] => {
    const [now, then] = [parseScript(document.getText()), parseScript(text)];
    return now.scenes.flatMap(({ scene: { action } }, i) =>
      action === then.scenes[i]?.scene.action ? [i + 1] : [],
    );
  };

  /** Where a scene begins, by its number. */
  const start = (number: number): vscode.Position =>
    document.positionAt(document.getText().indexOf(`## Scene ${number}:`));

  const isDiff = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputTextDiff && input.original.toString() === uri;

  const diffs = (): readonly vscode.Tab[] =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isDiff));

  /** The editor of the proposed text, once it is shown; another one than that of an earlier diff. */
  const proposed = (earlier?: vscode.TextDocument): Promise<vscode.TextEditor> =>
    eventually('the proposed texts', () =>
      Promise.resolve(
        vscode.window.visibleTextEditors.find(
          ({ document: shown }) => shown.uri.scheme === 'scenewright-rewrites' && shown !== earlier,
        ),
      ),
    );

  /** The heading above the cursor. */
  const headingAt = ({ document: shown, selection }: vscode.TextEditor): string =>
    shown.lineAt(selection.active.line).text;

  beforeEach(async () => {
    await writeFile(file.fsPath, text);
    document = await opened(uri);
    await vscode.window.showTextDocument(document);
    await eventually('the script as it was', () =>
      Promise.resolve(document.getText() === text || undefined),
    );
  });

  afterEach(async () => {
    if (document.isDirty) await document.save();
    await closeEditors();
    await rm(file.fsPath);
  });

  it('are those that the selection touches, and go in as one undo step', async () => {
    const editor = await vscode.window.showTextDocument(document);
    // Up to where scene 4 begins, which is not touched by that.
    editor.selection = new vscode.Selection(start(2).translate(4), start(4));
    const result = await run('scenewright.rewriteScene', { uri, instruction: 'Rain', apply: true });
    assert.deepEqual(result, { applied: true, taken: [2, 3], failed: [] });
    assert.deepEqual(asBefore(), [1, 4]);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
  });

  it('are all from a scene on, where that is wanted', async () => {
    const argument = { uri, scene: 2, instruction: 'Rain', apply: true };
    const result = await run('scenewright.rewriteFromHere', argument);
    assert.deepEqual(result, { applied: true, taken: [2, 3, 4], failed: [] });
    assert.deepEqual(asBefore(), [1]);
  });

  it('are decided on one by one in one diff, which leads from each to the next', async () => {
    const earlier = await keptFiles('rewrites');
    const argument = { uri, scenes: [1, 2, 4], instruction: 'Snow' };
    const result = run('scenewright.rewriteScene', argument);
    const editor = await proposed();
    assert.equal((await keptFiles('rewrites')).length, earlier.length + 3);
    assert.match(headingAt(editor), /^## Scene 1/u);
    const address = editor.document.uri;

    await vscode.commands.executeCommand('scenewright.takeRewrite', address);
    assert.deepEqual(asBefore(), [2, 3, 4]);
    await eventually('the next scene', () =>
      Promise.resolve(headingAt(editor).startsWith('## Scene 2') || undefined),
    );
    await vscode.commands.executeCommand('scenewright.refuseRewrite', address);
    await eventually('the last scene', () =>
      Promise.resolve(headingAt(editor).startsWith('## Scene 4') || undefined),
    );
    // What was refused is proposed no more.
    assert.ok(editor.document.getText().includes('Lamp begins.'));
    assert.deepEqual(asBefore(), [2, 3, 4]);
    // What a proposed text leaves to do is no problem yet.
    assert.deepEqual(vscode.languages.getDiagnostics(address), []);
    await vscode.commands.executeCommand('scenewright.takeAllRewrites', address);
    assert.deepEqual(await result, { applied: false, taken: [1, 4], failed: [] });
    assert.deepEqual(asBefore(), [2, 3]);
    assert.equal(diffs().length, 0);
    assert.deepEqual(await keptFiles('rewrites'), earlier);
  });

  it('are kept until all are decided on, and not asked for again', async () => {
    const earlier = await keptFiles('rewrites');
    const argument = { uri, scenes: [3, 4], instruction: 'Fog' };
    const first = await answered(
      run('scenewright.rewriteScene', argument),
      'notifications.clearAll',
    );
    assert.deepEqual(first, { applied: false, taken: [], failed: [] });
    const kept = await keptFiles('rewrites');
    assert.equal(kept.length, earlier.length + 2);
    const before = (await proposed()).document;
    const again = run('scenewright.rewriteScene', argument);
    const { document: shown } = await proposed(before);
    assert.deepEqual(await keptFiles('rewrites'), kept);
    await vscode.commands.executeCommand('scenewright.refuseAllRewrites', shown.uri);
    assert.deepEqual(await again, { applied: false, taken: [], failed: [] });
    assert.deepEqual(await keptFiles('rewrites'), earlier);
    assert.equal((await onDisk(uri)).text, text);
  });

  it('do not go over what was typed meanwhile, and the others do', async () => {
    const result = run('scenewright.rewriteScene', { uri, scenes: [1, 2], instruction: 'Hail' });
    const { document: shown } = await proposed();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, start(2).translate(6), 'A word of mine. ');
    await vscode.workspace.applyEdit(edit);
    const other = next(
      vscode.window.onDidChangeActiveTextEditor,
      (editor) => editor?.document.uri.scheme === 'scenewright-rewrite',
    );
    void vscode.commands.executeCommand('scenewright.takeAllRewrites', shown.uri);
    const again = await other;
    assert.deepEqual(asBefore(), [3, 4]);
    assert.match(document.getText(), /A word of mine\./u);
    await vscode.commands.executeCommand('scenewright.refuseRewrite', again?.document.uri);
    assert.deepEqual(await result, { applied: false, taken: [1], failed: [] });
  });

  it('have to be written', async () => {
    const argument = { uri, scenes: [1, 7], apply: true };
    const why = await rejection(run('scenewright.rewriteScene', argument));
    assert.match(why, /no written scene 7/u);
    assert.equal(document.getText(), text);
  });
});
