import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SceneId } from '../../../../src/script/script-model.ts';
import { Schedule } from '../../../../src/writing/schedule/schedule.ts';
import { paces } from '../../../../src/writing/schedule/scheduled-scene.ts';
import type { ScheduledScene } from '../../../../src/writing/schedule/scheduled-scene.ts';
import { randomOf } from '../writing-support.ts';

/** Scenes 1 to n; those of the given numbers continue the one before. */
function scenes(count: number, continuing: readonly number[] = []): ScheduledScene[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${i + 1}`,
    continues: continuing.includes(i + 1),
    ...(i === 0 ? {} : { previous: `${i}` }),
  }));
}

/** Begin all that may be begun. */
function begin(schedule: Schedule, places = 99): SceneId[] {
  const begun: SceneId[] = [];
  for (let id = schedule.next(places); id !== undefined; id = schedule.next(places)) begun.push(id);
  return begun;
}

describe('the schedule of batches', () => {
  it('begins a batch when the one before is written, and not a scene earlier', () => {
    const schedule = new Schedule(scenes(7), { pace: 'batches', batchSize: 3 });
    assert.deepEqual(begin(schedule), ['1', '2', '3']);
    schedule.written('1');
    schedule.written('3');
    assert.deepEqual(begin(schedule), []);
    schedule.written('2');
    assert.deepEqual(begin(schedule), ['4', '5', '6']);
    for (const id of ['4', '5', '6']) schedule.written(id);
    assert.deepEqual(begin(schedule), ['7']);
    schedule.written('7');
    assert.ok(schedule.complete);
  });

  it('keeps batches together while earlier ones are still on their way into the document', () => {
    const all = scenes(9);
    const schedule = new Schedule(all, { pace: 'batches', batchSize: 3 });
    for (const id of begin(schedule)) schedule.written(id);
    for (const id of begin(schedule)) schedule.written(id);
    assert.deepEqual(begin(schedule), ['7', '8', '9']);
    assert.deepEqual(schedule.firstBatch(99), ['1', '2', '3']);
    schedule.follow(all.slice(3));
    assert.deepEqual(schedule.batches(99), [
      ['4', '5', '6'],
      ['7', '8', '9'],
    ]);
  });

  it('counts batches from the first scene, however many were written before', () => {
    const schedule = new Schedule(scenes(10), { pace: 'batches', batchSize: 5 });
    for (const id of ['1', '2', '3', '4', '5', '6', '7']) schedule.written(id);
    assert.deepEqual(begin(schedule), ['8', '9', '10']);
    assert.deepEqual(schedule.firstBatch(99), ['1', '2', '3', '4', '5']);
  });

  it('makes a batch of automatic size as small as the service turns out to want it', () => {
    const schedule = new Schedule(scenes(20), { pace: 'batches', batchSize: 'auto' });
    assert.equal(begin(schedule, 10).length, 10);
    for (const id of ['9', '4', '10', '7', '8']) schedule.putBack(id);
    assert.deepEqual(
      schedule.batches(5).map((batch) => batch.length),
      [6, 5, 5, 4],
    );
    assert.deepEqual(begin(schedule, 6), ['4']);
    for (const id of ['1', '2', '3', '4', '5', '6']) schedule.written(id);
    assert.deepEqual(begin(schedule, 5), ['7', '8', '9', '10', '11']);
  });
});

describe('the sliding schedule', () => {
  it('begins the next scene as soon as a place is free', () => {
    const schedule = new Schedule(scenes(9), { pace: 'sliding', batchSize: 3 });
    assert.deepEqual(begin(schedule), ['1', '2', '3']);
    schedule.written('2');
    assert.deepEqual(begin(schedule), ['4']);
  });

  it('waits for a scene that lags twice the batch size behind', () => {
    const schedule = new Schedule(scenes(9), { pace: 'sliding', batchSize: 3 });
    begin(schedule);
    for (const id of ['2', '3', '4', '5', '6']) {
      schedule.written(id);
      begin(schedule);
    }
    assert.equal(schedule.stateOf('7'), 'waiting');
    assert.equal(schedule.running, 1);
    schedule.written('1');
    assert.deepEqual(begin(schedule), ['7', '8', '9']);
  });

  it('begins a scene again that there was no place for, before any later one', () => {
    const schedule = new Schedule(scenes(9), { pace: 'sliding', batchSize: 3 });
    begin(schedule);
    schedule.putBack('2');
    assert.deepEqual(begin(schedule, 2), []);
    schedule.written('1');
    assert.deepEqual(begin(schedule, 2), ['2']);
  });
});

describe('the schedule by plan', () => {
  it('begins all but continuations at once, heads of long chains first', () => {
    const schedule = new Schedule(scenes(7, [2, 5, 6]), { pace: 'planned', batchSize: 50 });
    assert.deepEqual(begin(schedule), ['4', '1', '3', '7']);
    schedule.written('4');
    assert.deepEqual(begin(schedule), ['5']);
  });

  it('waits for nothing that is in the document', () => {
    const all = scenes(4, [2, 3, 4]);
    const schedule = new Schedule(all, { pace: 'planned', batchSize: 9 });
    begin(schedule);
    schedule.written('1');
    schedule.follow([{ id: '2', continues: true }, ...all.slice(2)]);
    assert.deepEqual(begin(schedule), ['2']);
  });
});

describe('every schedule', () => {
  it('begins nothing behind the batch of a scene that failed', () => {
    for (const pace of paces) {
      const schedule = new Schedule(scenes(12), { pace, batchSize: 3 });
      const first = schedule.next(99);
      assert.equal(first, '1');
      schedule.failed('1');
      assert.deepEqual(begin(schedule), ['2', '3'], pace);
    }
  });

  it('begins each scene once, keeps to its rule and ends, in whatever order things happen', () => {
    const anything = fc.record({
      pace: fc.constantFrom(...paces),
      count: fc.integer({ min: 0, max: 30 }),
      batchSize: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant('auto' as const)),
      continuing: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 }),
      seed: fc.nat(),
      places: fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(anything, ({ pace, count, batchSize, continuing, seed, places }) => {
        const chance = randomOf(seed);
        let list = scenes(count, continuing);
        const schedule = new Schedule(list, { pace, batchSize });
        const running = new Set<SceneId>();
        const written = new Set<SceneId>();
        let landed = 0;
        for (let steps = 0; landed < count; steps++) {
          assert.ok(steps < 2000, 'it ends');
          const now = places[Math.floor(chance() * places.length)] ?? 1;
          const most = batchSize === 'auto' ? now : Math.min(now, batchSize);
          for (let id = schedule.next(now); id !== undefined; id = schedule.next(now)) {
            assert.ok(!running.has(id) && !written.has(id), 'each once');
            running.add(id);
            assert.ok(running.size <= most, 'no more than there are places');
            const number = Number(id);
            const unseen = Array.from({ length: number - 1 }, (_, i) => `${i + 1}`).filter(
              (earlier) => !written.has(earlier),
            );
            if (pace === 'sliding') {
              assert.ok(unseen.length <= most - 1, 'few earlier scenes are unseen');
              assert.ok(
                unseen.every((earlier) => number - Number(earlier) < 2 * most),
                'and near',
              );
            }
            if (pace === 'batches' && batchSize !== 'auto') {
              const first = Math.floor((number - 1) / batchSize) * batchSize;
              assert.ok(
                unseen.every((earlier) => Number(earlier) > first),
                'earlier batches',
              );
            }
            const scene = list.find((one) => one.id === id);
            if (pace === 'planned' && scene?.continues === true && scene.previous !== undefined) {
              assert.ok(written.has(scene.previous), 'a continuation sees what it continues');
            }
          }
          const candidates = [...running];
          const id = candidates[Math.floor(chance() * candidates.length)];
          if (id !== undefined) {
            running.delete(id);
            if (chance() < 0.2) schedule.putBack(id);
            else {
              written.add(id);
              schedule.written(id);
            }
          }
          const batch = schedule.firstBatch(now);
          if (batch.length > 0 && batch.every((one) => written.has(one)) && chance() < 0.7) {
            landed += batch.length;
            list = list.slice(batch.length).map((scene, i) => {
              if (i > 0) return scene;
              return { id: scene.id, continues: scene.continues };
            });
            schedule.follow(list);
          }
        }
        assert.ok(schedule.complete);
      }),
      { numRuns: 400 },
    );
  });

  it('keeps the states of scenes that stay when the writer changes the outline', () => {
    const schedule = new Schedule(scenes(6), { pace: 'sliding', batchSize: 3 });
    begin(schedule);
    schedule.written('1');
    const order = ['3', '1', 'new', '2', '5'];
    schedule.follow(order.map((id) => ({ id, continues: false })));
    assert.deepEqual(
      order.map((id) => schedule.stateOf(id)),
      ['running', 'written', 'waiting', 'running', 'waiting'],
    );
    assert.deepEqual(begin(schedule), ['new']);
  });
});
