/** All ways to change a script: minimal ranged edits, computed on plain text. */
export { assignMissingIds } from './assign-ids.ts';
export { insertPlan } from './insert-plan.ts';
export { insertScenes } from './insert-scenes.ts';
export { renumber } from './renumber.ts';
export { replaceScene } from './replace-scene.ts';
export { applyEdits, type TextEdit } from './text-edit.ts';
