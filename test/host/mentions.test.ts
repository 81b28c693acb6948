import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { pngBytes } from '../../fixtures/picture-bytes.ts';
import { eventually } from '../support/eventually.ts';
import { closeEditors, opened, workspacePath } from './support.ts';

const text = `---
scenewright: 1
title: Mentions
characters:
  - name: Mara
    look: 'thirty, yellow coat ![](https://a.example/x.png) [a](command:workbench.action.quit)'
    picture: [portraits/mara.png, ../outside.png, portraits/gone.png]
  - name: Old Tom
    look: seventy
places:
  - name: Lamp room
    look: round
---

# Mentions

## Scene 1: Up

<!-- scene: k3f9x2 -->

_Lamp room · night · Mara · 8 s_

![First frame](portraits/stairs.png)

Mara waits for @Nobody.

\`\`\`prompt
@Mara lifts a lantern.
@Old
\`\`\`
`;

describe('names in a prompt', () => {
  const file = vscode.Uri.file(workspacePath('mentions.md'));

  before(async () => {
    await mkdir(workspacePath('portraits'), { recursive: true });
    for (const name of ['mara', 'stairs']) {
      await writeFile(workspacePath('portraits', `${name}.png`), pngBytes(name));
    }
    await writeFile(file.fsPath, text);
    await vscode.window.showTextDocument(await opened(file.toString()));
  });

  after(async () => {
    await closeEditors();
    await rm(file.fsPath);
    await rm(workspacePath('portraits'), { recursive: true });
  });

  const at = async (words: string, offset = words.length): Promise<vscode.Position> => {
    const document = await opened(file.toString());
    return document.positionAt(document.getText().indexOf(words) + offset);
  };

  const hoverAt = async (words: string): Promise<vscode.MarkdownString> => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      file,
      await at(words, 2),
    );
    const own = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[])[0];
    assert.ok(own, 'there is a hover');
    return own;
  };

  const picturesIn = ({ value }: vscode.MarkdownString): string[] =>
    [...value.matchAll(/!\[\]\(([^|]*)\|/gu)].map(([, address = '']) =>
      vscode.workspace.asRelativePath(vscode.Uri.parse(address, true)),
    );

  it('show on hover how they look, with pictures of the workspace alone, and no markup of others', async () => {
    const hover = await hoverAt('@Mara');
    assert.match(hover.value, /^\*\*Mara\*\*\n\nthirty&#44; yellow coat/u);
    assert.deepEqual(picturesIn(hover), ['portraits/mara.png']);
    assert.doesNotMatch(hover.value, /\]\(command:|a\.example\/x/u);
    assert.equal(hover.isTrusted ?? false, false);
  });

  it('stand for what is sent, which the prompt shows on hover with all pictures', async () => {
    const hover = await hoverAt('lifts');
    const words = hover.value.replace(/&#(\d+);/gu, (_, code: string) =>
      String.fromCharCode(+code),
    );
    assert.match(words, /Mara \(thirty, yellow coat .*\) lifts a lantern\./u);
    assert.match(words, /Setting: Lamp room, night: round\./u);
    assert.deepEqual(picturesIn(hover), ['portraits/stairs.png', 'portraits/mara.png']);
    assert.deepEqual(hover.isTrusted, { enabledCommands: ['scenewright.whatIsSent'] });
  });

  it('are offered behind an @ in a prompt, with how they look, and nowhere else', async () => {
    const offered = async (words: string): Promise<vscode.CompletionItem[]> => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        file,
        await at(words),
        '@',
        10,
      );
      return items.filter(({ label }) => typeof label === 'string' && label.startsWith('@'));
    };
    const items = await offered('@Old');
    assert.deepEqual(
      items.map(({ label, detail }) => [label, detail]),
      [
        ['@Mara', 'character'],
        ['@Old Tom', 'character'],
        ['@Lamp room', 'place'],
      ],
    );
    const { range, documentation } = items[0] ?? {};
    assert.ok(range instanceof vscode.Range);
    assert.equal((await opened(file.toString())).getText(range), '@Old');
    assert.ok(documentation instanceof vscode.MarkdownString);
    assert.deepEqual(picturesIn(documentation), ['portraits/mara.png']);
    assert.deepEqual(await offered('for @N'), []);
  });

  it('are listed wherever the script has them, in their order', async () => {
    const document = await opened(file.toString());
    const lines = async (words: string): Promise<string[]> => {
      const found = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeReferenceProvider',
        file,
        await at(words),
      );
      return found.map(({ range }) => document.lineAt(range.start.line).text);
    };
    assert.deepEqual(await lines('night · M'), [
      '  - name: Mara',
      '_Lamp room · night · Mara · 8 s_',
      'Mara waits for @Nobody.',
      '@Mara lifts a lantern.',
    ]);
    assert.deepEqual(await lines('_Lamp'), [
      '  - name: Lamp room',
      '_Lamp room · night · Mara · 8 s_',
    ]);
    assert.deepEqual(await lines('lifts a lan'), []);
  });

  it('are renamed in the whole script, and lead to where they are described', async () => {
    const document = await opened(file.toString());
    await vscode.window.showTextDocument(document);
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      file,
      await at('night · M'),
    );
    assert.deepEqual(
      found.map(({ range }) => document.getText(range)),
      ['Mara'],
    );
    assert.equal(found[0]?.range.start.line, 4);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      file,
      await at('@Ma'),
      'Ingrid',
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    const after = document.getText();
    assert.doesNotMatch(after, /Mara/u);
    for (const words of [
      '- name: Ingrid\n',
      '· Ingrid · 8 s',
      '@Ingrid lifts',
      'portraits/ingrid.png',
    ]) {
      assert.ok(after.includes(words), words);
    }
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
  });

  it('have their colour to the end, as the bible has them, on both lines where they are wrapped', async () => {
    const named = vscode.Uri.file(workspacePath('named.md'));
    const prompt = 'In the @Lamp room above @Old Tom.\n  @Old\n  Tom waits for @Nobody there.';
    await writeFile(named.fsPath, text.replace('@Mara lifts a lantern.\n@Old', prompt));
    const document = await opened(named.toString());
    const tokens = await eventually('colours of names', async () => {
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const { data } = (await vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
        'vscode.provideDocumentRangeSemanticTokens',
        named,
        whole,
      )) ?? { data: new Uint32Array() };
      return data.length > 0 ? data : undefined;
    });
    const words: string[] = [];
    let [line, character] = [0, 0];
    for (let i = 0; i < tokens.length; i += 5) {
      const [down = 0, right = 0, length = 0] = tokens.subarray(i, i + 3);
      line += down;
      character = down === 0 ? character + right : right;
      words.push(document.lineAt(line).text.slice(character, character + length));
    }
    assert.deepEqual(words, ['@Lamp room', '@Old Tom', '@Old', 'Tom']);
    await rm(named.fsPath);
  });
});
