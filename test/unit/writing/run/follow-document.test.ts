import assert from 'node:assert/strict';
import type { Plan, Scene } from '../../../../src/script/script-model.ts';
import { sceneFromAnswer } from '../../../../src/writing/run/scene-from-answer.ts';
import type { ScriptState, WriteOptions } from '../../../../src/writing/write-options.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import {
  beatOf,
  FakeModel,
  goodAnswer,
  KeptInMemory,
  ofType,
  optionsFor,
  planOf,
  sceneAnswer,
  VirtualClock,
} from '../writing-support.ts';
import type { SceneTask } from '../../../../src/models/writer-tasks.ts';

const idsOf = (scenes: readonly { readonly id: string }[]): string[] => scenes.map(({ id }) => id);
const ids = (...numbers: number[]): string[] => idsOf(numbers.map(beatOf));

/** A script in an editor; `edit` is called when a batch has come into it. */
class Paper {
  plan: Plan;
  written: readonly Scene[] = [];
  edit: (batch: number) => void = () => undefined;
  isClosed = false;

  constructor(beats: number) {
    this.plan = planOf(beats);
  }

  async run(
    changes: Partial<WriteOptions> & { readonly clock?: VirtualClock },
    tookMs = 0,
  ): Promise<WritingEvent[]> {
    const { clock = new VirtualClock() } = changes;
    const options = optionsFor(0, {
      plan: this.plan,
      script: (): ScriptState | undefined =>
        this.isClosed ? undefined : { plan: this.plan, written: this.written },
      ...changes,
      clock,
    });
    const events: WritingEvent[] = [];
    let batches = 0;
    const consume = async (): Promise<void> => {
      for await (const event of writeScript(options)) {
        events.push(event);
        if (event.type !== 'batchWritten') continue;
        if (tookMs > 0) await clock.sleep(tookMs);
        this.written = [...this.written, ...event.scenes];
        this.edit(++batches);
      }
    };
    await clock.until(consume());
    return events;
  }
}

describe('following the document during a run', () => {
  it('writes a beat that was added and drops one that was removed, and tells the batches anew', async () => {
    const paper = new Paper(6);
    paper.edit = (batch) => {
      if (batch > 1) return;
      const [one, two, three, four, , six] = paper.plan.outline;
      assert.ok(one && two && three && four && six);
      paper.plan = { ...paper.plan, outline: [one, two, beatOf(9), three, four, six] };
    };
    const model = new FakeModel();
    const events = await paper.run({ model, batchSize: 2 });
    assert.deepEqual(ofType(events, 'scheduled').at(1)?.batches, [ids(9, 3), ids(4, 6)]);
    assert.deepEqual(idsOf(paper.written), ids(1, 2, 9, 3, 4, 6));
    assert.deepEqual(ofType(events, 'stopped')[0]?.reason, 'done');
  });

  it('asks again for a scene under way whose beat says something else by now', async () => {
    const paper = new Paper(4);
    paper.edit = (batch) => {
      if (batch > 1) return;
      const outline = paper.plan.outline.map((beat, i) =>
        i === 3 ? { ...beat, summary: 'She leaves for good.' } : beat,
      );
      paper.plan = { ...paper.plan, outline };
    };
    const clock = new VirtualClock();
    const model = new FakeModel();
    const aborted: string[] = [];
    model.answer = async ({ task }, { signal }) => {
      const { id, summary } = (task as SceneTask).beat;
      try {
        await clock.sleep(id === beatOf(4).id ? 5000 : 10, signal);
      } catch (error) {
        aborted.push(id);
        throw error;
      }
      return { ...sceneAnswer(id), sound: summary };
    };
    await paper.run({ model, clock, pace: 'sliding', batchSize: 2 });
    assert.deepEqual(aborted, ids(4));
    assert.deepEqual(model.askedIds, ids(1, 2, 3, 4, 4));
    assert.equal(paper.written.at(-1)?.sound, 'She leaves for good.');
  });

  it('keeps a finished scene whose beat is gone, and takes it when the beat is back', async () => {
    const paper = new Paper(8);
    const { outline } = paper.plan;
    paper.edit = (batch) => {
      if (batch === 1) paper.plan = { ...paper.plan, outline: outline.toSpliced(3, 1) };
      if (batch === 2) paper.plan = { ...paper.plan, outline };
    };
    const model = new FakeModel();
    const kept = new KeptInMemory();
    await paper.run({ model, journal: kept, pace: 'planned', batchSize: 2 }, 1000);
    assert.deepEqual(model.askedIds.toSorted(), ids(1, 2, 3, 4, 5, 6, 7, 8));
    assert.deepEqual(idsOf(paper.written).toSorted(), ids(1, 2, 3, 4, 5, 6, 7, 8));
    assert.equal(kept.scenes.size, 0);
  });

  it('leaves what the writer has written by hand to the writer', async () => {
    const paper = new Paper(4);
    const byHand = sceneFromAnswer(sceneAnswer('mine'), beatOf(4), paper.plan.bible);
    paper.edit = (batch) => {
      if (batch === 1) paper.written = [...paper.written, byHand];
    };
    const model = new FakeModel();
    const events = await paper.run({ model, batchSize: 2 });
    assert.equal(paper.written.filter(({ id }) => id === beatOf(4).id).length, 1);
    assert.ok(paper.written.includes(byHand));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
  });

  it('does not write again what the writer has deleted', async () => {
    const paper = new Paper(4);
    paper.edit = () => {
      paper.written = paper.written.filter(({ id }) => id !== beatOf(1).id);
    };
    const model = new FakeModel();
    await paper.run({ model, batchSize: 2 });
    assert.deepEqual(model.askedIds, ids(1, 2, 3, 4));
    assert.deepEqual(idsOf(paper.written), ids(2, 3, 4));
  });

  it('goes on with what it knows when the document is closed', async () => {
    const paper = new Paper(4);
    paper.edit = () => {
      paper.isClosed = true;
    };
    const events = await paper.run({ batchSize: 2 });
    assert.deepEqual(idsOf(paper.written), ids(1, 2, 3, 4));
    assert.equal(ofType(events, 'scheduled').length, 1);
  });

  it('takes a kept scene for a beat that comes back from an earlier run', async () => {
    const paper = new Paper(3);
    const kept = new KeptInMemory();
    const whole = paper.plan;
    const failing = new FakeModel();
    failing.answer = ({ task }) =>
      (task as SceneTask).beat.id === beatOf(3).id
        ? Promise.resolve(goodAnswer(task))
        : Promise.reject(new Error('no'));
    await paper.run({ model: failing, journal: kept });
    assert.deepEqual([...kept.scenes.keys()], ids(3));
    paper.plan = { ...whole, outline: whole.outline.slice(0, 2) };
    paper.edit = () => {
      paper.plan = whole;
    };
    const model = new FakeModel();
    const events = await paper.run({ model, journal: kept, batchSize: 1 });
    assert.deepEqual(model.askedIds, ids(1, 2));
    assert.deepEqual(
      ofType(events, 'sceneWritten').flatMap(({ scene, reused }) => (reused ? [scene.id] : [])),
      ids(3),
    );
    assert.deepEqual(idsOf(paper.written).toSorted(), ids(1, 2, 3));
  });
});

describe('a consumer that takes its time', () => {
  for (const pace of ['batches', 'sliding', 'planned'] as const) {
    it(`does not hold up the writing in the pace ${pace}`, async () => {
      const clock = new VirtualClock();
      const began = clock.now();
      const model = new FakeModel();
      model.answer = async ({ task }) => {
        await clock.sleep(1000);
        return goodAnswer(task);
      };
      let lastAsked = 0;
      const answer = model.answer;
      model.answer = (asked, options) => {
        lastAsked = clock.now() - began;
        return answer(asked, options);
      };
      const paper = new Paper(20);
      await paper.run({ model, clock, pace, batchSize: 5 }, 60_000);
      assert.equal(lastAsked, 3000);
      assert.equal(paper.written.length, 20);
    });
  }
});
