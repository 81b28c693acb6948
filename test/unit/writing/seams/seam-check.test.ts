import assert from 'node:assert/strict';
import { seamPrompt } from '../../../../src/models/prompts/seam-prompt.ts';
import type { Beat, Brief, Scene } from '../../../../src/script/script-model.ts';
import { planScript } from '../planning/planning-support.ts';
import { sceneFromAnswer } from '../../../../src/writing/run/scene-from-answer.ts';
import { offlineWriter } from '../../../support/offline-writer.ts';
import { askAboutSeam, seamSuspicions } from '../../../../src/writing/seams/seam-check.ts';
import type { SeamTask } from '../../../../src/models/writer-tasks.ts';
import { tellings } from '../stories.ts';
import { beatOf, brief, FakeModel } from '../writing-support.ts';

function beat(number: number, changes: Partial<Beat> = {}, continues = false): Beat {
  const base = beatOf(number);
  return {
    ...base,
    summary: ['', 'She climbs up to him', 'The boy lights the lamp alone'][number] ?? '',
    contract: { ...base.contract, continues },
    ...changes,
  };
}

function scene(number: number, changes: Partial<Scene> = {}): Scene {
  const { id, title, seconds, place, time, cast } = beatOf(number);
  return {
    ...{ id, title, seconds, place, time, cast },
    action: number === 1 ? (tellings.en?.action ?? '') : 'The wick takes the flame at last.',
    dialogue: [],
    narration: '',
    sound: '',
    prompt: `A round room of brass and glass, shot ${number}.`,
    ...changes,
  };
}

function suspicions(
  earlier: Partial<Scene>,
  later: Partial<Scene>,
  { continues = false, ...changes }: Partial<Beat> & { continues?: boolean } = {},
): readonly string[] {
  return seamSuspicions(scene(1, earlier), scene(2, later), beat(1), beat(2, changes, continues));
}

function prompts(before: string, after: string, changes = {}): readonly string[] {
  return suspicions({ prompt: before }, { prompt: after }, changes);
}

describe('the look at two neighbouring scenes', () => {
  it('finds nothing between scenes that go together', () => {
    assert.deepEqual(suspicions({}, {}), []);
    assert.deepEqual(suspicions({}, {}, { continues: true }), []);
  });

  for (const [language, { line, action }] of Object.entries(tellings)) {
    it(`finds what is said and told twice in ${language}`, () => {
      const dialogue = [{ speaker: 'Mara', tone: '', line }];
      assert.deepEqual(suspicions({ dialogue }, { narration: line }), [
        `"${line}" is spoken in both scenes.`,
      ]);
      assert.deepEqual(suspicions({ action }, { action: `${action} !` }), [
        'Both scenes tell the same action.',
      ]);
    });
  }

  it('lets short answers come back, and what the plan itself has twice', () => {
    const dialogue = [{ speaker: 'Mara', tone: '', line: 'Not yet. Come here, boy.' }];
    assert.deepEqual(suspicions({ dialogue }, { dialogue }), []);
    const long = [{ speaker: 'Mara', tone: '', line: tellings.en?.line ?? '' }];
    const same = { summary: 'She climbs up to him' };
    assert.deepEqual(suspicions({ dialogue: long }, { dialogue: long }, same), []);
  });

  const times: readonly (readonly [string, string, boolean])[] = [
    ['night', 'A room under a bright midday sun.', true],
    ['late night', 'A sunlit room, blue sky in the window.', true],
    ['noon', 'A room at night, moonlight on the floor.', true],
    ['morning', 'A starry sky over the roof.', true],
    ['night', 'A room at night, moonlight on the floor.', false],
    ['night', 'A warm lamp in a dark room, a painting of a sunny field, at night.', false],
    ['dawn', 'Morning light over the sea.', false],
    ['dusk', 'A starry sky over the roof.', false],
    ['đêm', 'A room under a bright midday sun.', false],
    ['', 'A room under a bright midday sun.', false],
    ['day and night', 'A room under a bright midday sun.', false],
    ['night', 'A small sun of brass hangs over the door; the lamp is bright.', false],
  ];
  for (const [time, prompt, wrong] of times) {
    it(`${wrong ? 'suspects' : 'accepts'} “${prompt}” at “${time}”`, () => {
      assert.equal(suspicions({}, { prompt }, { time }).length, wrong ? 1 : 0);
    });
  }

  it('finds a day that breaks in the middle of a continued scene', () => {
    const [day, night] = ['A boat in the noon sun.', 'A boat on black water, at night.'];
    const time = '';
    assert.equal(prompts(day, night, { continues: true, time }).length, 1);
    assert.deepEqual(prompts(day, night, { time }), [], 'a cut may lead anywhere');
  });

  it('passes over what belongs to the look of the whole video', () => {
    const style = 'Watercolour, soft morning light.';
    assert.deepEqual(prompts(`A room. ${style}`, `A boat. ${style}`, { time: 'night' }), []);
  });

  it('finds a continued scene whose prompt is set elsewhere', () => {
    const [kitchen, beach] = ['A woman in a narrow kitchen.', 'A woman on a wide beach.'];
    assert.match(prompts(kitchen, beach, { continues: true })[0] ?? '', /kitchen .* in beach\./);
    assert.deepEqual(prompts(kitchen, beach), []);
    assert.deepEqual(prompts(kitchen, 'Her hands on the table.', { continues: true }), []);
    const both = 'A woman in a kitchen, a beach through the window.';
    assert.deepEqual(prompts(both, beach, { continues: true }), []);
  });

  it('finds clothes that change colour on the same people', () => {
    const [red, blue] = ['A woman in a long red wool coat.', 'A woman in a dark blue coat.'];
    assert.deepEqual(prompts(red, blue), [
      'The coat is red in the earlier prompt and blue in the later one.',
    ]);
    assert.deepEqual(prompts(red, 'A red coat, gray hair.'), []);
    assert.deepEqual(prompts('A gray coat.', 'A grey coat.'), [], 'two spellings');
    assert.deepEqual(prompts('A red coat and a blue coat.', blue), [], 'two coats');
    assert.deepEqual(prompts(red, 'A red dress and a blue hat.'), [], 'other clothes');
    const others = { cast: ['Mara', 'Old Tom'] };
    assert.deepEqual(suspicions({ prompt: red }, { prompt: blue, ...others }), [], 'or his coat');
    const planned = { summary: 'She comes back in another coat.' };
    assert.deepEqual(prompts(red, blue, planned), [], 'as planned');
  });

  const scripts: readonly (readonly [string, string, Brief['structure']])[] = [
    ['en', 'A lighthouse keeper finds a message in a bottle', 'three-act'],
    ['en', 'Five ways to save water at home', 'list'],
    ['en', 'Why is the sky blue?', 'explainer'],
    ['vi', 'Một cậu bé tìm lại con diều của ông nội', 'three-act'],
    ['de', 'Ein Uhrmacher repariert die letzte Kirchturmuhr', 'three-act'],
    ['es', 'Una niña aprende a hacer pan con su abuela', 'three-act'],
    ['fr', 'Un facteur découvre une lettre jamais livrée', 'three-act'],
  ];
  for (const [language, idea, structure] of scripts) {
    it(`finds nothing in an offline ${structure} script: ${idea}`, async () => {
      const { outline, scenes } = await offlineScript({ ...brief, language, idea, structure });
      assert.ok(scenes.length > 20);
      const found = scenes.slice(1).flatMap((later, i) => {
        const [earlier, before, after] = [scenes[i], outline[i], outline[i + 1]];
        assert.ok(earlier && before && after);
        return seamSuspicions(earlier, later, before, after);
      });
      assert.deepEqual(found, []);
    });
  }
});

async function offlineScript(
  of: Brief,
): Promise<{ outline: readonly Beat[]; scenes: readonly Scene[] }> {
  const model = await offlineWriter();
  const options = { signal: new AbortController().signal };
  let ids = 0;
  const { plan } = await planScript({
    brief: of,
    clipSeconds: [4, 6, 8, 10, 12],
    model,
    requester: { ask: (attempt) => attempt(options) },
    newId: () => beatOf(++ids).id,
    onStage: () => undefined,
    signal: options.signal,
  });
  const { title, bible, outline } = plan;
  const scenes: Scene[] = [];
  for (const each of outline) {
    const material = { brief: of, title, logline: '', bible, outline, beat: each };
    const task = { ...material, kind: 'scene' as const, finished: scenes };
    scenes.push(sceneFromAnswer(await model.generate(task, options), each, bible));
  }
  return { outline, scenes };
}

describe('the question about a seam', () => {
  const task: SeamTask = {
    kind: 'seam',
    brief,
    earlier: scene(1),
    later: scene(2),
    suspicions: ['Both scenes tell the same action.'],
  };
  const options = { signal: new AbortController().signal };

  it('gives the model both scenes and what is suspected, and the last complaint', async () => {
    const model = new FakeModel();
    model.answer = () => Promise.resolve({ clash: true, why: ' Let the boy light it. ' });
    const answer = await askAboutSeam(model, task, {
      ...options,
      complaint: 'clash: is missing.',
    });
    assert.deepEqual(answer, { clash: true, why: 'Let the boy light it.' });
    const [asked] = model.asked;
    assert.equal(asked?.task, task);
    assert.ok(asked.prompt.user.startsWith(seamPrompt(task)));
    assert.match(asked.prompt.user, /could not be used\. clash: is missing\./);
    for (const part of [task.earlier.action, task.later.action, ...task.suspicions]) {
      assert.ok(asked.prompt.user.includes(part), part);
    }
  });

  it('says what is suspected where the model gives no reason of its own', async () => {
    const model = new FakeModel();
    model.answer = () => Promise.resolve({ clash: true, why: '' });
    const { why } = await askAboutSeam(model, task, options);
    assert.equal(why, 'Both scenes tell the same action.');
  });
});
