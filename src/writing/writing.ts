import { cancelledError, ScenewrightError } from '../base/errors.ts';
import type { Beat, Plan, SceneId } from '../script/script-model.ts';
import { Capacity } from './capacity.ts';
import { Desk } from './desk.ts';
import { asScenewrightError } from './errors.ts';
import type { EventQueue } from './event-queue.ts';
import type { WritingEvent } from './events.ts';
import { planFailure } from './failure.ts';
import type { WriteOptions } from './options.ts';
import { planScript } from './planning/plan-script.ts';
import type { PlannedScript } from './planning/plan-script.ts';
import { RetryRules } from './retry.ts';
import { SceneRun } from './scene-run.ts';

/** One run of `writeScript`, from the brief or the plan to the last batch. */
export class Writing {
  private readonly options: WriteOptions;
  private readonly signal: AbortSignal;
  private readonly events: EventQueue<WritingEvent>;
  private readonly rules: RetryRules;
  private readonly desk: Desk;

  /** @param signal aborts when the run is cancelled, or nobody listens any more */
  constructor(options: WriteOptions, signal: AbortSignal, events: EventQueue<WritingEvent>) {
    this.options = options;
    this.signal = signal;
    this.events = events;
    this.rules = new RetryRules(options.retries ?? 3, options.random ?? Math.random);
    this.desk = new Desk({
      clock: options.clock,
      signal,
      rules: this.rules,
      capacity: new Capacity(options.batchSize),
      pause: options.pause,
      traffic: options.model.traffic,
      spending: options.spending,
      tell: (event) => {
        events.push(event);
      },
    });
  }

  /** Never rejects; the last event tells how it ended. */
  async run(): Promise<void> {
    const { pause, outlineOnly } = this.options;
    const listening = pause.onDidChange((paused) => {
      this.events.push({ type: paused ? 'paused' : 'resumed' });
    });
    const attending = this.desk.open();
    try {
      if (this.signal.aborted) throw cancelledError('Writing');
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
      this.desk.close();
      await attending;
      this.events.end();
    }
  }

  private async makePlan(): Promise<Plan> {
    const { brief, clipSeconds, newId, model, answers } = this.options;
    let made: PlannedScript;
    try {
      made = await planScript({
        brief,
        clipSeconds,
        model,
        asker: this.desk,
        newId,
        ...(answers === undefined ? {} : { answers }),
        onStage: (stage, done, of) => {
          this.events.push({ type: 'planning', stage, done, of });
        },
        signal: this.signal,
      });
    } catch (error) {
      if (this.signal.aborted) throw cancelledError('Writing');
      throw planFailure(asScenewrightError(error));
    }
    const { plan, notes, keys } = made;
    const taken = await this.events.deliver({ type: 'planned', plan, notes });
    if (!taken) throw cancelledError('Writing');
    if (answers !== undefined) await Promise.allSettled(keys.map((key) => answers.remove(key)));
    // What the writer has said of a character or a place stays, whatever was planned.
    return this.options.script?.()?.plan ?? plan;
  }

  private async writeMissing(plan: Plan): Promise<void> {
    refuseRepeatedIds(plan.outline);
    const run = new SceneRun({
      options: this.options,
      plan,
      desk: this.desk,
      rules: this.rules,
      events: this.events,
      signal: this.signal,
    });
    await run.run();
  }
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
