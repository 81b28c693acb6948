import assert from 'node:assert/strict';
import type { Scene } from '../../../src/script/model.ts';
import { languageName } from '../../../src/writing/language.ts';
import { planPrompt, scenePrompt, systemPrompt } from '../../../src/writing/prompts.ts';
import type { SceneMaterial } from '../../../src/writing/prompts.ts';
import { sceneFromAnswer } from '../../../src/writing/scene.ts';
import { writeScript } from '../../../src/writing/run.ts';
import {
  brief,
  collect,
  FakeModel,
  optionsFor,
  optionsToPlan,
  planOf,
  sceneAnswer,
} from './support.ts';

function materialOf(beats: number, number: number, finished = number - 1): SceneMaterial {
  const plan = planOf(beats);
  const beat = plan.outline[number - 1];
  assert.ok(beat);
  const scenes: Scene[] = plan.outline
    .slice(0, finished)
    .map((each) => sceneFromAnswer(sceneAnswer(each.id), each, plan.bible));
  return { ...plan, brief, beat, finished: scenes };
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

describe('the prompts', () => {
  it('have the same system part for the plan and every scene of a run', async () => {
    const model = new FakeModel();
    const options = optionsToPlan({ model });
    await collect(writeScript(options));
    assert.equal(model.asked.length, 23);
    assert.deepEqual(
      [...new Set(model.asked.map(({ prompt }) => prompt.system))],
      [systemPrompt(brief)],
    );
  });

  it('begin alike for all scenes of a batch, so that services need to read that only once', async () => {
    for (const beats of [22, 112]) {
      const model = new FakeModel();
      await collect(writeScript(optionsFor(beats, { model })));
      const [first, second] = model.asked.slice(15).map(({ prompt }) => prompt.user);
      assert.ok(first !== undefined && second !== undefined);
      assert.ok(commonStart(first, second) >= first.indexOf('# The scenes around yours'));
    }
  });

  it('carry brief and language into the system part', () => {
    const text = systemPrompt(brief);
    for (const part of [
      brief.idea,
      brief.style,
      brief.instructions,
      'Vietnamese (vi)',
      '180 sec',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it('name every field of the answer, and the exact number and lengths of the beats', () => {
    const plan = planPrompt(brief, [
      { id: 'a', seconds: 8 },
      { id: 'b', seconds: 12 },
    ]);
    const scene = scenePrompt(materialOf(5, 2));
    for (const field of [
      'title',
      'logline',
      'characters',
      'places',
      'beats',
      'handOff',
      'continues',
    ]) {
      assert.ok(plan.includes(`- ${field}:`), field);
    }
    assert.match(plan, /exactly 2 beats/);
    assert.match(plan, /2\. 12 s/);
    for (const field of ['title', 'action', 'dialogue', 'narration', 'sound', 'prompt']) {
      assert.ok(scene.includes(`- ${field}:`), field);
    }
  });

  it('give a scene the bible, its contract, its neighbours and what is written', () => {
    const text = scenePrompt(materialOf(22, 11));
    const own = text.slice(text.indexOf('# Your scene'));
    assert.match(text, /Mara: Sixty, grey braid, oilskin coat\. Voice: Slow\./);
    assert.match(text, /Lamp room: Round, brass and glass\./);
    assert.match(own, /11\. Beat 11 \(Lamp room, night; 8 s\): Thing 11 happens\./);
    assert.match(own, /Entry: Before 11\.\n +Exit: After 11\.\n +Hand-off: The sound of 11\./);
    assert.match(text, /Exit: After 10\./);
    assert.match(text, /Entry: Before 12\./);
    assert.match(text, /1\. Scene of s00001: Mara does the thing of s00001\./, 'older: one line');
    assert.match(text, /Prompt: A woman of sixty with a grey braid, s00010\./, 'recent: in full');
    assert.doesNotMatch(text, /Prompt: A woman of sixty with a grey braid, s00001\./);
  });

  it('stay bounded for the longest video there can be', () => {
    const text = scenePrompt(materialOf(1350, 1340));
    assert.ok(text.length < 60_000, `${text.length} characters`);
    assert.match(text, /Entry: Before 1341\./);
  });

  it('take a language that is no tag as the writer wrote it', () => {
    assert.equal(languageName('vi'), 'Vietnamese (vi)');
    assert.equal(languageName('tiếng Việt'), 'tiếng Việt');
  });
});
