import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isOffScreen, isVoice } from '../../../src/script/problems/known-speakers.ts';
import { named, sameName } from '../../../src/script/names.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { renderScene } from '../../../src/script/render/render-scene.ts';
import { wordsOfLanguage } from '../../../src/script/render/script-words.ts';
import type { Scene } from '../../../src/script/script-model.ts';
import { readSeconds } from '../../../src/script/parse/scene-fields.ts';
import { changes } from './scene-changes.ts';

const front = `---
scenewright: 1
title: The Last Lamp
language: en
characters:
  - name: Mara
    look: yellow coat
  - name: Old Tom
    look: white beard
  - name: Élodie O’Hara
    look: red scarf
places:
  - name: Lamp room
    look: round
---

# The Last Lamp

`;

function read(body: string): ParsedScript {
  return parseScript(front + body);
}

describe('headings of scenes', () => {
  const headings: Record<string, [number: number | undefined, title: string]> = {
    '## Scene 2: The ship': [2, 'The ship'],
    '## Scene 2 The ship': [2, 'The ship'],
    '## Scene 2 – The ship': [2, 'The ship'],
    '## Scene 2 · The ship': [2, 'The ship'],
    '## SCENE 2.': [2, ''],
    '## Scene 2A: The ship': [undefined, 'The ship'],
    '## Scene Two': [2, ''],
    '## Scene twenty-one: The ship': [21, 'The ship'],
    '## Scene IV - The ship': [4, 'The ship'],
    '## Scene ٢: The ship': [2, 'The ship'],
    '## Scene\u00a02: The ship': [2, 'The ship'],
    '## Scene 2：The ship': [2, 'The ship'],
    '## Ｓｃｅｎｅ　２：The ship': [2, 'The ship'],
    '## **Scene 2:** The ship': [2, 'The ship'],
    '## **Scene 2: The ship**': [2, 'The ship'],
    '## __Scene 2__: The ship ##': [2, 'The ship'],
    '## [Scene 2](#two): The ship': [2, 'The ship'],
    '## \u200bScene 2: The ship': [2, 'The ship'],
    'Scene 2: The ship\n---': [2, 'The ship'],
    '## Cảnh 2': [2, ''],
    '## Szene 2: Das Schiff': [2, 'Das Schiff'],
    '## 2. Szene': [2, ''],
    '## 第三場 船': [3, '船'],
    '## シーン2：船': [2, '船'],
    '## Сцена 2. Корабль': [2, 'Корабль'],
    '## INT. LAMP ROOM - NIGHT': [undefined, 'INT. LAMP ROOM - NIGHT'],
    '## Ext. Harbour – dawn': [undefined, 'Ext. Harbour – dawn'],
    '## I/E CAR - DAY': [undefined, 'I/E CAR - DAY'],
  };
  for (const [heading, [number, title]] of Object.entries(headings)) {
    it(`are read as people type them: ${heading}`, () => {
      const { scenes } = read(`${heading}\n\nA ship comes.\n`);
      assert.deepEqual(
        scenes.map((node) => [node.number, node.scene.title, node.scene.action]),
        [[number, title, 'A ship comes.']],
      );
    });
  }

  for (const heading of [
    '## Scene 1 notes',
    '## Scene 1 Notes',
    '## Scene I forgot',
    '## Scenery 2',
    '## Notes',
    '## Internet',
    '## Int. design notes',
    '## Interior 2',
    '## Next 2 scenes',
  ]) {
    it(`are not what is only about scenes: ${heading}`, () => {
      assert.deepEqual(read(`${heading}\n\nA ship comes.\n`).scenes, []);
    });
  }

  it('give a scene its place and time where they are those of a screenplay', () => {
    const [node] = read('## INT. LAMP ROOM - NIGHT\n\nA ship comes.\n').scenes;
    assert.deepEqual([node?.scene.place, node?.scene.time], ['Lamp room', 'night']);
  });
});

describe('seconds', () => {
  const equal = [
    '12 s',
    '12',
    '12s',
    '12 sec.',
    '12 Sek.',
    '12秒',
    '１２ 秒',
    '١٢ ث',
    '१२ से',
    '12 с',
  ];
  for (const text of [
    ...equal,
    '~12 s',
    '0:12',
    '**12 s**',
    '12 giây',
    '12″',
    '12 segundos',
    '12,0 s',
  ])
    it(`are read in any script and language: ${text}`, () => {
      assert.equal(readSeconds(text), 12);
    });
  for (const text of ['long', '12 lamps', '0 s', '-3 s', 's', '12 s 3', ''])
    it(`are not guessed at: ${text}`, () => {
      assert.equal(readSeconds(text), undefined);
    });
});

describe('names of a script', () => {
  const equal: [string, string][] = [
    ['Élodie O’Hara', "élodie o'hara"],
    ['Élodie O’Hara', 'ÉLODIE\u00a0OʼHARA'],
    ['Mara', 'ＭＡＲＡ'],
    ['Mara', '\u200fMara\u200b'],
    ['Jean-Luc', 'Jean\u2011Luc'],
    ['Deniz', 'DENİZ'],
    ['Tha\u0300nh', 'TH\u00c0NH'],
    ['“Ace” Kim', '"ACE" KIM'],
  ];
  for (const [one, other] of equal)
    it(`are the same in any type: ${one}, ${other}`, () => {
      assert.ok(sameName(one, other));
    });

  it('are found also where capitals have no accents, if only one is meant', () => {
    const entries = [
      { name: 'Élodie' },
      { name: 'Hoà' },
      { name: 'Hoa' },
      { name: 'Tổ' },
      { name: 'Tó' },
    ];
    assert.equal(named(entries, 'ELODIE')?.name, 'Élodie');
    assert.equal(named(entries, 'HOA')?.name, 'Hoa');
    assert.equal(named(entries, 'TO'), undefined);
    assert.equal(named(entries, 'Elodie'), undefined);
    assert.equal(named(entries, 'ÈLODIE'), undefined);
  });
});

describe('voices', () => {
  for (const tone of [
    'hors champ',
    'hors-champ',
    'voz en off',
    'aus dem Off',
    '画外音',
    'O.S.',
    'V.O.',
    'off screen',
    'fuori campo',
    'fora de cena',
    'за кадром',
    'ngoài khung hình',
    'オフ',
    '화면 밖',
    'خارج الكادر',
    'au téléphone, lasse',
  ])
    it(`are outside of the picture in the language of the script: ${tone}`, () => {
      assert.ok(isOffScreen('Mara', tone));
    });

  for (const tone of ['softly', 'off-hand', 'aloof', 'coffee in hand', 'horsing around', 'офис'])
    it(`are not outside for part of a word: ${tone}`, () => {
      assert.ok(!isOffScreen('Mara', tone));
    });

  it('are devices that speak, too', () => {
    assert.ok(['GPS', 'GPS (bored)', 'Sat-nav', 'PA SYSTEM'].every(isVoice));
    assert.ok(!['Gpsa', 'Pam', 'Alexander'].some(isVoice));
  });
});

describe('a scene whose source is typed or formatted in another way', () => {
  const { bible } = read('');
  const scene: Scene = {
    id: 'aaaaa1',
    title: 'The lamp',
    seconds: 12,
    place: 'Lamp room',
    time: 'night',
    cast: ['Mara', 'Old Tom'],
    action: 'Mara stops on the last step.\n\nFar out, a horn sounds.',
    dialogue: [
      { speaker: 'Mara', tone: 'whispering', line: 'Not tonight.' },
      { speaker: 'Old Tom', tone: '', line: 'Then when? Say it.' },
    ],
    narration: 'Nobody had seen the lamp go out before.',
    sound: 'Wind, a far horn.',
    prompt: 'A dark lamp room.',
  };

  for (const [what, change] of Object.entries(changes)) {
    it(`says the same: ${what}`, () => {
      const source = renderScene(scene, 1, bible, wordsOfLanguage('en'));
      assert.notEqual(change(source), source, 'something is changed');
      assert.deepEqual(read(change(source)).scenes[0]?.scene, scene);
    });
  }

  it('says the same, whatever is in it and however often it is changed', () => {
    const word = fc.constantFrom(
      'the',
      'lamp',
      'goes',
      'out',
      'Mara',
      'MARA',
      'Old Tom',
      'night,',
      'never.',
    );
    const words = fc.array(word, { minLength: 1, maxLength: 30 }).map((all) => `“${all.join(' ')}`);
    const any = fc.record({
      seconds: fc.constantFrom(4, 7.5, 12),
      time: fc.constantFrom('night', 'late in the afternoon'),
      cast: fc.constantFrom(['Mara'], ['Mara', 'Old Tom'], ['Élodie O’Hara']),
      action: words,
      dialogue: fc.array(
        fc.record({
          speaker: fc.constantFrom('Mara', 'Old Tom', 'Élodie O’Hara'),
          tone: fc.constantFrom('', 'low', 'from below'),
          line: words,
        }),
        { maxLength: 3 },
      ),
      narration: words,
      sound: words,
    });
    // Of those that change the same place, each knows only how it is written.
    const of = (kind: RegExp): fc.Arbitrary<string> =>
      fc.constantFrom(...Object.keys(changes).filter((what) => kind.test(what)));
    fc.assert(
      fc.property(
        any,
        of(/^(?:speakers|colons|full-width|small|marks|what has|names)/),
        of(/labels|music as/),
        of(/^(?!labels).*line$|dots|seconds|digits/),
        (values, ...some) => {
          const wanted: Scene = structuredClone({ ...scene, ...values });
          const source = some.reduce(
            (text, what) => changes[what]?.(text) ?? text,
            renderScene(wanted, 1, bible, wordsOfLanguage('en')),
          );
          assert.deepEqual(read(source).scenes[0]?.scene, wanted, source);
        },
      ),
      { numRuns: 300 },
    );
  });

  for (const [body, expected] of [
    ['> **TODO**: Mend this.', { action: '', dialogue: [] }],
    ['TODO: Mend this.', { action: '', dialogue: [] }],
    ['> **TITLE CARD**: Two years later', { action: 'TITLE CARD: Two years later', dialogue: [] }],
    ['Music swells: she runs.', { action: 'Music swells: she runs.', dialogue: [] }],
    ['Two things: rain and fog.', { action: 'Two things: rain and fog.', dialogue: [] }],
    ['CUT TO: the sea.', { action: 'CUT TO: the sea.', dialogue: [] }],
    ['Mara: wet, tired.', { action: 'Mara: wet, tired.', dialogue: [] }],
    [
      '> GPS: Turn left.',
      { action: '', dialogue: [{ speaker: 'GPS', tone: '', line: 'Turn left.' }] },
    ],
    [
      '> Wait: not now.',
      { action: '', dialogue: [{ speaker: '', tone: '', line: 'Wait: not now.' }] },
    ],
  ] as const) {
    it(`is not taken for what it does not show: ${body}`, () => {
      const { action, dialogue } = read(`## Scene 1\n\n${body}\n`).scenes[0]?.scene ?? scene;
      assert.deepEqual({ action, dialogue }, expected);
    });
  }
});
