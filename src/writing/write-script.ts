import { cancelledError, ScenewrightError, asScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Beat, Plan, SceneId } from '../script/script-model.ts';
import { AdaptiveConcurrency } from './requests/adaptive-concurrency.ts';
import { RequestDispatcher } from './requests/request-dispatcher.ts';
import { EventQueue } from './run/event-queue.ts';
import type { WritingEvent } from './writing-events.ts';
import { planFailure } from './run/run-failure.ts';
import type { WriteOptions } from './write-options.ts';
import { planScript } from './planning/plan-script.ts';
import type { PlannedScript } from './planning/plan-script.ts';
import { RetryRules } from './requests/retry-rules.ts';
import { SceneRun } from './run/scene-run.ts';

/**
 * Write a script, or what is missing of it.
 *
 * Never throws: whatever happens is told by the events, the last of which is `stopped`. After
 * `planned` and `batchWritten` a consumer that comes back for the next event says by that that the
 * plan or batch is safely in the document. No scene is begun before the plan is; while a batch is on
 * its way into the document the writing goes on. A consumer that leaves the loop early aborts the
 * run; finished scenes stay kept for the next one.
 */
export async function* writeScript(options: WriteOptions): AsyncGenerator<WritingEvent, void> {
  const abandoned = new AbortController();
  const events = new EventQueue<WritingEvent>();
  const signal = AbortSignal.any([options.signal, abandoned.signal]);
  const running = new WritingRun(options, signal, events).run();
  try {
    yield* events.values();
  } finally {
    abandoned.abort();
    await running;
  }
}

/** One run of `writeScript`, from the brief or the plan to the last batch. */
class WritingRun {
  private readonly options: WriteOptions;
  private readonly signal: AbortSignal;
  private readonly events: EventQueue<WritingEvent>;
  private readonly rules: RetryRules;
  private readonly dispatcher: RequestDispatcher;

  /** @param signal aborts when the run is cancelled, or nobody listens any more */
  constructor(options: WriteOptions, signal: AbortSignal, events: EventQueue<WritingEvent>) {
    this.options = options;
    this.signal = signal;
    this.events = events;
    this.rules = new RetryRules(options.retries ?? 3, options.random ?? Math.random);
    this.dispatcher = new RequestDispatcher({
      clock: options.clock,
      signal,
      rules: this.rules,
      concurrency: new AdaptiveConcurrency(options.batchSize),
      pause: options.pause,
      traffic: options.model.traffic,
      cost: options.cost,
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
    const attending = this.dispatcher.open();
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
      this.dispatcher.close();
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
        requester: this.dispatcher,
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
      dispatcher: this.dispatcher,
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
        t('Beats {0} and {1} of the outline have the same id.', first + 1, index + 1),
        { advice: t('Remove the id from the one that was copied, then write again.') },
      );
    }
    seen.set(id, index);
  }
}
