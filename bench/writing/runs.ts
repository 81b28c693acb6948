import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import type { Clock } from '../../src/base/clock.ts';
import { Http } from '../../src/net/http.ts';
import { newSceneId } from '../../src/script/scene-ids.ts';
import type { WritingEvent } from '../../src/writing/writing-events.ts';
import { SceneJournals } from '../../src/writing/journal/scene-journal.ts';
import { PauseSwitch } from '../../src/writing/pause-switch.ts';
import { writeScript } from '../../src/writing/write-script.ts';
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
  /** Writes all of it; absent: the product does. */
  readonly write?: (job: Job) => Promise<unknown>;
}

/** Times are milliseconds of life, from the brief on. */
export interface Run {
  /** To the last scene. */
  readonly ms: number;
  /** To the first scene that is written. */
  readonly firstSceneMs: number;
  /** To the first batch, ready for the document. */
  readonly firstBatchMs: number;
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
  request?(body: unknown): void;
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
    const progress = new Progress(clock);
    if (way.write === undefined)
      await byTheProduct(way, conditions, model, folder, progress, observer);
    else {
      const { scenes } = conditions;
      const onScene = (): void => {
        progress.scene();
      };
      const onBatch = (): void => {
        progress.batch();
      };
      const brief = briefFor(scenes);
      await way.write({ model, language: model.language, brief, scenes, onScene, onBatch });
    }
    const ms = progress.now;
    if (progress.scenes < conditions.scenes) {
      throw new Error(`${way.name} wrote ${progress.scenes} of ${conditions.scenes} scenes.`);
    }
    const { firstSceneMs, firstBatchMs, hedged } = progress;
    const seen = await run.end();
    return { ms, firstSceneMs, firstBatchMs, gaps: [...model.gaps.values()], hedged, seen };
  } finally {
    await http.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function byTheProduct(
  { pace, batchSize, hedge }: Way,
  { scenes }: EndpointConditions,
  model: ObservedWriter,
  folder: string,
  progress: Progress,
  observer: Observer,
): Promise<void> {
  const events = writeScript({
    brief: briefFor(scenes),
    written: [],
    model,
    pace,
    batchSize,
    hedge: hedge ?? false,
    clipSeconds,
    journal: new SceneJournals(folder).of(() => path.join(folder, 'script.md')),
    pause: new PauseSwitch(),
    signal: new AbortController().signal,
    clock: progress.clock,
    newId: newSceneId,
  });
  const written = new Set<string>();
  for await (const event of events) {
    observer.event?.(event, progress.clock.now());
    if (event.type === 'sceneWritten') {
      if (!written.has(event.scene.id)) progress.scene();
      written.add(event.scene.id);
    } else if (event.type === 'batchWritten') progress.batch();
    else if (event.type === 'hedged') progress.hedged++;
    else if (event.type === 'stopped' && event.reason !== 'done') {
      throw event.error ?? new Error(`The run was ${event.reason}.`);
    }
  }
}

/** What a run has come to, and when. */
class Progress {
  readonly clock: Clock;
  scenes = 0;
  firstSceneMs = Infinity;
  firstBatchMs = Infinity;
  hedged = 0;
  private readonly start: number;

  constructor(clock: Clock) {
    this.clock = clock;
    this.start = clock.now();
  }

  /** Milliseconds of life since the run began. */
  get now(): number {
    return this.clock.now() - this.start;
  }

  scene(): void {
    this.scenes++;
    this.firstSceneMs = Math.min(this.firstSceneMs, this.now);
  }

  batch(): void {
    this.firstBatchMs = Math.min(this.firstBatchMs, this.now);
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
