import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Beat, SceneId } from '../../../../src/script/script-model.ts';
import { paces } from '../../../../src/writing/schedule/scheduled-scene.ts';
import { calm, simulate, Studio } from './simulated-writer.ts';
import type { Failure, RunConditions } from './simulated-writer.ts';
import { beatOf, ofType, planOf, randomOf } from '../writing-support.ts';

const attempt = fc.record({
  ms: fc.integer({ min: 1, max: 500 }),
  fails: fc.option(
    fc.constantFrom<Failure>(
      'network',
      'network',
      'slow',
      'busy',
      'busy',
      'invalid',
      'invalid',
      'refused',
      'account',
    ),
    { nil: undefined, freq: 3 },
  ),
});

const anyWorld: fc.Arbitrary<RunConditions> = fc.record({
  attempts: fc.array(fc.array(attempt, { maxLength: 4 }), { maxLength: 16 }),
  stubborn: fc.boolean(),
  limit: fc.constantFrom(1, 2, 3, Infinity, Infinity),
  turns: fc.array(fc.integer({ min: 1, max: 600 }), { maxLength: 6 }),
  cancelAfter: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined, freq: 2 }),
  consumerMs: fc.constantFrom(0, 0, 50, 700),
  leavesAfter: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined, freq: 2 }),
  broken: fc.subarray([1, 2, 3, 4, 5], { maxLength: 2 }),
  hedge: fc.boolean(),
  edits: fc.constant([]),
});

const setting = fc.record({
  pace: fc.constantFrom(...paces),
  batchSize: fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constant('auto' as const)),
});

/** A plan of which the given numbers continue the scene before. */
function planWith(beats: number, continuing: readonly number[]): ReturnType<typeof planOf> {
  const plan = planOf(beats);
  const outline = plan.outline.map((beat, i) => ({
    ...beat,
    contract: { ...beat.contract, continues: i > 0 && continuing.includes(i + 1) },
  }));
  return { ...plan, outline };
}

describe('a run in any pace, whatever fails, pauses or is cancelled', () => {
  it('keeps its promises, and a later run asks only for what is missing', () =>
    fc.assert(
      fc.asyncProperty(
        setting,
        fc.integer({ min: 1, max: 16 }),
        fc.array(fc.integer({ min: 2, max: 16 }), { maxLength: 8 }),
        fc.array(anyWorld, { minLength: 1, maxLength: 3 }),
        async (how, beats, continuing, worlds) => {
          const studio = new Studio(planWith(beats, continuing));
          const ids = studio.plan.outline.map(({ id }) => id);
          for (const conditions of [...worlds, calm]) {
            const had = new Set(studio.ids);
            const keptBefore = new Set(studio.kept.scenes.keys());
            const { events, model, cancelledAt, stoppedAt } = await simulate(
              studio,
              how,
              conditions,
            );
            const has = new Set(studio.ids);

            for (const id of model.askedIds) {
              assert.ok(!had.has(id), 'what is in the document is not asked for');
              assert.ok(!keptBefore.has(id), 'nor what an earlier run has kept');
            }
            for (const { scene, unkept } of ofType(events, 'sceneWritten')) {
              const safe = has.has(scene.id) || studio.kept.scenes.has(scene.id);
              const nobodyTookIt = unkept !== undefined && conditions.leavesAfter !== undefined;
              assert.ok(safe || nobodyTookIt, 'nothing that was written is lost');
            }
            const missing = ids.filter((id) => !had.has(id));
            const [scheduled] = ofType(events, 'scheduled');
            if (scheduled !== undefined) assert.deepEqual(scheduled.batches.flat(), missing);
            const landed = ofType(events, 'batchWritten').flatMap(({ scenes }) =>
              scenes.map(({ id }) => id),
            );
            assert.deepEqual(
              landed,
              missing.filter((id) => landed.includes(id)),
              'in order',
            );
            if (conditions.broken.length === 0) {
              assert.deepEqual(landed, missing.slice(0, landed.length), 'without a gap');
            }
            const hedges = ofType(events, 'hedged').length;
            assert.ok(hedges <= 0.06 * model.asked.length, 'few are asked for twice');
            const stops = ofType(events, 'stopped');
            if (conditions.leavesAfter === undefined || events.length < conditions.leavesAfter) {
              assert.equal(stops.length, 1);
              assert.equal(events.at(-1)?.type, 'stopped');
            }
            const [stopped] = stops;
            if (stopped?.reason === 'done') assert.deepEqual([...has].sort(), ids);
            if (stopped?.reason === 'failed') {
              assert.match(stopped.error?.message ?? '', /could not be written/);
            }
            if (cancelledAt !== undefined && stopped?.reason === 'cancelled') {
              // Once for the batch that is being taken, once for what is safe nowhere else.
              assert.ok((stoppedAt ?? 0) - cancelledAt <= 2 * conditions.consumerMs, 'prompt');
            }
          }
          assert.deepEqual(studio.ids, ids);
          assert.equal(studio.kept.scenes.size, 0, 'nothing is left behind');
        },
      ),
      { numRuns: 300 },
    )).timeout(60_000);

  it('writes the same scenes in the same order whatever the pace', async () => {
    const results = [];
    for (const pace of paces) {
      for (const batchSize of [1, 5, 'auto'] as const) {
        const studio = new Studio(planWith(23, [3, 4, 9]));
        await simulate(studio, { pace, batchSize }, calm);
        results.push(studio.document);
      }
    }
    assert.equal(results[0]?.length, 23);
    for (const result of results) assert.deepEqual(result, results[0]);
  });
});

/** Something that a writer does to an outline; positions are taken modulo what there is. */
const anyEdit = fc.record({
  kind: fc.constantFrom('insert', 'remove', 'swap', 'change', 'restore', 'write', 'close'),
  at: fc.nat(),
  to: fc.nat(),
});

type Edit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never;

describe('a run whose outline is edited meanwhile', () => {
  it('follows the document: everything that is wanted is written once, as it is wanted', () =>
    fc.assert(
      fc.asyncProperty(
        setting,
        fc.integer({ min: 2, max: 14 }),
        fc.array(fc.array(anyEdit, { maxLength: 3 }), { maxLength: 5 }),
        fc.nat(),
        fc.constantFrom(0, 40, 300),
        async (how, beats, edits, seed, consumerMs) => {
          const studio = new Studio(planOf(beats));
          const chance = randomOf(seed);
          const attempts = Array.from({ length: beats }, () => [
            { ms: 1 + Math.floor(chance() * 200), fails: undefined },
          ]);
          const removed: Beat[] = [];
          /** Texts that a beat had when its scene came into the document. */
          const landedAs = new Map<SceneId, string>();
          const byHand = new Set<SceneId>();
          let added = 100;
          const note = (): void => {
            for (const { id, sound } of studio.document) {
              if (!landedAs.has(id)) landedAs.set(id, sound);
            }
          };
          const apply = ({ kind, at, to }: Edit): void => {
            const outline = [...studio.plan.outline];
            const here = at % Math.max(1, outline.length);
            const there = to % Math.max(1, outline.length);
            const beat = outline[here];
            const other = outline[there];
            const isWritten = beat !== undefined && studio.ids.includes(beat.id);
            if (kind === 'insert') outline.splice(here, 0, beatOf(added++));
            else if (kind === 'restore') outline.splice(here, 0, ...removed.splice(0, 1));
            else if (beat === undefined || other === undefined) return;
            else if (kind === 'swap') [outline[here], outline[there]] = [other, beat];
            else if (isWritten) return;
            else if (kind === 'remove') removed.push(...outline.splice(here, 1));
            else if (kind === 'change')
              outline[here] = { ...beat, summary: `${beat.summary} ${at}` };
            studio.plan = { ...studio.plan, outline };
            if (kind === 'write') {
              byHand.add(beat?.id ?? '');
              const { id, title, seconds, place, time, cast } = beat ?? beatOf(1);
              const texts = {
                action: 'By hand.',
                dialogue: [],
                narration: '',
                sound: '',
                prompt: 'P',
              };
              studio.insert([{ id, title, seconds, place, time, cast, ...texts }]);
            }
          };
          const conditions: RunConditions = {
            ...calm,
            consumerMs,
            attempts,
            edits: edits.map((some) => () => {
              note();
              for (const edit of some) apply(edit);
            }),
          };
          const { events, model } = await simulate(studio, how, conditions);
          note();
          assert.equal(events.at(-1)?.type, 'stopped');
          assert.deepEqual(ofType(events, 'stopped')[0]?.reason, 'done');
          const wanted = studio.plan.outline.map(({ id }) => id);
          assert.deepEqual([...studio.ids].sort(), [...wanted].sort(), 'all and no more');
          for (const [id, sound] of landedAs) {
            if (byHand.has(id)) continue;
            const scene = studio.document.find((one) => one.id === id);
            assert.equal(scene?.sound, sound);
          }
          for (const { id, summary } of studio.plan.outline) {
            const scene = studio.document.find((one) => one.id === id);
            if (!byHand.has(id)) assert.equal(scene?.sound, summary, 'as it is wanted now');
          }
          const changed = new Set(
            edits.flat().length === 0
              ? []
              : model.askedIds.filter((id, i) => model.askedIds.indexOf(id) !== i),
          );
          for (const id of changed) {
            const summaries = new Set(
              model.asked.flatMap(({ task }) =>
                task.kind === 'scene' && task.beat.id === id ? [task.beat.summary] : [],
              ),
            );
            const times = model.askedIds.filter((one) => one === id).length;
            assert.equal(times, summaries.size, 'asked again only for something else');
          }
        },
      ),
      { numRuns: 300 },
    )).timeout(60_000);
});
