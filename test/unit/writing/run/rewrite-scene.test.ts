import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/events.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import { rewriteScene } from '../../../../src/writing/rewrite-scene.ts';
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
