import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../../src/base/clock.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';
import type { AnswerTo, SceneAnswer } from '../../../src/models/answer-schemas.ts';
import { InvalidAnswer } from '../../../src/models/answer-errors.ts';
import type { GenerateOptions, WriterModel } from '../../../src/models/writer-model.ts';
import { defaultContextTokens } from '../../../src/models/prompts/context-budget.ts';
import { requestFor } from '../../../src/models/prompts/task-request.ts';
import type { WriterTask } from '../../../src/models/writer-tasks.ts';
import type { Beat, Brief, Plan, Scene, SceneId } from '../../../src/script/script-model.ts';
import type { WritingEvent } from '../../../src/writing/writing-events.ts';
import type { SceneJournal } from '../../../src/writing/journal/scene-journal.ts';
import type { WriteOptions } from '../../../src/writing/write-options.ts';
import { PauseSwitch } from '../../../src/writing/pause-switch.ts';
import { answerOfPlanning } from '../../../fixtures/plan-answers.ts';

export const brief: Brief = {
  idea: 'The last keeper of a lighthouse teaches a boy to tend the lamp.',
  duration: 180,
  language: 'vi',
  style: 'watercolour, soft morning light',
  aspect: '16:9',
  structure: 'three-act',
  instructions: 'No violence.',
};

export function beatOf(number: number): Beat {
  return {
    id: `s${String(number).padStart(5, '0')}`,
    title: `Beat ${number}`,
    seconds: 8,
    place: 'Lamp room',
    time: 'night',
    cast: ['Mara'],
    summary: `Thing ${number} happens.`,
    contract: {
      entry: `Before ${number}.`,
      exit: `After ${number}.`,
      handOff: `The sound of ${number}.`,
      continues: false,
    },
  };
}

export function planOf(beats: number): Plan {
  return {
    title: 'The Last Keeper',
    logline: 'A keeper hands on the lamp.',
    bible: {
      characters: [{ name: 'Mara', look: 'Sixty, grey braid, oilskin coat.', voice: 'Slow.' }],
      places: [{ name: 'Lamp room', look: 'Round, brass and glass.' }],
    },
    outline: Array.from({ length: beats }, (_, i) => beatOf(i + 1)),
  };
}

export function sceneAnswer(name: string): SceneAnswer {
  return {
    title: `Scene of ${name}`,
    action: `Mara does the thing of ${name}. Then she rests.`,
    dialogue: [{ speaker: 'mara', tone: null, line: `Words of ${name}.` }],
    narration: null,
    sound: 'Wind.',
    prompt: `A woman of sixty with a grey braid, ${name}.`,
  };
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Time that passes only when nothing else is left to do. */
export class VirtualClock implements Clock {
  private time = 1_000_000;
  private readonly timers: { at: number; fire: () => void }[] = [];

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        reject(signal?.reason as Error);
      };
      if (signal?.aborted) {
        fail();
        return;
      }
      const timer = { at: this.time + ms, fire: resolve };
      this.timers.push(timer);
      signal?.addEventListener(
        'abort',
        () => {
          const position = this.timers.indexOf(timer);
          if (position !== -1) this.timers.splice(position, 1);
          fail();
        },
        { once: true },
      );
    });
  }

  /** Let time pass until the promise settles; fails when it never would. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const state = { settled: false };
    const settle = (): void => {
      state.settled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      await setImmediate();
      if (state.settled) return promise;
      if (!this.pass()) throw new Error('Everybody waits for what will never happen.');
    }
  }

  /** Let time pass until somebody has waited for long enough; `false` where nobody waits. */
  pass(): boolean {
    this.timers.sort((a, b) => a.at - b.at);
    const next = this.timers.shift();
    if (next === undefined) return false;
    this.time = Math.max(this.time, next.at);
    next.fire();
    return true;
  }
}

/** A task, and how a language model would be told it. */
export interface Asked {
  readonly task: WriterTask;
  readonly prompt: { readonly system: string; readonly user: string };
}

/** A model that answers as it is told; by default at once, and well. */
export class FakeModel implements WriterModel {
  readonly label = 'fake';
  readonly asked: Asked[] = [];
  inFlight = 0;
  mostInFlight = 0;
  /** What to answer; throws what should be thrown. */
  answer: (asked: Asked, options: GenerateOptions) => Promise<unknown> = (asked) =>
    Promise.resolve(goodAnswer(asked.task));

  async generate<T extends WriterTask>(task: T, options: GenerateOptions): Promise<AnswerTo<T>> {
    const tokens = defaultContextTokens(this.label);
    const { prompt, schema } = requestFor(task, tokens, options.complaint);
    const asked = { task, prompt };
    this.asked.push(asked);
    this.inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      return schema.parse(await this.answer(asked, options));
    } finally {
      options.onUsage?.({ inputTokens: 100, outputTokens: 10 });
      this.inFlight--;
    }
  }

  /** Ids of the scenes that were asked for, in order of asking, repeats included. */
  get askedIds(): SceneId[] {
    return this.asked.flatMap(({ task }) => (task.kind === 'scene' ? [task.beat.id] : []));
  }
}

export function goodAnswer(task: WriterTask): unknown {
  if (task.kind === 'scene') return sceneAnswer(task.beat.id);
  return task.kind === 'seam' ? { clash: false, why: '' } : answerOfPlanning(task);
}

export const failures = {
  network: () => new ScenewrightError('network', 'The line broke.', { retryable: true }),
  slow: () =>
    new ScenewrightError('rate-limit', 'The service asks us to slow down (429).', {
      retryable: true,
      status: 429,
      retryAfterMs: 20_000,
    }),
  /** No place at the service, and no word about when there will be one. */
  busy: () =>
    new ScenewrightError('rate-limit', 'The service has no place for more requests (429).', {
      retryable: true,
      status: 429,
    }),
  invalid: () => new InvalidAnswer('It has the wrong form.', 'prompt: is missing.'),
  refused: () => new ScenewrightError('refused', 'The model declined to write this: no.'),
  account: () =>
    new ScenewrightError('account', 'The key was refused (401).', {
      advice: "Check the account's key.",
      status: 401,
    }),
} as const;

/** Kept scenes in memory; `broken` ids cannot be kept. */
export class KeptInMemory implements SceneJournal {
  readonly scenes = new Map<SceneId, { hash: string; scene: Scene }>();
  broken: ReadonlySet<SceneId> = new Set();

  async get(id: SceneId, hash: string): Promise<Scene | undefined> {
    await Promise.resolve();
    const kept = this.scenes.get(id);
    return kept?.hash === hash ? kept.scene : undefined;
  }

  async put(id: SceneId, hash: string, scene: Scene): Promise<void> {
    await Promise.resolve();
    if (this.broken.has(id)) throw new Error('ENOSPC: no space left on device');
    this.scenes.set(id, { hash, scene });
  }

  async remove(id: SceneId): Promise<void> {
    await Promise.resolve();
    this.scenes.delete(id);
  }
}

/** Options of a run that begins with planning, all fakes, to be changed as a test needs. */
export function optionsToPlan(changes: Partial<WriteOptions> = {}): WriteOptions {
  let ids = 0;
  return {
    brief,
    written: [],
    model: new FakeModel(),
    batchSize: 5,
    clipSeconds: Array.from({ length: 15 }, (_, i) => i + 1),
    journal: new KeptInMemory(),
    pause: new PauseSwitch(),
    signal: new AbortController().signal,
    clock: new VirtualClock(),
    newId: () => beatOf(++ids).id,
    random: () => 0.5,
    ...changes,
  };
}

/** The same for a run over `planOf(beats)`, written in batches of five. */
export function optionsFor(beats: number, changes: Partial<WriteOptions> = {}): WriteOptions {
  return { ...optionsToPlan(), plan: planOf(beats), ...changes };
}

export async function collect(run: AsyncIterable<WritingEvent>): Promise<WritingEvent[]> {
  const events: WritingEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}

export function ofType<T extends WritingEvent['type']>(
  events: readonly WritingEvent[],
  type: T,
): Extract<WritingEvent, { type: T }>[] {
  return events.filter((event) => event.type === type) as Extract<WritingEvent, { type: T }>[];
}

/** All that a run has told of the outline. */
export function plannedIn(events: readonly WritingEvent[]): Plan | undefined {
  const plans = ofType(events, 'outlined').map(({ plan }) => plan);
  const [first] = plans;
  return first && { ...first, outline: plans.flatMap(({ outline }) => outline) };
}
