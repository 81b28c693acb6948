import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../support/eventually.ts';
import { closeEditors, finished, onDisk, opened, run, type, workspacePath } from './support.ts';

/** As it may come with a folder that somebody has cloned. */
const hostile = `---
scenewright: 1
title: A film from elsewhere
duration: 8
---

# A film from elsewhere

## Scene 1: Win \\[a prize\\](command:workbench.action.quit) $(zap) ![](https://a.example/x.png) <b>bold</b>

<!-- scene: k3f9x2 -->

_Lamp room · night · Mara · 8 s_

Mara stops on the last step.
`;

interface Link {
  readonly label: string;
  readonly command: string;
  readonly argument: unknown;
}

/** What stands in the hover of a scene's heading, and what can be clicked there. */
async function hoverOf(
  uri: string,
  words = '## Scene 1',
): Promise<{ text: string; links: Link[] }> {
  const document = await opened(uri);
  const at = document.positionAt(document.getText().indexOf(words) + 4);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    at,
  );
  const own = hovers
    .flatMap(({ contents }) => contents as vscode.MarkdownString[])
    .find(({ value }) => value.includes('Scene'));
  assert.ok(own, 'there is a hover');
  const links = [...own.value.matchAll(/\[([^\]]*)\]\(command:([\w.]+)\?([^)]*)\)/gu)].map(
    ([, label = '', command = '', argument = '']): Link => {
      const [only] = JSON.parse(decodeURIComponent(argument)) as unknown[];
      return { label, command, argument: only };
    },
  );
  const { enabledCommands = [] } = own.isTrusted as { enabledCommands?: readonly string[] };
  for (const { command } of links) assert.ok(enabledCommands.includes(command), command);
  const text = own.value.replace(/&#(\d+);/gu, (_, code: string) => String.fromCharCode(+code));
  return { text, links };
}

/** Resolves once the hover says this: how clips stand is told a moment after it has changed. */
async function shown(uri: string, words: string): Promise<true> {
  return eventually(`a hover that says “${words}”`, async () =>
    (await hoverOf(uri)).text.includes(words) ? true : undefined,
  );
}

describe('the hover of a scene', () => {
  let uri: string;
  const labels = async (): Promise<string[]> =>
    (await hoverOf(uri)).links.map(({ label }) => label);

  before(async () => {
    const idea = 'A harbour whose lamp has gone out';
    ({ uri } = await run('scenewright.newScript', { idea, duration: 8 }));
  });

  after(closeEditors);

  it('says how long it is and that there is no clip yet, and offers to render it', async () => {
    const { text, links } = await hoverOf(uri);
    const { title, seconds } = (await onDisk(uri)).scenes[0]?.scene ?? {};
    assert.ok(text.includes(`**Scene 1: ${title}**`), text);
    assert.ok(text.includes(`$(file-text) no clip yet · ${seconds} s`), text);
    assert.doesNotMatch(text, /!\[/u);
    const [render, ...others] = links;
    assert.deepEqual([render?.label, others], ['Render', []]);
    assert.equal(render?.command, 'scenewright.renderScenes');
    const { jobs } = await vscode.commands.executeCommand<{ jobs: string[] }>(
      render.command,
      render.argument,
    );
    await finished(jobs);
    await shown(uri, 'clip ready');
  });

  it('shows the picture of a clip that is here, and plays it', async () => {
    const { text, links } = await hoverOf(uri);
    const [, picture = ''] = /!\[\]\(([^|]*)\|width=320\)/u.exec(text) ?? [];
    const file = vscode.Uri.parse(picture, true).fsPath;
    assert.ok(file.startsWith(workspacePath('videos')) && file.endsWith('.png'), file);
    assert.ok(text.includes('$(pass-filled) clip ready'), text);
    const [play, ...others] = links;
    assert.deepEqual([play?.label, play?.command, others], ['Play', 'scenewright.openClip', []]);
    await vscode.commands.executeCommand('scenewright.openClip', play?.argument);
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    assert.match((input as vscode.TabInputCustom).uri.fsPath, /scene-001\.mp4$/u);
    await closeEditors();
  });

  it('is the same on the line with place and time, and still tells how things stand', async () => {
    const script = await onDisk(uri);
    const { lineSpan } = script.scenes[0] ?? {};
    assert.ok(lineSpan);
    const line = script.text.slice(lineSpan.start, lineSpan.end);
    const { text } = await hoverOf(uri, line);
    assert.ok(text.includes('clip ready') && text.includes('As it begins:'), text);
  });

  it('says that a clip is stale as soon as the text is another', async () => {
    const document = await opened(uri);
    const { promptSpan } = (await onDisk(uri)).scenes[0] ?? {};
    assert.ok(promptSpan);
    await type(document, document.getText().indexOf('\n', promptSpan.start) + 1, 'Snow. ');
    await shown(uri, '$(history) clip is stale');
    assert.deepEqual(await labels(), ['Play', 'Render again']);
    await vscode.commands.executeCommand('undo');
    assert.deepEqual(await labels(), ['Play']);
    await document.save();
  });

  it('shows clips and pictures that came with the folder, of which no job tells', async () => {
    const folder = workspacePath('videos', 'came-along');
    const clips = path.dirname(await clipOf(uri));
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(clips)) {
      await copyFile(path.join(clips, name), path.join(folder, name));
    }
    const file = vscode.Uri.file(workspacePath('came-along.md'));
    const text = (await opened(uri)).getText();
    await writeFile(
      file.fsPath,
      text.replaceAll(/<!-- scene: \w+ -->/gu, '<!-- scene: zzzzz9 -->'),
    );
    const { text: words, links } = await hoverOf(file.toString());
    assert.match(words, /videos\/came-along\/scene-001\.png/u);
    assert.deepEqual(
      links.map(({ label }) => label),
      ['Play'],
    );
    await rm(file.fsPath);
  });

  it('shows the words of a stranger as they stand, and links to nothing of theirs', async () => {
    const file = vscode.Uri.file(workspacePath('elsewhere-hover.md'));
    await writeFile(file.fsPath, hostile);
    const { text, links } = await hoverOf(file.toString());
    assert.ok(text.includes('Win [a prize](command:workbench.action.quit) $(zap)'), text);
    assert.deepEqual(
      links.map(({ command }) => command),
      ['scenewright.renderScenes'],
    );
    await rm(file.fsPath);
  });

  it('has the one command say what is missing', async () => {
    const other = await run('scenewright.newScript', { idea: 'No clip of this', duration: 4 });
    const open = vscode.commands.executeCommand('scenewright.openClip', {
      uri: other.uri,
      scene: 1,
    });
    await assert.rejects(Promise.resolve(open), /Scene 1 has no clip yet/u);
  });
});

async function clipOf(uri: string): Promise<string> {
  const { text } = await hoverOf(uri);
  const [, picture = ''] = /!\[\]\(([^|]*)\|/u.exec(text) ?? [];
  return vscode.Uri.parse(picture, true).fsPath;
}
