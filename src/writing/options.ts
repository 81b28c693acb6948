import type { Clock } from '../base/clock.ts';
import type { WriterModel } from '../models/port.ts';
import type { Brief, Plan, Scene, SceneId } from '../script/model.ts';
import type { KeptScenes } from './kept.ts';
import type { PauseSwitch } from './pause.ts';

export interface WriteOptions {
  readonly brief: Brief;
  /** The plan as the document has it; without one the run begins with planning. */
  readonly plan?: Plan;
  /** Scenes that are in the document already, in its order; they are not written again. */
  readonly written: readonly Scene[];
  readonly model: WriterModel;
  /** How many scenes are written together, 1 to 50. */
  readonly batchSize: number;
  /** Clip lengths the studio can render, in whole seconds. */
  readonly clipSeconds: readonly number[];
  readonly kept: KeptScenes;
  readonly pause: PauseSwitch;
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
