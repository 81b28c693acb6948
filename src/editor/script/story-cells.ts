import { memoize } from '../../base/memoize.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import type { Beat } from '../../script/script-model.ts';
import { storyOrder } from '../../script/story-order.ts';
import { sceneAt } from '../../script/parse/parse-script.ts';

/** What a cell of the film stands for, and a row of the scenes. */
export interface StoryCell {
  /** The scene's id; for those that have none, or that of another, one of its place. */
  readonly key: string;
  /** Its place in the story, from 1. */
  readonly position: number;
  readonly beat?: Beat;
  readonly node?: SceneNode;
  /** Its number among the scenes of the document, from 1; absent while it has none. */
  readonly scene?: number;
}

/** The cells of a script, in the order of the story. */
export const storyCells = memoize((script: ParsedScript): readonly StoryCell[] => {
  const numbers = new Map(script.scenes.map((node, index) => [node, index + 1]));
  const seen = new Set<string>(['']);
  return storyOrder(script).map((entry, index): StoryCell => {
    const { beat, node } = entry;
    const id = (node?.scene ?? beat)?.id ?? '';
    const key = seen.has(id) ? `${id}@${index + 1}` : id;
    seen.add(id);
    const scene = node && numbers.get(node);
    const cell = { ...entry, key, position: index + 1 };
    return scene === undefined ? cell : { ...cell, scene };
  });
});

/** The cell of a script with this key. */
export function cellOf(script: ParsedScript, key: string | undefined): StoryCell | undefined {
  return key === undefined ? undefined : byKey(script).get(key);
}

const byKey = memoize(
  (script: ParsedScript) => new Map(storyCells(script).map((cell) => [cell.key, cell])),
);

/** The cell of the scene, or else of the beat, at an offset of the document. */
export function cellAt(script: ParsedScript, offset: number): StoryCell | undefined {
  const node = sceneAt(script, offset);
  if (node !== undefined) return storyCells(script).find((cell) => cell.node === node);
  const beat = script.outline.find(({ span }) => span.start <= offset && offset <= span.end)?.beat;
  return beat && storyCells(script).find((cell) => cell.beat === beat);
}

/** Where a cell's scene begins in the document, or else its beat. */
export function placeOf(script: ParsedScript, { node, beat }: StoryCell): number | undefined {
  return node?.heading.start ?? script.outline.find((item) => item.beat === beat)?.span.start;
}
