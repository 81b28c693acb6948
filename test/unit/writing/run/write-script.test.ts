import assert from 'node:assert/strict';
import { PauseSwitch } from '../../../../src/writing/pause-switch.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import {
  beatOf,
  brief,
  collect,
  failures,
  FakeModel,
  goodAnswer,
  KeptInMemory,
  ofType,
  optionsFor,
  optionsToPlan,
  plannedIn,
  planOf,
  VirtualClock,
} from '../writing-support.ts';
import { AnswersInMemory } from '../planning/planning-support.ts';
import type { SceneTask } from '../../../../src/models/writer-tasks.ts';

/** A model of which the scene with this number fails, every time or the first few times. */
function failingAt(number: number, how: keyof typeof failures, times = Infinity): FakeModel {
  const model = new FakeModel();
  let failed = 0;
  model.answer = ({ task }) => {
    const isIt = task.kind === 'scene' && task.beat.id === beatOf(number).id;
    if (isIt && failed++ < times) return Promise.reject(failures[how]());
    return Promise.resolve(goodAnswer(task));
  };
  return model;
}

describe('writing a script', () => {
  it('plans first, and puts ids and lengths on the beats itself', async () => {
    const model = new FakeModel();
    const options = optionsToPlan({ model });
    const events = await collect(writeScript(options));
    const planned = plannedIn(events);
    assert.equal(events[0]?.type, 'planning');
    assert.equal(planned?.outline.length, 22);
    assert.equal(
      planned.outline.reduce((sum, { seconds }) => sum + seconds, 0),
      brief.duration,
    );
    assert.deepEqual(
      ofType(events, 'scheduled')[0]?.batches.map((batch) => batch.length),
      [5, 1],
      'the opening; more is told as it comes in',
    );
    assert.deepEqual(
      ofType(events, 'batchWritten').map(({ scenes }) => scenes.length),
      [5, 5, 5, 5, 2],
    );
    const written = ofType(events, 'batchWritten').flatMap(({ scenes }) => scenes);
    assert.deepEqual(
      written.map(({ id, seconds }) => [id, seconds]),
      planned.outline.map(({ id, seconds }) => [id, seconds]),
    );
    assert.deepEqual(events.at(-1), { type: 'stopped', reason: 'done' });
  });

  it('gives every beat an id of its own, even when chance repeats one', async () => {
    const ids = ['aaaaaa', 'aaaaaa', 'bbbbbb', 'aaaaaa', 'cccccc'];
    const options = optionsToPlan({ brief: { ...brief, duration: 24 }, outlineOnly: true });
    const events = await collect(writeScript({ ...options, newId: () => ids.shift() ?? '' }));
    assert.deepEqual(
      plannedIn(events)?.outline.map(({ id, seconds }) => [id, seconds]),
      [
        ['aaaaaa', 8],
        ['bbbbbb', 8],
        ['cccccc', 8],
      ],
    );
  });

  it('stops after the plan when only the outline is wanted', async () => {
    const model = new FakeModel();
    const options = optionsToPlan({ model, outlineOnly: true });
    const events = await collect(writeScript(options));
    assert.deepEqual(
      [...new Set(events.map(({ type }) => type))],
      ['planning', 'spent', 'outlined', 'planned', 'stopped'],
    );
    assert.deepEqual(model.askedIds, []);
  });

  it('begins no scene before the plan is in the document', async () => {
    const model = new FakeModel();
    const options = optionsToPlan({ model });
    const run = writeScript(options);
    for (let event = await run.next(); !event.done; event = await run.next()) {
      if (event.value.type === 'outlined') break;
    }
    await new Promise(setImmediate);
    assert.deepEqual(model.askedIds, []);
    await run.return();
  });

  it('says that planning failed, and why, when no answer will do', async () => {
    const model = new FakeModel();
    model.answer = () => Promise.reject(failures.account());
    const options = optionsToPlan({ model });
    const stopped = (await collect(writeScript(options))).at(-1);
    assert.ok(stopped?.type === 'stopped');
    assert.equal(stopped.reason, 'failed');
    assert.equal(stopped.error?.code, 'account');
    assert.equal(
      stopped.error.message,
      "The video could not be planned. The key was refused (401). Nothing has been written yet. Check the account's key.",
    );
    assert.equal(model.asked.length, 1);
  });

  it('says how many answers of the plan are kept, and asks for none of them again', async () => {
    const answers = new AnswersInMemory();
    for (const [good, kept] of [
      ['nothing', 'Nothing has been written yet.'],
      ['core', 'One planning answer is kept, and the next run goes on from it.'],
      ['nothing', 'One planning answer is kept, and the next run goes on from it.'],
    ] as const) {
      const model = new FakeModel();
      model.answer = ({ task }) =>
        task.kind === good ? Promise.resolve(goodAnswer(task)) : Promise.reject(failures.account());
      const stopped = (await collect(writeScript(optionsToPlan({ model, answers })))).at(-1);
      assert.ok(stopped?.type === 'stopped');
      assert.equal(
        stopped.error?.message,
        `The video could not be planned. The key was refused (401). ${kept} Check the account's key.`,
      );
    }
    const model = new FakeModel();
    await collect(writeScript(optionsToPlan({ model, answers, outlineOnly: true })));
    assert.ok(!model.asked.some(({ task }) => task.kind === 'core'));
  });

  it('does not count as kept what could not be kept', async () => {
    const answers = new AnswersInMemory();
    answers.broken = true;
    const model = new FakeModel();
    model.answer = ({ task }) =>
      task.kind === 'outline'
        ? Promise.reject(failures.account())
        : Promise.resolve(goodAnswer(task));
    const stopped = (await collect(writeScript(optionsToPlan({ model, answers })))).at(-1);
    assert.ok(stopped?.type === 'stopped');
    assert.match(stopped.error?.message ?? '', /Nothing has been written yet/);
  });

  it('gives the document its own text back in what a scene takes from its beat', async () => {
    const plain = { ...brief, style: '' };
    const events = await collect(writeScript(optionsFor(1, { brief: plain })));
    assert.deepEqual(ofType(events, 'batchWritten')[0]?.scenes, [
      {
        id: 's00001',
        title: 'Scene of s00001',
        seconds: 8,
        place: 'Lamp room',
        time: 'night',
        cast: ['Mara'],
        action: 'Mara does the thing of s00001. Then she rests.',
        dialogue: [{ speaker: 'Mara', tone: '', line: 'Words of s00001.' }],
        narration: '',
        sound: 'Wind.',
        prompt: 'A woman of sixty with a grey braid, s00001.',
      },
    ]);
  });

  it('has nothing to do for a script that is complete', async () => {
    const first = await collect(writeScript(optionsFor(3)));
    const written = ofType(first, 'batchWritten').flatMap(({ scenes }) => scenes);
    const model = new FakeModel();
    const events = await collect(writeScript(optionsFor(3, { written, model })));
    assert.deepEqual(events, [
      { type: 'scheduled', batches: [] },
      { type: 'stopped', reason: 'done' },
    ]);
    assert.equal(model.asked.length, 0);
  });

  it('refuses an outline in which two beats have the same id', async () => {
    const plan = planOf(3);
    const [one, two] = plan.outline;
    assert.ok(one && two);
    const outline = [one, two, { ...two, id: one.id }];
    const stopped = (await collect(writeScript(optionsFor(3, { plan: { ...plan, outline } })))).at(
      -1,
    );
    assert.ok(stopped?.type === 'stopped');
    assert.equal(stopped.error?.code, 'bad-script');
    assert.match(stopped.error.message, /Beats 1 and 3/);
  });

  it('tells what streams in, without the JSON around it', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    model.answer = async ({ task }, { onText }) => {
      const text = JSON.stringify(goodAnswer(task));
      for (const end of [12, 30, 60]) {
        onText?.(text.slice(0, end));
        await clock.sleep(200);
      }
      return goodAnswer(task);
    };
    const events = await clock.until(collect(writeScript(optionsFor(1, { model, clock }))));
    const texts = ofType(events, 'sceneText').map(({ text }) => text);
    assert.ok(texts.length > 0);
    assert.match(texts.at(-1) ?? '', /^Scene of s00001\n\nMara does/);
  });
});

describe('a scene that fails', () => {
  it('is asked for again, with the complaint when its answer was unusable', async () => {
    const model = failingAt(2, 'invalid', 1);
    const events = await collect(writeScript(optionsFor(3, { model })));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.deepEqual(
      ofType(events, 'sceneFailed').map(({ id, willRetry }) => [id, willRetry]),
      [[beatOf(2).id, true]],
    );
    const again = model.asked.filter(({ task }) => (task as SceneTask).beat.id === beatOf(2).id)[1]
      ?.prompt.user;
    assert.match(again ?? '', /Your last answer to this could not be used\. prompt: is missing\./);
  });

  it('waits as long as the service asks for', async () => {
    const clock = new VirtualClock();
    const began = clock.now();
    const run = collect(
      writeScript(optionsFor(1, { clock, model: failingAt(1, 'slow', 1), random: () => 0 })),
    );
    const events = await clock.until(run);
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.equal(clock.now() - began, 20_000);
    assert.equal(ofType(events, 'sceneWritten')[0]?.milliseconds, 0, 'waiting is not writing');
  });

  it('waits longer from try to try, and lets the run stop without patience', async () => {
    const clock = new VirtualClock();
    const began = clock.now();
    const model = failingAt(1, 'network');
    const run = collect(
      writeScript(
        optionsFor(1, { clock, model, retries: 4, random: () => 0.999_999, patienceMs: 0 }),
      ),
    );
    const events = await clock.until(run);
    assert.equal(ofType(events, 'stopped')[0]?.error?.code, 'network');
    assert.equal(model.asked.length, 4);
    assert.equal(Math.round((clock.now() - began) / 100), 70, '1 + 2 + 4 seconds at most');
  });

  it('stops the run with what was kept, and lets its siblings finish', async () => {
    const kept = new KeptInMemory();
    const model = failingAt(14, 'account');
    const events = await collect(writeScript(optionsFor(22, { model, journal: kept })));
    const stopped = events.at(-1);
    assert.ok(stopped?.type === 'stopped');
    assert.equal(stopped.reason, 'failed');
    assert.equal(
      stopped.error?.message,
      "Scene 14 could not be written. The key was refused (401). Scenes 1–10 are in the script, 11–13 and 15 are kept. Check the account's key.",
    );
    assert.equal(stopped.error.status, 401);
    assert.deepEqual(
      [...kept.scenes.keys()].sort(),
      [11, 12, 13, 15].map((number) => beatOf(number).id),
    );
    assert.equal(ofType(events, 'batchWritten').length, 2);
  });

  it('ends the retries of the others when it is the account that was refused', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    model.answer = async ({ task }) => {
      const { beat } = task as SceneTask;
      if (beat.id !== beatOf(1).id) throw failures.slow();
      await clock.sleep(100);
      throw failures.account();
    };
    const began = clock.now();
    const events = await clock.until(collect(writeScript(optionsFor(5, { model, clock }))));
    assert.equal(model.asked.length, 5, 'nobody asks a second time');
    assert.equal(clock.now() - began, 100, 'nor waits for it');
    assert.deepEqual(
      ofType(events, 'sceneFailed').map(({ error, willRetry }) => [error.code, willRetry]),
      [...Array<unknown>(4).fill(['rate-limit', true]), ['account', false]],
    );
    assert.match(ofType(events, 'stopped')[0]?.error?.message ?? '', /The key was refused/);
  });

  it('does not wait for a service that asks for an hour', async () => {
    const model = new FakeModel();
    model.answer = () =>
      Promise.reject(Object.assign(failures.slow(), { retryAfterMs: 3_600_000 }));
    const events = await collect(writeScript(optionsFor(1, { model })));
    assert.equal(model.asked.length, 1);
    assert.equal(ofType(events, 'stopped')[0]?.error?.code, 'rate-limit');
  });

  it('may be a defect of the model adapter: that too ends the run with a message', async () => {
    const model = new FakeModel();
    model.answer = () => Promise.reject(new TypeError('x is not a function'));
    const stopped = (await collect(writeScript(optionsFor(1, { model })))).at(-1);
    assert.ok(stopped?.type === 'stopped');
    assert.equal(stopped.error?.code, 'internal');
  });
});

describe('resuming', () => {
  it('takes the kept scenes without asking and writes only the missing one', async () => {
    const kept = new KeptInMemory();
    const first = await collect(
      writeScript(optionsFor(5, { journal: kept, model: failingAt(3, 'refused') })),
    );
    assert.equal(ofType(first, 'stopped')[0]?.reason, 'failed');
    const model = new FakeModel();
    const events = await collect(writeScript(optionsFor(5, { journal: kept, model })));
    assert.deepEqual(model.askedIds, [beatOf(3).id]);
    assert.deepEqual(
      ofType(events, 'sceneWritten').map(({ scene, reused }) => [scene.id, reused]),
      [1, 2, 4, 5, 3].map((number) => [beatOf(number).id, number !== 3]),
    );
    const { finished } = model.asked[0]?.task as SceneTask;
    assert.deepEqual(
      finished.map(({ id }) => id),
      [1, 2, 4, 5].map((number) => beatOf(number).id),
    );
    assert.equal(kept.scenes.size, 0);
  });

  it('writes a kept scene anew when its beat, a look or the brief has changed since', async () => {
    const changes = [
      { brief: { ...brief, style: 'charcoal' } },
      { plan: { ...planOf(2), outline: [beatOf(1), { ...beatOf(2), summary: 'Another thing.' }] } },
      {
        plan: {
          ...planOf(2),
          bible: { ...planOf(2).bible, places: [{ name: 'Lamp room', look: 'Square.' }] },
        },
      },
    ];
    for (const change of changes) {
      const kept = new KeptInMemory();
      await collect(writeScript(optionsFor(2, { journal: kept, model: failingAt(1, 'refused') })));
      assert.equal(kept.scenes.size, 1);
      const model = new FakeModel();
      await collect(writeScript(optionsFor(2, { journal: kept, model, ...change })));
      assert.ok(model.askedIds.includes(beatOf(2).id));
    }
  });

  it('is not misled by white space or by a story line that the document does not hold', async () => {
    const kept = new KeptInMemory();
    await collect(writeScript(optionsFor(2, { journal: kept, model: failingAt(1, 'refused') })));
    const model = new FakeModel();
    const plan = planOf(2);
    const outline = plan.outline.map((beat) => ({ ...beat, summary: `${beat.summary} \n` }));
    await collect(
      writeScript(
        optionsFor(2, {
          journal: kept,
          model,
          plan: { ...plan, logline: '', title: 'T', outline },
        }),
      ),
    );
    assert.deepEqual(model.askedIds, [beatOf(1).id]);
  });
});

describe('a disk that will not keep a scene', () => {
  it('does not stop the run, but is told', async () => {
    const kept = new KeptInMemory();
    kept.broken = new Set([beatOf(2).id]);
    const events = await collect(writeScript(optionsFor(3, { journal: kept })));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    const [told] = ofType(events, 'sceneWritten').filter(({ unkept }) => unkept !== undefined);
    assert.equal(told?.scene.id, beatOf(2).id);
    assert.equal(told.unkept?.code, 'disk');
    assert.match(told.unkept.message, /no space left/);
  });

  it('sends the scene to the document at once when the rest of its batch fails', async () => {
    const kept = new KeptInMemory();
    kept.broken = new Set([beatOf(2).id]);
    const events = await collect(
      writeScript(optionsFor(3, { journal: kept, model: failingAt(3, 'refused') })),
    );
    assert.deepEqual(
      ofType(events, 'batchWritten').map(({ scenes }) => scenes.map(({ id }) => id)),
      [[beatOf(2).id]],
    );
    assert.match(
      ofType(events, 'stopped')[0]?.error?.message ?? '',
      /Scene 2 is in the script, 1 is kept\.$/,
    );
  });
});

describe('pausing', () => {
  it('lets requests under way finish, begins none, and goes on where it was', async () => {
    const pause = new PauseSwitch();
    const model = new FakeModel();
    const types: string[] = [];
    const run = writeScript(optionsFor(4, { model, pause, batchSize: 2 }));
    for await (const event of run) {
      types.push(event.type);
      if (event.type === 'sceneStarted' && model.asked.length === 2) pause.pause();
      if (event.type === 'batchWritten' && pause.paused) {
        await new Promise(setImmediate);
        assert.equal(model.asked.length, 2);
        setImmediate(() => {
          assert.equal(model.asked.length, 2);
          pause.resume();
        });
      }
    }
    assert.deepEqual(
      types.filter((type) => ['paused', 'batchWritten', 'resumed', 'stopped'].includes(type)),
      ['paused', 'batchWritten', 'resumed', 'batchWritten', 'stopped'],
    );
    assert.equal(model.asked.length, 4);
  });

  it('can be cancelled', async () => {
    const abort = new AbortController();
    const pause = new PauseSwitch();
    pause.pause();
    const model = new FakeModel();
    const events: string[] = [];
    for await (const event of writeScript(optionsFor(2, { pause, model, signal: abort.signal }))) {
      events.push(event.type);
      if (event.type === 'scheduled')
        setImmediate(() => {
          abort.abort();
        });
    }
    assert.deepEqual(events, ['paused', 'scheduled', 'stopped']);
    assert.equal(model.asked.length, 0);
  });
});

describe('cancelling and leaving', () => {
  it('aborts what is under way, keeps what is finished and says cancelled', async () => {
    const abort = new AbortController();
    const kept = new KeptInMemory();
    const model = new FakeModel();
    const aborted: string[] = [];
    model.answer = ({ task }, { signal }) => {
      const { id } = (task as SceneTask).beat;
      if (id === beatOf(1).id) return Promise.resolve(goodAnswer(task));
      // Never answers, not even when it is aborted.
      signal.addEventListener('abort', () => aborted.push(id));
      return new Promise(() => undefined);
    };
    const events = [];
    for await (const event of writeScript(
      optionsFor(3, { model, journal: kept, signal: abort.signal }),
    )) {
      events.push(event);
      if (event.type === 'sceneWritten') abort.abort();
    }
    assert.deepEqual(events.at(-1), { type: 'stopped', reason: 'cancelled' });
    assert.deepEqual(aborted, [beatOf(2).id, beatOf(3).id]);
    assert.deepEqual([...kept.scenes.keys()], [beatOf(1).id]);
  });

  it('asks nothing at all when cancelled before it begins', async () => {
    const model = new FakeModel();
    const options = optionsToPlan({ model, signal: AbortSignal.abort() });
    assert.deepEqual(await collect(writeScript(options)), [
      { type: 'stopped', reason: 'cancelled' },
    ]);
    assert.equal(model.asked.length, 0);
  });

  it('ends everything before a consumer that leaves early goes on', async () => {
    const kept = new KeptInMemory();
    const model = new FakeModel();
    let aborted = 0;
    model.answer = ({ task }, { signal }) => {
      if ((task as SceneTask).beat.id === beatOf(1).id) return Promise.resolve(goodAnswer(task));
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted++;
          reject(signal.reason as Error);
        });
      });
    };
    for await (const event of writeScript(optionsFor(4, { model, journal: kept }))) {
      if (event.type === 'sceneWritten') break;
    }
    assert.equal(aborted, 3);
    assert.equal(model.inFlight, 0);
    assert.deepEqual([...kept.scenes.keys()], [beatOf(1).id]);
  });

  it('keeps a batch whose consumer failed to put it into the document', async () => {
    const kept = new KeptInMemory();
    const consume = async (): Promise<void> => {
      for await (const event of writeScript(optionsFor(2, { journal: kept }))) {
        if (event.type === 'batchWritten') throw new Error('The document is closed.');
      }
    };
    await assert.rejects(consume, /closed/);
    assert.equal(kept.scenes.size, 2);
  });
});
