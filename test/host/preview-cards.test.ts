import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../support/eventually.ts';
import { sampleScript } from '../unit/script/sample.ts';
import { closeEditors, finished, onDisk, opened, run, workspacePath } from './support.ts';

/** Names and prompts as they may come with a folder that somebody has cloned. */
const hostile = sampleScript(2, [0, 1])
  .replace('## Scene 1: Beat 1', '## Scene 1: A "prize" \\<img src=x onerror=alert(1)>')
  .replace('shot 2.', '</code></pre><script>alert(2)</script> [x](command:workbench.action.quit)');

/** A document as VS Code's preview draws it. */
async function drawn(uri: string): Promise<string> {
  const document = await opened(uri);
  return vscode.commands.executeCommand<string>('markdown.api.render', document);
}

/** The cards in a drawing, each to the end of its prompt. */
function cardsIn(html: string): string[] {
  return html.match(/<div class="scenewright-card"[\s\S]*?<\/pre>\s*<\/div>/gu) ?? [];
}

async function written(name: string, text: string): Promise<string> {
  const file = vscode.Uri.file(workspacePath(name));
  await writeFile(file.fsPath, text);
  return file.toString();
}

describe('the cards in the Markdown preview', () => {
  let uri: string;

  before(async () => {
    const idea = 'A lighthouse that answers a ship';
    ({ uri } = await run('scenewright.newScript', { idea, duration: 8 }));
  });

  after(closeEditors);

  it('stand around the prompts of a script, which stay as they are', async () => {
    const html = await drawn(uri);
    const cards = cardsIn(html);
    const { scenes } = await onDisk(uri);
    assert.equal(cards.length, scenes.length);
    const [card = ''] = cards;
    assert.match(card, /no clip yet/u);
    assert.ok(card.includes(`${scenes[0]?.scene.seconds} s`), card);
    assert.doesNotMatch(card, /<video|<img|<a /u);
    // What scrolling in step hangs on.
    assert.match(card, /<code[^>]*data-line="\d+"[^>]*class="[^"]*language-prompt/u);
    assert.match(html, /<h2[^>]* id="scene-1/u);
  });

  it('show the clip as seen from the script, once it is here', async () => {
    const { jobs } = await run('scenewright.renderScenes', { uri });
    await finished(jobs);
    const card = await eventually('a card that plays', async () =>
      cardsIn(await drawn(uri)).find((one) => one.includes('data-state="current"')),
    );
    assert.match(card, /clip ready/u);
    const folder = path.dirname(vscode.Uri.parse(uri).fsPath);
    for (const attribute of ['src', 'poster']) {
      const [, address = ''] = new RegExp(` ${attribute}="([^"]+)"`, 'u').exec(card) ?? [];
      assert.doesNotMatch(address, /^(?:\/|\w+:)/u);
      assert.ok(existsSync(path.join(folder, decodeURIComponent(address))), address);
    }
  });

  it('are those of the prompts that they stand around, whatever ends the lines', async () => {
    const text = sampleScript(3, [0, 2]).replaceAll('\n', '\r\n');
    const cards = cardsIn(await drawn(await written('card-lines.md', text)));
    const shots = cards.map((card) =>
      /aria-label="Scene \d: Beat (\d)[\s\S]* shot (\d)/u.exec(card),
    );
    assert.deepEqual(
      shots.map((found) => found?.slice(1)),
      [
        ['1', '1'],
        ['3', '3'],
      ],
    );
  });

  it('show the words of a stranger as they stand', async () => {
    const cards = cardsIn(await drawn(await written('card-hostile.md', hostile)));
    assert.equal(cards.length, 2);
    const all = cards.join('');
    assert.ok(all.includes('A &quot;prize&quot; &lt;img src=x onerror=alert(1)&gt;'), all);
    assert.ok(all.includes('&lt;script&gt;alert(2)&lt;/script&gt; [x](command:'), all);
    assert.doesNotMatch(all, /<img|<script|<a /u);
  });

  it('are not in Markdown that is no script', async () => {
    const other = await written('card-none.md', '# Notes\n\n```prompt\nA lamp.\n```\n');
    const html = await drawn(other);
    assert.deepEqual(cardsIn(html), []);
    assert.match(html, /language-prompt/u);
    const loose = await vscode.commands.executeCommand<string>(
      'markdown.api.render',
      sampleScript(2, [0]),
    );
    assert.deepEqual(cardsIn(loose), []);
  });

  afterEach(async () => {
    for (const name of ['card-lines.md', 'card-hostile.md', 'card-none.md']) {
      await rm(workspacePath(name), { force: true });
    }
  });
});
