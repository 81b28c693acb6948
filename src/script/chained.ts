import { memoize } from '../base/memoize.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';

const continuing = memoize(
  (outline: ParsedScript['outline']): ReadonlySet<string | undefined> =>
    new Set(outline.filter(({ beat }) => beat.contract.continues).map(({ beat }) => beat.id)),
);

/** Whether a scene goes on without a cut from the one before it. */
export function continues({ outline }: ParsedScript, { id }: SceneNode): boolean {
  return id !== undefined && continuing(outline).has(id);
}

/**
 * The scene whose clip's last frame a scene begins with: the one before it in the document, where it goes on from that
 * without a cut and has no first frame of its own.
 *
 * @param number of the scene in the document, from 1
 */
export function chainedTo(script: ParsedScript, number: number): SceneNode | undefined {
  const node = script.scenes[number - 1];
  if (node === undefined || node.scene.firstFrame !== undefined) return undefined;
  return continues(script, node) ? script.scenes[number - 2] : undefined;
}
