import { cancelledError, ScenewrightError } from '../base/errors.ts';
import type { Beat, Plan, Scene, SceneId } from '../script/script-model.ts';
import { Delivery } from './delivery.ts';
import type { Desk } from './desk.ts';
import type { EventQueue } from './event-queue.ts';
import type { WritingEvent } from './events.ts';
import { sceneFailure } from './failure.ts';
import { Hedging } from './hedging.ts';
import { askedHash } from './kept/kept.ts';
import { Manuscript } from './manuscript.ts';
import type { WriteOptions } from './options.ts';
import type { RetryRules } from './retry.ts';
import { SceneWriter } from './scene-writer.ts';
import { Schedule } from './schedule.ts';
import { SeamPass } from './seam-pass.ts';
import { Signal } from './signal.ts';
import { Workroom } from './workroom.ts';

export interface SceneRunOptions {
  readonly options: WriteOptions;
  readonly plan: Plan;
  readonly desk: Desk;
  readonly rules: RetryRules;
  readonly events: EventQueue<WritingEvent>;
  readonly signal: AbortSignal;
}

/**
 * The second part of a run: all scenes that the document lacks. The desk begins them on its own; here
 * it is watched what comes of them, batches go into the document, and what the writer changes there
 * meanwhile is followed.
 */
export class SceneRun {
  private readonly options: WriteOptions;
  private readonly events: EventQueue<WritingEvent>;
  private readonly signal: AbortSignal;
  private readonly desk: Desk;
  private readonly manuscript: Manuscript;
  private readonly schedule: Schedule;
  private readonly writer: SceneWriter;
  private readonly room: Workroom;
  private readonly seams: SeamPass | undefined;
  private readonly hedging: Hedging | undefined;
  private readonly delivery: Delivery;
  private readonly news = new Signal();

  constructor({ options, plan, desk, rules, events, signal }: SceneRunOptions) {
    const { pace = 'batches', batchSize, brief, written, clock, kept, hedge } = options;
    this.options = options;
    this.events = events;
    this.signal = signal;
    this.desk = desk;
    this.manuscript = new Manuscript(brief, plan, written);
    this.schedule = new Schedule(this.manuscript.missing(), { pace, batchSize });
    const tell = (event: WritingEvent, key?: string): void => {
      events.push(event, key);
    };
    const changed = (): void => {
      this.news.give();
    };
    this.hedging =
      hedge === true
        ? new Hedging({
            clock,
            free: () => desk.inFlight < desk.places && this.nothingWaits(),
          })
        : undefined;
    this.writer = new SceneWriter({ run: options, desk, rules, hedging: this.hedging, tell });
    this.room = new Workroom({
      run: options,
      pace,
      manuscript: this.manuscript,
      schedule: this.schedule,
      desk,
      writer: this.writer,
      onWritten: (id) => this.seams?.review(id),
      changed,
    });
    this.seams =
      pace === 'planned'
        ? new SeamPass({
            run: options,
            manuscript: this.manuscript,
            desk,
            writer: this.writer,
            material: (id) => this.room.material(id),
            tell,
            changed,
          })
        : undefined;
    this.delivery = new Delivery({
      manuscript: this.manuscript,
      schedule: this.schedule,
      kept,
      events,
      places: () => desk.places,
      final: (id) => this.seams?.settled(id) ?? true,
    });
  }

  /**
   * Settles when everything is in the document and nothing is under way any more.
   *
   * @throws ScenewrightError when scenes failed for good, or `cancelled`
   */
  async run(): Promise<void> {
    const { batchSize, written, kept } = this.options;
    const wake = (): void => {
      this.news.give();
    };
    this.signal.addEventListener('abort', wake, { once: true });
    try {
      if (batchSize === 'auto') this.events.push({ type: 'places', places: this.desk.places });
      this.delivery.tell();
      // An earlier run may have died between the document and the tidying up after it.
      await Promise.allSettled(written.map(({ id }) => kept.remove(id)));
      await this.reuse(this.schedule.order.map(({ id }) => id));
      this.desk.add(this.room);
      if (this.hedging !== undefined) this.desk.add(this.hedging);
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
    if (this.signal.aborted) throw cancelledError('Writing');
    this.delivery.tell();
    const scenes = this.delivery.next();
    if (scenes !== undefined) {
      await this.delivery.handOver(scenes);
      await this.seams?.landed(scenes);
      await this.follow();
      return true;
    }
    const idle = this.room.idle && (this.seams?.idle ?? true);
    if (idle && this.schedule.order.length === 0) return false;
    if (idle && this.room.stuck) {
      await this.rescue();
      throw this.failure();
    }
    await this.news.wait();
    return true;
  }

  /** Go on with the document as it is now, and with the plan as it is there. */
  private async follow(): Promise<void> {
    const state = this.options.script?.();
    if (state !== undefined) {
      const plan = this.manuscript.recognise(state.plan);
      const hashes = this.askedAnew(plan);
      const reused = await this.keptScenes(hashes);
      this.manuscript.follow({ plan, written: state.written });
      this.takeOver(reused, hashes);
    }
    this.room.follow();
    if (state !== undefined) this.reviewAll();
    this.desk.wake();
  }

  /** What scenes are asked for by a plan, where that is not what they were asked for before. */
  private askedAnew(plan: Plan): Map<SceneId, string> {
    const { manuscript, options } = this;
    const hashes = new Map<SceneId, string>();
    const sameBible = plan.bible === manuscript.plan.bible;
    for (const beat of plan.outline) {
      if (manuscript.isInDocument(beat.id)) continue;
      if (sameBible && manuscript.beat(beat.id) === beat) continue;
      const hash = askedHash(options.brief, plan.bible, beat);
      if (hash !== manuscript.hashOf(beat.id)) hashes.set(beat.id, hash);
    }
    return hashes;
  }

  /** Take what an earlier run has left behind. */
  private async reuse(ids: readonly SceneId[]): Promise<void> {
    const hashes = new Map(ids.map((id) => [id, this.manuscript.hashOf(id) ?? '']));
    this.takeOver(await this.keptScenes(hashes), hashes);
    this.room.follow();
    this.reviewAll();
  }

  private async keptScenes(hashes: ReadonlyMap<SceneId, string>): Promise<Scene[]> {
    const found = await Promise.allSettled(
      [...hashes].map(([id, hash]) => this.options.kept.get(id, hash)),
    );
    // A store that cannot be read is no reason to stop: the scene is written again.
    return found.flatMap((result) =>
      result.status === 'fulfilled' && result.value !== undefined ? [result.value] : [],
    );
  }

  private takeOver(scenes: readonly Scene[], hashes: ReadonlyMap<SceneId, string>): void {
    for (const scene of scenes) {
      const finished = { scene, hash: hashes.get(scene.id) ?? '', flags: [] };
      if (this.manuscript.isInDocument(scene.id)) continue;
      this.manuscript.finish(finished);
      this.writer.tellWritten(finished, 0, true);
    }
  }

  private reviewAll(): void {
    for (const { scene } of this.seams === undefined ? [] : this.manuscript.allFinished()) {
      this.seams?.review(scene.id);
    }
  }

  private nothingWaits(): boolean {
    return this.schedule.running < this.desk.places && !this.room.ready();
  }

  private async finish(): Promise<void> {
    this.desk.halt();
    await this.room.finish();
    await this.seams?.finish();
  }

  /** Without a kept copy the document is the only place left where a finished scene is safe. */
  private async rescue(): Promise<void> {
    const unsafe = this.manuscript
      .allFinished()
      .filter(({ unkept }) => unkept !== undefined)
      .map(({ scene }) => scene);
    if (unsafe.length > 0) await this.delivery.handOver(unsafe);
  }

  private failure(): ScenewrightError {
    const { manuscript, schedule, room } = this;
    const error = room.worst;
    if (error === undefined)
      return new ScenewrightError('internal', 'The run ended for no reason.');
    const { outline } = manuscript.plan;
    const failed = room.failed.map(({ id }) => id);
    const first = schedule.order.find(({ id }) => manuscript.finished(id) === undefined);
    return sceneFailure({
      outline,
      failed: failed.length > 0 || first === undefined ? failed : [first.id],
      error,
      inScript: new Set(idsOf(outline).filter((id) => manuscript.isInDocument(id))),
      kept: new Set(manuscript.allFinished().map(({ scene }) => scene.id)),
    });
  }
}

function idsOf(outline: readonly Beat[]): SceneId[] {
  return outline.map(({ id }) => id);
}
