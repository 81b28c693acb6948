import { nameKey } from './names.ts';
import type { BeatNode } from './parse/outline-section.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';
import { readSceneHeading } from './parse/scene-heading.ts';

/**
 * Which scenes and beats are one though no id says so, each without a partner yet: those with the same
 * title, of several the first with the first; and then those scenes of which the heading says nothing but
 * the number of a beat, where they stand in its place among the scenes that have an id.
 */
export function partnersOf(script: ParsedScript): ReadonlyMap<SceneNode, BeatNode> {
  const partners = new Map<SceneNode, BeatNode>();
  const beats = beatsAlone(script);
  byTitle(script, beats, partners);
  byNumber(script, beats, partners);
  return partners;
}

/** Beats without a scene, with their positions in the outline. */
function beatsAlone({ outline, scenes }: ParsedScript): Map<BeatNode, number> {
  const withScene = new Set(scenes.map(({ id }) => id));
  return new Map(
    outline.flatMap((node, index) =>
      node.hasId && withScene.has(node.beat.id) ? [] : [[node, index] as const],
    ),
  );
}

function byTitle(
  { outline, scenes }: ParsedScript,
  beats: Map<BeatNode, number>,
  partners: Map<SceneNode, BeatNode>,
): void {
  const known = new Set<string | undefined>(
    outline.flatMap(({ beat, hasId }) => (hasId ? beat.id : [])),
  );
  const strangers = new Map<string, SceneNode[]>();
  const nameless = new Map<string, SceneNode[]>();
  for (const node of scenes) {
    const key = nameKey(node.scene.title);
    if (key === '' || known.has(node.id)) continue;
    // Of scenes with one id the first has it.
    if (node.id !== undefined) known.add(node.id);
    const side = node.id === undefined ? nameless : strangers;
    const others = side.get(key);
    if (others) others.push(node);
    else side.set(key, [node]);
  }
  for (const beat of [...beats.keys()]) {
    const key = nameKey(ownTitle(beat.beat.title));
    const own =
      (beat.hasId ? undefined : strangers.get(key)?.shift()) ?? nameless.get(key)?.shift();
    if (own === undefined) continue;
    partners.set(own, beat);
    beats.delete(beat);
  }
}

/** Without the `Scene 4:` that people put before titles in outlines, too. */
function ownTitle(title: string): string {
  const own = readSceneHeading({ raw: title })?.title ?? '';
  return own === '' ? title : own;
}

function byNumber(
  script: ParsedScript,
  beats: ReadonlyMap<BeatNode, number>,
  partners: Map<SceneNode, BeatNode>,
): void {
  const atNumber = new Map(Array.from(beats, ([beat, index]) => [index, beat] as const));
  const indexes = indexesOf(script, partners);
  for (const [i, node] of script.scenes.entries()) {
    const index = partners.has(node) ? undefined : indexByNumber(node);
    const beat = index === undefined ? undefined : atNumber.get(index);
    if (index === undefined || beat === undefined || !isBetween(indexes, i, index)) continue;
    partners.set(node, beat);
    atNumber.delete(index);
    indexes[i] = index;
  }
}

/** The position in the outline that a heading says which says nothing else, of a scene without an id. */
export function indexByNumber({ id, section, number }: SceneNode): number | undefined {
  if (id !== undefined || number === undefined) return undefined;
  return readSceneHeading(section.content.heading)?.title === '' ? number - 1 : undefined;
}

/** The positions of the beats of scenes, in the order of the document. */
function indexesOf(
  { outline, scenes }: ParsedScript,
  partners: ReadonlyMap<SceneNode, BeatNode>,
): (number | undefined)[] {
  const byId = new Map(outline.map(({ beat }, i) => [beat.id, i] as const).reverse());
  const byBeat = new Map(outline.map((beat, i) => [beat, i]));
  return scenes.map((node) => {
    const partner = partners.get(node);
    if (partner !== undefined) return byBeat.get(partner);
    return node.id === undefined ? undefined : byId.get(node.id);
  });
}

/** Whether the nearest scenes on both sides that have a beat leave room for another one. */
function isBetween(
  indexes: readonly (number | undefined)[],
  place: number,
  index: number,
): boolean {
  let [left, right] = [place - 1, place + 1];
  while (left >= 0 && indexes[left] === undefined) left--;
  while (right < indexes.length && indexes[right] === undefined) right++;
  return (indexes[left] ?? -1) < index && index < (indexes[right] ?? Infinity);
}
