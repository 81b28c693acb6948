import type { Clock } from '../base/clock.ts';
import type { Event } from '../base/events.ts';
import type { WriterModel } from '../models/writer-model.ts';
import type { Brief, Plan, Scene, SceneId } from '../script/script-model.ts';
import type { AnswerJournal } from './journal/answer-journal.ts';
import type { SceneJournal } from './journal/scene-journal.ts';
import type { PauseSwitch } from './pause-switch.ts';
import type { CostMeter } from './run-cost.ts';
import type { Pace } from './schedule/scheduled-scene.ts';

/** The script as the document has it at one moment. */
export interface ScriptState {
  readonly plan: Plan;
  /** Its written scenes, in document order. */
  readonly written: readonly Scene[];
}

export interface WriteOptions {
  readonly brief: Brief;
  /** The plan as the document has it; without one the run begins with planning. */
  readonly plan?: Plan;
  /** Scenes that are in the document already, in its order; they are not written again. */
  readonly written: readonly Scene[];
  readonly model: WriterModel;
  /** How scenes are scheduled; `batches` by default. */
  readonly pace?: Pace;
  /** How many scenes are written at once, 1 to 50, or as many as the endpoint turns out to take. */
  readonly batchSize: number | 'auto';
  /** Ask a second time for a scene that takes unusually long, in a free place. Costs money. */
  readonly hedge?: boolean;
  /** Clip lengths the studio can render, in whole seconds. */
  readonly clipSeconds: readonly number[];
  readonly journal: SceneJournal;
  /** The answers of the planning stages, so that a plan that failed half-way is not paid for again. */
  readonly answers?: AnswerJournal;
  /**
   * The script as it is now, asked whenever the plan or a batch has come into the document: what the
   * writer has made of bible and outline is followed from there on. `undefined` when it is gone.
   */
  readonly script?: () => ScriptState | undefined;
  /** What requests cost is added up here, and every one is asked for here before it is sent. */
  readonly cost?: CostMeter;
  readonly pause: PauseSwitch;
  /**
   * A service that answers nobody is waited for so long before the run fails, in milliseconds; ten
   * minutes by default, 0 for not at all.
   */
  readonly patienceMs?: number;
  /** Fires when such a service is to be tried again now. */
  readonly onTryNow?: Event<void>;
  /** Cancels the run: requests under way are aborted at once. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly newId: () => SceneId;
  /** How often a request is tried in all, at least 1; three times by default. */
  readonly retries?: number;
  /** Stop once the plan is made. */
  readonly outlineOnly?: boolean;
  /** From 0 up to 1; spreads retries. `Math.random` by default. */
  readonly random?: () => number;
}
