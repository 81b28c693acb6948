import assert from 'node:assert/strict';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { untiedScenes } from '../../../src/script/untied-scenes.ts';
import { longScript } from './real-script.ts';
import { fixed, ordered, prepared, shapeFixes, tied } from './seemingly-written.ts';

const whole = longScript(7);
/** Its first four scenes are written. */
const half = whole.slice(0, whole.indexOf('## Scene 5:'));
const byHand = '## Scene 4b: By hand\n\nShe waits.\n\n```prompt\nA woman waits.\n```\n';

const heading = (k: number): RegExp =>
  new RegExp(`^## Scene ${k}: .*\\n<!-- scene: (\\w+) -->$`, 'm');
const beat = (k: number): RegExp => new RegExp(`^ *${k}\\. \\*\\*[^]*?(?=^ *${k + 1}\\. )`, 'm');
const found = (text: string): ReturnType<typeof untiedScenes> => untiedScenes(parseScript(text));
const ids = (text: string): (string | undefined)[] => parseScript(text).scenes.map(({ id }) => id);
const beatIds = (text: string): string[] => parseScript(text).outline.map(({ beat }) => beat.id);

describe('a scene of which the heading says a number alone', () => {
  it('is that of the beat with this number, where it stands in its place', () => {
    for (const words of ['Scene 4', 'Cảnh 4', 'Scene Four']) {
      const text = whole.replace(heading(4), `## ${words}`);
      assert.deepEqual(found(text), []);
      assert.equal(ordered(text), 0);
      assert.deepEqual(ids(prepared(text)), ids(whole));
    }
  });

  it('is filled where it is empty', () => {
    const text = `${half}\n## Scene 5\n`;
    assert.equal(ordered(text), 3);
    assert.equal(ids(prepared(text))[4], beatIds(text)[4]);
  });

  it('is asked about where it stands in another place', () => {
    const numbered = whole.replace(heading(4), '## Scene 4');
    const scene = /^## Scene 4\n[^]*?(?=^## )/m.exec(numbered)?.[0] ?? '';
    const text = `${numbered.replace(scene, '')}\n${scene}`;
    assert.equal(ordered(text), 1);
    assert.deepEqual(
      found(text).map(({ kind, beat: sure, maybe }) => [
        kind,
        sure,
        maybe?.map(({ index }) => index),
      ]),
      [['scene', undefined, [3]]],
    );
    const after = fixed(text, 'tie-to', ({ index }) => index === 3);
    assert.equal(ordered(after), 0);
    assert.deepEqual(found(after), []);
  });
});

describe('a beat that was copied with its id', () => {
  const [, own = ''] = /<!--\s+id:\s+(\w+)/.exec(beat(2).exec(whole)?.[0] ?? '') ?? [];
  const original = beat(2).exec(whole)?.[0] ?? '';
  const changed = original.replace(/\*\*[^*]*\*\*/, '**A storm comes up**');

  for (const [name, text, kept] of [
    ['behind its original', whole.replace(original, () => original + changed), 1],
    ['before it', whole.replace(original, () => changed + original), 2],
    ['and nothing else', whole.replace(original, () => original + original), 1],
  ] as const) {
    it(`is not taken for written (${name})`, () => {
      assert.notEqual(text, whole);
      assert.equal(ordered(text), 1);
      const after = fixed(text, 'new-id');
      assert.equal(beatIds(after)[kept], own, 'the beat of the scene keeps the id');
      assert.equal(new Set(beatIds(after)).size, 8);
      assert.deepEqual(ids(after), ids(whole));
      assert.equal(ordered(after), 1);
      assert.deepEqual(shapeFixes(after), []);
    });
  }

  it('gives a scene that was copied an id of its own, and leaves the one of the beat alone', () => {
    const scene = /^## Scene 3:[^]*?(?=^## )/m.exec(whole)?.[0] ?? '';
    const copy = scene.replace(/^## .*$/m, '## Scene 3: Another time');
    for (const text of [
      whole.replace(scene, () => scene + copy),
      whole.replace(scene, () => copy + scene),
    ]) {
      const after = parseScript(fixed(text, 'new-id')).scenes;
      const [id] = after.flatMap(({ id, scene: { title } }) =>
        title === 'Another time' ? [id] : [],
      );
      assert.ok(id !== undefined && !ids(whole).includes(id));
      assert.equal(new Set(after.map((one) => one.id)).size, 8);
    }
  });
});

describe('a scene that was put in by hand', () => {
  const text = `${half}\n${byHand}`;

  it('is asked about once: what is kept outside of the outline stays so', () => {
    assert.equal(found(text).length, 1);
    const after = fixed(text, 'keep-outside');
    assert.ok(after.includes('## Scene 4b: By hand\n<!-- outline: none -->\n'));
    assert.deepEqual(found(after), []);
    assert.equal(ordered(after), 3);
    const given = prepared(after);
    assert.deepEqual(found(given), [], 'also once it has an id');
    assert.deepEqual(parseScript(given).scenes.at(-1)?.scene.action, 'She waits.');
  });

  it('becomes a beat of the outline where it stands, and is not written again', () => {
    const after = fixed(text, 'add-to-outline');
    assert.deepEqual(found(after), []);
    assert.equal(ordered(after), 3);
    const { outline, scenes } = parseScript(after);
    assert.deepEqual(
      outline.map(({ beat: { title } }) => title.replace(/.*the (\d)th time/, '$1')),
      ['1', '2', '3', '4', 'By hand', '5', '6', '7'],
    );
    assert.equal(scenes.at(-1)?.id, outline[4]?.beat.id);
    assert.match(after, /^5\. \*\*By hand\*\* · 8 s <!-- id: \w+ -->\n\n6\. /m);
    assert.match(after, /^8\. \*\*The lamp goes out for the 7th/m);
  });

  it('becomes the first beat where it stands before all others', () => {
    const first = half.replace(/^(?=## Scene 1:)/m, `${byHand}\n`);
    assert.equal(found(first).length, 1);
    const { outline } = parseScript(fixed(first, 'add-to-outline'));
    assert.equal(outline[0]?.beat.title, 'By hand');
    assert.equal(outline.length, 8);
  });

  it('can be the beat that it was written for', () => {
    const after = fixed(text, 'tie-to', ({ index }) => index === 4);
    assert.equal(ordered(after), 2);
    assert.deepEqual(found(after), []);
  });
});

describe('prompts of the writer’s own', () => {
  const prompt = '```prompt\nA woman waits.\n```\n';

  it('are no scenes in a section that says so', () => {
    for (const title of ['Research', 'Cut material', '🗑 Deleted scenes:', 'Notizen', 'メモ']) {
      const text = `${half}\n## ${title}\n\nShe waits.\n\n### Scene 5: An old one\n\n${prompt}`;
      assert.deepEqual(found(text), [], title);
    }
  });

  it('are asked about once elsewhere', () => {
    const inSection = `${half}\n## Mist\n\nShe waits.\n\n${prompt}`;
    const inScene = `${half}\n${prompt}`;
    const inNotes = half.replace(/^(?=## Scene 2:)/m, `### Mist\n\n${prompt}\n`);
    for (const text of [inSection, inScene, inNotes]) {
      assert.equal(found(text).length, 1);
      const after = fixed(text, 'keep-outside');
      assert.deepEqual(found(after), []);
      assert.equal(after.replace('<!-- outline: none -->\n', ''), text);
      assert.equal(ordered(after), ordered(text));
    }
  });

  it('hide nothing behind the section that is kept outside', () => {
    const damaged = whole.replace(heading(7), '## Something else');
    const text = damaged.replace(
      /^(?=## Something)/m,
      `## Mist\n<!-- outline: none -->\n\n${prompt}\n`,
    );
    assert.ok(ordered(text) > 0);
    assert.equal(found(text).length, 1);
  });
});

describe('a beat that was put in the place of another', () => {
  const text = whole.replace(
    beat(4),
    '4. **A storm comes up** · 8 s\n\n   Waves break over the rocks and nobody sleeps.\n\n',
  );

  it('is not taken for that of the scene that is there: the writer is asked', () => {
    assert.equal(ordered(text), 1);
    assert.equal(tied(text), text);
    assert.deepEqual(
      shapeFixes(text).map(({ kind }) => kind),
      ['tie-to', 'add-to-outline', 'keep-outside'],
    );
    const added = fixed(text, 'add-to-outline');
    assert.equal(parseScript(added).outline.length, 8);
    assert.equal(ordered(added), 1);
    assert.deepEqual(found(added), []);
    assert.equal(ordered(fixed(text, 'tie-to')), 0);
  });
});

describe('a heading that is damaged', () => {
  for (const [damaged, words] of [
    ['##Tableau 4: $1', 'Tableau 4: '],
    ['##Tableau 4', 'Tableau 4'],
    ['**Escena 4: $1**', 'Escena 4: '],
    ['<h2 align="center">Scene 4: $1</h2>', 'Scene 4: '],
    ['\\#\\# Scene 4: $1', 'Scene 4: '],
  ] as const) {
    it(`keeps its words (${damaged})`, () => {
      const [, title = ''] = /^## Scene 4: (.*)$/m.exec(whole) ?? [];
      const text = whole.replace(/^## Scene 4: (.*)$/m, damaged);
      const line = `## ${words}${words.endsWith(': ') ? title : ''}`;
      assert.equal(tied(text), whole.replace(/^## Scene 4: .*$/m, line));
    });
  }
});

describe('a scene in a comment or a fence', () => {
  const scene = /^## Scene 4:[^]*?(?=^## )/m.exec(whole)?.[0] ?? '';
  const bare = scene.replace(/<!--.*-->\n/, '');
  for (const [name, text] of [
    ['a comment', whole.replace(scene, `<!--\n${bare}-->\n\n`)],
    ['a fence', whole.replace(scene, `\`\`\`\`\n${bare}\`\`\`\`\n\n`)],
  ] as const) {
    it(`is asked about once, and never tied by itself (${name})`, () => {
      assert.equal(ordered(text), 1);
      assert.equal(found(text).length, 1);
      assert.equal(tied(text), text);
      assert.deepEqual(
        shapeFixes(text).map(({ kind }) => kind),
        ['keep-outside'],
      );
      const after = fixed(text, 'keep-outside');
      assert.equal(after.replace('<!-- outline: none -->\n', ''), text);
      assert.deepEqual(found(after), []);
      assert.equal(ordered(after), 1);
    });
  }
});

describe('the end of a scene of which all else is gone', () => {
  const end = /^## Scene 4:[^]*?(?=^\*\*Narration)/m;
  const prompt = /^(## Scene 4:[^]*?)^```prompt\n[^]*?^```\n/m;
  const text = whole.replace(prompt, '$1').replace(end, '');

  it('is asked about, and is that of its beat when the writer says so', () => {
    assert.equal(ordered(text), 1);
    assert.deepEqual(
      found(text).map(({ kind, maybe }) => [kind, maybe?.map(({ index }) => index)]),
      [['text', [3]]],
    );
    const after = fixed(text, 'tie-to');
    assert.equal(ordered(after), 0);
    assert.deepEqual(ids(after), ids(whole));
    assert.deepEqual(found(fixed(text, 'keep-outside')), []);
  });
});
