import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Beat } from '../../../../src/script/script-model.ts';
import { factsAfter } from '../../../../src/script/standing-facts.ts';
import { factKey } from '../../../../src/script/contract-facts.ts';
import { type Settled, SettledBeats } from '../../../../src/writing/planning/settled-beats.ts';
import type { Act } from '../../../../src/models/writer-tasks.ts';
import { findRepeats } from '../../../../src/writing/planning/repeated-beats.ts';

function beatOf(
  entry: string,
  exit: string,
  {
    contract,
    ...changes
  }: Partial<Omit<Beat, 'contract'>> & { contract?: Partial<Beat['contract']> } = {},
): Beat {
  return {
    id: 's00001',
    title: 'Beat',
    seconds: 8,
    place: 'Lamp room',
    time: 'night',
    cast: ['Mara', 'Tom'],
    summary: 'Something happens.',
    ...changes,
    contract: { entry, exit, handOff: 'A sound.', continues: false, ...contract },
  };
}

const goesOn = { contract: { continues: true } };

function settle(planned: readonly Beat[], acts: readonly Act[] = []): Settled {
  return new SettledBeats([], ['Mara', 'Tom']).settle(planned, acts);
}

function contractsOf(beats: readonly Beat[]): (readonly [string, string])[] {
  return beats.map(({ contract: { entry, exit } }) => [entry, exit] as const);
}

describe('the beats of a plan', () => {
  it('go on only in the same place and at the same time', () => {
    const goingOn = (later: Beat): boolean =>
      settle([beatOf('', ''), later]).beats[1]?.contract.continues === true;
    assert.ok(goingOn(beatOf('', '', goesOn)));
    assert.ok(goingOn(beatOf('', '', { ...goesOn, place: 'LAMP  room', time: '' })));
    assert.ok(!goingOn(beatOf('', '', { ...goesOn, place: 'Pier' })));
    assert.ok(!goingOn(beatOf('', '', { ...goesOn, time: 'dawn' })));
    const first = settle([beatOf('', '', goesOn)]);
    assert.equal(first.beats[0]?.contract.continues, false);
    assert.deepEqual(first.notes, []);
  });

  it('say what has changed at a cut, and of what goes on only what nobody knew of', () => {
    const before = beatOf('', 'Mara: oilskin coat; the lamp: dark');
    const opens = '(a day later) Mara: oilskin coat; the lamp: lit; the door: open';
    const cut = settle([before, beatOf(opens, '')]).beats;
    assert.equal(cut[1]?.contract.entry, '(a day later) the lamp: lit; the door: open');
    const on = settle([before, beatOf(opens, '', goesOn)]).beats;
    assert.equal(on[1]?.contract.entry, 'the door: open');
  });

  it('say of somebody that all is again as it was', () => {
    const planned = ['dry', 'soaked', 'dry', 'dry'].map((state) => beatOf('', `Mara: ${state}`));
    assert.deepEqual(
      settle(planned).beats.map(({ contract }) => contract.exit),
      ['Mara: dry', 'Mara: soaked', 'Mara: dry', ''],
    );
    const full = ['coat', 'coat → wet', 'coat → wet → torn'].map((all) =>
      beatOf('', `Mara: ${all}`),
    );
    assert.deepEqual(
      settle(full).beats.map(({ contract }) => contract.exit),
      ['Mara: coat', 'Mara: wet', 'Mara: torn'],
    );
  });

  it('begin an act with what the one before was to change and did not', () => {
    const acts = [
      { title: 'A', summary: 'B', first: 0, count: 1, entry: '', exit: '' },
      {
        title: 'A',
        summary: 'B',
        first: 1,
        count: 2,
        entry: 'sea: calm',
        exit: 'sea: calm; Tom: asleep; the lamp: lit; Mara: wet',
      },
      { title: 'A', summary: 'B', first: 3, count: 1, entry: 'x: y', exit: '' },
    ];
    const planned = [
      beatOf('', 'the sea: rough'),
      beatOf('', 'Mara: wet'),
      beatOf('', 'Mara: dry'),
      beatOf('(at dawn) lamp: dark', ''),
    ];
    assert.deepEqual(contractsOf(settle(planned, acts).beats).slice(1), [
      ['', 'Mara: wet'],
      ['', 'Mara: dry'],
      ['(at dawn) Tom: asleep; lamp: dark', ''],
    ]);
  });

  it('go on from those that the document has already', () => {
    const before = [beatOf('', 'Mara: wet; the lamp: lit', { title: 'A' })];
    const settled = new SettledBeats(before, ['Mara']);
    const { beats } = settled.settle(
      [beatOf('the lamp: lit', 'Mara: wet; the lamp: out', goesOn)],
      [],
    );
    assert.deepEqual(contractsOf(beats), [['', 'the lamp: out']]);
    assert.equal(beats[0]?.contract.continues, true);
  });

  it('mean the same however often their contracts say a thing, and say it once', () => {
    const fact = fc
      .tuple(
        fc.constantFrom('Mara', 'MARA', 'Tom', 'the lamp', 'lamp', ''),
        fc.constantFrom('coat', 'Coat.', 'a: b', '雨', '!', '(x'),
      )
      .map(([subject, state]) => (subject === '' ? state : `${subject}: ${state}`));
    const state = fc
      .tuple(fc.constantFrom('', '(a day later) '), fc.array(fact, { maxLength: 4 }))
      .map(([since, facts]) => since + facts.join('; '));
    const beat = fc
      .record({ entry: state, exit: state, cast: fc.subarray(['Mara', 'Tom']) })
      .map(({ entry, exit, cast }) => beatOf(entry, exit, { cast }));
    const standing = (outline: readonly Beat[]): string[] =>
      factsAfter(outline).map(factKey).sort();
    fc.assert(
      fc.property(fc.array(beat, { maxLength: 6 }), (beats) => {
        const planned = [beatOf('', ''), ...beats];
        const { beats: outline } = settle(planned);
        assert.deepEqual(contractsOf(settle(outline).beats), contractsOf(outline));
        for (let i = 1; i <= planned.length; i++) {
          assert.deepEqual(standing(outline.slice(0, i)), standing(planned.slice(0, i)));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('beats that do the same', () => {
  it('are found whatever the capitals and marks, but not where only a few words are the same', () => {
    const text = 'Mara climbs the stairs to the lamp and lights it with her last match.';
    assert.deepEqual(findRepeats([text, 'Tom sleeps.', `  ${text.toUpperCase()}!! `, text]), [
      { earlier: 0, later: 2 },
      { earlier: 0, later: 3 },
    ]);
    assert.deepEqual(findRepeats(['Tom hits Ann and runs.', 'Ann hits Tom and runs.']), []);
    assert.deepEqual(
      findRepeats(['Habit 3: why it works so well.', 'Habit 4: why it works so well.']),
      [],
    );
    assert.deepEqual(findRepeats(['', '', '!']), []);
    assert.equal(
      findRepeats(['灯台守がランプに火をともす。', '灯台守がランプに火をともす']).length,
      1,
    );
  });

  it('are the same as those found by comparing every text with every other', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 9 })
      .map((all) => all.join(' '));
    const pairs = (words: string): Set<string> => {
      const all = words === '' ? [] : words.split(' ');
      return new Set(
        all.length === 0 ? [] : ['', ...all].map((word, i) => `${word} ${all[i] ?? ''}`),
      );
    };
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
        const expected = texts.flatMap((one, later) => {
          const set = pairs(one);
          const earlier = texts.slice(0, later).findIndex((other) => {
            const known = pairs(other);
            const shared = [...set].filter((pair) => known.has(pair)).length;
            return shared > 0 && shared / (set.size + known.size - shared) >= 0.8;
          });
          return earlier === -1 ? [] : [{ earlier, later }];
        });
        assert.deepEqual(findRepeats(texts), expected);
      }),
      { numRuns: 1000 },
    );
  });
});
