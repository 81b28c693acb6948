import { cancelledError, ScenewrightError } from '../base/errors.ts';
import { planDurations } from '../script/durations.ts';
import type { Beat, Plan, Scene, SceneId } from '../script/model.ts';
import { askForPlan } from './ask.ts';
import { BatchWriter, concernsAll } from './batch.ts';
import type { Outcome } from './batch.ts';
import { asScenewrightError } from './errors.ts';
import type { EventQueue } from './event-queue.ts';
import type { WritingEvent } from './events.ts';
import { planFailure, sceneFailure } from './failure.ts';
import type { WriteOptions } from './options.ts';
import { askWithRetries, policyOf } from './retry.ts';
import { mergeScenes } from './scene.ts';

/** One run of `writeScript`, from the brief or the plan to the last batch. */
export class Writing {
  private readonly options: WriteOptions;
  private readonly signal: AbortSignal;
  private readonly events: EventQueue<WritingEvent>;

  /** @param signal aborts when the run is cancelled, or nobody listens any more */
  constructor(options: WriteOptions, signal: AbortSignal, events: EventQueue<WritingEvent>) {
    this.options = options;
    this.signal = signal;
    this.events = events;
  }

  /** Never rejects; the last event tells how it ended. */
  async run(): Promise<void> {
    const { pause, outlineOnly } = this.options;
    const listening = pause.onDidChange((paused) => {
      this.events.push({ type: paused ? 'paused' : 'resumed' });
    });
    try {
      this.throwIfCancelled();
      if (pause.paused) this.events.push({ type: 'paused' });
      const plan = this.options.plan ?? (await this.makePlan());
      if (outlineOnly !== true) await this.writeMissing(plan);
      this.events.push({ type: 'stopped', reason: 'done' });
    } catch (error) {
      this.events.push(
        this.signal.aborted
          ? { type: 'stopped', reason: 'cancelled' }
          : { type: 'stopped', reason: 'failed', error: asScenewrightError(error) },
      );
    } finally {
      listening.dispose();
      this.events.end();
    }
  }

  private async makePlan(): Promise<Plan> {
    const { brief, clipSeconds, newId, model } = this.options;
    this.events.push({ type: 'planning' });
    const { seconds } = planDurations(brief.duration, clipSeconds);
    const ids = new Set<SceneId>();
    while (ids.size < seconds.length) ids.add(newId()); // Random ids meet once in a long while.
    const slots = [...ids].map((id, i) => ({ id, seconds: seconds[i] ?? 0 }));
    let plan: Plan;
    try {
      plan = await askWithRetries(
        (complaint) => askForPlan(model, brief, slots, complaint, { signal: this.signal }),
        policyOf(this.options, this.signal),
      );
    } catch (error) {
      this.throwIfCancelled();
      throw planFailure(asScenewrightError(error));
    }
    await this.handOver({ type: 'planned', plan });
    return plan;
  }

  private async writeMissing(plan: Plan): Promise<void> {
    const { written, kept, batchSize } = this.options;
    refuseRepeatedIds(plan.outline);
    const inScript = new Set(written.map(({ id }) => id));
    const missing = plan.outline.filter(({ id }) => !inScript.has(id));
    const batches: Beat[][] = [];
    for (let start = 0; start < missing.length; start += batchSize) {
      batches.push(missing.slice(start, start + batchSize));
    }
    this.events.push({
      type: 'scheduled',
      batches: batches.map((batch) => batch.map(({ id }) => id)),
    });
    // An earlier run may have died between the document and the tidying up after it.
    await Promise.allSettled([...inScript].map((id) => kept.remove(id)));

    let finished: readonly Scene[] = written;
    for (const [index, batch] of batches.entries()) {
      const scenes = await this.writeBatch(plan, batch, index, finished, inScript);
      finished = mergeScenes(finished, scenes, plan.outline);
    }
  }

  /**
   * Write one batch and hand it over to the document.
   *
   * @param inScript ids in the document; those of the batch are added once they are
   * @throws ScenewrightError for the whole run, when a scene failed for good or all is cancelled
   */
  private async writeBatch(
    plan: Plan,
    batch: readonly Beat[],
    index: number,
    finished: readonly Scene[],
    inScript: Set<SceneId>,
  ): Promise<readonly Scene[]> {
    const writer = new BatchWriter(this.options, plan, this.signal, this.events);
    const outcomes = await writer.write(batch, finished);
    const scenes = outcomes.flatMap(({ scene }) => scene ?? []);
    const complete = scenes.length === batch.length;
    // Without a kept copy the document is the only place left where a finished scene is safe.
    const handedOver =
      complete && !this.signal.aborted
        ? scenes
        : outcomes.flatMap(({ scene, kept }) => (kept ? [] : (scene ?? [])));
    if (handedOver.length > 0) {
      await this.handOver({ type: 'batchWritten', index, scenes: handedOver });
      for (const { id } of handedOver) inScript.add(id);
      await Promise.allSettled(handedOver.map(({ id }) => this.options.kept.remove(id)));
    }
    this.throwIfCancelled();
    if (!complete) throw failureOf(plan, outcomes, inScript);
    return scenes;
  }

  /** Give the consumer something to put into the document, and wait until it has. */
  private async handOver(event: WritingEvent): Promise<void> {
    const taken = await this.events.deliver(event);
    if (!taken) throw cancelledError('Writing');
  }

  private throwIfCancelled(): void {
    if (this.signal.aborted) throw cancelledError('Writing');
  }
}

function failureOf(
  plan: Plan,
  outcomes: readonly Outcome[],
  inScript: ReadonlySet<SceneId>,
): ScenewrightError {
  const failed = outcomes.flatMap(({ id, error }) => (error === undefined ? [] : [{ id, error }]));
  // An account error has stopped the others' attempts, so it is the one to tell.
  const told = failed.find(({ error }) => concernsAll(error)) ?? failed[0];
  if (told === undefined) return new ScenewrightError('internal', 'The run ended for no reason.');
  return sceneFailure({
    outline: plan.outline,
    failed: failed.map(({ id }) => id),
    error: told.error,
    inScript,
    kept: new Set(outcomes.filter(({ kept }) => kept).map(({ id }) => id)),
  });
}

function refuseRepeatedIds(outline: readonly Beat[]): void {
  const seen = new Map<SceneId, number>();
  for (const [index, { id }] of outline.entries()) {
    const first = seen.get(id);
    if (first !== undefined) {
      throw new ScenewrightError(
        'bad-script',
        `Beats ${first + 1} and ${index + 1} of the outline have the same id. Remove the id from the one that was copied, then write again.`,
      );
    }
    seen.set(id, index);
  }
}
