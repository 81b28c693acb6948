import assert from 'node:assert/strict';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { moveScene } from '../../../src/script/edits/scenes/move-scene.ts';
import { labelWords } from '../../../src/script/parse/label-table.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { Scene } from '../../../src/script/script-model.ts';

const head = '---\nscenewright: 1\ntitle: Lamp\ncharacters:\n  - name: Mara\n---\n\n# Lamp\n\n';

const sceneWith = (body: string): string =>
  `${head}## Scene 1: Stairs\n\n<!-- scene: k3f9x2 -->\n\n${body}\n`;

function sceneOf(body: string): Scene {
  const [node] = parseScript(sceneWith(body)).scenes;
  assert.ok(node);
  return node.scene;
}

describe('the frames of a scene', () => {
  for (const [how, body] of [
    ['an image that is called so', '![First frame](media/stairs.png)'],
    ['the same in small letters and with a hyphen', '![first-frame](media/stairs.png)'],
    ['more words behind a colon', '![First frame: Mara on the stairs](media/stairs.png)'],
    ['a title', '![](media/stairs.png "First frame")'],
    ['a label before it', '**First frame:** ![alt text](media/stairs.png)'],
    ['a label without emphasis', 'First frame: ![](media/stairs.png)'],
    ['a label on a line of its own', '**First frame**\n![](media/stairs.png)'],
    ['a bullet', '- **First frame:** ![](media/stairs.png)'],
    ['an image that leads somewhere', '[![First frame](media/stairs.png)](media/stairs.png)'],
    ['HTML', '<img src="media/stairs.png" alt="First frame" width="300">'],
    ['another word', '![Opening frame](media/stairs.png)'],
  ] as const) {
    it(`are told by ${how}, and are nothing that is seen or said`, () => {
      const scene = sceneOf(`${body}\n\nMara stops.`);
      assert.equal(scene.firstFrame, 'media/stairs.png');
      assert.equal(scene.lastFrame, undefined);
      assert.equal(scene.action, 'Mara stops.');
      assert.equal(scene.dialogue.length + scene.narration.length, 0);
    });
  }

  it('are the first of each end', () => {
    const scene = sceneOf('![First frame](a.png) ![Last frame](b.png)\n\n![First frame](c.png)');
    assert.equal(scene.firstFrame, 'a.png');
    assert.equal(scene.lastFrame, 'b.png');
  });

  it('may have any sign in their path that a link can have', () => {
    assert.equal(
      sceneOf('![First frame](my%20pictures/caf%C3%A9.png)').firstFrame,
      'my pictures/café.png',
    );
    assert.equal(sceneOf('![First frame](<my pictures/a.png>)').firstFrame, 'my pictures/a.png');
    assert.equal(sceneOf('![First frame](100%.png)').firstFrame, '100%.png');
  });

  it('may have spaces in their path, as people type it, and are then no words of the action either', () => {
    for (const body of [
      '![First frame](my pictures/up  here.png)',
      '- ![First frame]( a b.png )',
    ]) {
      const { firstFrame, action } = sceneOf(`${body}\n\nMara stops.`);
      assert.ok(firstFrame === 'my pictures/up  here.png' || firstFrame === 'a b.png', body);
      assert.equal(action, 'Mara stops.');
    }
    for (const words of ['!\\[First frame](a b.png)', '`![First frame](a b.png)`']) {
      const { firstFrame, action } = sceneOf(words);
      assert.equal(firstFrame, undefined, words);
      assert.match(action, /First frame\]\(a b\.png\)/u);
    }
  });

  it('are none of the other images, nor those of the notes', () => {
    for (const body of [
      '![Mara](a.png)',
      '![](a.png)',
      'Mara.\n\n### Notes\n\n![First frame](a.png)',
    ]) {
      assert.equal(sceneOf(body).firstFrame, undefined, body);
    }
  });

  it('leave the words of a paragraph that they stand in', () => {
    const scene = sceneOf('Mara stops. ![First frame](a.png)');
    assert.equal(scene.firstFrame, 'a.png');
    assert.equal(scene.action.trim(), 'Mara stops.');
  });

  it('are told in every language of the labels', () => {
    for (const [language, words] of Object.entries(labelWords)) {
      const [first = ''] = words.firstFrame.split('|');
      const [last = ''] = words.lastFrame.split('|');
      const scene = sceneOf(`![${first}](a.png)\n\n![${last}](b.png)`);
      assert.deepEqual([scene.firstFrame, scene.lastFrame], ['a.png', 'b.png'], language);
    }
  });

  it('stay when the scene is written anew or moved', () => {
    const text = `${sceneWith('![First frame](a.png)\n\nMara stops.\n\n**Last frame:** ![](b.png)')}\n## Scene 2: Roof\n\n<!-- scene: p01a7c -->\n\nTom waits.\n`;
    const script = parseScript(text);
    const [node] = script.scenes;
    assert.ok(node);
    const anew = { ...node.scene, action: 'Mara runs.', narration: 'Nobody knew.' };
    const rewritten = parseScript(applyEdits(text, replaceScene(script, anew)));
    const { action, firstFrame, lastFrame } = rewritten.scenes[0]?.scene ?? {};
    assert.deepEqual([action, firstFrame, lastFrame], ['Mara runs.', 'a.png', 'b.png']);
    const moved = parseScript(applyEdits(text, moveScene(script, 0, 1) ?? []));
    const found = moved.scenes[1];
    assert.equal(found?.scene.firstFrame, 'a.png');
  });
});
