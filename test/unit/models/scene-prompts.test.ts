import assert from 'node:assert/strict';
import type { Scene } from '../../../src/script/script-model.ts';
import { languageName } from '../../../src/models/prompts/language-names.ts';
import { scenePrompt, systemPrompt } from '../../../src/models/prompts/scene-prompts.ts';
import type { SceneTask } from '../../../src/models/writer-tasks.ts';
import { sceneFromAnswer } from '../../../src/writing/run/scene-from-answer.ts';
import { writeScript } from '../../../src/writing/write-script.ts';
import {
  brief,
  collect,
  FakeModel,
  optionsFor,
  optionsToPlan,
  planOf,
  sceneAnswer,
} from '../writing/writing-support.ts';

function taskOf(beats: number, number: number, finished = number - 1): SceneTask {
  const plan = planOf(beats);
  const beat = plan.outline[number - 1];
  assert.ok(beat);
  const scenes: Scene[] = plan.outline
    .slice(0, finished)
    .map((each) => sceneFromAnswer(sceneAnswer(each.id), each, plan.bible));
  return { ...plan, kind: 'scene', brief, beat, finished: scenes };
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
    const kinds = new Set(model.asked.map(({ task }) => task.kind));
    assert.ok(kinds.has('core') && kinds.has('outline') && kinds.has('scene'));
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

  it('ask to name people and places by @, and for no look again that is put in when a clip is ordered', () => {
    const ruled = (style: string): string =>
      systemPrompt({ ...brief, style }).split('# How a prompt is written')[1] ?? '';
    assert.match(ruled('watercolour'), /everybody in frame and the place as @Name/);
    assert.match(ruled('watercolour'), /looks is put in .* so it is not said again/);
    assert.match(ruled('watercolour'), /So is the look of the brief/);
    assert.match(ruled(''), /The look of the video is said in a few words/, 'nothing puts it in');
    assert.match(scenePrompt(taskOf(5, 2), 16_000), /- prompt: .* as @Name/);
  });

  it('name every field of the answer', () => {
    const scene = scenePrompt(taskOf(5, 2), 16_000);
    for (const field of ['title', 'action', 'dialogue', 'narration', 'sound', 'prompt']) {
      assert.ok(scene.includes(`- ${field}:`), field);
    }
  });

  it('give a scene the bible, its contract, its neighbours and what is written', () => {
    const text = scenePrompt(taskOf(22, 16), 16_000);
    const own = text.slice(text.indexOf('# Your scene'));
    assert.match(text, /Mara: Sixty, grey braid, oilskin coat\. Voice: Slow\./);
    assert.match(text, /Lamp room: Round, brass and glass\./);
    assert.match(own, /16\. Beat 16 \(Lamp room, night; 8 s\): Thing 16 happens\./);
    assert.match(
      own,
      /Entry: Before 16\.\n +Exit: After 16\. \(all else as at the entry\)\n +Hand-off: The sound of 16\./,
    );
    assert.match(text, /Exit: After 15\./);
    assert.match(text, /Entry: Before 17\./);
    assert.match(text, /1\. Scene of s00001: Mara does the thing of s00001\./, 'older: one line');
    assert.match(text, /Prompt: A woman of sixty with a grey braid, s00015\./, 'recent: in full');
    assert.doesNotMatch(text, /Prompt: A woman of sixty with a grey braid, s00001\./);
  });

  it('take a language that is no tag as the writer wrote it', () => {
    assert.equal(languageName('vi'), 'Vietnamese (vi)');
    assert.equal(languageName('tiếng Việt'), 'tiếng Việt');
  });
});
