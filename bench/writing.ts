import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../src/base/clock.ts';
import { OpenAiWriter } from '../src/models/openai.ts';
import { Http } from '../src/net/http.ts';
import { newSceneId } from '../src/script/ids.ts';
import { PauseSwitch } from '../src/writing/pause.ts';
import { writeScript } from '../src/writing/run.ts';
import { Loopback, streamed } from '../test/unit/models/openai-loopback.ts';
import { brief, planOf, sceneAnswer } from '../test/unit/writing/support.ts';
import { median, print, timed } from './figures.ts';

/** Median of the model's answer times in milliseconds: 8 s, scaled 1:100. */
const medianMs = 80;
const spreads = [0.3, 0.5, 0.8];
const sizes = [1, 5, 10];
const sceneCount = 37;
const runs = 3;

/**
 * One script through a loopback endpoint with lognormal answer times, written one by one and in
 * batches. The bound is the same answer times without any waiting for the slowest of a batch: their
 * sum, divided by the size of the batch.
 */
export async function writing(): Promise<void> {
  const rows: Record<string, unknown>[] = [];
  for (const sigma of spreads) {
    let oneByOne = Number.NaN;
    for (const batchSize of sizes) {
      const results: { wall: number; work: number }[] = [];
      for (let run = 0; run < runs; run++) results.push(await measure(sigma, batchSize, run));
      const wall = median(results.map((result) => result.wall));
      const bound = median(results.map(({ work }) => work / batchSize));
      if (batchSize === 1) oneByOne = wall;
      rows.push({
        σ: sigma,
        'at once': batchSize,
        'wall ms': Math.round(wall),
        'faster than one by one': oneByOne / wall,
        'of the lower bound': wall / bound,
      });
    }
  }
  print(`Writing ${sceneCount} scenes, the plan given (median of ${runs})`, rows);
}

async function measure(
  sigma: number,
  batchSize: number,
  seed: number,
): Promise<{ wall: number; work: number }> {
  const random = seeded(seed + 1);
  const delays = new Map<string, number>();
  const plan = planOf(sceneCount);
  for (const { id } of plan.outline) delays.set(id, medianMs * Math.exp(sigma * normal(random)));
  const server = await Loopback.start();
  server.answers = [
    (response, received) => {
      const asked = received.body.messages.at(-1)?.content ?? '';
      const number = Number(/\nWrite scene (\d+)\./.exec(asked)?.[1]);
      const id = plan.outline[number - 1]?.id ?? '';
      void sleep(delays.get(id) ?? 0).then(() => {
        streamed(JSON.stringify(sceneAnswer(id)))(response, received);
      });
    },
  ];
  const http = new Http();
  try {
    const wall = await timed(async () => {
      const events = writeScript({
        brief,
        plan,
        written: [],
        model: new OpenAiWriter({
          baseUrl: server.baseUrl,
          model: 'bench',
          secret: () => Promise.resolve('key'),
          fetch: http.fetch,
        }),
        batchSize,
        clipSeconds: [8],
        kept: {
          get: () => Promise.resolve(undefined),
          put: () => Promise.resolve(),
          remove: () => Promise.resolve(),
        },
        pause: new PauseSwitch(),
        signal: new AbortController().signal,
        clock: systemClock,
        newId: newSceneId,
      });
      for await (const event of events) {
        if (event.type === 'stopped' && event.reason !== 'done') {
          throw event.error ?? new Error(event.reason);
        }
      }
    });
    return { wall, work: [...delays.values()].reduce((sum, delay) => sum + delay, 0) };
  } finally {
    await http.close();
    await server.stop();
  }
}

/** Mulberry32 by Tommy Ettinger (public domain): a small seeded generator, 0 up to 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal, by the Box–Muller transform. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
