import assert from 'node:assert/strict';
import fc from 'fast-check';
import { removePicture, replacePicture } from '../../../src/script/edits/change-picture.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { pictureNodes } from '../../../src/script/picture-nodes.ts';
import type { PicturePath } from '../../../src/script/script-model.ts';

const text = `---
scenewright: 1
title: Lamp
characters:
  - name: Mara
    picture: media/mara.png # drawn by hand
    look: yellow coat
  - name: Old Tom
    picture:
      - media/tom-face.png
      - "media/tom coat.png"
  - picture: media/ann.png
    name: Ann
  - { name: Ben, picture: [media/ben.png, 'media/ben-back.png'] }
  - Nobody
places:
  - name: Hut
    picture:
      inside: media/in.png
      outside: media/out.png
---

# Lamp

![](media/mine.png)

## Scene 1: Stairs

<!-- scene: k3f9x2 -->

![First frame: Mara](media/first%20frame.png "as drawn")

Mara stops. ![](media/other.png)

- **Last frame:** ![](<media/last (2).png>)

## Scene 2: Door

<!-- scene: k3f9x3 -->

<img alt="First frame" src="media/door.png">

She waits.

## Scene 3: Roof

<!-- scene: k3f9x4 -->

![First frame](media/the roof.png)

She looks up.
`;

/** All pictures that a text names, as they are read. */
function named(source: string): PicturePath[] {
  const { bible, scenes } = parseScript(source);
  const places = bible.places.flatMap(({ pictures = [], inside = [], outside = [] }) => [
    ...pictures,
    ...inside,
    ...outside,
  ]);
  const frames = scenes.flatMap(({ scene: { firstFrame, lastFrame } }) => [firstFrame, lastFrame]);
  return [
    ...bible.characters.flatMap(({ pictures = [] }) => pictures),
    ...places,
    ...frames,
  ].filter((one) => one !== undefined);
}

const files = named(text);

describe('where a script names its pictures', () => {
  it('is known of each that it has, and of no other image', () => {
    assert.equal(files.length, 12);
    assert.deepEqual(
      pictureNodes(parseScript(text)).map(({ file }) => file),
      files,
    );
  });

  it('is nowhere in what is no script, or has conflicts of a merge', () => {
    assert.deepEqual(pictureNodes(parseScript(text.replace('scenewright: 1', 'a: 1'))), []);
    const merged = text.replace('She waits.', '<<<<<<< a\nx\n=======\ny\n>>>>>>> b');
    assert.deepEqual(pictureNodes(parseScript(merged)), []);
  });

  for (const [index, file] of files.entries()) {
    it(`can be emptied of ${file}, and says everything else as before`, () => {
      const script = parseScript(text);
      const node = pictureNodes(script)[index];
      assert.ok(node);
      const after = applyEdits(text, [removePicture(text, node)]);
      assert.deepEqual(named(after), files.toSpliced(index, 1));
      const { scenes, bible, problems } = parseScript(after);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        bible.characters.map(({ name, look }) => [name, look]),
        script.bible.characters.map(({ name, look }) => [name, look]),
      );
      assert.deepEqual(
        scenes.map(({ scene: { action } }) => action),
        script.scenes.map(({ scene: { action } }) => action),
      );
      assert.doesNotMatch(after.replace(/^---[\s\S]*?^---/mu, ''), /\n\n\n/u);
    });
  }

  it('can name any other path, and says everything else as before', () => {
    const names = fc
      .oneof(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom(
          'été.png',
          'a (1).png',
          '100%.png',
          'a: b',
          '#1',
          "it's",
          '- x',
          '[a](b)',
          '![',
          '*a*',
        ),
      )
      .map((name) => name.replace(/[\p{C}\s]+/gu, ' ').trim())
      .filter((name) => name !== '' && name.normalize('NFC') === name)
      .map((name) => `media/${name}`);
    fc.assert(
      fc.property(names, fc.nat({ max: files.length - 1 }), (to, index) => {
        const node = pictureNodes(parseScript(text))[index];
        assert.ok(node);
        const after = applyEdits(text, [replacePicture(node, to)]);
        assert.deepEqual(named(after), files.with(index, to));
        assert.deepEqual(
          pictureNodes(parseScript(after)).map(({ file }) => file),
          named(after),
        );
      }),
    );
  });

  it('is found in a time that grows with the text alone, whatever stands there', () => {
    for (const hostile of ['<img ', '![', '![a](', '<img src="']) {
      const cpuMs = (times: number): number => {
        const long = text.replace('She waits.', hostile.repeat(times));
        const before = process.cpuUsage();
        assert.ok(pictureNodes(parseScript(long)).length >= 9, hostile);
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      };
      cpuMs(500);
      const [half, whole] = [cpuMs(1000), cpuMs(2000)];
      // Twice the text; what grows with its square would take four times as long.
      assert.ok(whole < 3 * half + 50, `${hostile}: ${half} and ${whole} ms`);
    }
  });
});
