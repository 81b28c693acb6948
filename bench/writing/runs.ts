import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import type { Clock } from '../../src/base/clock.ts';
import { Http } from '../../src/net/http.ts';
import { newSceneId } from '../../src/script/scene-ids.ts';
import type { Plan, Scene } from '../../src/script/script-model.ts';
import type { WritingEvent } from '../../src/writing/writing-events.ts';
import { SceneJournals } from '../../src/writing/journal/scene-journal.ts';
import { PauseSwitch } from '../../src/writing/pause-switch.ts';
import { writeScript } from '../../src/writing/write-script.ts';
import type { WriteOptions } from '../../src/writing/write-options.ts';
import type { Pace } from '../../src/writing/schedule/scheduled-scene.ts';
import type { Endpoint } from './endpoint.ts';
import type { Job } from './reference.ts';
import { briefFor, clipSeconds } from './story.ts';
import type { Seen, EndpointConditions } from './endpoint-conditions.ts';
import { ObservedWriter } from './writer.ts';

/** A way of writing a script. */
export interface Way {
  readonly name: string;
  readonly pace: Pace;
  readonly batchSize: number | 'auto';
  readonly hedge?: boolean;
  /** Writes the scenes once the product has made the plan; absent: the product does. */
  readonly scenes?: (job: Job) => Promise<readonly Scene[]>;
}

export interface Run {
  /** From the brief to the last scene, in milliseconds of life. */
  readonly ms: number;
  /** How long the plan took of that. */
  readonly planMs: number;
  /** How many earlier scenes each scene was written without having seen. */
  readonly gaps: readonly number[];
  /** Scenes that were asked for a second time because the first answer took long. */
  readonly hedged: number;
  readonly seen: Seen;
}

/** Looks on while a script is written. */
export interface Observer {
  /** @param now milliseconds of life */
  event?(event: WritingEvent, now: number): void;
  /** A request goes out. */
  request?(task: string, body: unknown): void;
}

/** Write one script under these conditions, in this way. */
export async function measure(
  endpoint: Endpoint,
  conditions: EndpointConditions,
  way: Way,
  observer: Observer = {},
): Promise<Run> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-bench-'));
  const http = new Http();
  const run = await endpoint.begin(conditions);
  const clock = hurried(conditions.scale);
  try {
    const model = new ObservedWriter(run, {
      fetch: http.fetch,
      clock,
      onRequest: observer.request?.bind(observer),
    });
    const brief = briefFor(conditions.scenes);
    const options: WriteOptions = {
      brief,
      written: [],
      model,
      pace: way.pace,
      batchSize: way.batchSize,
      hedge: way.hedge ?? false,
      clipSeconds,
      journal: new SceneJournals(folder).of(() => path.join(folder, 'script.md')),
      pause: new PauseSwitch(),
      signal: new AbortController().signal,
      clock,
      newId: newSceneId,
    };
    const start = clock.now();
    let planned = start;
    let plan: Plan | undefined;
    let written = 0;
    let hedged = 0;
    for await (const event of writeScript({ ...options, outlineOnly: way.scenes !== undefined })) {
      observer.event?.(event, clock.now());
      if (event.type === 'planned') {
        plan = event.plan;
        planned = clock.now();
      }
      if (event.type === 'batchWritten') written += event.scenes.length;
      if (event.type === 'hedged') hedged++;
      if (event.type === 'stopped' && event.reason !== 'done') {
        throw event.error ?? new Error(`The run was ${event.reason}.`);
      }
    }
    if (way.scenes !== undefined && plan !== undefined) {
      written = (await way.scenes({ model, brief, plan, conditions })).length;
    }
    const ms = clock.now() - start;
    if (written !== conditions.scenes) {
      throw new Error(`${way.name} wrote ${written} of ${conditions.scenes} scenes.`);
    }
    const seen = await run.end();
    return { ms, planMs: planned - start, gaps: [...model.gaps.values()], hedged, seen };
  } finally {
    await http.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A clock for which `scale` milliseconds pass in one, so that what the product waits is scaled too. */
function hurried(scale: number): Clock {
  const start = performance.now();
  const epoch = Date.now();
  return {
    now: () => epoch + (performance.now() - start) * scale,
    sleep: (ms, signal) => systemClock.sleep(ms / scale, signal),
  };
}
