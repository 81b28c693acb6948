import assert from 'node:assert/strict';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { pictureNodes } from '../../../../src/script/picture-nodes.ts';
import '../../../support/fake-vscode.ts';

const { drawingOf } = await import('../../../../src/editor/pictures/picture-problems.ts');

const scene = (
  number: number,
  id: string,
  frames: string,
): string => `## Scene ${number}: The stairs

<!-- scene: ${id} -->

*Tower · night · Mara · 8 s*

${frames}

She climbs.
`;

const script = parseScript(`---
scenewright: 1
title: T
characters:
  - name: Mara
    picture: mara.png
  - name: Tom
    pictures: [tom.png, tom-2.png]
places:
  - name: Tower
    picture: tower.png
  - name: Cellar
    picture: both.png
  - name: Attic
    picture: both.png
---

# T

${scene(1, 'aaaaaa', '![First frame](one.png)\n\n![Last frame](last.png)')}
${scene(2, 'bbbbbb', '![First frame](two.png)')}`);

describe('a picture that is not there', () => {
  it('is drawn where it is the first frame of a scene, or the only one of somebody or a place', () => {
    const offered = pictureNodes(script).map((node) => {
      const drawing = drawingOf(script, node);
      return [node.file, drawing && JSON.stringify(drawing)];
    });
    const sheet = (kind: string, name: string): string =>
      JSON.stringify({
        subject: { kind, name },
        command: 'scenewright.drawSheets',
        argument: { names: [name] },
      });
    const still = (number: number, id: string): string =>
      JSON.stringify({
        subject: { kind: 'still', id },
        command: 'scenewright.drawStills',
        argument: { scenes: [number] },
      });
    assert.deepEqual(offered, [
      ['mara.png', sheet('character', 'Mara')],
      ['tom.png', undefined],
      ['tom-2.png', undefined],
      ['tower.png', sheet('place', 'Tower')],
      ['both.png', undefined],
      ['both.png', undefined],
      ['one.png', still(1, 'aaaaaa')],
      ['last.png', undefined],
      ['two.png', still(2, 'bbbbbb')],
    ]);
  });
});
