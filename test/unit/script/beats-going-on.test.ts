import assert from 'node:assert/strict';
import type { Beat } from '../../../src/script/script-model.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { renderOutline } from '../../../src/script/render/render-scene.ts';
import { wordsOfLanguage } from '../../../src/script/render/script-words.ts';
import { sampleBeat } from './sample.ts';

function script(outline: string): string {
  return `---
scenewright: 1
characters:
  - Mara
  - Tom
places:
  - Lamp room
  - Roof
---

# A film

## Outline

${outline}
`;
}

/** Place, time and whether it goes on without a cut, of each beat. */
function where(outline: string): string[] {
  return parseScript(script(outline)).outline.map(({ beat: { place, time, contract } }) =>
    [place, time, contract.continues ? 'on' : 'cut'].join('/'),
  );
}

function beatAt(index: number, changes: Partial<Beat> & { readonly continues?: boolean }): Beat {
  const { continues = true, ...fields } = changes;
  const beat = sampleBeat(index);
  return { ...beat, ...fields, contract: { ...beat.contract, continues } };
}

/** The heads of an outline as it is written, and what is read from it. */
function written(beats: readonly Beat[]): { heads: string[]; read: readonly Beat[] } {
  const text = renderOutline(beats, wordsOfLanguage('en'));
  const { outline } = parseScript(script(text));
  const heads = text.split('\n').filter((line) => line.includes('**'));
  return { heads, read: outline.map(({ beat }) => beat) };
}

const three = [
  '1. **Up** · 8 s · Lamp room, night · Mara <!-- id: aaaaa1 -->',
  '2. **The lamp** · 8 s · … · Mara, Tom <!-- id: aaaaa2 -->',
  '3. **Dark** · 8 s · ... <!-- id: aaaaa3 -->',
] as const;

describe('a beat that has … for place and time', () => {
  it('goes on without a cut where and when the beat before is', () => {
    const all = three.join('\n');
    assert.deepEqual(where(all), [
      'Lamp room/night/cut',
      'Lamp room/night/on',
      'Lamp room/night/on',
    ]);
    const cast = parseScript(script(all)).outline.map(({ beat }) => beat.cast);
    assert.deepEqual(cast, [['Mara'], ['Mara', 'Tom'], []]);
  });

  it('goes along when the beat before changes, moves or goes', () => {
    const [up, lamp, dark] = three;
    const roof = up.replace('Lamp room, night', 'Roof');
    assert.deepEqual(where([roof, lamp, dark].join('\n')), ['Roof//cut', 'Roof//on', 'Roof//on']);
    assert.deepEqual(where([dark, up, lamp].join('\n')).slice(1), [
      'Lamp room/night/cut',
      'Lamp room/night/on',
    ]);
    assert.deepEqual(where([dark, up].join('\n'))[0], '//on', 'with nothing to go on from');
  });

  it('is read anew with the beat before while somebody types, and else stays what it was', () => {
    const before = parseScript(script(three.join('\n')));
    const summed = parseScript(script(`${three.join('\n')}\n   She waits.`), before);
    assert.equal(summed.outline[1]?.beat, before.outline[1]?.beat);
    const typed = parseScript(script(three.join('\n').replace('Lamp room', 'Roof')), before);
    assert.deepEqual(
      typed.outline.map(({ beat }) => beat.place),
      ['Roof', 'Roof', 'Roof'],
    );
  });

  it('has no problems of its own with the place', () => {
    const elsewhere = three.join('\n').replace('Lamp room', 'Attic');
    const parsed = parseScript(script(elsewhere));
    assert.deepEqual(
      parsed.problems.map(({ code, span }) => [code, elsewhere.includes('Attic') && span.start]),
      [['unknown-place', script(elsewhere).indexOf('Attic')]],
    );
    assert.ok(!reviewScript(parsed).some(({ code }) => code === 'place-jump'));
  });
});

describe('an outline as it is written', () => {
  it('says place and time once for beats that go on there, and says nothing besides of their going on', () => {
    const { heads, read } = written([0, 1, 2].map((index) => beatAt(index, {})));
    assert.match(heads[0] ?? '', / · Lamp room, night · /);
    assert.ok(heads.slice(1).every((head) => head.includes(' · 8 s · … · Mara, Old Tom <')));
    assert.deepEqual(
      read,
      [0, 1, 2].map((index) => beatAt(index, {})),
    );
  });

  it('says all of them where anything is another one', () => {
    for (const change of [
      { continues: false },
      { place: 'Roof' },
      { time: 'dawn' },
      { place: '', time: '' },
    ]) {
      const beats = [beatAt(0, {}), beatAt(1, change)];
      const { heads, read } = written(beats);
      assert.ok(
        heads.every((head) => !head.includes('…')),
        heads.join('\n'),
      );
      assert.deepEqual(read, beats);
    }
  });

  it('keeps a place that is called so', () => {
    for (const place of ['…', '...', '…, or not', '....']) {
      const beats = [beatAt(0, { place }), beatAt(1, { place: 'Roof' }), beatAt(2, { place })];
      assert.deepEqual(written(beats).read, beats);
    }
  });
});
