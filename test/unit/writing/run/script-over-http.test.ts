import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import type { FixtureOpts, FixtureResponse } from '@copilotkit/aimock';
import { systemClock } from '../../../../src/base/clock.ts';
import { PromptedWriter } from '../../../../src/models/prompts/prompted-writer.ts';
import { OpenAiModel } from '../../../../src/models/openai/openai-model.ts';
import { Http } from '../../../../src/net/http.ts';
import type { Plan, Scene } from '../../../../src/script/script-model.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import { SceneJournals } from '../../../../src/writing/journal/scene-journal.ts';
import type { WriteOptions } from '../../../../src/writing/write-options.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import { TestAccounts } from '../../../support/key-store.ts';
import { answerTo, sceneOf, userText, type Chat } from '../../../support/mock-endpoint.ts';
import {
  beatOf,
  brief,
  ofType,
  plannedIn,
  optionsToPlan,
  planOf,
  sceneAnswer,
} from '../writing-support.ts';

const key = 'sk-for-the-mock-0123456789';

describe('a whole script through an OpenAI-compatible endpoint', () => {
  const http = new Http();
  let mock: LLMock;
  let accounts: TestAccounts;
  let folder: string;

  after(() => http.close());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'endpoint-'));
    mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 40 });
    mock.on({ predicate: () => true }, answerTo);
    await mock.start();
    accounts = new TestAccounts('openai', mock.url);
    await accounts.put('main', key);
  });
  afterEach(async () => {
    await mock.stop();
    await rm(folder, { recursive: true });
  });

  /** The next requests for a scene meet this instead; once only, unless told otherwise. */
  const meets = (
    scene: number,
    response: FixtureResponse,
    options: FixtureOpts & { readonly always?: boolean } = {},
  ): void => {
    const { always, ...fixture } = options;
    mock.prependFixture({
      match: {
        predicate: (request) => sceneOf(request) === scene,
        ...(always === true ? {} : { sequenceIndex: 0 }),
      },
      response,
      ...fixture,
    });
  };

  const optionsOf = (changes: Partial<WriteOptions> = {}): WriteOptions =>
    optionsToPlan({
      model: new PromptedWriter(
        new OpenAiModel({
          baseUrl: `${mock.url}/v1`,
          model: 'gpt-mock',
          account: accounts.account('main'),
          fetch: http.fetch,
        }),
        0,
      ),
      journal: new SceneJournals(folder).of(() => path.join(folder, 'script.md')),
      // Waiting is told apart from being slow by the tests of the schedule; here nobody waits.
      clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
      ...changes,
    });

  interface Written {
    readonly events: WritingEvent[];
    readonly plan: Plan | undefined;
    readonly scenes: Scene[];
  }

  const write = async (options: WriteOptions): Promise<Written> => {
    const events: WritingEvent[] = [];
    for await (const event of writeScript(options)) events.push(event);
    return {
      events,
      plan: plannedIn(events) ?? options.plan,
      scenes: ofType(events, 'batchWritten').flatMap(({ scenes }) => scenes),
    };
  };

  const requests = (): Chat[] => mock.getRequests().map(({ body }) => body as Chat);

  it('goes from the brief to 22 scenes in 27 streamed requests', async () => {
    const { events, plan, scenes } = await write(optionsOf());
    assert.deepEqual(events.at(-1), { type: 'stopped', reason: 'done' });
    assert.equal(plan?.outline.length, 22);
    assert.deepEqual(
      scenes.map(({ title }) => title),
      Array.from({ length: 22 }, (_, i) => `Scene of number ${i + 1}`),
    );
    assert.equal(
      scenes.reduce((sum, { seconds }) => sum + seconds, 0),
      brief.duration,
    );
    const asked = requests();
    assert.equal(asked.length, 27);
    assert.ok(asked.every((request) => request.response_format?.type === 'json_schema'));
    assert.equal(new Set(asked.map(({ messages }) => messages[0]?.content)).size, 1);
    const tokens = ofType(events, 'spent').map(({ usage }) => usage.outputTokens);
    assert.equal(tokens.length, asked.length);
    assert.ok(tokens.every((count) => count > 0));
    assert.ok(ofType(events, 'sceneText').length >= 22);
    assert.deepEqual(await readdir(folder), [], 'nothing is left on disk');
  });

  it('gets over 429, 500, a dropped connection and broken JSON in one run', async () => {
    meets(3, { error: { message: 'Slow down' }, status: 429, retryAfter: 2 });
    meets(7, { error: { message: 'Oops' }, status: 500 });
    meets(11, { content: JSON.stringify(sceneAnswer('lost')) }, { truncateAfterChunks: 3 });
    meets(15, { content: '{"title": "Half a' });
    meets(19, { content: JSON.stringify({ title: 'No prompt', action: 'A', dialogue: [] }) });
    const { events, scenes } = await write(optionsOf());
    assert.deepEqual(events.at(-1), { type: 'stopped', reason: 'done' });
    assert.deepEqual(
      scenes.map(({ title }) => title),
      Array.from({ length: 22 }, (_, i) => `Scene of number ${i + 1}`),
    );
    const met = [3, 7, 11, 15, 19];
    // The mock may close a connection that another scene is just about to use.
    const failed = ofType(events, 'sceneFailed')
      .filter(({ id }) => met.some((number) => id === beatOf(number).id))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    assert.deepEqual(
      failed.map(({ error, willRetry }) => [error.code, willRetry]),
      [
        ['rate-limit', true],
        ['network', true],
        ['network', true],
        ['bad-answer', true],
        ['bad-answer', true],
      ],
    );
    assert.equal(failed[0]?.error.retryAfterMs, 2000);
    for (const number of met) {
      assert.equal(requests().filter((request) => sceneOf(request) === number).length, 2);
    }
    const again = requests().filter((request) => sceneOf(request) === 19)[1];
    assert.match(again === undefined ? '' : userText(again), /could not be used\. prompt: /);
  });

  it('stops with what is kept when the key is refused, and resumes with only that scene', async () => {
    meets(
      9,
      { error: { message: `Incorrect API key provided: ${key}` }, status: 401 },
      { always: true },
    );
    const first = await write(optionsOf());
    const [stopped] = ofType(first.events, 'stopped');
    assert.equal(
      stopped?.error?.message,
      `Scene 9 could not be written. The key was refused by ${mock.url}/v1 (401). It says: “Incorrect API key provided: •••”. Scenes 1–5 are in the script, 6–8 and 10 are kept. Check the account's key.`,
    );
    assert.ok(!JSON.stringify([stopped, String(stopped.error.cause)]).includes(key));
    assert.equal((await readdir(folder)).length, 4);

    mock.clearFixtures();
    mock.on({ predicate: () => true }, answerTo);
    mock.clearRequests();
    assert.ok(first.plan);
    const second = await write(optionsOf({ plan: first.plan, written: first.scenes }));
    assert.deepEqual(second.events.at(-1), { type: 'stopped', reason: 'done' });
    assert.deepEqual(requests().map(sceneOf), [9, ...Array.from({ length: 12 }, (_, i) => i + 11)]);
    assert.deepEqual(
      [...first.scenes, ...second.scenes].map(({ id }) => id),
      first.plan.outline.map(({ id }) => id),
    );
    assert.deepEqual(await readdir(folder), []);
  });

  const say = (value: object): FixtureResponse => ({ content: JSON.stringify(value) });

  it('asks again for scenes of one batch that all tell the same', async () => {
    const same = {
      ...sceneAnswer('the storm'),
      action:
        'Mara leo lên những bậc thang ướt với chiếc đèn trong tay, gió rung cả ngọn tháp cũ, và dưới xa kia biển vỡ vào đá hết lần này đến lần khác.',
    };
    const words = (of: string): string =>
      Array.from('abcdefghijkl', (one) => `z${one}z${of}`).join(' ');
    for (let scene = 1; scene <= 10; scene++) {
      const own = { ...sceneAnswer(`number ${scene}`), action: words(`${scene}`) };
      meets(scene, say(own), { always: true });
    }
    for (const scene of [6, 7, 8, 9, 10]) meets(scene, say(same));
    const plan = planOf(10);
    const outline = plan.outline.map((beat) => ({
      ...beat,
      summary: words(beat.id),
    }));
    const { events, scenes } = await write(
      optionsOf({ plan: { ...plan, outline }, clock: systemClock }),
    );
    assert.deepEqual(events.at(-1), { type: 'stopped', reason: 'done' });
    assert.equal(scenes.filter(({ title }) => title === same.title).length, 1);
    const again = requests().filter((request) => userText(request).includes('over again'));
    assert.equal(again.length, 4, 'all of them but one');
    assert.deepEqual(
      ofType(events, 'sceneWritten').flatMap(({ flags }) => flags ?? []),
      [],
    );
  });

  it('takes what does not belong there out of titles and speech, and asks nothing for it', async () => {
    meets(
      2,
      say({
        ...sceneAnswer('number 2'),
        title: '**Cảnh 2: Ánh đèn ngoài khơi**',
        dialogue: [
          { speaker: 'Mara', tone: null, line: 'MARA (whispering): “Not tonight.”' },
          { speaker: 'Mara', tone: 'None', line: '*sighs* Then when?' },
        ],
        narration: 'null',
        sound: 'N/A',
      }),
    );
    const { scenes } = await write(optionsOf());
    assert.equal(requests().length, 27);
    assert.deepEqual(
      [scenes[1]?.title, scenes[1]?.dialogue, scenes[1]?.narration, scenes[1]?.sound],
      [
        'Ánh đèn ngoài khơi',
        [
          { speaker: 'Mara', tone: 'whispering', line: 'Not tonight.' },
          { speaker: 'Mara', tone: 'sighs', line: 'Then when?' },
        ],
        '',
        '',
      ],
    );
  });
});
