import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { pngBytes } from '../../fixtures/picture-bytes.ts';
import { eventually } from '../support/eventually.ts';
import { OrderRecorder, type RecordedOrder } from './order-recorder.ts';
import { reset } from './sample-studio.ts';
import {
  api,
  closeEditors,
  finished,
  opened,
  rejection,
  run,
  set,
  type,
  workspacePath,
} from './support.ts';

const model = 'bytedance/seedance-2.0';

const scene = (id: string, frame: string, prompt: string): string => `

## Scene: ${id}

<!-- scene: ${id} -->

_Hut · night · Mara, Tom · 5 s_
${frame === '' ? '' : `\n![First frame](media/${frame})\n`}
She waits.

\`\`\`prompt
${prompt}
\`\`\`
`;

const text = `---
scenewright: 1
title: What is sent
characters:
  - name: Mara
    look: thirty, yellow coat
    picture: media/mara.png
  - name: Tom
    look: seventy, white beard
    picture: [media/tom.png, media/tom-back.png]
    seed: 41
places:
  - name: Hut
    look: low, of dark wood
    picture: media/hut.png
    seed: 7
---

# What is sent
${scene('aaaaa1', '', '@Tom lifts a lantern.')}${scene('aaaaa2', 'stairs.png', 'A woman waits.')}`;

describe('what is sent of a scene', () => {
  const recorder = new OrderRecorder({
    id: model,
    supported_durations: [5],
    supported_aspect_ratios: ['16:9'],
    supported_frame_images: ['first_frame'],
    seed: true,
  });
  const file = vscode.Uri.file(workspacePath('what-is-sent.md'));
  const uri = file.toString();

  before(async () => {
    await mkdir(workspacePath('media'), { recursive: true });
    for (const name of ['mara', 'tom', 'tom-back', 'hut', 'stairs']) {
      await writeFile(workspacePath('media', `${name}.png`), pngBytes(name));
    }
    await writeFile(file.fsPath, text);
    await recorder.open();
    await run('scenewright.chooseStudio', {
      provider: 'openrouter',
      model,
      baseUrl: recorder.baseUrl,
    });
    await run('scenewright.addAccount', {
      provider: 'openrouter',
      name: 'Recorder',
      secret: 'a-key',
    });
    await set('video.pollSeconds', 1);
  });

  after(async () => {
    await reset();
    await recorder.close();
    await closeEditors();
    await rm(file.fsPath);
    await rm(workspacePath('media'), { recursive: true });
  });

  it('is what the studio then gets, picture by picture, and showing it orders nothing', async () => {
    for (const number of [1, 2]) {
      const before = recorder.orders.length;
      const shown = await run('scenewright.whatIsSent', { uri, scene: number });
      assert.deepEqual(shown.problems, []);
      assert.equal(recorder.orders.length, before, 'nothing was ordered');
      const { jobs } = await run('scenewright.renderScenes', {
        uri,
        scenes: [number],
        confirmed: (await api()).consent,
      });
      await finished(jobs);
      const order: RecordedOrder | undefined = recorder.orders[before];
      assert.ok(order, 'it was ordered');
      assert.equal(order.prompt, shown.prompt);
      assert.equal(order.duration, shown.seconds);
      assert.equal(order.aspect_ratio, shown.aspect);
      const frames = (order.frame_images ?? []).map(({ image_url }) => image_url.url);
      const references = (order.input_references ?? []).map(({ image_url }) => image_url.url);
      const { firstFrame } = shown;
      assert.deepEqual(frames, firstFrame === undefined ? [] : [await addressOf(firstFrame)]);
      assert.deepEqual(
        references,
        await Promise.all(shown.references.map((one) => addressOf(one.file))),
      );
      assert.ok(frames.length + references.length > 0, 'there are pictures');
      assert.equal(order.seed, 41);
      assert.equal(shown.asked, 'the seed 41');
    }
  });

  it('names what the model does without, and why', async () => {
    const { references, dropped, firstFrame } = await run('scenewright.whatIsSent', {
      uri,
      scene: 2,
    });
    assert.deepEqual(references, []);
    assert.equal(firstFrame, workspacePath('media', 'stairs.png'));
    assert.equal(dropped.length, 4);
    assert.match(dropped.join('; '), /the picture of Mara: .*either frames or pictures/u);
    const first = await run('scenewright.whatIsSent', { uri, scene: 1 });
    assert.deepEqual(
      first.references.map(({ name }) => name),
      ['Tom', 'Mara', 'Hut', 'Tom'],
    );
    assert.deepEqual(first.dropped, []);
  });

  it('says what stands against an order, and all that the scene says', async () => {
    await rm(workspacePath('media', 'hut.png'));
    const shown = await run('scenewright.whatIsSent', { uri, scene: 1 });
    assert.match(shown.problems.join(' '), /media\/hut\.png is not there/u);
    assert.match(shown.prompt, /^Tom \(seventy, white beard\) lifts a lantern\./u);
    await writeFile(workspacePath('media', 'hut.png'), pngBytes('hut'));
    await set('video.model', 'nobody/lists-this');
    const other = await run('scenewright.whatIsSent', { uri, scene: 1 });
    assert.match(other.note ?? '', /does not list/u);
    await set('video.model', model);
    assert.match(await rejection(run('scenewright.whatIsSent', { uri, scene: 9 })), /no scene 9/u);
  });

  it('is shown on a page that follows the script and leads to the pictures', async () => {
    const document = await opened(uri);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('scenewright.whatIsSent', {
      uri,
      scene: 1,
      isLink: true,
    });
    const page = await eventually('the page', () =>
      Promise.resolve(
        vscode.workspace.textDocuments.find((open) => open.uri.scheme === 'scenewright-sent'),
      ),
    );
    const says = (words: RegExp): Promise<true> =>
      eventually(`a page that says ${words}`, () =>
        Promise.resolve(words.test(page.getText()) || undefined),
      );
    await says(/Tom \(seventy, white beard\) lifts a lantern\./u);
    assert.match(page.getText(), /- Tom: media\/tom\.png\n/u);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      page.uri,
    );
    const targets = links.map(({ target }) => target?.fsPath);
    assert.ok(targets.includes(workspacePath('media', 'tom-back.png')), targets.join());
    await type(document, document.getText().indexOf('lifts'), 'slowly ');
    await says(/slowly lifts a lantern/u);
    await vscode.commands.executeCommand('workbench.action.files.revert', file);
  });
});

async function addressOf(picture: string): Promise<string> {
  return `data:image/png;base64,${(await readFile(picture)).toString('base64')}`;
}
