import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { pictureHash, shownPictures } from '../../../src/script/picture-text.ts';
import type { Scene } from '../../../src/script/script-model.ts';
import { wantedPictures, wantedSeed } from '../../../src/script/wanted-pictures.ts';
import { editFrontMatter } from '../../../src/script/edits/edit-front-matter.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';

const text = `---
scenewright: 1
title: Lamp
characters:
  - name: Mara
    look: yellow coat
    picture: media/mara.png
    seed: 7
  - name: Old Tom
    picture:
      - media/tom-face.png
      - media/tom-coat.png
  - Nobody
places:
  - name: Hut
    picture:
      inside: media/hut-inside.png
      outside: media/hut-outside.png
  - name: Lamp room
    picture: media/room.png
---

# Lamp
`;

const { bible } = parseScript(text);

function wanted(scene: Partial<Scene>): string[] {
  const empty = parseScript(`${text}\n## Scene 1: A\n\n<!-- scene: k3f9x2 -->\n`).scenes[0]?.scene;
  assert.ok(empty);
  return wantedPictures({ ...empty, ...scene }, bible).map(({ role, file, name }) =>
    role === 'reference' ? `${name}: ${file.replace('media/', '')}` : `${role}: ${file}`,
  );
}

describe('the pictures of the bible', () => {
  it('are a path, a list of paths, or those of inside and outside', () => {
    const [mara, tom, nobody] = bible.characters;
    const [hut, room] = bible.places;
    assert.deepEqual(mara, {
      name: 'Mara',
      look: 'yellow coat',
      voice: '',
      pictures: ['media/mara.png'],
      seed: 7,
    });
    assert.deepEqual(tom?.pictures, ['media/tom-face.png', 'media/tom-coat.png']);
    assert.deepEqual(nobody, { name: 'Nobody', look: '', voice: '' });
    assert.deepEqual(hut, {
      name: 'Hut',
      look: '',
      inside: ['media/hut-inside.png'],
      outside: ['media/hut-outside.png'],
    });
    assert.deepEqual(room?.pictures, ['media/room.png']);
  });

  it('stay when the front matter is edited', () => {
    const { layout } = parseScript(text).reading;
    const edits = editFrontMatter(text, layout, {
      set: { title: 'Lantern' },
      add: { characters: [{ name: 'Ann' }], places: [{ name: 'Hut' }] },
    });
    const after = parseScript(applyEdits(text, edits));
    assert.deepEqual(after.bible.characters.slice(0, 3), bible.characters);
    assert.deepEqual(after.bible.places, bible.places);
  });

  it('have no seed that no service takes', () => {
    const bad = parseScript(text.replace('seed: 7', 'seed: many'));
    assert.equal(bad.bible.characters[0]?.seed, undefined);
    assert.deepEqual(
      bad.problems.map(({ code }) => code),
      ['front-matter-value'],
    );
  });
});

describe('the seed that a scene asks for', () => {
  const seeds = parseScript(
    text
      .replace('  - name: Old Tom\n', '  - name: Old Tom\n    seed: 9\n')
      .replace('  - name: Lamp room\n', '  - name: Lamp room\n    seed: 3\n'),
  ).bible;
  const seedOf = (scene: Partial<Scene>): number | undefined => {
    const empty = parseScript(`${text}\n## Scene 1: A\n`).scenes[0]?.scene;
    assert.ok(empty);
    return wantedSeed({ ...empty, ...scene }, seeds);
  };

  it('is that of the first character that it shows, and without any that of its place', () => {
    assert.equal(seedOf({ cast: ['Mara', 'Old Tom'] }), 7);
    assert.equal(seedOf({ cast: ['Mara', 'Old Tom'], prompt: '@Lamp room, @Old Tom' }), 9);
    assert.equal(seedOf({ cast: ['Nobody', 'Old Tom'], place: 'Lamp room' }), 9);
    assert.equal(seedOf({ cast: ['Nobody'], place: 'Lamp room' }), 3);
    assert.equal(seedOf({ cast: ['Nobody'], place: 'Hut' }), undefined);
  });
});

describe('the pictures that a scene asks for', () => {
  it('are those whom the prompt names, in that order, then of the cast and the place', () => {
    assert.deepEqual(
      wanted({ prompt: '@Old Tom', cast: ['Mara', 'Old Tom'], place: 'Lamp room' }),
      ['Old Tom: tom-face.png', 'Mara: mara.png', 'Lamp room: room.png', 'Old Tom: tom-coat.png'],
    );
  });

  it('begin with the frames', () => {
    assert.deepEqual(wanted({ cast: ['Mara'], firstFrame: 'a.png', lastFrame: 'b.png' }), [
      'firstFrame: a.png',
      'lastFrame: b.png',
      'Mara: mara.png',
    ]);
  });

  it('are none of those who are not shown', () => {
    assert.deepEqual(wanted({ cast: ['Nobody', 'Stranger'], place: 'Roof' }), []);
  });

  it('are of the side of a place on which the scene is set, and of both where it does not say', () => {
    const [inside, outside] = ['Hut: hut-inside.png', 'Hut: hut-outside.png'];
    assert.deepEqual(wanted({ place: 'Hut', time: 'night, inside' }), [inside]);
    assert.deepEqual(wanted({ place: 'Hut', time: 'outside' }), [outside]);
    assert.deepEqual(wanted({ place: 'Hut', title: 'EXT. HUT - NIGHT' }), [outside]);
    assert.deepEqual(wanted({ place: 'Hut', title: 'INT. HUT' }), [inside]);
    assert.deepEqual(wanted({ place: 'Hut', title: 'Interest', time: 'night' }), [inside, outside]);
    assert.deepEqual(wanted({ place: 'Hut', title: 'INT./EXT. HUT' }), [inside, outside]);
  });
});

/** A film of which anything may be changed: what stands in pictures is in `contents`. */
interface Film {
  readonly text: string;
  readonly contents: Readonly<Record<string, string>>;
}

const names = ['Mara', 'Tom', 'Ann'];
const files = [
  ...names.map((name) => `${name}.png`),
  'room.png',
  'hut.png',
  'f1.png',
  'f2.png',
  'f3.png',
];

function film(scenes: readonly SceneFacts[]): Film {
  const bibleText = [
    '---\nscenewright: 1\ntitle: Film\ncharacters:',
    ...names.map(
      (name) => `  - name: ${name}\n    look: look of ${name}\n    picture: ${name}.png`,
    ),
    'places:\n  - name: Room\n    picture: room.png\n  - name: Hut\n    picture: hut.png\n---\n\n# Film\n',
  ].join('\n');
  const sections = scenes.map(({ cast, place, mention, frame }, i) =>
    [
      `## Scene ${i + 1}: Beat ${i + 1}`,
      `<!-- scene: aaaaa${i} -->`,
      `_${place} · night · ${cast.join(', ') || '–'} · 8 s_`,
      ...(frame === undefined ? [] : [`![First frame](${frame})`]),
      'They wait.',
      '> **MARA**: Not tonihgt.',
      `\`\`\`prompt\nShot ${i + 1}${mention === undefined ? '' : ` of @${mention}`}.\n\`\`\``,
    ].join('\n\n'),
  );
  return {
    text: `${bibleText}\n${sections.join('\n\n')}\n`,
    contents: Object.fromEntries(files.map((file) => [file, `content of ${file}`])),
  };
}

interface SceneFacts {
  readonly cast: readonly string[];
  readonly place: string;
  readonly mention: string | undefined;
  readonly frame: string | undefined;
}

function hashes({ text, contents }: Film): string[] {
  const script: ParsedScript = parseScript(text);
  return script.scenes.map(({ scene }) => {
    const shown = wantedPictures(scene, script.bible).map(({ role, file, name }) => ({
      role,
      ...(name === undefined ? {} : { name }),
      sha256: contents[file] ?? '',
    }));
    const { style, aspect } = script.brief;
    return pictureHash(scene, script.bible, style, aspect, shownPictures(shown));
  });
}

const sceneFacts: fc.Arbitrary<SceneFacts> = fc.record({
  cast: fc.uniqueArray(fc.constantFrom(...names)),
  place: fc.constantFrom('Room', 'Hut', 'Roof'),
  mention: fc.option(fc.constantFrom(...names), { nil: undefined }),
  frame: fc.option(fc.constantFrom('f1.png', 'f2.png', 'f3.png'), { nil: undefined }),
});

describe('what a clip shows', () => {
  const stale = (before: Film, after: Film): number[] => {
    const [old, now] = [hashes(before), hashes(after)];
    return now.flatMap((hash, i) => (hash === old[i] ? [] : [i]));
  };

  it('is another picture in exactly the scenes that show what has changed', () => {
    fc.assert(
      fc.property(
        fc.array(sceneFacts, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...files),
        (scenes, file) => {
          const before = film(scenes);
          const after = { ...before, contents: { ...before.contents, [file]: 'painted over' } };
          const shows = ({ cast, place, mention, frame }: SceneFacts): boolean =>
            [...cast, mention].some((name) => `${name}.png` === file) ||
            `${place.toLowerCase()}.png` === file ||
            frame === file;
          assert.deepEqual(
            stale(before, after),
            scenes.flatMap((scene, i) => (shows(scene) ? [i] : [])),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is another look in exactly the scenes that show it, and no other for a word that is spoken', () => {
    fc.assert(
      fc.property(
        fc.array(sceneFacts, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...names),
        (scenes, name) => {
          const before = film(scenes);
          const look = before.text.replace(`look of ${name}`, 'bald');
          assert.deepEqual(
            stale(before, { ...before, text: look }),
            scenes.flatMap(({ cast, mention }, i) =>
              cast.includes(name) || mention === name ? [i] : [],
            ),
          );
          const words = before.text.replaceAll('tonihgt', 'tonight');
          assert.deepEqual(stale(before, { ...before, text: words }), []);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the same where a picture has only another name', () => {
    const before = film([{ cast: ['Mara'], place: 'Room', mention: undefined, frame: 'f1.png' }]);
    const text = before.text.replaceAll('Mara.png', 'sheets/m.png').replace('f1.png', 'still.png');
    const contents = {
      ...before.contents,
      'sheets/m.png': before.contents['Mara.png'] ?? '',
      'still.png': before.contents['f1.png'] ?? '',
    };
    assert.deepEqual(stale(before, { text, contents }), []);
  });
});
