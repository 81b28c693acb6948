import type { SceneId } from '../../script/script-model.ts';

export const paces = ['batches', 'sliding', 'planned'] as const;

/** How scenes are scheduled; see `Schedule`. */
export type Pace = (typeof paces)[number];

export interface ScheduledScene {
  readonly id: SceneId;
  /** It goes on without a cut from the scene before it in the outline. */
  readonly continues: boolean;
  /** The scene before it in the outline, if this run writes that one too. */
  readonly previous?: SceneId;
}
