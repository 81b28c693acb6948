import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import { type Clock, systemClock } from '../../../src/base/clock.ts';
import { OpenAiModel } from '../../../src/models/openai/openai-model.ts';
import { WriterPool } from '../../../src/models/writer-pool.ts';
import type { AnswerTo } from '../../../src/models/answer-schemas.ts';
import { PromptedWriter } from '../../../src/models/prompts/prompted-writer.ts';
import type { GenerateOptions, WriterModel } from '../../../src/models/writer-model.ts';
import type { WriterTask } from '../../../src/models/writer-tasks.ts';
import { renderNewScript } from '../../../src/script/render/render-new-script.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { writtenScenes } from '../../../src/script/story-order.ts';
import { PauseSwitch } from '../../../src/writing/pause-switch.ts';
import { type Pace, paces } from '../../../src/writing/schedule/scheduled-scene.ts';
import { answerTo } from '../../support/mock-endpoint.ts';
import { type EngineOptions, PaperInMemory, writeOn } from './durability-paper.ts';
import { seeded } from './durability-random.ts';
import { brief, KeptInMemory } from './writing-support.ts';
import { accountWith } from '../../support/keyed-account.ts';

const seeds = [1, 2, 3];
/** Of all requests, so many fail in one of five ways. */
const share = 0.3;
const faults = ['drop', 'malformed', 'ratelimit', 'disconnect', 'cut'] as const;
/** Runs after which a script has to be there, with every request failing three times in ten. */
const mostRuns = 12;

/** Waits are a hundredth as long as they say; what the network takes stays as it is. */
const hurriedClock: Clock = {
  now: () => Date.now() * 100,
  sleep: (ms, signal) => systemClock.sleep(ms / 100, signal),
};

/** Passes everything on, and keeps account of what was asked and answered. */
class CountingModel implements WriterModel {
  readonly label: string;
  readonly asked: string[] = [];
  /** Scenes whose answers came through whole. */
  readonly answered = new Set<string>();
  private readonly inner: WriterModel;

  constructor(inner: WriterModel) {
    this.inner = inner;
    this.label = inner.label;
  }

  async generate<T extends WriterTask>(task: T, options: GenerateOptions): Promise<AnswerTo<T>> {
    if (task.kind === 'scene') this.asked.push(task.beat.id);
    const answer = await this.inner.generate(task, options);
    if (task.kind === 'scene') this.answered.add(task.beat.id);
    return answer;
  }
}

describe('an endpoint of which three requests in ten fail', () => {
  let mock: LLMock;
  let random = seeded(0);

  before(async () => {
    mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 60 });
    mock.on({ predicate: (request) => 'cut' in request }, answerTo, { truncateAfterChunks: 3 });
    mock.on({ predicate: () => true }, answerTo);
    await mock.start();
  });

  after(() => mock.stop());

  /** Decides by the seed alone what becomes of a request, and tells the mock. */
  const troubled: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    const fault = random() < share ? faults[Math.floor(random() * faults.length)] : undefined;
    if (fault === undefined) return fetch(input, init);
    if (fault !== 'cut') headers.set(`x-aimock-chaos-${fault}`, '1');
    assert.ok(typeof init?.body === 'string');
    const body = JSON.parse(init.body) as object;
    headers.delete('content-length');
    return fetch(input, {
      ...init,
      headers,
      body: JSON.stringify(fault === 'cut' ? { ...body, cut: true } : body),
    });
  };

  const writeAll = async (seed: number, pace: Pace): Promise<void> => {
    random = seeded(seed);
    const model = new CountingModel(
      new WriterPool(
        [
          {
            id: 'a',
            name: 'A',
            model: new PromptedWriter(
              new OpenAiModel({
                baseUrl: `${mock.url}/v1`,
                model: 'gpt-mock',
                account: accountWith('sk-test'),
                fetch: troubled,
              }),
              0,
            ),
          },
        ],
        { clock: hurriedClock },
      ),
    );
    const paper = new PaperInMemory(renderNewScript({ ...brief, duration: 96 }, 'A script'));
    const kept = new KeptInMemory();
    const answers = new Map<string, unknown>();
    const options: EngineOptions = {
      model,
      pace,
      batchSize: 4,
      clipSeconds: [8],
      journal: kept,
      answers: {
        get: (key) => Promise.resolve(answers.get(key)),
        put: (key, answer) => Promise.resolve(void answers.set(key, answer)),
        remove: (key) => Promise.resolve(void answers.delete(key)),
      },
      pause: new PauseSwitch(),
      signal: new AbortController().signal,
      clock: hurriedClock,
      random,
    };

    for (let run = 1; ; run++) {
      assert.ok(run <= mostRuns, `${mostRuns} runs were not enough`);
      const safeBefore = safe(paper, kept);
      const askedBefore = model.asked.length;
      const end = await writeOn(paper, options);
      const askedAgain = model.asked.slice(askedBefore).filter((id) => safeBefore.has(id));
      assert.deepEqual(askedAgain, [], 'nothing is asked for that was safe');
      const safeNow = safe(paper, kept);
      for (const id of model.answered) assert.ok(safeNow.has(id), `${id} is kept`);
      if (end.reason === 'done') break;
      assert.equal(end.reason, 'failed');
      assert.ok(end.error !== undefined && end.error.code !== 'internal', end.error?.message);
    }

    const script = parseScript(paper.text);
    assert.equal(script.outline.length, 12);
    assert.deepEqual(
      script.scenes.map(({ id, written }) => [id, written]),
      script.outline.map(({ beat }) => [beat.id, true]),
    );
  };

  for (const pace of paces) {
    it(`loses nothing, and is written to the end in the pace ${pace}`, async () => {
      for (const seed of seeds) {
        try {
          await writeAll(seed, pace);
        } catch (cause) {
          throw new Error(`Seed ${seed}`, { cause });
        }
      }
    }).timeout(60_000);
  }
});

/** Ids of the scenes that are in the script or kept on their way there. */
function safe(paper: PaperInMemory, kept: KeptInMemory): ReadonlySet<string> {
  const written = writtenScenes(parseScript(paper.text)).map(({ id }) => id);
  return new Set([...written, ...kept.scenes.keys()]);
}
