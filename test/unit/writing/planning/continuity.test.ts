import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Beat } from '../../../../src/script/script-model.ts';
import {
  handOffFaults,
  mend,
  withGapsFilled,
} from '../../../../src/writing/planning/continuity.ts';
import {
  agree,
  readState,
  stateFromAnswer,
} from '../../../../src/writing/planning/contract-facts.ts';
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

const before = beatOf('', 'Mara: oilskin coat; the lamp: dark');
const goesOn = { contract: { continues: true } };

function reasons(later: Beat, earlier = before): readonly string[] {
  return handOffFaults([earlier, later])[0]?.reasons ?? [];
}

describe('the continuity of neighbouring beats', () => {
  it('lets a beat go on only in the same place and at the same time', () => {
    const same = 'Mara: oilskin coat';
    assert.deepEqual(reasons(beatOf(same, '', goesOn)), []);
    assert.deepEqual(reasons(beatOf(same, '', { ...goesOn, place: 'LAMP  room', time: '' })), []);
    assert.match(
      reasons(beatOf(same, '', { ...goesOn, place: 'Pier' })).join(),
      /“Lamp room” to “Pier”/,
    );
    assert.match(
      reasons(beatOf(same, '', { ...goesOn, time: 'dawn' })).join(),
      /“night” to “dawn”/,
    );
    assert.deepEqual(reasons(beatOf(same, '', { place: 'Pier', time: 'dawn' })), []);
  });

  it('has a beat that goes on say what was left of everybody in both, and contradict nothing', () => {
    assert.match(reasons(beatOf('Tom: asleep', '', goesOn)).join(), /says nothing/);
    assert.deepEqual(reasons(beatOf('Tom: asleep', '', { ...goesOn, cast: ['Tom'] })), []);
    const relit = beatOf('Mara: oilskin coat; the lamp: burning', '', goesOn);
    assert.match(reasons(relit).join(), /“the lamp: dark”.*“the lamp: burning”/);
    assert.deepEqual(
      reasons(beatOf('mara: the oilskin coat, her own; the lamp: dark', '', goesOn)),
      [],
    );
  });

  it('lets a cut change people only where it says what has happened since', () => {
    assert.match(
      reasons(beatOf('Mara: nightgown', '')).join(),
      /does not say what has happened since/,
    );
    assert.deepEqual(reasons(beatOf('(she has gone to bed) Mara: nightgown', '')), []);
    assert.deepEqual(reasons(beatOf('（一晩過ぎた）Mara: nightgown', '')), []);
    assert.deepEqual(reasons(beatOf('Mara: nightgown', '', { cast: ['Tom'] })), []);
    assert.deepEqual(reasons(beatOf('Tom: asleep', '')), [], 'a cut may leave things unsaid');
    assert.deepEqual(reasons(beatOf('the lamp: burning', '')), [], 'a cut is held to people only');
  });

  it('finds a second fact of somebody that has changed while the first has not', () => {
    const earlier = beatOf('', 'Mara: oilskin coat; Mara: lamp in her hand');
    assert.deepEqual(
      reasons(beatOf('Mara: lamp in her hand; Mara: oilskin coat', ''), earlier),
      [],
    );
    assert.match(reasons(beatOf('Mara: oilskin coat; Mara: rope', ''), earlier).join(), /rope/);
  });

  it('leaves contracts alone that are written as plain prose', () => {
    const prose = beatOf('', 'She is wet and the lamp is out.');
    assert.deepEqual(reasons(beatOf('A dry room.', '', goesOn), prose), []);
    assert.deepEqual(reasons(beatOf('', ''), beatOf('', '')), []);
  });

  it('does not let the first beat go on from nothing', () => {
    assert.equal(handOffFaults([beatOf('', '', goesOn)])[0]?.later, 1);
  });

  it('compares in any script', () => {
    const earlier = beatOf('', '美咲：赤いコート、濡れている', { cast: ['美咲'] });
    const cast = { cast: ['美咲'] };
    assert.deepEqual(reasons(beatOf('美咲：濡れた赤いコート', '', cast), earlier), []);
    assert.match(reasons(beatOf('美咲：白い寝間着', '', cast), earlier).join(), /白い寝間着/);
    assert.ok(agree('Bà mặc áo dài xanh', 'áo dài xanh'));
    assert.ok(!agree('Bà mặc áo dài xanh', 'áo khoác đỏ'));
    assert.ok(agree('!', '?'));
  });

  it('carries on in a beat that goes on what it leaves unsaid, and touches no other', () => {
    const quiet = beatOf('Tom: asleep', '', goesOn);
    assert.equal(withGapsFilled(before, quiet).contract.entry, 'Tom: asleep; Mara: oilskin coat');
    const cut = beatOf('Tom: asleep', '');
    assert.equal(withGapsFilled(before, cut), cut);
  });

  it('mends any pair of beats, and leaves those alone that agree', () => {
    const states = ['coat', 'gown', 'rope in hand', 'knows all', '(x', 'a: b', '雨', '!', ''];
    const fact = fc
      .tuple(
        fc.constantFrom('Mara', 'MARA', 'Tom', 'the lamp', '', '('),
        fc.constantFrom(...states),
      )
      .map(([subject, state]) => (subject === '' ? state : `${subject}: ${state}`));
    const state = fc
      .tuple(
        fc.constantFrom('', '(a day later) ', '()', '(a(b)c) '),
        fc.array(fact, { maxLength: 4 }),
      )
      .map(([since, facts]) => since + facts.join('; '));
    const beat = fc
      .record({
        entry: state,
        exit: state,
        place: fc.constantFrom('Lamp room', 'Pier'),
        time: fc.constantFrom('', 'night', 'dawn'),
        cast: fc.subarray(['Mara', 'Tom']),
        continues: fc.boolean(),
      })
      .map(({ entry, exit, continues, ...rest }) =>
        beatOf(entry, exit, { ...rest, contract: { continues } }),
      );
    fc.assert(
      fc.property(beat, beat, (earlier, later) => {
        const first = mend(undefined, earlier).beat;
        const { beat: mended, changes } = mend(first, later);
        assert.deepEqual(handOffFaults([first, mended]), []);
        if (handOffFaults([first, later]).length === 0) {
          assert.equal(mended, later);
          assert.deepEqual(changes, []);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a state in plain text', () => {
  it('reads back as it was given, whatever a model puts into it', () => {
    assert.deepEqual(
      readState(stateFromAnswer(' a night (or two) ', ['Mara: wet; cold.', 'A;B'])),
      {
        since: 'a night or two',
        facts: [
          { subject: 'Mara', state: 'wet, cold' },
          { subject: '', state: 'A,B' },
        ],
      },
    );
    fc.assert(
      fc.property(
        fc.option(fc.string({ unit: 'grapheme' })),
        fc.array(fc.oneof(fc.string(), fc.constantFrom('Mara: coat', '(x) a: b', 'a；b：c。'))),
        (since, facts) => {
          const text = stateFromAnswer(since, facts);
          const read = readState(text);
          assert.ok(!text.includes('\n'));
          assert.ok(read.facts.length <= facts.length);
          if (since === null) assert.equal(read.since, '');
        },
      ),
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
