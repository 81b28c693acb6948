import { cancelledError, ScenewrightError, asScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Beat, Plan, SceneId } from '../script/script-model.ts';
import { AdaptiveConcurrency } from './requests/adaptive-concurrency.ts';
import { RequestDispatcher } from './requests/request-dispatcher.ts';
import { EventQueue } from './run/event-queue.ts';
import type { WritingEvent } from './writing-events.ts';
import { outlineFailure, planFailure } from './run/run-failure.ts';
import type { WriteOptions } from './write-options.ts';
import { GrowingPlan } from './planning/growing-plan.ts';
import { journalsOfRun } from './journal/journals-of-a-run.ts';
import { caughtUp, forgetPlan, readPlanUnderWay } from './planning/plan-under-way.ts';
import { AutoResetEvent } from './requests/auto-reset-event.ts';
import { growOutline } from './run/grow-outline.ts';
import { RetryRules } from './requests/retry-rules.ts';
import { SceneRun } from './run/scene-run.ts';

/**
 * Write a script, or what is missing of it.
 *
 * Never throws: whatever happens is told by the events, the last of which is `stopped`. After
 * `outlined` and `batchWritten` a consumer that comes back for the next event says by that that the
 * beats or the batch are safely in the document. No scene is begun before its beat is there, and the
 * one that follows; while anything is on its way into the document the writing goes on. A consumer that leaves the loop early aborts the
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
  private readonly over = new AbortController();

  /** @param signal aborts when the run is cancelled, or nobody listens any more */
  constructor(options: WriteOptions, signal: AbortSignal, events: EventQueue<WritingEvent>) {
    this.options = {
      ...options,
      ...journalsOfRun(options, signal, this.over.signal, options.clock),
    };
    this.signal = signal;
    this.events = events;
    this.rules = new RetryRules(options.retries ?? 3, options.random ?? Math.random);
    this.dispatcher = new RequestDispatcher({
      clock: options.clock,
      signal,
      rules: this.rules,
      concurrency: new AdaptiveConcurrency(options.batchSize),
      pause: options.pause,
      patienceMs: options.patienceMs,
      onTryNow: options.onTryNow,
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
    let planning: GrowingPlan | undefined;
    try {
      if (this.signal.aborted) throw cancelledError(t('The writing'));
      if (pause.paused) this.events.push({ type: 'paused' });
      planning = await this.planning();
      const plan = await (planning === undefined ? this.options.plan : this.firstPlan(planning));
      if (outlineOnly !== true) await this.writeMissing(plan ?? noPlan, planning);
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
      await planning?.finish();
      this.over.abort();
      this.events.end();
    }
  }

  /** What the plan comes from where the document has none, or not all of it; else nothing. */
  private async planning(): Promise<GrowingPlan | undefined> {
    const { plan, brief, clipSeconds, newId, model, answers, script } = this.options;
    const kept = await readPlanUnderWay(answers);
    // What was thrown away with unsaved changes is put into the document anew.
    const before = kept && plan && caughtUp(kept, plan.outline);
    if (plan !== undefined && before === undefined) return undefined;
    if (before !== undefined && before.landed === before.ids.length) {
      await forgetPlan(answers, before);
      return undefined;
    }
    return new GrowingPlan(
      {
        brief,
        clipSeconds,
        model,
        requester: this.dispatcher,
        newId,
        ...(answers === undefined ? {} : { answers }),
        document: () => script?.()?.plan ?? plan,
        onStage: (stage, done, of) => {
          const event = { type: 'planning', stage, done, of } as const;
          this.events.push(event, stage === 'outline' ? 'planned so far' : undefined);
        },
        signal: this.signal,
      },
      before,
    );
  }

  /** The plan as far as it has come: with it the scenes can be begun. */
  private async firstPlan(planning: GrowingPlan): Promise<Plan> {
    const news = new AutoResetEvent();
    planning.onNews = () => {
      news.set();
    };
    planning.begin();
    const { outlineOnly, script, plan } = this.options;
    if (outlineOnly !== true && plan !== undefined) return plan;
    let first: Plan | undefined;
    do {
      if (outlineOnly === true) while (planning.holds) planning.letGo();
      const growth = planning.take(outlineOnly !== true);
      if (growth !== undefined) {
        await growOutline(planning, growth, this.events);
        first ??= growth.plan;
        continue;
      }
      if (planning.error !== undefined && planning.idle) {
        if (this.signal.aborted) throw cancelledError(t('The writing'));
        throw this.planningFailure(planning, planning.error);
      }
      await news.wait();
    } while (outlineOnly === true ? !planning.whole : first === undefined);
    // What the writer has said of a character or a place stays, whatever was planned.
    return script?.()?.plan ?? first ?? noPlan;
  }

  private planningFailure(planning: GrowingPlan, error: ScenewrightError): ScenewrightError {
    const outline = this.options.script?.()?.plan.outline ?? this.options.plan?.outline ?? [];
    if (planning.landed === 0 || outline.length === 0) {
      return planFailure(error, planning.keptAnswers);
    }
    const inScript = new Set(this.options.written.map(({ id }) => id));
    return outlineFailure({ outline, error, inScript, kept: new Set() });
  }

  private async writeMissing(plan: Plan, planning: GrowingPlan | undefined): Promise<void> {
    refuseRepeatedIds(plan.outline);
    const run = new SceneRun({
      options: this.options,
      plan,
      planning,
      dispatcher: this.dispatcher,
      rules: this.rules,
      events: this.events,
      signal: this.signal,
    });
    await run.run();
  }
}

const noPlan: Plan = {
  title: '',
  logline: '',
  bible: { characters: [], places: [] },
  outline: [],
};

function refuseRepeatedIds(outline: readonly Beat[]): void {
  const seen = new Map<SceneId, number>();
  for (const [index, { id }] of outline.entries()) {
    const first = seen.get(id);
    if (first !== undefined) {
      throw new ScenewrightError(
        'bad-script',
        t('Beats {0} and {1} of the outline have the same id.', first + 1, index + 1),
        {
          advice: t(
            'One of them is a copy: a quick fix in Problems gives it an id of its own. Then write again.',
          ),
        },
      );
    }
    seen.set(id, index);
  }
}
