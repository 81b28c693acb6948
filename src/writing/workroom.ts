import type { Plan, Scene, SceneId } from '../script/script-model.ts';
import type { ScenewrightError } from '../base/errors.ts';
import { contextTokensFor } from '../models/prompts/context-budget.ts';
import type { Desk, Work } from './desk.ts';
import type { Manuscript } from './manuscript.ts';
import type { WriteOptions } from './options.ts';
import type { SceneMaterial } from '../models/prompts/scene-prompts.ts';
import { concernsAll } from './retry.ts';
import type { SceneJob, SceneOutcome, SceneWriter } from './scene-writer.ts';
import type { Pace, Schedule } from './schedule.ts';
import { Stopwatch } from './stopwatch.ts';

export interface WorkroomOptions {
  readonly run: Pick<WriteOptions, 'brief' | 'model' | 'clock' | 'contextTokens'>;
  readonly pace: Pace;
  readonly manuscript: Manuscript;
  readonly schedule: Schedule;
  readonly desk: Desk;
  readonly writer: SceneWriter;
  /** A scene is written and in the manuscript. */
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
export class Workroom implements Work {
  private readonly options: WorkroomOptions;
  private readonly contextTokens: number;
  private readonly jobs = new Map<SceneId, SceneJob>();
  /** Scenes that the service had no place for: their attempts so far count when they begin again. */
  private readonly turnedAway = new Map<SceneId, SceneJob>();
  private readonly failures = new Map<SceneId, Failure>();
  private readonly working = new Set<Promise<void>>();
  /** Pace `batches`: what the scenes of the batch under way get to see. */
  private snapshot: Snapshot | undefined;

  constructor(options: WorkroomOptions) {
    this.options = options;
    const { contextTokens, model } = options.run;
    this.contextTokens = contextTokens ?? contextTokensFor(model);
  }

  /** Nothing is under way. */
  get idle(): boolean {
    return this.working.size === 0;
  }

  /** Nothing is under way, and because something failed nothing will be. */
  get stuck(): boolean {
    if (!this.idle || this.failures.size === 0) return false;
    return this.options.desk.stopping || (this.failed.length > 0 && !this.ready());
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
    const { schedule, desk } = this.options;
    return schedule.peek(desk.places) !== undefined;
  }

  start(): void {
    const { schedule, desk, manuscript, run } = this.options;
    const id = schedule.next(desk.places);
    if (id === undefined) return;
    const hash = manuscript.hashOf(id) ?? '';
    const before = this.turnedAway.get(id);
    this.turnedAway.delete(id);
    const job: SceneJob =
      before?.hash === hash
        ? before
        : {
            id,
            hash,
            watch: new Stopwatch(() => run.clock.now()),
            unwanted: new AbortController(),
            attempt: 1,
          };
    this.jobs.set(id, job);
    const working = this.work(job).finally(() => {
      this.working.delete(working);
      this.options.changed();
      desk.wake();
    });
    this.working.add(working);
  }

  refuse(error: ScenewrightError): void {
    const { schedule, desk } = this.options;
    const id = schedule.next(desk.places);
    if (id !== undefined) this.fail(id, error);
    this.options.changed();
  }

  /** Go on after the manuscript has followed the document. */
  follow(): void {
    const { schedule, manuscript } = this.options;
    const missing = manuscript.missing();
    for (const [id, job] of this.jobs) {
      const hash = manuscript.hashOf(id);
      // A scene whose beat is gone may end: it is paid for, and its beat may come back.
      const otherAsked = hash !== undefined && hash !== job.hash;
      if (!otherAsked && !manuscript.isInDocument(id)) continue;
      job.unwanted.abort();
      this.jobs.delete(id);
      schedule.putBack(id);
    }
    for (const { id } of missing) this.reconsider(id);
    schedule.follow(missing);
  }

  /** What a scene is written from as of now; `undefined` when its beat is gone. */
  material(id: SceneId): SceneMaterial | undefined {
    const { manuscript, run } = this.options;
    const beat = manuscript.beat(id);
    if (beat === undefined) return undefined;
    return {
      ...manuscript.plan,
      brief: run.brief,
      beat,
      finished: this.finishedScenes(),
      contextTokens: this.contextTokens,
    };
  }

  private reconsider(id: SceneId): void {
    const { schedule, manuscript } = this.options;
    const isThere = manuscript.finished(id) !== undefined;
    const state = schedule.stateOf(id);
    if (state === 'running') return;
    if (isThere && state !== 'written') schedule.written(id);
    const failure = this.failures.get(id);
    const askedAnew = failure !== undefined && failure.hash !== manuscript.hashOf(id);
    if (askedAnew || isThere) this.failures.delete(id);
    if (!isThere && (state === 'written' || askedAnew)) schedule.putBack(id);
  }

  private finishedScenes(): readonly Scene[] {
    const { pace, schedule, manuscript } = this.options;
    if (pace !== 'batches') return manuscript.written();
    const { plan } = manuscript;
    if (this.snapshot?.batch !== schedule.opened || this.snapshot.plan !== plan) {
      this.snapshot = { batch: schedule.opened, plan, written: manuscript.written() };
    }
    return this.snapshot.written;
  }

  private async work(job: SceneJob): Promise<void> {
    const { id } = job;
    let outcome: SceneOutcome;
    try {
      outcome = await this.options.writer.write(job, () => this.material(id));
    } catch {
      outcome = { kind: 'dropped' }; // The run is cancelled.
    }
    // Otherwise something else is asked for by now, maybe by another job already.
    if (this.jobs.get(id) !== job) return;
    this.jobs.delete(id);
    this.settle(job, outcome);
  }

  private settle(job: SceneJob, outcome: SceneOutcome): void {
    const { schedule, manuscript, onWritten } = this.options;
    const { id } = job;
    switch (outcome.kind) {
      case 'written':
        manuscript.finish(outcome.finished);
        schedule.written(id);
        onWritten(id);
        return;
      case 'back':
        this.turnedAway.set(id, job);
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
    const { schedule, desk, manuscript } = this.options;
    schedule.failed(id);
    this.failures.set(id, { hash: manuscript.hashOf(id), error });
    // The others would meet the same refusal, and some services lock out who insists.
    if (concernsAll(error)) desk.halt();
  }
}
