import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readState, stateText } from '../../../src/script/contract-facts.ts';
import type { Beat } from '../../../src/script/script-model.ts';
import { factsAfter, standingsOf } from '../../../src/script/standing-facts.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { standingAt } from '../../../src/script/standing-at.ts';
import { sampleBeat } from './sample.ts';

function beatOf(entry: string, exit: string, changes: Partial<Beat> = {}): Beat {
  const beat = sampleBeat(0);
  return { ...beat, summary: '', ...changes, contract: { ...beat.contract, entry, exit } };
}

function standings(outline: readonly Beat[]): string[][] {
  return standingsOf(outline).map(({ entry, exit }) => [stateText(entry), stateText(exit)]);
}

describe('how things stand along an outline', () => {
  it('is what was said before, but for what a beat says is different', () => {
    assert.deepEqual(
      standings([
        beatOf('Mara: oilskin coat; the lamp: dark', ''),
        beatOf('', 'Mara: soaked; the lamp: lit'),
        beatOf('(a day later) Mara: Sunday coat', ''),
        beatOf('', ''),
      ]),
      [
        ['Mara: oilskin coat; the lamp: dark', 'Mara: oilskin coat; the lamp: dark'],
        ['Mara: oilskin coat; the lamp: dark', 'Mara: oilskin coat → soaked; the lamp: lit'],
        [
          '(a day later) Mara: oilskin coat → soaked → Sunday coat; the lamp: lit',
          'Mara: oilskin coat → soaked → Sunday coat; the lamp: lit',
        ],
        [
          'Mara: oilskin coat → soaked → Sunday coat; the lamp: lit',
          'Mara: oilskin coat → soaked → Sunday coat; the lamp: lit',
        ],
      ],
    );
  });

  it('follows a fact that is changed by hand through all the beats behind it', () => {
    const outline = [beatOf('', ''), beatOf('', 'the lamp: dark'), beatOf('', ''), beatOf('', '')];
    assert.deepEqual(standings(outline)[3], ['the lamp: dark', 'the lamp: dark']);
    const changed = outline.with(1, beatOf('', 'the lamp: burning blue'));
    assert.deepEqual(standings(changed)[3], ['the lamp: burning blue', 'the lamp: burning blue']);
  });

  it('is the same where every contract says all of it again', () => {
    const short = [
      beatOf('Mara: oilskin coat; the lamp: dark', ''),
      beatOf('', 'the lamp: lit'),
      beatOf('', 'Mara: soaked'),
      beatOf('', ''),
    ];
    const full = standings(short).map(([entry = '', exit = '']) => beatOf(entry, exit));
    const sorted = (outline: readonly Beat[]): string[][] =>
      standings(outline).map((both) => both.map((text) => text.split('; ').sort().join('; ')));
    assert.deepEqual(sorted(full), sorted(short));
  });

  it('tells of people only where they are seen or spoken of, and of their things with them', () => {
    const facts = "Mara: soaked; Old Tom: asleep; Old Tom's pipe: cold; the lamp: dark";
    const [, alone, other] = standings([
      beatOf(facts, ''),
      beatOf('', '', { cast: ['Mara'] }),
      beatOf('Mara: dry', '', { cast: ['OLD TOM'] }),
    ]);
    assert.equal(alone?.[0], 'Mara: soaked; the lamp: dark');
    assert.equal(
      other?.[0],
      "Old Tom: asleep; Old Tom's pipe: cold; Mara: soaked → dry; the lamp: dark",
    );
  });

  it('tells of the things that were spoken of last, and of older ones that the beat names', () => {
    const many = Array.from({ length: 20 }, (_, i) => `thing ${i}: lies here`).join('; ');
    const [, quiet, naming] = standingsOf([
      beatOf(`the Lamp: lit; ${many}`, ''),
      beatOf('', ''),
      beatOf('', '', { summary: 'She lifts the lamp.' }),
    ]);
    assert.equal(quiet?.entry.facts.length, 12);
    assert.equal(quiet.entry.facts.at(-1)?.subject, 'thing 19');
    assert.equal(naming?.entry.facts.length, 12);
    assert.equal(naming.entry.facts[0]?.subject, 'the Lamp');
  });

  it('hands what is said of nobody by name on to the beginning of the next beat', () => {
    assert.deepEqual(
      standings([
        beatOf('', 'Mara at the window, the lantern on the floor.'),
        beatOf('', ''),
        beatOf('', ''),
      ]).map(([entry]) => entry),
      ['', 'Mara at the window, the lantern on the floor.', ''],
    );
    const both = [beatOf('', 'She is wet.'), beatOf('A dry room.', '')];
    assert.equal(standings(both)[1]?.[0], 'A dry room.');
  });

  it('takes a clock for no subject, and two ways of naming a thing for one', () => {
    assert.deepEqual(readState('it is 6:30; the clock: 6:31').facts, [
      { subject: '', state: 'it is 6:30' },
      { subject: 'the clock', state: '6:31' },
    ]);
    assert.equal(
      stateText({ since: '', facts: factsAfter([beatOf('the lamp: lit', 'Lamp: dark')]) }),
      'Lamp: dark',
    );
  });

  it('reads back as it is put into words', () => {
    const fact = fc.record({
      subject: fc.constantFrom('Mara', 'the lamp', 'Tür', '美咲'),
      state: fc.constantFrom('lit', 'a: b', '6:30', 'wet, cold', '赤い'),
    });
    fc.assert(
      fc.property(fc.constantFrom('', 'a night'), fc.array(fact), (since, facts) => {
        const read = readState(stateText({ since, facts }));
        assert.deepEqual(read, { since, facts: facts.map((one) => ({ ...one })) });
      }),
    );
  });

  it('remembers no more than it should of a story that names a thousand things', () => {
    const outline = Array.from({ length: 1000 }, (_, i) => beatOf('', `thing ${i}: lost`));
    assert.equal(factsAfter(outline).length, 300);
  });
});

describe('how things stand at a place in the document', () => {
  const text = `---
scenewright: 1
---

# A

## Outline

1. **Up** · 8 s · Roof · Mara <!-- id: aaaaa1 -->

   She climbs.

   - Leaves: Mara: soaked

2. **Down** · 8 s · Roof · Mara <!-- id: aaaaa2 -->

   She leaves.

## Scene 2: Down
<!-- scene: aaaaa2 -->

*Roof · – · Mara · 8 s*

She leaves.
`;
  const at = (words: string): string | undefined => {
    const standing = standingAt(parseScript(text), text.indexOf(words));
    return standing && stateText(standing.entry);
  };

  it('is told for a beat and for the heading of its scene, and nowhere else', () => {
    assert.equal(at('She climbs'), '');
    assert.equal(at('**Down**'), 'Mara: soaked');
    assert.equal(at('Scene 2: Down'), 'Mara: soaked');
    assert.equal(at('*Roof · –'), 'Mara: soaked');
    assert.equal(at('# A'), undefined);
    assert.equal(text.lastIndexOf('She leaves') > 0 && at('scenewright'), undefined);
  });
});
