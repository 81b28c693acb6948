import { nameKey } from './names.ts';
import type { BeatNode } from './parse/outline-section.ts';
import { partnersOf } from './partners.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';

/** A beat that a scene is missing for. */
export interface Missing {
  readonly beat: BeatNode;
  /** Position in the outline, from 0. */
  readonly index: number;
}

/** The titles of beats, as they are compared, by id. */
export function titlesOf(outline: ParsedScript['outline']): ReadonlyMap<string, string> {
  return new Map(outline.map(({ beat }) => [beat.id, nameKey(beat.title)]));
}

/** Which scenes and beats belong together, and which have nobody. */
export interface Sides {
  /** Positions in the outline of the scenes that are tied to a beat, or surely will be. */
  readonly tied: Map<SceneNode, number>;
  /** Beats without a written scene, by their positions. */
  readonly missing: Map<number, Missing>;
  /** Written scenes without a beat of their own. */
  readonly loose: Set<SceneNode>;
}

export function sidesOf(script: ParsedScript): Sides {
  const { outline, scenes } = script;
  const beatIds = new Set(outline.map(({ beat }) => beat.id).filter((id) => id !== ''));
  const byId = new Map<string, SceneNode>();
  const loose = new Set<SceneNode>();
  const titleOf = titlesOf(outline);
  for (const node of scenes) {
    if (!node.written) continue;
    if (node.id === undefined || !beatIds.has(node.id)) {
      loose.add(node);
      continue;
    }
    // Of scenes with the id of one beat, the one with its title is the beat's, otherwise the first.
    const first = byId.get(node.id);
    const hasTitle = (one: SceneNode): boolean =>
      nameKey(one.scene.title) === titleOf.get(node.id ?? '');
    if (first !== undefined && (hasTitle(first) || !hasTitle(node))) loose.add(node);
    else {
      if (first !== undefined) loose.add(first);
      byId.set(node.id, node);
    }
  }
  // A scene that has the title of a beat without one, or whose beat has its title from another scene,
  // has the id of that other one, as after a copied comment.
  const wanted = new Set(
    outline.filter(({ beat }) => !byId.has(beat.id)).map(({ beat }) => nameKey(beat.title)),
  );
  const claimed = new Set(Array.from(loose, ({ scene }) => nameKey(scene.title)));
  for (const [id, node] of byId) {
    const key = nameKey(node.scene.title);
    const own = titleOf.get(id) ?? '';
    if (key === '' || key === own || !(wanted.has(key) || claimed.has(own))) continue;
    byId.delete(id);
    loose.add(node);
  }
  const missing = new Map(
    outline.flatMap((beat, index) =>
      byId.has(beat.beat.id) ? [] : [[index, { beat, index }] as const],
    ),
  );
  const tied = new Map<SceneNode, number>();
  for (const [index, { beat }] of outline.entries()) {
    const node = byId.get(beat.id);
    if (node) tied.set(node, index);
  }
  // Their ids are given before anything is written.
  const indexOf = new Map(outline.map((beat, index) => [beat, index]));
  for (const [node, beat] of partnersOf(script)) {
    const index = indexOf.get(beat);
    if (index === undefined || !node.written) continue;
    loose.delete(node);
    missing.delete(index);
    tied.set(node, index);
  }
  return { tied, missing, loose };
}

/** Something in the document that may be a scene, and is not known as one of the outline. */
export interface LoosePart {
  readonly start: number;
  readonly node?: SceneNode;
}

export interface Gap<Part extends LoosePart> {
  readonly parts: readonly Part[];
  /** The two scenes that are tied, where there are any. */
  readonly beside: readonly SceneNode[];
  /** Positions in the outline that may stand there. */
  readonly indexes: readonly number[];
}

/**
 * Loose parts that follow each other between two scenes that are tied, with what may be missing there.
 *
 * @param parts in the order of the document
 */
export function gapsOf<Part extends LoosePart>(
  { outline, scenes }: ParsedScript,
  { tied, missing }: Sides,
  parts: readonly Part[],
): Gap<Part>[] {
  const nodes = scenes.filter((node) => tied.has(node));
  const gaps: Gap<Part>[] = [];
  let from = 0;
  for (let i = 0; i <= nodes.length; i++) {
    const [last, next] = [nodes[i - 1], nodes[i]];
    let to = from;
    while ((parts[to]?.start ?? Infinity) < (next?.span.start ?? Infinity)) to++;
    if (to > from) {
      const indexes = new Set<number>();
      let k = last === undefined ? 0 : (tied.get(last) ?? 0) + 1;
      for (; missing.has(k); k++) indexes.add(k);
      k = next === undefined ? outline.length - 1 : (tied.get(next) ?? 0) - 1;
      for (; missing.has(k); k--) indexes.add(k);
      const beside = [last, next].filter((node) => node !== undefined);
      const sorted = [...indexes].sort((a, b) => a - b);
      gaps.push({ parts: parts.slice(from, to), beside, indexes: sorted });
    }
    from = to;
  }
  return gaps;
}

/** Whether the scenes that are tied stand in the order of their beats. */
export function areInOrder({ scenes }: ParsedScript, { tied }: Sides): boolean {
  const indexes = scenes.flatMap((node) => tied.get(node) ?? []);
  return indexes.every((index, i) => i === 0 || (indexes[i - 1] ?? 0) < index);
}
