import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addPictures,
  pictureStanding,
  type DrawnFor,
} from '../../../src/script/edits/add-picture.ts';
import { dropFirstFrame } from '../../../src/script/edits/change-picture.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';

const scene = `## Scene 1: The stairs

<!-- scene: aaaaaa -->

*Tower · night · Mara · 8 s*

She climbs.

\`\`\`prompt
A woman climbs
\`\`\`
`;

function scriptOf(characters: string, body = scene): ParsedScript {
  return parseScript(`---
scenewright: 1
title: T
characters:${characters}
places:
  - name: Tower
    look: white
---

# T

${body}`);
}

const mara = (path = 'videos/t/pictures/mara.png'): DrawnFor => ({
  list: 'characters',
  name: 'Mara',
  path,
});
const still = (path = 'videos/t/pictures/scene-001.png'): DrawnFor => ({ scene: 'aaaaaa', path });

function added(script: ParsedScript, drawn: DrawnFor, replace = false): ParsedScript {
  return parseScript(
    applyEdits(
      script.text,
      addPictures(script, [drawn], () => replace),
    ),
  );
}

const codes = ({ problems }: ParsedScript): readonly string[] => problems.map(({ code }) => code);

const shapes: Readonly<Record<string, string>> = {
  'an entry with a look': '\n  - name: Mara\n    look: tall',
  'an entry with a look before its name': '\n  - look: tall\n    name: Mara # she',
  'a bare name': '\n  - Mara\n  - Tom',
  'a bare name in quotes': '\n  - "Mara"',
  'an entry in flow style': '\n  - { name: Mara, look: tall }',
  'a list in flow style': ' [Mara, Tom]',
  'entries in flow style': ' [{ name: Mara }, { name: Tom, look: x }]',
  'an entry with a block of text': '\n  - name: Mara\n    look: |\n      tall\n      old\n  - Tom',
  'an entry without indent': '\n- name: Mara\n- name: Tom',
};

describe('a picture that was drawn', () => {
  for (const [shape, characters] of Object.entries(shapes)) {
    it(`goes into the bible, and nothing else changes: ${shape}`, () => {
      const script = scriptOf(characters);
      const after = added(script, mara());
      assert.equal(pictureStanding(after, mara()), 'there');
      const plain = (one: ParsedScript): unknown =>
        one.bible.characters.map(({ name, look }) => [name, look]);
      assert.deepEqual(plain(after), plain(script));
      assert.deepEqual(after.bible.places, script.bible.places);
      assert.deepEqual(codes(after), codes(script));
      assert.deepEqual(
        after.scenes.map((node) => node.scene),
        script.scenes.map((node) => node.scene),
      );
    });
  }

  it('never takes the place of one that the writer has, unless that is asked for', () => {
    const script = scriptOf('\n  - name: Mara\n    picture: mine.png # by hand');
    assert.equal(pictureStanding(script, mara()), 'other');
    assert.deepEqual(addPictures(script, [mara()]), []);
    const after = added(script, mara(), true);
    assert.deepEqual(after.bible.characters[0]?.pictures, ['videos/t/pictures/mara.png']);
    assert.match(after.text, /# by hand/);
    const framed = added(scriptOf(' []'), still());
    assert.equal(pictureStanding(framed, still('other.png')), 'other');
    assert.deepEqual(addPictures(framed, [still('other.png')]), []);
    const other = added(framed, still('a (b).png'), true);
    assert.equal(other.scenes[0]?.scene.firstFrame, 'a (b).png');
  });

  it('takes the place of what gives way in every form that a script names a picture in, and of nothing else', () => {
    const all: Readonly<Record<string, string>> = {
      'a path': '\n  - name: Mara\n    picture: gone.png # by hand',
      'a list': '\n  - name: Mara\n    pictures: [gone.png]\n    look: tall',
      'a list of lines': '\n  - name: Mara\n    pictures:\n      - gone.png\n  - Tom',
      'flow style': ' [{ name: Mara, picture: "gone.png" }, Tom]',
      'a neighbour with the same one':
        '\n  - name: Tom\n    picture: gone.png\n  - name: Mara\n    picture: gone.png',
      'another one that is gone': '\n  - name: Mara\n    pictures: [gone.png, gone.jpg]',
    };
    const isGone = (path: string): boolean => path.startsWith('gone');
    for (const [form, characters] of Object.entries(all)) {
      const script = scriptOf(characters);
      assert.equal(pictureStanding(script, mara()), 'other', form);
      assert.equal(pictureStanding(script, mara(), isGone), 'free', form);
      const [edit, ...others] = addPictures(script, [mara()], isGone);
      assert.ok(edit !== undefined && others.length === 0, form);
      assert.match(script.text.slice(edit.start, edit.end), /^"?gone\.png"?$/, form);
      const after = parseScript(applyEdits(script.text, [edit]));
      assert.equal(pictureStanding(after, mara()), 'there', form);
    }
    const mixed = scriptOf('\n  - name: Mara\n    pictures: [gone.png, mine.png]');
    assert.deepEqual(addPictures(mixed, [mara()], isGone), []);
    const inside = parseScript(
      scriptOf(' []').text.replace('look: white', 'picture: { inside: gone.png }'),
    );
    const tower: DrawnFor = { list: 'places', name: 'Tower', path: 'tower.png' };
    const [place] = parseScript(applyEdits(inside.text, addPictures(inside, [tower], isGone))).bible
      .places;
    assert.deepEqual(place?.inside, ['tower.png']);
    for (const image of ['![First frame](<gone.png>)', '<img alt="First frame" src="gone.png">']) {
      const script = scriptOf(' []', scene.replace('She climbs.', `${image}\n\nShe climbs.`));
      assert.equal(script.scenes[0]?.scene.firstFrame, 'gone.png');
      const [edit] = addPictures(script, [still()], isGone);
      assert.ok(edit);
      assert.equal(script.text.slice(edit.start, edit.end), 'gone.png');
    }
  });

  it('becomes the first frame of its scene, where its line is, in every place that has one', () => {
    for (const body of [
      scene,
      scene.replace('*Tower · night · Mara · 8 s*\n\n', ''),
      scene.replace('\n<!-- scene: aaaaaa -->\n', '<!-- scene: aaaaaa -->\n'),
      scene.replaceAll('\n', '\r\n'),
    ]) {
      const script = scriptOf(' []', body);
      const after = added(script, still());
      const { firstFrame, ...told } = after.scenes[0]?.scene ?? {};
      assert.equal(firstFrame, 'videos/t/pictures/scene-001.png');
      assert.deepEqual(told, script.scenes[0]?.scene);
      assert.deepEqual(added(after, still()).text, after.text, 'once');
    }
    const { text } = added(scriptOf(' []'), still());
    assert.match(text, /8 s\*\n\n!\[First frame\]\(videos\/t\/pictures\/scene-001\.png\)\n\nShe/);
  });

  it('goes out of its scene again, and the text is as it was', () => {
    for (const eol of ['\n', '\r\n']) {
      const script = parseScript(scriptOf(' []').text.replaceAll('\n', eol));
      const framed = added(script, still('a (b).png'));
      const [node] = framed.scenes;
      assert.ok(node);
      const after = applyEdits(framed.text, dropFirstFrame(framed, node));
      assert.equal(after, script.text);
      const [bare] = script.scenes;
      assert.deepEqual(bare && dropFirstFrame(script, bare), []);
    }
  });

  it('stays away from what the script has no more', () => {
    const script = scriptOf(' []');
    for (const drawn of [mara(), { scene: 'bbbbbb', path: 'x.png' }]) {
      assert.equal(pictureStanding(script, drawn), 'gone');
      assert.deepEqual(addPictures(script, [drawn]), []);
    }
  });

  it('comes back as the path that it was, whatever that is, and breaks nothing', () => {
    const piece = fc.constantFrom(
      'a',
      'ü',
      '界',
      '](',
      ')',
      '%20',
      '%',
      ' ',
      '#',
      '"',
      "'",
      '<',
      '`',
      '&amp;',
      ':',
      '!',
      '[x]',
      '{',
      '*',
      '-',
      '..',
      '\\',
      '|',
      ', b: c',
    );
    const paths = fc
      .array(piece, { minLength: 1, maxLength: 6 })
      .map((parts) => `pictures/${parts.join('').trim()}.png`.replaceAll(/ +/g, ' '));
    fc.assert(
      fc.property(paths, (path) => {
        const script = scriptOf('\n  - name: Mara\n    look: tall');
        const edits = addPictures(script, [mara(path), still(path)]);
        const after = parseScript(applyEdits(script.text, edits));
        assert.deepEqual(after.bible.characters[0]?.pictures, [path]);
        assert.equal(after.scenes[0]?.scene.firstFrame, path);
        assert.deepEqual(
          { ...after.scenes[0].scene, firstFrame: undefined },
          { ...script.scenes[0]?.scene, firstFrame: undefined },
        );
        assert.deepEqual(codes(after), codes(script));
      }),
      { numRuns: 300 },
    );
  });
});
