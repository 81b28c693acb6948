import type { ScenewrightError } from '../base/errors.ts';
import type { Usage } from '../models/port.ts';
import type { Plan, Scene, SceneId } from '../script/model.ts';

/**
 * What a writing run tells whoever drives it, in the order in which it happens. A run ends with
 * exactly one `stopped`.
 */
export type WritingEvent =
  | { readonly type: 'planning' }
  | { readonly type: 'planned'; readonly plan: Plan }
  /** The batches that this run will write, in document order; scenes already written are in none. */
  | { readonly type: 'scheduled'; readonly batches: readonly (readonly SceneId[])[] }
  | { readonly type: 'sceneStarted'; readonly id: SceneId; readonly attempt: number }
  /** The readable part of what has streamed in so far. */
  | { readonly type: 'sceneText'; readonly id: SceneId; readonly text: string }
  /** Written, and kept on disk; `reused` when an earlier run had kept it and no model was asked. */
  | {
      readonly type: 'sceneWritten';
      readonly scene: Scene;
      readonly reused: boolean;
      readonly milliseconds: number;
      readonly usage?: Usage;
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
  /** A whole batch is ready for the document, in scene order. The run waits for the consumer. */
  | { readonly type: 'batchWritten'; readonly index: number; readonly scenes: readonly Scene[] }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | {
      readonly type: 'stopped';
      readonly reason: 'done' | 'cancelled' | 'failed';
      readonly error?: ScenewrightError;
    };
