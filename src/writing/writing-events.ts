import type { ScenewrightError } from '../base/errors.ts';
import type { Usage } from '../models/writer-model.ts';
import type { SceneFlag } from './checks/scene-checks.ts';
import type { Plan, Scene, SceneId } from '../script/script-model.ts';

export type PlanningStage = 'core' | 'outline';

/**
 * What a writing run tells whoever drives it, in the order in which it happens. A run ends with
 * exactly one `stopped`.
 */
export type WritingEvent =
  /**
   * A stage of planning begins, or has made progress: `done` of `of` requests are answered, or beats of the
   * outline here.
   */
  | {
      readonly type: 'planning';
      readonly stage: PlanningStage;
      readonly done: number;
      readonly of: number;
    }
  /**
   * The story, and beats that go behind those that were told before; `notes` tell what the plan was given
   * up on. Told again while the outline grows, scenes being written meanwhile.
   */
  | { readonly type: 'outlined'; readonly plan: Plan; readonly notes: readonly string[] }
  /** All beats are in the document. */
  | { readonly type: 'planned' }
  /**
   * The batches that are still to be written, in document order; scenes already written are in none.
   * Told again when the writer has changed the outline, or the size of the batches changes.
   */
  | { readonly type: 'scheduled'; readonly batches: readonly (readonly SceneId[])[] }
  | { readonly type: 'sceneStarted'; readonly id: SceneId; readonly attempt: number }
  /** The readable part of what has streamed in so far. */
  | { readonly type: 'sceneText'; readonly id: SceneId; readonly text: string }
  /**
   * Written, and kept on disk; `reused` when no model was asked: an earlier run had kept it, or it
   * stays as it is after all, with other flags. May be told again for a scene that was written anew.
   */
  | {
      readonly type: 'sceneWritten';
      readonly scene: Scene;
      readonly reused: boolean;
      readonly milliseconds: number;
      /** What it was taken with although it is not quite as asked. */
      readonly flags?: readonly SceneFlag[];
      /** Why it could not be kept on disk; it is safe only once its batch is in the document. */
      readonly unkept?: ScenewrightError;
    }
  | {
      readonly type: 'sceneFailed';
      readonly id: SceneId;
      readonly error: ScenewrightError;
      /** Another attempt follows by itself. */
      readonly willRetry: boolean;
    }
  /** The tokens of one request, of whatever kind and however it ended. */
  | { readonly type: 'spent'; readonly usage: Usage }
  /** So many scenes may be written at once from now on. */
  | { readonly type: 'places'; readonly places: number }
  /** Nothing may be sent for so many milliseconds, because the service says so. */
  | { readonly type: 'resting'; readonly milliseconds: number }
  /**
   * The service answers nobody, for this reason, and is tried again after so many milliseconds, with one
   * request. Told again whenever that was in vain.
   */
  | { readonly type: 'unanswered'; readonly error: ScenewrightError; readonly milliseconds: number }
  /** It answers again. */
  | { readonly type: 'answering' }
  /** What had to be done to get answers at all; each is told once in a run. */
  | { readonly type: 'noted'; readonly note: string }
  /** A scene that takes unusually long is asked for a second time, side by side. */
  | { readonly type: 'hedged'; readonly id: SceneId }
  /** A scene does not go with the one before it and is written again. */
  | { readonly type: 'seamBroken'; readonly id: SceneId; readonly why: string }
  /**
   * A whole batch is ready for the document, in scene order; `index` counts those of this run from 0.
   * The next one comes when the consumer is done with this one; writing goes on meanwhile. A run that
   * fails or is cancelled ends with what could not be kept on disk, if anything.
   */
  | { readonly type: 'batchWritten'; readonly index: number; readonly scenes: readonly Scene[] }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | {
      readonly type: 'stopped';
      readonly reason: 'done' | 'cancelled' | 'failed';
      readonly error?: ScenewrightError;
    };
