import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import type { BeatAnswer, OutlineAnswer } from '../../../../src/models/answer-schemas.ts';
import { TruncatedAnswer } from '../../../../src/models/answer-errors.ts';
import { planDurations } from '../../../../src/script/durations/plan-durations.ts';
import { structures } from '../../../../src/script/script-model.ts';
import type { Brief, Plan } from '../../../../src/script/script-model.ts';
import { normalisePlan } from '../../../../src/script/normalise-scene.ts';
import { SettledBeats } from '../../../../src/writing/planning/settled-beats.ts';
import { offlineWriter } from '../../../support/offline-writer.ts';
import { actsAnswer, answerOfPlanning, coreAnswer } from '../../../../fixtures/plan-answers.ts';
import {
  AnswersInMemory,
  brief,
  optionsOf,
  PlanningModel,
  upTo15,
  planScript,
} from './planning-support.ts';

/** What every plan has to be, whoever has planned it. */
function assertConsistent(plan: Plan, { duration }: Brief, clipSeconds: readonly number[]): void {
  const { seconds } = planDurations(duration, clipSeconds);
  const total = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);
  assert.equal(plan.outline.length, seconds.length);
  assert.equal(total(plan.outline.map((beat) => beat.seconds)), total(seconds));
  assert.ok(plan.outline.every((beat) => clipSeconds.includes(beat.seconds)));
  assert.equal(new Set(plan.outline.map(({ id }) => id)).size, seconds.length);
  const people = plan.bible.characters.map(({ name }) => name);
  const places = plan.bible.places.map(({ name }) => name);
  for (const beat of plan.outline) {
    assert.ok(places.includes(beat.place), beat.place);
    assert.ok(
      beat.cast.every((name) => people.includes(name)),
      beat.cast.join(),
    );
    assert.notEqual(beat.title, '');
    assert.notEqual(beat.summary, '');
  }
  const settled = new SettledBeats([], people).settle(plan.outline, []);
  assert.deepEqual(
    settled.beats,
    plan.outline,
    'nothing is said twice, and nothing goes on elsewhere',
  );
  assert.equal(JSON.stringify(normalisePlan(plan)), JSON.stringify(plan), 'it reads back as it is');
}

const fact = fc.oneof(
  fc.constantFrom('Mara: oilskin coat', 'MARA: nightgown', 'Tom: asleep; snoring', 'the lamp: lit'),
  fc.constantFrom('(wet) Mara: coat', 'Mara：雨衣', ';', 'no colon', 'Tom: a: b'),
  fc.string({ unit: 'grapheme', minLength: 1 }),
);
const facts = fc.array(fact, { minLength: 1, maxLength: 4 });

const cut = fc.oneof(
  fc.boolean(),
  fc.constantFrom('a day later', '(x)', '', 'false'),
  facts.map((all) => all.join('; ')),
);

/** Mostly good beats, with everything that may be wrong with them now and then. */
const fuzzedBeat: fc.Arbitrary<Partial<BeatAnswer>> = fc.record(
  {
    cut,
    changes: fc.option(facts),
    place: fc.constantFrom('Lamp room', 'LAMP ROOM', 'Pier', 'pier '),
    time: fc.constantFrom(null, 'night', 'dawn'),
    cast: fc.subarray(['Mara', 'tom', '  MARA']),
    summary: fc.constantFrom(
      'Mara lights it.',
      'Tom falls asleep on the stairs.',
      'A storm.\n\u0000',
    ),
    length: fc.constantFrom('short', 'usual', 'long'),
  },
  { requiredKeys: [] },
);

const slip = fc.constantFrom('none', 'none', 'none', 'name', 'count', 'cut', 'empty', 'refused');

describe('whatever a model answers', () => {
  it('the result is a consistent plan or a clear error', async () => {
    let planned = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(4, 30, 180, 330, 480),
        fc.constantFrom(upTo15, [4, 6, 8], [5, 10]),
        fc.array(fuzzedBeat, { minLength: 1, maxLength: 12 }),
        fc.array(slip, { maxLength: 6 }),
        async (duration, clipSeconds, beats, slips) => {
          const model = new PlanningModel();
          let asked = 0;
          model.answer = ({ task }) => {
            const now = slips[asked++] ?? 'none';
            if (now === 'cut') throw new TruncatedAnswer('Cut off.', 'It was cut off.');
            if (now === 'empty') return {};
            if (now === 'refused') throw new ScenewrightError('refused', 'No.');
            if (task.kind === 'core') {
              const core = coreAnswer();
              return {
                ...core,
                // Who is told of is known from the first: until somebody joins, he is a thing to the plan.
                characters: [...core.characters, 'Tom', ...(now === 'name' ? ['MARA'] : [])].map(
                  (one) => (typeof one === 'string' ? { name: one, look: 'x', voice: null } : one),
                ),
                places: [...core.places, { name: 'Pier', look: 'Wood.' }],
              };
            }
            if (task.kind === 'acts')
              return actsAnswer(task.counts.length - (now === 'count' ? 1 : 0));
            const good = (answerOfPlanning(task) as OutlineAnswer).beats;
            const fuzzed = good.map((beat, i) => ({ ...beat, ...beats[i % beats.length] }));
            if (now === 'count') return { beats: fuzzed.slice(1) };
            return {
              beats: fuzzed.map((beat) => (now === 'name' ? { ...beat, cast: ['Nobody'] } : beat)),
            };
          };
          const ours = { ...brief, duration };
          const options = optionsOf({
            model,
            brief: ours,
            clipSeconds,
            answers: new AnswersInMemory(),
          });
          try {
            const { plan } = await planScript(options);
            assertConsistent(plan, ours, clipSeconds);
            planned++;
          } catch (error) {
            if (!(error instanceof ScenewrightError)) throw error;
            assert.notEqual(error.code, 'internal');
            assert.ok(error.message.length > 2);
          }
        },
      ),
      { numRuns: 150 },
    );
    assert.ok(planned > 50, `${planned} plans were made`);
  });
});

describe('the plan of the offline scaffold', () => {
  const ideas = [
    { idea: 'A lighthouse keeper finds a message in a bottle' },
    { idea: '7 habits of calm people' },
    { idea: 'how vaccines work' },
    { idea: 'Hai chị em tìm thấy một bức thư cũ trong quán phở', language: 'vi' },
    { idea: 'Warum der Himmel blau ist', language: 'de' },
    { idea: 'Un pescador encuentra una carta en el mar', language: 'es' },
    { idea: '5 habitudes pour mieux dormir', language: 'fr' },
    { idea: '雨の夜、駅で待つ老人', language: 'ja' },
  ];

  it('is consistent without any repair, whatever its structure, language and length', async () => {
    for (const structure of structures) {
      for (const [i, idea] of ideas.entries()) {
        for (const duration of [
          1,
          33,
          180,
          ...(i % 2 === 0 ? [700 + 40 * i] : []),
          ...(i % 4 === 0 ? [3600] : []),
        ]) {
          const ours: Brief = { ...brief, ...idea, structure, duration };
          const clipSeconds = i % 2 === 0 ? upTo15 : [4, 6, 8];
          const { plan, notes } = await planScript(
            optionsOf({
              model: await offlineWriter(),
              brief: ours,
              clipSeconds,
            }),
          );
          assert.deepEqual(notes, [], `${idea.idea}, ${structure}, ${duration} s`);
          assertConsistent(plan, ours, clipSeconds);
        }
      }
    }
  });

  it('is consistent without any repair for three hours', async () => {
    for (const structure of ['three-act', 'list'] as const) {
      const ours: Brief = { ...brief, structure, duration: 10_800 };
      const { plan, notes } = await planScript(
        optionsOf({ model: await offlineWriter(), brief: ours, clipSeconds: [4, 6, 8] }),
      );
      assert.equal(plan.outline.length, 1350);
      assert.deepEqual(notes, []);
      assertConsistent(plan, ours, [4, 6, 8]);
    }
  });
});
