import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { JobRecord } from '../../src/jobs/job.ts';
import { priceOf } from '../../src/money/price.ts';
import type { SampleStudio } from '../studio/server.ts';
import { OpenRouterGate } from './openrouter-gate.ts';
import { reset, startStudio, useSample } from './sample-studio.ts';
import {
  api,
  closeEditors,
  finished,
  next,
  onDisk,
  opened,
  recordOf,
  rejection,
  run,
  set,
  type,
} from './support.ts';

const idea = 'Two sisters find a door behind the kitchen wall';

async function addAccount(provider: string, name: string, secret: string): Promise<string> {
  return (await run('scenewright.addAccount', { provider, name, secret })).id;
}

async function newScript(duration: number, words = idea): Promise<string> {
  return (await run('scenewright.newScript', { idea: words, duration })).uri;
}

describe('a studio with several accounts', () => {
  let studio: SampleStudio;

  before(async () => {
    studio = await startStudio(['first-key', 'second-key']);
    await useSample(studio);
  });

  after(async () => {
    await reset();
    await studio.close();
    await closeEditors();
  });

  it('shares the load among them, and goes on without one that is refused', async () => {
    const first = await addAccount('openai-videos', 'First', 'first-key');
    const second = await addAccount('openai-videos', 'Second', 'second-key');
    const revoked = await addAccount('openai-videos', 'Revoked', 'revoked-key');
    await set('video.clipSeconds', [2]);
    const uri = await newScript(8);
    const { jobs } = await run('scenewright.renderScenes', { uri });
    const done = await finished(jobs);
    assert.equal(done.length, 4);
    for (const job of done) assert.equal(job.state, 'done', job.error);
    const used = new Set(done.map(({ account }) => account));
    assert.deepEqual([used.has(first), used.has(second), used.has(revoked)], [true, true, false]);
    assert.equal(studio.counts.orders, done.length, 'each scene was ordered once');
    assert.deepEqual([...studio.counts.ordersBy.keys()].sort(), ['first-key', 'second-key']);
    assert.ok(studio.counts.refused > 0, 'the revoked key was tried');
  });
});

describe('what renders cost', () => {
  let studio: SampleStudio;
  let uri: string;

  before(async () => {
    studio = await startStudio(['only-key']);
    await useSample(studio);
    await addAccount('openai-videos', 'Only', 'only-key');
    uri = await newScript(12, 'A budget for a kite');
    await set('video.price', { perSecond: 0.1 });
  });

  after(async () => {
    await reset();
    await studio.close();
    await closeEditors();
  });

  it('is ordered up to the budget, and beyond it only when that is confirmed', async () => {
    const { scenes } = await onDisk(uri);
    assert.equal(scenes.length, 3);
    // Enough for the first two scenes, to the cent.
    const cost = (numbers: readonly number[]): number =>
      numbers.reduce((sum, number) => sum + (scenes[number - 1]?.scene.seconds ?? 0) * 0.1, 0);
    await set('video.budget', cost([1, 2]));
    const both = await run('scenewright.renderScenes', { uri, scenes: [1, 2] });
    await finished(both.jobs);
    assert.equal(studio.counts.orders, 2);
    const refused = await rejection(run('scenewright.renderScenes', { uri }));
    assert.match(refused, /Nothing was ordered.*more than the budget/u);
    assert.equal(studio.counts.orders, 2);
    const { jobs } = await run('scenewright.renderScenes', {
      uri,
      confirmed: (await api()).consent,
    });
    const [third] = await finished(jobs);
    assert.equal(third?.state, 'done', third?.error);
    assert.equal(studio.counts.orders, 3);
  });

  it('is not forgotten with a job that is removed from the list', async () => {
    const budget = 1.3;
    await set('video.budget', budget);
    for (const { id, script } of (await api()).jobs()) {
      if (script === uri) await run('scenewright.jobs.remove', { job: id });
    }
    const another = await newScript(4, 'Another kite');
    const refused = await rejection(run('scenewright.renderScenes', { uri: another }));
    assert.match(refused, /more than the budget/u);
    assert.equal(studio.counts.orders, 3);
  });

  it('is asked about where no price is known and there is a budget', async () => {
    await set('video.price', {});
    await set('video.budget', 1000);
    const another = await newScript(4, 'A kite without a price');
    const refused = await rejection(run('scenewright.renderScenes', { uri: another }));
    assert.match(refused, /not known/u);
    assert.equal(studio.counts.orders, 3);
  });
});

describe('the check before anything is handed in', () => {
  let studio: SampleStudio;

  before(async () => {
    studio = await startStudio(['checked-key']);
    await useSample(studio);
    await addAccount('openai-videos', 'Checked', 'checked-key');
  });

  after(async () => {
    await reset();
    await studio.close();
    await closeEditors();
  });

  it('names the problems of all scenes in one message', async () => {
    const uri = await newScript(12, 'A door that does not fit');
    await set('video.clipSeconds', [7, 9]);
    const lengths = await rejection(run('scenewright.renderScenes', { uri }));
    const { scenes } = await onDisk(uri);
    assert.match(lengths, /Nothing was handed in\..*renders 7 or 9 s/u);
    for (const number of scenes.keys()) assert.match(lengths, new RegExp(`\\b${number + 1}\\b`));
    const missing = await rejection(run('scenewright.renderScenes', { uri, scenes: [1, 98, 99] }));
    assert.match(missing, /Scene 98.*Scene 99/u);
    assert.equal(studio.counts.orders, 0);
  });

  it('writes down what was chosen beside the prompt, whatever the settings say later', async () => {
    await set('video.clipSeconds', [2, 4]);
    await set('video.sound', 'off');
    await set('video.negativePrompt', 'rain');
    const uri = await newScript(4, 'A seed');
    const document = await opened(uri);
    await type(document, document.getText().indexOf('language:'), 'seed: 7\n');
    const before = studio.counts.orders;
    const { jobs } = await run('scenewright.renderScenes', { uri, scenes: [1] });
    await set('video.sound', undefined);
    await set('video.negativePrompt', undefined);
    await finished(jobs);
    const record = await recordOf(jobs[0] ?? '');
    assert.deepEqual(record.choices, { seed: 7, sound: false, negativePrompt: 'rain' });
    assert.equal(studio.counts.orders, before + 1);
  });

  it('hands a scene in once that is named twice', async () => {
    await set('video.clipSeconds', [2, 4]);
    const uri = await newScript(4, 'An echo');
    const before = studio.counts.orders;
    const { jobs } = await run('scenewright.renderScenes', { uri, scenes: [1, 1] });
    assert.equal(jobs.length, 1);
    await finished(jobs);
    assert.equal(studio.counts.orders, before + 1);
  });
});

describe('choosing another studio', () => {
  let studio: SampleStudio;

  before(async () => {
    studio = await startStudio(['earlier-key']);
    await useSample(studio);
    await addAccount('openai-videos', 'Earlier', 'earlier-key');
  });

  after(async () => {
    await reset();
    await studio.close();
    await closeEditors();
  });

  it('leaves renders that are under way with theirs', async () => {
    const uri = await newScript(4, 'A train that leaves on time');
    studio.held = true;
    const { jobs } = await run('scenewright.renderScenes', { uri });
    const { onDidChangeJobs } = await api();
    await next(onDidChangeJobs, (changed) =>
      changed.some(({ id, state }) => jobs.includes(id) && state === 'rendering'),
    );
    await run('scenewright.chooseStudio', { provider: 'fal', model: 'fal-ai/veo3.1' });
    studio.held = false;
    const [job] = await finished(jobs);
    assert.deepEqual([job?.state, job?.studio], ['done', 'openai-videos'], job?.error);
    assert.equal(studio.counts.orders, 1);
  });

  it('brings back what a studio was used with last', async () => {
    const back = await run('scenewright.chooseStudio', { provider: 'openai-videos' });
    assert.deepEqual(back, {
      provider: 'openai-videos',
      model: 'sample',
      baseUrl: studio.baseUrl,
    });
    const fal = await run('scenewright.chooseStudio', { provider: 'fal' });
    assert.deepEqual(fal, { provider: 'fal', model: 'fal-ai/veo3.1', baseUrl: '' });
  });

  it('knows only the studios that there are', async () => {
    const wrong = { provider: 'sora' } as unknown as { provider: 'fal' };
    for (const command of ['scenewright.chooseStudio', 'scenewright.choosePictureStudio'] as const)
      assert.match(await rejection(run(command, wrong)), /no studio “sora”/u);
    const forClips = { provider: 'runway' } as unknown as { provider: 'fal' };
    assert.match(
      await rejection(run('scenewright.choosePictureStudio', forClips)),
      /no studio “runway”/u,
    );
  });

  it('is chosen for pictures apart from that for clips', async () => {
    const before = await run('scenewright.chooseStudio', { provider: 'fal' });
    const drawing = { provider: 'fal', model: 'google/nano-banana-2.1', baseUrl: '' } as const;
    assert.deepEqual(await run('scenewright.choosePictureStudio', drawing), drawing);
    await run('scenewright.choosePictureStudio', { provider: 'animatic' });
    assert.deepEqual(
      await run('scenewright.choosePictureStudio', { provider: 'fal' }),
      drawing,
      'and remembered by itself',
    );
    assert.deepEqual(await run('scenewright.chooseStudio', { provider: 'fal' }), before);
    await run('scenewright.choosePictureStudio', { provider: 'animatic' });
  });

  it('says what a studio still needs before anything is sent', async () => {
    const uri = await newScript(8, 'A letter without a stamp');
    await run('scenewright.chooseStudio', { provider: 'replicate', model: '' });
    assert.match(await rejection(run('scenewright.renderScenes', { uri })), /which model/u);
    await run('scenewright.chooseStudio', { provider: 'replicate', model: 'google/veo-3.1' });
    assert.match(
      await rejection(run('scenewright.renderScenes', { uri })),
      /no account for Replicate at https:\/\/api\.replicate\.com/u,
    );
  });
});

describe('rendering through OpenRouter', () => {
  let studio: SampleStudio;
  let gate: OpenRouterGate;

  before(async () => {
    studio = await startStudio(['sample-key']);
    gate = new OpenRouterGate(studio.baseUrl, 'sample-key', 'router-key');
    await gate.open();
    await run('scenewright.chooseStudio', {
      provider: 'openrouter',
      model: 'sample/video',
      baseUrl: gate.baseUrl,
    });
    await addAccount('openrouter', 'Router', 'router-key');
    await set('video.pollSeconds', 1);
  });

  after(async () => {
    await reset();
    await gate.close();
    await studio.close();
    await closeEditors();
  });

  it('plans by what the service tells, records its price, and fetches the clip', async () => {
    // The list says 3 and 5 seconds; nothing here could know that.
    const uri = await newScript(8, 'A router and a lamp');
    const { scenes } = await onDisk(uri);
    assert.ok(scenes.every(({ scene }) => [3, 5].includes(scene.seconds)));
    const { jobs } = await run('scenewright.renderScenes', { uri });
    for (const job of await finished(jobs)) {
      assert.equal(job.state, 'done', job.error);
      assert.ok(job.file !== undefined && existsSync(job.file));
      const record: JobRecord = await recordOf(job.id);
      assert.deepEqual(record.terms, { address: gate.baseUrl, model: 'sample/video' });
      const listed = { currency: 'USD', perClip: 0, perSecond: 0.2 };
      assert.deepEqual(record.price, priceOf(listed, record.scene.seconds));
    }
    assert.deepEqual([...gate.keys], ['router-key']);
  });
});
