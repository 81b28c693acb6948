import { nameKey } from './names.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';
import {
  anyComment,
  headingLines,
  type Missing,
  strayComments,
  strayPrompts,
  type Untied,
} from './stray-scene-text.ts';

/**
 * What of the script Write Scenes would order although it seems to be there; nothing where it would
 * order nothing, and nothing of what is plainly the writer's own. In the order of the document.
 */
export function untiedScenes(script: ParsedScript): Untied[] {
  if (!script.isScript || script.beyond) return [];
  const empty = script.scenes.some((node) => !node.written && !isTied(script, node));
  if (script.outline.length === 0 && !empty) return withoutOutline(script);
  const { missing, loose } = sidesOf(script);
  if (missing.length === 0 && !empty) return [];
  const { pairs, left } = pairsOf(script, missing, loose);
  if (left.length === 0 && !empty) return pairs;
  const lines = headingLines(script, left);
  const comments = strayComments(script, left);
  const shown = [...lines, ...comments].map(({ span }) => span.start);
  const texts = strayPrompts(script).filter(
    ({ start, from }) => !shown.some((at) => from <= at && at < start),
  );
  return [
    ...pairs,
    ...lines,
    ...comments.filter(({ beat }) => beat === undefined || !lines.some((one) => one.beat === beat)),
    ...texts.map(({ start, end }): Untied => ({ kind: 'text', span: { start, end } })),
  ].sort((a, b) => a.span.start - b.span.start);
}

/** Without beats everything would be planned and written anew. */
function withoutOutline(script: ParsedScript): Untied[] {
  const [first] = script.scenes.filter(({ written }) => written);
  const span = first?.heading ?? anyComment(script) ?? strayPrompts(script)[0];
  if (span === undefined) return [];
  return [{ kind: 'outline', span: { start: span.start, end: span.end } }];
}

function isTied({ outline }: ParsedScript, { id }: SceneNode): boolean {
  return id !== undefined && outline.some(({ beat }) => beat.id === id);
}

/** The titles of beats, as they are compared, by id. */
function titlesOf(outline: ParsedScript['outline']): ReadonlyMap<string, string> {
  return new Map(outline.map(({ beat }) => [beat.id, nameKey(beat.title)]));
}

/** Beats without a written scene, and written scenes without a beat of their own. */
function sidesOf({ outline, scenes }: ParsedScript): {
  missing: Missing[];
  loose: Set<SceneNode>;
} {
  const beatIds = new Set(outline.map(({ beat }) => beat.id).filter((id) => id !== ''));
  const tied = new Map<string, SceneNode>();
  const loose = new Set<SceneNode>();
  const titleOf = titlesOf(outline);
  for (const node of scenes) {
    if (!node.written) continue;
    if (node.id === undefined || !beatIds.has(node.id)) {
      loose.add(node);
      continue;
    }
    // Of scenes with the id of one beat, the one with its title is the beat's, otherwise the first.
    const first = tied.get(node.id);
    const hasTitle = (one: SceneNode): boolean =>
      nameKey(one.scene.title) === titleOf.get(node.id ?? '');
    if (first !== undefined && (hasTitle(first) || !hasTitle(node))) loose.add(node);
    else {
      if (first !== undefined) loose.add(first);
      tied.set(node.id, node);
    }
  }
  // A scene that has the title of a beat without one, or whose beat has its title from another scene,
  // has the id of that other one, as after a copied comment.
  const wanted = new Set(
    outline.filter(({ beat }) => !tied.has(beat.id)).map(({ beat }) => nameKey(beat.title)),
  );
  const claimed = new Set(Array.from(loose, ({ scene }) => nameKey(scene.title)));
  for (const [id, node] of tied) {
    const key = nameKey(node.scene.title);
    const own = titleOf.get(id) ?? '';
    if (key === '' || key === own || !(wanted.has(key) || claimed.has(own))) continue;
    tied.delete(id);
    loose.add(node);
  }
  const missing = outline.flatMap((beat, index) =>
    tied.has(beat.beat.id) ? [] : [{ beat, index }],
  );
  return { missing, loose };
}

/**
 * Which loose scenes are which missing beats, by title and by order, and which of them may be; and the
 * beats that are left.
 */
function pairsOf(
  script: ParsedScript,
  missing: readonly Missing[],
  loose: ReadonlySet<SceneNode>,
): { pairs: Untied[]; left: Missing[] } {
  const open = new Map(missing.map((one) => [one.index, one]));
  const found: Untied[] = [];
  const rest: SceneNode[] = [];
  const take = (node: SceneNode, { beat, index }: Missing): void => {
    open.delete(index);
    found.push({ kind: 'scene', span: node.heading, node, beat, number: index + 1 });
  };
  const titleOf = titlesOf(script.outline);
  // Of two scenes with one id only the first gives it to a beat.
  const given = new Set(titleOf.keys());
  const titles = Map.groupBy(missing, ({ beat }) => nameKey(beat.beat.title));
  for (const node of loose) {
    const same = titles.get(nameKey(node.scene.title))?.find(({ index }) => open.has(index));
    if (same === undefined || node.scene.title === '') {
      rest.push(node);
    } else if (node.id === undefined || !(same.beat.hasId || given.has(node.id))) {
      // Ids are given by title before anything is written: see `assignMissingIds`.
      open.delete(same.index);
      if (node.id !== undefined) given.add(node.id);
    } else take(node, same);
  }
  const titled = new Set(script.outline.map(({ beat }) => nameKey(beat.title)));
  const twins = new Set(script.scenes.filter((node) => !loose.has(node)).map(idAndTitle));
  const inOrder = areInOrder(script, loose);
  for (const { nodes, indexes, beside } of gapsOf(script, loose)) {
    // No beat is missing there: the writer has deleted the beat and kept the scene, with its id, unless
    // those beside it may have changed their ids.
    const isKept =
      nodes.every(({ id }) => id !== undefined && !titleOf.has(id)) &&
      beside.every(({ id = '', scene }) => titleOf.get(id) === nameKey(scene.title));
    if (inOrder && indexes.length === 0 && isKept) continue;
    const candidates = indexes.flatMap((index) => open.get(index) ?? []);
    // A scene that a model wrote has a prompt; others are put in by hand, and copies have the id and the
    // title of another.
    const written = nodes.filter(
      (node) =>
        rest.includes(node) && node.promptSpan !== undefined && !twins.has(idAndTitle(node)),
    );
    const isSure =
      candidates.length === written.length &&
      !written.some(({ scene }) => scene.title !== '' && titled.has(nameKey(scene.title)));
    for (const [i, node] of written.entries()) {
      const sure = isSure ? candidates[i] : undefined;
      if (sure !== undefined) take(node, sure);
      else if (missing.length > 0) found.push({ kind: 'scene', span: node.heading, node });
    }
  }
  return { pairs: found, left: [...open.values()] };
}

function idAndTitle({ id = '', scene }: SceneNode): string {
  return `${id} ${nameKey(scene.title)}`;
}

/** Whether the scenes that are tied stand in the order of their beats. */
function areInOrder({ outline, scenes }: ParsedScript, loose: ReadonlySet<SceneNode>): boolean {
  const indexOf = new Map(outline.map(({ beat }, i) => [beat.id, i]));
  const indexes = scenes.flatMap((node) =>
    node.written && !loose.has(node) ? (indexOf.get(node.id ?? '') ?? []) : [],
  );
  return indexes.every((index, i) => i === 0 || (indexes[i - 1] ?? 0) < index);
}

interface Gap {
  readonly nodes: readonly SceneNode[];
  /** The two that are tied, where there are any. */
  readonly beside: readonly SceneNode[];
  /** Positions in the outline that may stand there. */
  readonly indexes: readonly number[];
}

/** Loose scenes that follow each other between two that are tied, with what may be missing there. */
function gapsOf({ outline, scenes }: ParsedScript, loose: ReadonlySet<SceneNode>): Gap[] {
  const indexOf = new Map(outline.map(({ beat }, i) => [beat.id, i]));
  const tied = (node: SceneNode): number | undefined =>
    node.written && !loose.has(node) ? indexOf.get(node.id ?? '') : undefined;
  const present = new Set(scenes.map(tied));
  const gaps: Gap[] = [];
  let nodes: SceneNode[] = [];
  let before = -1;
  let last: SceneNode | undefined;
  const close = (after: number, next?: SceneNode): void => {
    if (nodes.length > 0) {
      const indexes = new Set<number>();
      for (let i = before + 1; i < outline.length && !present.has(i); i++) indexes.add(i);
      for (let i = after - 1; i >= 0 && !present.has(i); i--) indexes.add(i);
      const beside = [last, next].filter((node) => node !== undefined);
      gaps.push({ nodes, beside, indexes: [...indexes].sort((a, b) => a - b) });
    }
    nodes = [];
  };
  for (const node of scenes) {
    const at = tied(node);
    if (at !== undefined) {
      close(at, node);
      before = at;
      last = node;
    } else if (loose.has(node)) nodes.push(node);
  }
  close(outline.length);
  return gaps;
}
