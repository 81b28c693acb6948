import assert from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { pngBytes } from '../../fixtures/picture-bytes.ts';
import { eventually } from '../support/eventually.ts';
import { closeEditors, opened, rejection, run, workspacePath } from './support.ts';

const text = `---
scenewright: 1
title: Pictures of a script
characters:
  - name: Mara
    look: thirty
    picture: pictures/mara.png
  - name: Tom
    look: seventy
    picture: pictures/words.png
  - name: Ann
    look: five
    picture: pictures/linked.png
  - name: Ben
    look: old
    picture: /etc/hostname
---

# Pictures of a script

## Scene 1: Stairs

<!-- scene: k3f9x2 -->

![First frame](pictures/gone.png)

Mara waits.
`;

describe('the pictures of a script', () => {
  const file = vscode.Uri.file(workspacePath('script-pictures.md'));
  const uri = file.toString();
  const at = (...parts: string[]): string => workspacePath('pictures', ...parts);

  before(async () => {
    await mkdir(at(), { recursive: true });
    await writeFile(at('mara.png'), pngBytes('mara'));
    await writeFile(at('words.png'), 'only words');
    const secret = path.join(tmpdir(), `scenewright-secret-${process.pid}.png`);
    await writeFile(secret, pngBytes('secret'));
    await symlink(secret, at('linked.png'));
    await writeFile(file.fsPath, text);
    await vscode.window.showTextDocument(await opened(uri));
  });

  after(async () => {
    await closeEditors();
    await rm(file.fsPath, { force: true });
    await rm(at(), { recursive: true });
  });

  const told = (): string[] =>
    vscode.languages
      .getDiagnostics(file)
      .flatMap(({ code, message }) =>
        typeof code === 'string' && code.startsWith('picture-')
          ? `${code}: ${message.split(' ')[0] ?? ''}`
          : [],
      );

  const tells = (expected: readonly string[]): Promise<true> =>
    eventually(`problems ${expected.join('; ')}, not ${told().join('; ')}`, () =>
      Promise.resolve(told().join('; ') === expected.join('; ') || undefined),
    );

  const fixesAt = async (words: string): Promise<readonly vscode.CodeAction[]> => {
    const document = await opened(uri);
    const start = document.positionAt(document.getText().indexOf(words));
    return vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      file,
      new vscode.Range(start, start.translate(0, 1)),
      vscode.CodeActionKind.QuickFix.value,
    );
  };

  it('that could not be sent are problems, each with what is wrong', async () => {
    await tells([
      'picture-no-picture: pictures/words.png',
      'picture-outside: pictures/linked.png',
      'picture-outside: /etc/hostname',
      'picture-missing: pictures/gone.png',
    ]);
  });

  it('are looked at again when they change on the disk', async () => {
    await writeFile(at('gone.png'), pngBytes('here'));
    await writeFile(at('words.png'), pngBytes('tom'));
    await tells(['picture-outside: pictures/linked.png', 'picture-outside: /etc/hostname']);
  });

  it('are taken out of the script by one click', async () => {
    const fixes = await fixesAt('/etc/hostname');
    assert.deepEqual(
      fixes.map(({ title }) => title),
      ['Choose Another Picture…', 'Remove the picture from the script'],
    );
    const remove = fixes[1]?.edit;
    assert.ok(remove);
    await vscode.workspace.applyEdit(remove);
    assert.doesNotMatch((await opened(uri)).getText(), /hostname/u);
    await tells(['picture-outside: pictures/linked.png']);
  });

  it('are exchanged for others, which have to be pictures of the workspace', async () => {
    const picture = 'pictures/linked.png';
    for (const [other, why] of [
      [path.join(tmpdir(), `scenewright-secret-${process.pid}.png`), /not in the workspace/u],
      [workspacePath('script-pictures.md'), /is no PNG/u],
    ] as const) {
      assert.match(
        await rejection(run('scenewright.choosePicture', { uri, picture, file: other })),
        why,
      );
    }
    await run('scenewright.choosePicture', { uri, picture, file: at('mara.png') });
    await tells([]);
    assert.equal((await opened(uri)).getText().match(/mara\.png/gu)?.length, 2);
    await (await opened(uri)).save();
  });

  it('are named where VS Code moves them, also in a script that is not open', async () => {
    const closed = workspacePath('not-open.md');
    await writeFile(closed, text);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(vscode.Uri.file(at('mara.png')), vscode.Uri.file(at('Mara Voss (1).png')));
    assert.ok(await vscode.workspace.applyEdit(edit));
    for (const script of [file.fsPath, closed]) {
      await eventually(`the new name in ${script}`, async () => {
        const now = await readFile(script, 'utf8');
        return now.includes('picture: "pictures/Mara Voss (1).png"') || undefined;
      });
    }
    await tells([]);
    await rm(closed);
  });
});
