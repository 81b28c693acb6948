import assert from 'node:assert/strict';
import { checkScene } from '../../../../src/writing/checks/scene-checks.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import { sceneFromAnswer } from '../../../../src/writing/run/scene-from-answer.ts';
import {
  beatOf,
  brief,
  collect,
  failures,
  FakeModel,
  KeptInMemory,
  ofType,
  optionsFor,
  planOf,
  sceneAnswer,
  VirtualClock,
} from '../writing-support.ts';

/** Far more words than anybody says in eight seconds. */
const babble = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');

const wordy = (name: string, line: string): unknown => ({
  ...sceneAnswer(name),
  dialogue: [{ speaker: 'Mara', tone: null, line }],
});

const id = beatOf(1).id;

/** Gives these answers to the first scene, in order; an error is thrown. */
function answering(...answers: unknown[]): FakeModel {
  const model = new FakeModel();
  model.answer = () => {
    const next = answers.shift();
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  return model;
}

describe('a scene that is not as it was asked for', () => {
  it('is one whose words do not fit into its length', () => {
    const scene = sceneFromAnswer(
      wordy(id, babble) as ReturnType<typeof sceneAnswer>,
      beatOf(1),
      planOf(1).bible,
    );
    const material = { ...planOf(1), brief, beat: beatOf(1), finished: [] };
    assert.deepEqual(
      checkScene(scene, material).map(({ kind }) => kind),
      ['spoken'],
    );
  });

  it('is asked for once more with what is wrong with it, and taken when that is put right', async () => {
    const model = answering(wordy(id, babble), sceneAnswer(id));
    const kept = new KeptInMemory();
    const events = await collect(writeScript(optionsFor(1, { model, journal: kept })));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.equal(model.asked.length, 2);
    assert.match(model.asked[1]?.prompt.user ?? '', /could not be used\./);
    const [written] = ofType(events, 'sceneWritten');
    assert.equal(written?.scene.dialogue[0]?.line, `Words of ${id}.`);
    assert.equal(written.flags, undefined);
    assert.equal(ofType(events, 'sceneWritten').length, 1);
  });

  it('is taken all the same, with a flag, when asking again does not help', async () => {
    const cases = [wordy(id, `${babble} again`), failures.network(), failures.refused()];
    for (const second of cases) {
      const model = answering(wordy(id, babble), second);
      const events = await collect(writeScript(optionsFor(1, { model })));
      assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
      assert.equal(model.asked.length, 2);
      const [written] = ofType(events, 'sceneWritten');
      assert.equal(written?.scene.dialogue[0]?.line, babble, 'the one that was there first');
      assert.equal(written.flags?.length, 1);
    }
  });

  it('is taken at once, with a flag, where it is a matter of speaking faster', async () => {
    // 34 words of Vietnamese take about ten seconds.
    const line = babble.split(' ').slice(0, 34).join(' ');
    const model = answering(wordy(id, line));
    const events = await collect(writeScript(optionsFor(1, { model })));
    assert.equal(model.asked.length, 1);
    const [written] = ofType(events, 'sceneWritten');
    assert.equal(written?.scene.dialogue[0]?.line, line);
    assert.match(written.flags?.[0]?.message ?? '', /^Its words take about 10 s to speak/);
    assert.deepEqual(ofType(events, 'sceneFailed'), []);
  });

  it('is taken at once, with a flag, where somebody speaks whom the bible does not have', async () => {
    const model = answering({
      ...sceneAnswer(id),
      dialogue: [{ speaker: 'Conductor', tone: null, line: 'Tickets!' }],
    });
    const events = await collect(writeScript(optionsFor(1, { model })));
    assert.equal(model.asked.length, 1);
    const [flag] = ofType(events, 'sceneWritten')[0]?.flags ?? [];
    assert.equal(flag?.kind, 'newcomer');
    assert.match(flag.message, /^Conductor speaks in it/);
  });

  it('does not wait for a second answer much longer than the first one took', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    model.answer = async (_, { signal }) => {
      const isFirst = model.asked.length === 1;
      await clock.sleep(isFirst ? 10_000 : 600_000, signal);
      return wordy(id, babble);
    };
    const began = clock.now();
    const events = await clock.until(collect(writeScript(optionsFor(1, { model, clock }))));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.equal(ofType(events, 'sceneWritten')[0]?.scene.dialogue[0]?.line, babble);
    assert.equal(clock.now() - began, 40_000);
  });

  it('is safe on disk before it is asked for again, and not lost to a cancel', async () => {
    const abort = new AbortController();
    const kept = new KeptInMemory();
    const model = new FakeModel();
    model.answer = () => {
      if (model.asked.length === 1) return Promise.resolve(wordy(id, babble));
      assert.equal(kept.scenes.size, 1);
      abort.abort();
      return new Promise(() => undefined);
    };
    const events = await collect(
      writeScript(optionsFor(1, { model, journal: kept, signal: abort.signal })),
    );
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'cancelled');
    const again = new FakeModel();
    const later = await collect(writeScript(optionsFor(1, { model: again, journal: kept })));
    assert.equal(ofType(later, 'batchWritten').length, 1);
    assert.equal(again.asked.length, 0);
  });
});
