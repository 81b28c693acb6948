import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { Beat, Plan, Scene, SceneId } from '../../script/script-model.ts';
import { BatchCommitter } from './batch-committer.ts';
import type { RequestDispatcher } from '../requests/request-dispatcher.ts';
import type { EventQueue } from './event-queue.ts';
import type { WritingEvent } from '../writing-events.ts';
import { outlineFailure, sceneFailure } from './run-failure.ts';
import { growOutline } from './grow-outline.ts';
import { OutlineTurns } from './outline-turns.ts';
import type { GrowingPlan } from '../planning/growing-plan.ts';
import { Hedging } from '../requests/hedging.ts';
import { askedHash } from '../journal/scene-journal.ts';
import { RunState } from './run-state.ts';
import type { WriteOptions } from '../write-options.ts';
import type { RetryRules } from '../requests/retry-rules.ts';
import { SceneWriter } from './scene-writer.ts';
import { Schedule } from '../schedule/schedule.ts';
import { SeamPass } from '../seams/seam-pass.ts';
import { AutoResetEvent } from '../requests/auto-reset-event.ts';
import { SceneTasks } from './scene-tasks.ts';

export interface SceneRunOptions {
  readonly options: WriteOptions;
  readonly plan: Plan;
  /** What the rest of the outline comes from, while it is not whole. */
  readonly planning?: GrowingPlan | undefined;
  readonly dispatcher: RequestDispatcher;
  readonly rules: RetryRules;
  readonly events: EventQueue<WritingEvent>;
  readonly signal: AbortSignal;
}

/**
 * The second part of a run: all scenes that the document lacks. The dispatcher begins them on its own; here
 * it is watched what comes of them, batches go into the document, and what the writer changes there
 * meanwhile is followed.
 */
export class SceneRun {
  private readonly options: WriteOptions;
  private readonly events: EventQueue<WritingEvent>;
  private readonly signal: AbortSignal;
  private readonly planning: GrowingPlan | undefined;
  /** So many of its beats are followed. */
  private grownTo: number;
  private readonly dispatcher: RequestDispatcher;
  private readonly runState: RunState;
  private readonly schedule: Schedule;
  private readonly writer: SceneWriter;
  private readonly tasks: SceneTasks;
  private readonly seams: SeamPass | undefined;
  private readonly hedging: Hedging | undefined;
  private readonly committer: BatchCommitter;
  private readonly news = new AutoResetEvent();

  constructor(run: SceneRunOptions) {
    const { options, plan, planning, dispatcher, rules, events, signal } = run;
    const { pace = 'batches', batchSize, brief, written, clock, journal, hedge } = options;
    this.options = options;
    this.planning = planning;
    this.grownTo = planning?.landed ?? 0;
    this.events = events;
    this.signal = signal;
    this.dispatcher = dispatcher;
    this.runState = new RunState(brief, plan, written);
    this.schedule = new Schedule(this.runState.missing(), { pace, batchSize });
    const tell = (event: WritingEvent, key?: string): void => {
      events.push(event, key);
    };
    const changed = (): void => {
      this.news.set();
    };
    this.hedging =
      hedge === true
        ? new Hedging({
            clock,
            free: () =>
              !dispatcher.isInTurns &&
              dispatcher.inFlight < dispatcher.places &&
              this.nothingWaits(),
          })
        : undefined;
    this.writer = new SceneWriter({
      run: options,
      dispatcher,
      rules,
      hedging: this.hedging,
      seams: pace === 'planned',
      tell,
    });
    this.tasks = new SceneTasks({
      run: options,
      pace,
      runState: this.runState,
      schedule: this.schedule,
      dispatcher,
      writer: this.writer,
      toCome: () => (planning === undefined ? 0 : planning.total - planning.landed),
      onWritten: (id) => this.seams?.review(id),
      changed,
    });
    this.seams =
      pace === 'planned'
        ? new SeamPass({
            run: options,
            runState: this.runState,
            dispatcher,
            writer: this.writer,
            material: (id) => this.tasks.material(id),
            tell,
            changed,
          })
        : undefined;
    this.committer = new BatchCommitter({
      runState: this.runState,
      schedule: this.schedule,
      journal,
      events,
      places: () => dispatcher.places,
      final: (id) => this.seams?.settled(id) ?? true,
    });
  }

  /**
   * Settles when everything is in the document and nothing is under way any more.
   *
   * @throws ScenewrightError when scenes failed for good, or `cancelled`
   */
  async run(): Promise<void> {
    const { batchSize, written, journal } = this.options;
    const wake = (): void => {
      this.news.set();
    };
    this.signal.addEventListener('abort', wake, { once: true });
    try {
      if (batchSize === 'auto')
        this.events.push({ type: 'places', places: this.dispatcher.places });
      this.committer.tell();
      // An earlier run may have died between the document and the tidying up after it.
      await Promise.allSettled(written.map(({ id }) => journal.remove(id)));
      await this.reuse(this.schedule.order.map(({ id }) => id));
      this.addPlanning();
      this.dispatcher.add(this.tasks);
      if (this.hedging !== undefined) this.dispatcher.add(this.hedging);
      while (await this.step());
    } catch (error) {
      await this.finish();
      await this.rescue();
      throw error;
    } finally {
      this.signal.removeEventListener('abort', wake);
    }
  }

  /** @returns whether there is more to do */
  private async step(): Promise<boolean> {
    if (this.signal.aborted) throw cancelledError(t('The writing'));
    if (await this.grow()) return true;
    this.committer.tell();
    const scenes = this.committer.next();
    if (scenes !== undefined) {
      await this.committer.commit(scenes);
      await this.seams?.landed(scenes);
      await this.follow();
      return true;
    }
    const { planning } = this;
    const idle = this.tasks.idle && (this.seams?.idle ?? true) && (planning?.idle ?? true);
    const isPlanned = planning?.whole ?? true;
    if (idle && isPlanned && this.schedule.order.length === 0) return false;
    if (idle && (this.tasks.stuck || planning?.error !== undefined)) {
      await this.rescue();
      throw this.failure();
    }
    await this.news.wait();
    return true;
  }

  /** Ask for more of the outline as scenes need it. */
  private addPlanning(): void {
    const { planning, dispatcher, runState, schedule, tasks } = this;
    if (planning === undefined) return;
    planning.onNews = () => {
      // What else is asked would not be of use without the rest of the outline.
      if (planning.error !== undefined) dispatcher.halt();
      this.news.set();
      dispatcher.wake();
    };
    dispatcher.add(
      new OutlineTurns({
        pace: this.options.pace ?? 'batches',
        planning,
        dispatcher,
        landed: () => this.grownTo,
        known: () => runState.plan.outline.length,
        waiting: () => schedule.waiting,
        isEnding: () => tasks.failed.length > 0,
      }),
    );
  }

  /**
   * Put beats that have come in into the document: all of a part, or single ones where scenes wait for
   * them.
   *
   * @returns whether there were any
   */
  private async grow(): Promise<boolean> {
    const { planning, dispatcher } = this;
    if (planning === undefined || planning.whole) return false;
    const isHungry = dispatcher.inFlight < dispatcher.places && !this.tasks.ready();
    const growth = planning.take(isHungry);
    if (growth === undefined) return false;
    await growOutline(planning, growth, this.events);
    await this.follow(growth.plan);
    this.grownTo = planning.landed;
    dispatcher.wake();
    return true;
  }

  /** Go on with the document as it is now, and with the plan as it is there. */
  private async follow(grown?: Plan): Promise<void> {
    const state = this.options.script?.() ?? (grown && this.runState.grown(grown));
    if (state !== undefined) {
      const plan = this.runState.recognise(state.plan);
      const hashes = this.askedAnew(plan);
      const reused = await this.keptScenes(hashes);
      this.runState.follow({ plan, written: state.written });
      this.takeOver(reused, hashes);
    }
    this.tasks.follow();
    if (state !== undefined) this.reviewAll();
    this.dispatcher.wake();
  }

  /** What scenes are asked for by a plan, where that is not what they were asked for before. */
  private askedAnew(plan: Plan): Map<SceneId, string> {
    const { runState, options } = this;
    const hashes = new Map<SceneId, string>();
    const sameBible = plan.bible === runState.plan.bible;
    for (const beat of plan.outline) {
      if (runState.isInDocument(beat.id)) continue;
      if (sameBible && runState.beat(beat.id) === beat) continue;
      const hash = askedHash(options.brief, plan.bible, beat);
      if (hash !== runState.hashOf(beat.id)) hashes.set(beat.id, hash);
    }
    return hashes;
  }

  /** Take what an earlier run has left behind. */
  private async reuse(ids: readonly SceneId[]): Promise<void> {
    const hashes = new Map(ids.map((id) => [id, this.runState.hashOf(id) ?? '']));
    this.takeOver(await this.keptScenes(hashes), hashes);
    this.tasks.follow();
    this.reviewAll();
  }

  private async keptScenes(hashes: ReadonlyMap<SceneId, string>): Promise<Scene[]> {
    const found = await Promise.allSettled(
      [...hashes].map(([id, hash]) => this.options.journal.get(id, hash)),
    );
    // A store that cannot be read is no reason to stop: the scene is written again.
    return found.flatMap((result) =>
      result.status === 'fulfilled' && result.value !== undefined ? [result.value] : [],
    );
  }

  private takeOver(scenes: readonly Scene[], hashes: ReadonlyMap<SceneId, string>): void {
    for (const scene of scenes) {
      const finished = { scene, hash: hashes.get(scene.id) ?? '', flags: [] };
      if (this.runState.isInDocument(scene.id)) continue;
      this.runState.finish(finished);
      this.writer.tellWritten(finished, 0, true);
    }
  }

  private reviewAll(): void {
    for (const { scene } of this.seams === undefined ? [] : this.runState.allFinished()) {
      this.seams?.review(scene.id);
    }
  }

  private nothingWaits(): boolean {
    return this.schedule.running < this.dispatcher.places && !this.tasks.ready();
  }

  private async finish(): Promise<void> {
    this.dispatcher.halt();
    await this.tasks.finish();
    await this.seams?.finish();
    await this.planning?.finish();
  }

  /** Without a kept copy the document is the only place left where a finished scene is safe. */
  private async rescue(): Promise<void> {
    const unsafe = this.runState
      .allFinished()
      .filter(({ unkept }) => unkept !== undefined)
      .map(({ scene }) => scene);
    if (unsafe.length > 0) await this.committer.commit(unsafe);
  }

  private failure(): ScenewrightError {
    const { runState, schedule, tasks, planning } = this;
    const { outline } = runState.plan;
    const inScript = new Set(idsOf(outline).filter((id) => runState.isInDocument(id)));
    const kept = new Set(runState.allFinished().map(({ scene }) => scene.id));
    const error = tasks.worst;
    if (error === undefined) {
      return planning?.error === undefined
        ? new ScenewrightError('internal', t('The run ended for no reason.'))
        : outlineFailure({ outline, error: planning.error, inScript, kept });
    }
    const failed = tasks.failed.map(({ id }) => id);
    const first = schedule.order.find(({ id }) => runState.finished(id) === undefined);
    return sceneFailure({
      outline,
      failed: failed.length > 0 || first === undefined ? failed : [first.id],
      error,
      inScript,
      kept,
    });
  }
}

function idsOf(outline: readonly Beat[]): SceneId[] {
  return outline.map(({ id }) => id);
}
