import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../support/eventually.ts';
import { closeEditors, opened, workspacePath } from './support.ts';

const text = `---
scenewright: 1
title: Typed
aspect: 
characters:
  - name: Mara
    look: yellow coat
places:
  - name: Lamp room
---

# Typed

## Scene 1: Stairs
<!-- scene: aaaaa1 -->

_Lamp room · night · M

> **M

\`\`\`prompt
A lamp.
\`\`\`
`;

describe('what VS Code offers while a script is typed', () => {
  const file = vscode.Uri.file(workspacePath('typed.md'));

  before(async () => {
    await writeFile(file.fsPath, text);
    await vscode.window.showTextDocument(await opened(file.toString()));
  });

  after(async () => {
    await closeEditors();
    await rm(file.fsPath);
  });

  const offered = async (words: string): Promise<readonly string[]> => {
    const document = await opened(file.toString());
    const at = document.positionAt(document.getText().indexOf(words) + words.length);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      file,
      at,
    );
    // VS Code itself offers every word of the document.
    const ours = items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
    return ours.map(({ label }) => (typeof label === 'string' ? label : label.label));
  };

  it('are values of the front matter, and names of the script', async () => {
    await eventually('what reads scripts is loaded', async () =>
      (await offered('aspect: ')).includes('16:9') ? true : undefined,
    );
    assert.ok((await offered('night · M')).includes('Mara'));
    assert.ok((await offered('> **M')).includes('Mara'));
    assert.ok(!(await offered('A lamp')).includes('Mara'));
  });

  it('folds the front matter as one, beside what VS Code folds by itself', async () => {
    const folds = await eventually('the front matter folds', async () => {
      const all = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
        'vscode.executeFoldingRangeProvider',
        file,
      );
      return all.some(({ start, end }) => start === 0 && end === 9) ? all : undefined;
    });
    const lines = text.split('\n');
    const starts = folds.map(({ start }) => lines[start]);
    assert.ok(starts.includes('## Scene 1: Stairs'));
    assert.ok(starts.includes('```prompt'));
  });
});
