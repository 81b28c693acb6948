import type { Plan, Scene, SceneId } from '../../script/script-model.ts';
import type { ScenewrightError } from '../../base/errors.ts';
import type { RequestDispatcher } from '../requests/request-dispatcher.ts';
import type { RequestSource } from '../requests/request-source.ts';
import type { RunState } from './run-state.ts';
import type { WriteOptions } from '../write-options.ts';
import type { SceneMaterial } from '../../models/writer-tasks.ts';
import { concernsAll } from '../requests/retry-rules.ts';
import type { SceneInProgress, SceneOutcome, SceneWriter } from './scene-writer.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Pace } from '../schedule/scheduled-scene.ts';
import { Stopwatch } from './stopwatch.ts';

export interface SceneTasksOptions {
  readonly run: Pick<WriteOptions, 'brief' | 'clock'>;
  readonly pace: Pace;
  readonly runState: RunState;
  readonly schedule: Schedule;
  readonly dispatcher: RequestDispatcher;
  readonly writer: SceneWriter;
  /** How many beats are still to come into the outline. */
  readonly toCome: () => number;
  /** A scene is written and in the run state. */
  readonly onWritten: (id: SceneId) => void;
  /** Called whenever a scene has come to an end, whichever. */
  readonly changed: () => void;
}

interface Failure {
  readonly hash: string | undefined;
  readonly error: ScenewrightError;
}

/** What was written when a batch was begun, by the plan that it was begun with. */
interface Snapshot {
  readonly batch: number;
  readonly plan: Plan;
  readonly written: readonly Scene[];
}

/** Begins scenes as the schedule says, and sees each of them to its end. */
export class SceneTasks implements RequestSource {
  private readonly options: SceneTasksOptions;
  private readonly tasks = new Map<SceneId, SceneInProgress>();
  /** Scenes that the service had no place for: their attempts so far count when they begin again. */
  private readonly turnedAway = new Map<SceneId, SceneInProgress>();
  private readonly failures = new Map<SceneId, Failure>();
  private readonly working = new Set<Promise<void>>();
  /** Pace `batches`: what the scenes of the batch under way get to see. */
  private snapshot: Snapshot | undefined;

  constructor(options: SceneTasksOptions) {
    this.options = options;
  }

  /** Nothing is under way. */
  get idle(): boolean {
    return this.working.size === 0;
  }

  /** Nothing is under way, and because something failed nothing will be. */
  get stuck(): boolean {
    if (!this.idle || this.failures.size === 0) return false;
    return this.options.dispatcher.stopping || (this.failed.length > 0 && !this.ready());
  }

  /** Scenes that failed for good and are still wanted, in the outline's order. */
  get failed(): { readonly id: SceneId; readonly error: ScenewrightError }[] {
    return this.options.schedule.order.flatMap(({ id }) => {
      const failure = this.failures.get(id);
      return failure === undefined ? [] : [{ id, error: failure.error }];
    });
  }

  /** The failure to tell: one that has stopped the others comes first. */
  get worst(): ScenewrightError | undefined {
    const all = [...this.failures.values()].map(({ error }) => error);
    return all.find(concernsAll) ?? this.failed[0]?.error;
  }

  /** Settles when nothing is under way any more. */
  async finish(): Promise<void> {
    while (this.working.size > 0) await Promise.allSettled(this.working);
  }

  ready(): boolean {
    const { schedule, dispatcher } = this.options;
    return schedule.peek(dispatcher.places) !== undefined;
  }

  start(): void {
    const { schedule, dispatcher, runState, run } = this.options;
    const id = schedule.next(dispatcher.places);
    if (id === undefined) return;
    const hash = runState.hashOf(id) ?? '';
    const before = this.turnedAway.get(id);
    this.turnedAway.delete(id);
    const task: SceneInProgress =
      before?.hash === hash
        ? before
        : {
            id,
            hash,
            watch: new Stopwatch(() => run.clock.now()),
            unwanted: new AbortController(),
            attempt: 1,
          };
    this.tasks.set(id, task);
    const working = this.work(task).finally(() => {
      this.working.delete(working);
      this.options.changed();
      dispatcher.wake();
    });
    this.working.add(working);
  }

  refuse(error: ScenewrightError): void {
    const { schedule, dispatcher } = this.options;
    const id = schedule.next(dispatcher.places);
    if (id !== undefined) this.fail(id, error);
    this.options.changed();
  }

  /** Go on after the run state has followed the document. */
  follow(): void {
    const { schedule, runState } = this.options;
    const missing = runState.missing();
    for (const [id, task] of this.tasks) {
      const hash = runState.hashOf(id);
      // A scene whose beat is gone may end: it is paid for, and its beat may come back.
      const otherAsked = hash !== undefined && hash !== task.hash;
      if (!otherAsked && !runState.isInDocument(id)) continue;
      task.unwanted.abort();
      this.tasks.delete(id);
      schedule.putBack(id);
    }
    for (const { id } of missing) this.reconsider(id);
    schedule.follow(missing, this.options.toCome() > 0);
  }

  /** What a scene is written from as of now; `undefined` when its beat is gone. */
  material(id: SceneId): SceneMaterial | undefined {
    const { runState, run } = this.options;
    const beat = runState.beat(id);
    if (beat === undefined) return undefined;
    const toCome = this.options.toCome();
    return {
      ...runState.plan,
      brief: run.brief,
      beat,
      ...(toCome === 0 ? {} : { toCome }),
      finished: this.finishedScenes(),
    };
  }

  private reconsider(id: SceneId): void {
    const { schedule, runState } = this.options;
    const isThere = runState.finished(id) !== undefined;
    const state = schedule.stateOf(id);
    if (state === 'running') return;
    if (isThere && state !== 'written') schedule.written(id);
    const failure = this.failures.get(id);
    const askedAnew = failure !== undefined && failure.hash !== runState.hashOf(id);
    if (askedAnew || isThere) this.failures.delete(id);
    if (!isThere && (state === 'written' || askedAnew)) schedule.putBack(id);
  }

  private finishedScenes(): readonly Scene[] {
    const { pace, schedule, runState } = this.options;
    if (pace !== 'batches') return runState.written();
    const { plan } = runState;
    if (this.snapshot?.batch !== schedule.opened || this.snapshot.plan !== plan) {
      this.snapshot = { batch: schedule.opened, plan, written: runState.written() };
    }
    return this.snapshot.written;
  }

  private async work(task: SceneInProgress): Promise<void> {
    const { id } = task;
    let outcome: SceneOutcome;
    try {
      outcome = await this.options.writer.write(task, () => this.material(id));
    } catch {
      outcome = { kind: 'dropped' }; // The run is cancelled.
    }
    // Otherwise something else is asked for by now, maybe by another task already.
    if (this.tasks.get(id) !== task) return;
    this.tasks.delete(id);
    this.settle(task, outcome);
  }

  private settle(task: SceneInProgress, outcome: SceneOutcome): void {
    const { schedule, runState, onWritten } = this.options;
    const { id } = task;
    switch (outcome.kind) {
      case 'written':
        runState.finish(outcome.finished);
        schedule.written(id);
        onWritten(id);
        return;
      case 'back':
        this.turnedAway.set(id, task);
        schedule.putBack(id);
        return;
      case 'failed':
        this.fail(id, outcome.error);
        return;
      case 'dropped':
        schedule.putBack(id);
        return;
    }
  }

  private fail(id: SceneId, error: ScenewrightError): void {
    const { schedule, dispatcher, runState } = this.options;
    schedule.failed(id);
    this.failures.set(id, { hash: runState.hashOf(id), error });
    // The others would meet the same refusal, and some services lock out who insists.
    if (concernsAll(error)) dispatcher.halt();
  }
}
