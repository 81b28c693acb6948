import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/events.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import { rewriteScenes, type RewriteOptions } from '../../../../src/writing/rewrite-scenes.ts';
import { sceneFromAnswer } from '../../../../src/writing/run/scene-from-answer.ts';
import { RunCost } from '../../../../src/writing/run-cost.ts';
import type { BudgetQuestion } from '../../../../src/money/budget-guard.ts';
import {
  brief,
  failures,
  FakeModel,
  goodAnswer,
  planOf,
  sceneAnswer,
  VirtualClock,
} from '../writing-support.ts';
import type { SceneTask } from '../../../../src/models/writer-tasks.ts';
import type { Scene } from '../../../../src/script/script-model.ts';

type One = Omit<RewriteOptions, 'chosen' | 'batchSize'> & { readonly scene: Scene };

/** The scene with what the document says of it, and nothing else of the script. */
function rewriteScene({ scene, ...options }: One): Promise<Scene> {
  const scenes = options.scenes.map((one) => (one.id === scene.id ? scene : one));
  const rewritten = rewriteScenes({ ...options, scenes, chosen: [scene.id], batchSize: 5 });
  return rewritten.get(scene.id) ?? assert.fail('It was not asked for.');
}

describe('rewriting a scene', () => {
  const { title, bible, outline } = planOf(5);
  const scenes = outline.map((beat) => sceneFromAnswer(sceneAnswer(beat.id), beat, bible));
  const [, , third] = scenes;
  assert.ok(third);
  const base = { brief, title, bible, outline, scenes, scene: third, instruction: 'Make it rain.' };
  const signal = new AbortController().signal;

  it('shows the model the scene as it stands and what to change', async () => {
    const model = new FakeModel();
    const scene = await rewriteScene({ ...base, model, signal });
    assert.equal(scene.id, third.id);
    const [asked] = model.asked;
    assert.match(asked?.prompt.user ?? '', /# The scene as it stands\n.*Scene of s00003/);
    assert.match(asked?.prompt.user ?? '', /Make it rain\./);
    const task = asked?.task as SceneTask;
    assert.equal(task.rewrite?.instruction, 'Make it rain.');
    assert.ok(task.outline.includes(task.beat));
    assert.deepEqual(
      task.finished.map(({ id }) => id),
      ['s00001', 's00002', 's00004', 's00005'],
    );
  });

  it('keeps length, place and cast as the document has them, not as they were planned', async () => {
    const edited = { ...third, seconds: 12, place: 'Gallery', time: 'dawn', cast: [] };
    const model = new FakeModel();
    const scene = await rewriteScene({ ...base, scene: edited, model, signal });
    const { seconds, place, time, cast } = scene;
    assert.deepEqual(
      { seconds, place, time, cast },
      { seconds: 12, place: 'Gallery', time: 'dawn', cast: [] },
    );
    assert.match(model.asked[0]?.prompt.user ?? '', /It lasts 12 seconds/);
  });

  it('works for a scene that the writer added without a line in the outline', async () => {
    const added = { ...third, id: 'added1', title: 'A stranger' };
    const model = new FakeModel();
    const around = scenes.toSpliced(3, 0, added);
    const scene = await rewriteScene({ ...base, scenes: around, scene: added, model, signal });
    assert.equal(scene.id, 'added1');
    const task = model.asked[0]?.task as SceneTask;
    assert.equal(task.outline.indexOf(task.beat), 3);
  });

  it('tries again after a passing failure, and gives up on a lasting one', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    const flaky = [failures.network, failures.invalid];
    model.answer = ({ task }) => {
      const failure = flaky.shift();
      return failure === undefined ? Promise.resolve(goodAnswer(task)) : Promise.reject(failure());
    };
    await clock.until(rewriteScene({ ...base, model, signal, clock }));
    assert.equal(model.asked.length, 3);
    model.answer = () => Promise.reject(failures.account());
    await assert.rejects(rewriteScene({ ...base, model, signal, clock }), { code: 'account' });
    assert.equal(model.asked.length, 4);
  });

  it('asks before another attempt exceeds the budget, and stops on a no', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    model.answer = () => Promise.reject(failures.invalid());
    const questions: BudgetQuestion[] = [];
    const cost = new RunCost({
      // Of the model's 100 tokens a request.
      price: { input: 20_000, output: 0 },
      budget: 3,
      ask: (question) => {
        questions.push(question);
        return Promise.resolve(false);
      },
    });
    const rewritten = rewriteScene({ ...base, model, signal, clock, cost });
    await assert.rejects(clock.until(rewritten), { code: 'budget' });
    assert.deepEqual(questions, [{ spent: 2, expected: 4, budget: 3 }]);
    assert.equal(model.asked.length, 1);
  });

  it('ends at once when it is cancelled', async () => {
    const abort = new AbortController();
    const model = new FakeModel();
    model.answer = () => {
      abort.abort();
      return new Promise(() => undefined);
    };
    await assert.rejects(rewriteScene({ ...base, model, signal: abort.signal }), {
      code: 'cancelled',
    });
  });

  it('does not wait for a service that answers nobody where the writer does not want to', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    const tryNow = new Emitter<void>();
    model.answer = ({ task }) =>
      model.asked.length < 6
        ? Promise.reject(failures.network())
        : Promise.resolve(goodAnswer(task));
    const began = clock.now();
    const tell = ({ type }: WritingEvent): void => {
      if (type === 'unanswered') tryNow.fire();
    };
    const onTryNow = tryNow.event;
    await clock.until(rewriteScene({ ...base, model, signal, clock, tell, onTryNow }));
    assert.equal(clock.now(), began);
  });
});

describe('rewriting several scenes', () => {
  const plan = planOf(6);
  const { title, bible } = plan;
  // The fourth goes on from the third, and the fifth from that; the second from one that stays.
  const outline = plan.outline.map((beat, i) => ({
    ...beat,
    contract: { ...beat.contract, continues: [1, 3, 4].includes(i) },
  }));
  const ids = outline.map(({ id }) => id);
  const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = ids;
  const scenes = outline.map((beat) => ({
    ...sceneFromAnswer(sceneAnswer(beat.id), beat, bible),
    action: `The old ${beat.id}.`,
  }));
  const base = {
    ...{ brief, title, bible, outline, scenes, instruction: 'Rain.', batchSize: 5 },
    signal: new AbortController().signal,
  };
  const chosen = [sixth, second, third, fourth, fifth];

  /** What a request was told of other scenes. */
  const told = (model: FakeModel, id: string): readonly string[] => {
    const asked = model.asked.find(({ task }) => task.kind === 'scene' && task.beat.id === id);
    return (asked?.task as SceneTask).finished.map(({ action }) => action);
  };

  it('asks for all at once but for those that go on from another, and tells each what is settled', async () => {
    const model = new FakeModel();
    const rewritten = rewriteScenes({ ...base, chosen, model });
    const written = await Promise.all(rewritten.values());
    assert.deepEqual([...rewritten.keys()].sort(), [...chosen].sort());
    assert.deepEqual(new Set(model.askedIds.slice(0, 3)), new Set([second, third, sixth]));
    assert.deepEqual(model.askedIds.slice(3), [fourth, fifth]);
    const newOf = (id: string): string =>
      written.find((scene) => scene.id === id)?.action ?? assert.fail(id);
    assert.deepEqual(told(model, second), ['The old s00001.']);
    assert.ok(told(model, fourth).includes(newOf(third)));
    assert.ok(told(model, fifth).includes(newOf(fourth)));
    // Nothing of the scenes that are going to be others is a fact.
    assert.ok(
      !model.asked.some(({ task }) =>
        (task as SceneTask).finished.some(
          ({ id, action }) => id !== first && action.startsWith('The old'),
        ),
      ),
    );
  });

  it('says that a neighbour stays only of one that does', async () => {
    const model = new FakeModel();
    await Promise.all(rewriteScenes({ ...base, chosen: [first, second, fifth], model }).values());
    const open = model.asked.map(({ prompt, task }) => [
      (task as SceneTask).beat.id,
      prompt.user.includes('its neighbours are written and stay'),
    ]);
    assert.deepEqual(Object.fromEntries(open), { [first]: false, [second]: true, [fifth]: true });
  });

  it('goes on without a scene that fails, from what stays of it', async () => {
    const model = new FakeModel();
    model.answer = ({ task }) =>
      (task as SceneTask).beat.id === third
        ? Promise.reject(failures.account())
        : Promise.resolve(goodAnswer(task));
    const rewritten = rewriteScenes({ ...base, chosen, model });
    const ends = await Promise.allSettled(rewritten.values());
    assert.equal(ends.filter(({ status }) => status === 'rejected').length, 1);
    await assert.rejects(rewritten.get(third) ?? Promise.resolve(), { code: 'account' });
    assert.ok(told(model, fourth).includes(`The old ${third}.`));
  });

  it('asks once whether all of them may cost more than the budget', async () => {
    const model = new FakeModel();
    const questions: BudgetQuestion[] = [];
    const cost = new RunCost({
      // Of the model's 100 tokens a request.
      price: { input: 10_000, output: 0 },
      budget: 3.5,
      ask: (question) => {
        questions.push(question);
        return Promise.resolve(true);
      },
    });
    await Promise.all(rewriteScenes({ ...base, chosen, model, cost }).values());
    assert.equal(model.asked.length, 5);
    assert.equal(questions.length, 1);
  });
});
