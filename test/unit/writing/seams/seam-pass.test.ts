import assert from 'node:assert/strict';
import type { SceneAnswer } from '../../../../src/models/answer-schemas.ts';
import type { Scene } from '../../../../src/script/script-model.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import type { WriteOptions } from '../../../../src/writing/write-options.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import { seamSuspicions } from '../../../../src/writing/seams/seam-check.ts';
import { sceneFromAnswer } from '../../../../src/writing/run/scene-from-answer.ts';
import { AnswersInMemory } from '../planning/planning-support.ts';
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

/** Both say the same, which no check in code lets pass between neighbours. */
const line = 'Every night I count the ships before I light the lamp for them.';

function echo(name: string): SceneAnswer {
  return { ...sceneAnswer(name), dialogue: [{ speaker: 'Mara', tone: null, line }] };
}

const happenings = [
  'Mara climbs the stairs with a can of oil.',
  'A boy knocks at the door, wet to the bone.',
  'The lamp goes out and the wind rises.',
  'They carry glass over the gallery.',
  'A ship turns away from the rocks.',
];

/** Five beats (or ten) that have nothing in common. */
function planned(beats: number): Pick<WriteOptions, 'plan' | 'brief' | 'pace' | 'batchSize'> {
  const plan = planOf(beats);
  const outline = plan.outline.map((beat, i) => ({
    ...beat,
    summary: happenings[i % happenings.length] ?? '',
  }));
  const english = { ...brief, language: 'en' };
  return { plan: { ...plan, outline }, brief: english, pace: 'planned', batchSize: 5 };
}

interface Asked {
  readonly seams: string[];
  readonly rewrites: string[];
}

/** Scenes 2 and 3 clash; the model confirms that or not. */
function clashing(
  verdict: () => Promise<unknown>,
  rewrite: (id: string) => Promise<unknown>,
  clock = new VirtualClock(),
): { model: FakeModel; asked: Asked; clock: VirtualClock } {
  const model = new FakeModel();
  const asked: Asked = { seams: [], rewrites: [] };
  model.answer = async ({ task }) => {
    if (task.kind === 'seam') {
      asked.seams.push(`${task.earlier.id} ${task.later.id}`);
      return await verdict();
    }
    assert.ok(task.kind === 'scene');
    const { id } = task.beat;
    if (task.rewrite !== undefined) {
      asked.rewrites.push(`${id}: ${task.rewrite.instruction}`);
      return await rewrite(id);
    }
    await clock.sleep(id === beatOf(2).id ? 2000 : 1000);
    return [beatOf(2).id, beatOf(3).id].includes(id) ? echo(id) : sceneAnswer(id);
  };
  return { model, asked, clock };
}

const clash = (): Promise<unknown> => Promise.resolve({ clash: true, why: 'She repeats herself.' });

const order = (events: readonly WritingEvent[]): string[] =>
  ofType(events, 'batchWritten').flatMap(({ scenes }) => scenes.map(({ title }) => title));

describe('reading neighbours against each other', () => {
  it('is about a pair that code suspects', () => {
    const [two, three] = [2, 3].map((n) =>
      sceneFromAnswer(echo(beatOf(n).id), beatOf(n), planOf(3).bible),
    );
    assert.ok(two && three);
    const [, earlier, later] = planned(3).plan?.outline ?? [];
    assert.ok(earlier && later);
    assert.notDeepEqual(seamSuspicions(two, three, earlier, later), []);
  });

  it('writes the later scene again, once, when the model confirms the clash', async () => {
    const kept = new KeptInMemory();
    const { model, asked, clock } = clashing(clash, (id) => {
      assert.equal(kept.scenes.get(id)?.scene.title, `Scene of ${id}`, 'the first is kept');
      return Promise.resolve({ ...sceneAnswer(id), title: 'Mended' });
    });
    const options = optionsFor(5, { ...planned(5), model, journal: kept, clock });
    const events = await clock.until(collect(writeScript(options)));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.deepEqual(asked.seams.slice(0, 1), [`${beatOf(2).id} ${beatOf(3).id}`]);
    assert.deepEqual(asked.rewrites, [`${beatOf(3).id}: She repeats herself.`]);
    assert.deepEqual(ofType(events, 'seamBroken'), [
      { type: 'seamBroken', id: beatOf(3).id, why: 'She repeats herself.' },
    ]);
    assert.deepEqual(order(events)[2], 'Mended');
    assert.equal(kept.scenes.size, 0);
  });

  it('leaves the scenes alone when the model does not confirm it', async () => {
    const { model, asked, clock } = clashing(
      () => Promise.resolve({ clash: false, why: '' }),
      () => assert.fail('nothing is to be written again'),
    );
    const options = optionsFor(5, { ...planned(5), model, clock });
    const events = await clock.until(collect(writeScript(options)));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.equal(asked.seams.length, 1);
    assert.deepEqual(ofType(events, 'seamBroken'), []);
  });

  it('delivers no batch before its seams are settled', async () => {
    const clock = new VirtualClock();
    let judged = false;
    const { model } = clashing(
      async () => {
        await clock.sleep(60_000);
        judged = true;
        return { clash: false, why: '' };
      },
      () => assert.fail(),
      clock,
    );
    const options = optionsFor(10, { ...planned(10), model, clock });
    const check = async (): Promise<void> => {
      for await (const { type } of writeScript(options)) {
        if (type === 'batchWritten') assert.ok(judged);
      }
    };
    await clock.until(check());
  });

  it('never fails the run: what could not be judged or mended is flagged', async () => {
    const cases = [
      clashing(
        () => Promise.reject(failures.refused()),
        () => assert.fail(),
      ),
      clashing(clash, () => Promise.reject(failures.refused())),
    ];
    for (const { model, clock } of cases) {
      const options = optionsFor(5, { ...planned(5), model, clock });
      const events = await clock.until(collect(writeScript(options)));
      assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
      const [flagged] = ofType(events, 'sceneWritten').filter(({ flags }) => flags !== undefined);
      assert.equal(flagged?.scene.id, beatOf(3).id);
      const [flag] = flagged.flags ?? [];
      assert.equal(flag?.kind, 'seam');
      assert.match(flag.message, /the scene before it.*declined/);
      assert.equal(order(events)[2], `Scene of ${beatOf(3).id}`);
    }
  });

  it('is left out in the paces in which scenes see each other', async () => {
    const { model, asked, clock } = clashing(clash, () => assert.fail());
    const options = optionsFor(5, { ...planned(5), pace: 'sliding', model, clock });
    await clock.until(collect(writeScript(options)));
    assert.deepEqual(asked.seams, []);
  });

  it('judges no seam and writes no scene a second time when a cancelled run is resumed', async () => {
    const kept = new KeptInMemory();
    const answers = new AnswersInMemory();
    const clock = new VirtualClock();
    const { model, asked } = clashing(
      clash,
      (id) => Promise.resolve({ ...echo(id), title: 'Mended' }),
      clock,
    );
    const good = model.answer;
    let mended = false;
    const abort = new AbortController();
    model.answer = async (request, options) => {
      const { task } = request;
      const isLast = task.kind === 'scene' && task.beat.id === beatOf(5).id;
      if (!isLast || mended) return good(request, options);
      await clock.sleep(60_000, options.signal);
      return assert.fail();
    };
    const options = optionsFor(5, { ...planned(5), model, journal: kept, answers, clock });
    const first = async (): Promise<void> => {
      for await (const event of writeScript({ ...options, signal: abort.signal })) {
        if (event.type !== 'sceneWritten' || event.scene.title !== 'Mended') continue;
        mended = true;
        setImmediate(() => {
          abort.abort();
        });
      }
    };
    await clock.until(first());
    assert.ok(mended);
    const before = asked.seams.length;
    const events = await clock.until(collect(writeScript(options)));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.equal(asked.seams.length, before);
    assert.equal(asked.rewrites.length, 1);
    assert.equal(order(events)[2], 'Mended');
    assert.equal(answers.files.size, 0, 'nothing is left behind');
  });

  it('keeps what a changed beat asks for, though the rewrite of the old scene comes later', async () => {
    const clock = new VirtualClock();
    const [seven, eight] = [beatOf(7).id, beatOf(8).id];
    const kept = new KeptInMemory();
    const titles: string[] = [];
    const put = kept.put.bind(kept);
    kept.put = (id, hash, scene) => {
      if (id === eight) titles.push(scene.title);
      return put(id, hash, scene);
    };
    const model = new FakeModel();
    model.answer = async ({ task }) => {
      if (task.kind === 'seam') return await clash();
      assert.ok(task.kind === 'scene');
      const { id, summary } = task.beat;
      if (summary === 'Something else.') return { ...sceneAnswer(id), title: 'New' };
      // The first batch lands while the eighth scene is written again.
      if (task.rewrite !== undefined) await clock.sleep(20_000);
      else if (id === beatOf(5).id) await clock.sleep(5000);
      else if (id === beatOf(10).id) await clock.sleep(60_000);
      return id === seven || id === eight ? echo(id) : sceneAnswer(id);
    };
    let { plan = planOf(10) } = planned(10);
    const written: Scene[] = [];
    const options = optionsFor(10, {
      ...planned(10),
      batchSize: 'auto',
      model,
      journal: kept,
      clock,
      script: () => ({ plan, written }),
    });
    const run = async (): Promise<void> => {
      for await (const event of writeScript(options)) {
        if (event.type !== 'batchWritten') continue;
        written.push(...event.scenes);
        const outline = plan.outline.map((beat) =>
          beat.id === eight ? { ...beat, summary: 'Something else.' } : beat,
        );
        plan = { ...plan, outline };
      }
    };
    await clock.until(run());
    assert.deepEqual(titles, [`Scene of ${eight}`, 'New']);
    assert.equal(written.find(({ id }) => id === eight)?.title, 'New');
  });
});
