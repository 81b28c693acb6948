import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import type { OutlineAnswer, SceneAnswer } from '../../../../src/models/answer-schemas.ts';
import { OpenAiModel } from '../../../../src/models/openai/openai-model.ts';
import { PromptedWriter } from '../../../../src/models/prompts/prompted-writer.ts';
import { Http } from '../../../../src/net/http.ts';
import type { Bible, Scene } from '../../../../src/script/script-model.ts';
import { pictureText } from '../../../../src/script/picture-text.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import { answerTo, sceneOf, type Chat } from '../../../support/mock-endpoint.ts';
import { brief, collect, ofType, optionsToPlan } from '../writing-support.ts';

/** No request has to wait here, and none is waited for in vain. */
function untilAborted(_: number, signal?: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

/** One answer in so many slips. */
const slipEvery = 5;

/** About eleven seconds of speech, for eight. */
const tooLong = Array.from({ length: 27 }, (_, i) => `word${String.fromCharCode(97 + i)}`).join(
  ' ',
);

/** What becomes of an answer that slips, one after the other. */
const slips: readonly ((answer: SceneAnswer) => unknown)[] = [
  (answer) => ({ ...answer, narration: tooLong }),
  (answer) => ({ ...answer, prompt: 'A dark round room high above the sea, wide shot, painted.' }),
  (answer) => ({ ...answer, dialogue: [{ speaker: 'MARA (off)', tone: null, line: 'Yes.' }] }),
  (answer) => ({ ...answer, dialogue: [{ speaker: 'The Conductor', tone: null, line: 'No.' }] }),
  (answer) => ({ scene: answer }),
  (answer) => ({ ...answer, title: '' }),
  (answer) => ({ ...answer, title: 7 }),
  (answer) => ({ ...answer, action: '' }),
  // Only this one is nothing that code could mend, or a film could live with.
  (answer) => ({ ...answer, narration: `${tooLong} ${tooLong}` }),
];

/** The same for the beats of an outline. */
const beatSlips: readonly object[] = [
  { place: 'INT. LAMP ROOM - NIGHT', time: null },
  { cast: ['Captain Mara', 'Narrator'] },
  { place: 'The harbour' },
  { cast: ['Mara', 'Ida'] },
  { title: '' },
];

/** Slips where it is asked first; by the second time it has learned. */
function slipping(request: Chat, known: Set<number>): { content: string } {
  const good = answerTo(request) as { content: string };
  const value: unknown = JSON.parse(good.content);
  const scene = sceneOf(request);
  if (scene !== undefined) {
    if (scene % slipEvery !== 0 || known.has(scene)) return good;
    known.add(scene);
    const slip = slips[(scene / slipEvery) % slips.length] ?? ((answer: unknown) => answer);
    return { content: JSON.stringify(slip(value as SceneAnswer)) };
  }
  const { beats } = value as Partial<OutlineAnswer>;
  if (beats === undefined) return good;
  const sloppy = beats.map((beat, i) =>
    i % slipEvery === 2
      ? { ...beat, ...beatSlips[Number(beat.title.replace(/\D/gu, '')) % beatSlips.length] }
      : beat,
  );
  return { content: JSON.stringify({ beats: sloppy }) };
}

describe('a model that slips in one answer of five', () => {
  const http = new Http();
  let mock: LLMock;

  after(() => http.close());
  beforeEach(() => {
    mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 400 });
  });
  afterEach(() => mock.stop());

  async function written(): Promise<{
    scenes: Scene[];
    requests: Chat[];
    places: string[];
    people: string[];
    bible: Bible;
  }> {
    const known = new Set<number>();
    mock.on({ predicate: () => true }, (request) => slipping(request, known));
    await mock.start();
    const events = await collect(
      writeScript(
        optionsToPlan({
          brief: { ...brief, language: 'en', style: 'painted', duration: 600 },
          model: new PromptedWriter(
            new OpenAiModel({ baseUrl: `${mock.url}/v1`, model: 'gpt-mock', fetch: http.fetch }),
            0,
          ),
          pace: 'sliding',
          clock: { now: () => Date.now(), sleep: untilAborted },
        }),
      ),
    );
    assert.deepEqual(events.at(-1), { type: 'stopped', reason: 'done' });
    const bible = ofType(events, 'outlined').at(-1)?.plan.bible;
    return {
      scenes: ofType(events, 'batchWritten').flatMap(({ scenes }) => scenes),
      requests: mock.getRequests().map(({ body }) => body as Chat),
      bible: bible ?? { characters: [], places: [] },
      places: bible?.places.map(({ name }) => name) ?? [],
      people: bible?.characters.map(({ name }) => name) ?? [],
    };
  }

  it('gives 75 scenes with fewer second requests than one in twenty', async () => {
    const { scenes, requests, bible, places, people } = await written();
    assert.equal(scenes.length, 75);
    const asked = requests.map(sceneOf);
    const scenesAsked = asked.filter((scene) => scene !== undefined);
    const planning = asked.length - scenesAsked.length;
    const again = scenesAsked.length - new Set(scenesAsked).size;
    assert.ok(again > 0, 'far too many words have to be written anew');
    assert.ok(again < 75 * 0.05, `${again} of 75 scenes were asked for again`);
    assert.equal(planning, 11, 'the story, the acts, and nine parts of the outline');
    assert.deepEqual(places, ['Lamp room', 'The harbour']);
    assert.deepEqual(people, ['Mara', 'Ida']);
    for (const scene of scenes) {
      const { title, action, dialogue } = scene;
      assert.ok(title !== '' && action !== '');
      assert.match(pictureText(scene, bible, ''), /grey braid/, 'a look that is left out is sent');
      assert.ok(dialogue.every(({ speaker }) => ['Mara', 'The Conductor'].includes(speaker)));
    }
  });
});
