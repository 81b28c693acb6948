import { memoize } from '../base/memoize.ts';
import type { Beat, Plan, Scene, SceneId } from './script-model.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';

/**
 * The plan as the document has it, in the order in which the story is told there.
 *
 * - Scenes that the document has stand in its order, wherever the writer has moved them. A beat
 *   without a scene comes behind the beat before it in the outline, and while no beat has a scene,
 *   all come behind the scenes that were put in by hand: as `insertScenes` puts them.
 * - An empty scene that the writer has put in by hand is a beat, though the outline does not have it.
 * - What has no id yet is left out: see `assignMissingIds`.
 *
 * `undefined` while there is nothing to write from.
 */
export function planOf(script: ParsedScript): Plan | undefined {
  const known = new Set<SceneId>(script.outline.map(({ beat }) => beat.id));
  const outline = storyOrder(script).flatMap(({ beat, node }): Beat[] => {
    // A beat that stands twice is left twice: whoever writes has to refuse it.
    if (beat !== undefined) return beat.id === '' ? [] : [beat];
    if (node?.id === undefined || node.written || known.has(node.id)) return [];
    known.add(node.id);
    return [beatOf(node.scene)];
  });
  if (outline.length === 0) return undefined;
  return { title: script.title, logline: script.logline, bible: script.bible, outline };
}

/** A scene of the story: planned, or there already, or both. */
export interface StoryEntry {
  readonly beat?: Beat;
  readonly node?: SceneNode;
}

/** The scenes by id; of several with one id the first. */
export const scenesById = memoize(
  (scenes: readonly SceneNode[]): ReadonlyMap<SceneId, SceneNode> => {
    const byId = new Map<SceneId, SceneNode>();
    for (const node of scenes) {
      const { id } = node;
      if (id !== undefined && !byId.has(id)) byId.set(id, node);
    }
    return byId;
  },
);

/** All that the outline and the document have, in the order in which the story is told. */
export const storyOrder = memoize(({ scenes, outline }: ParsedScript): readonly StoryEntry[] => {
  const byId = scenesById(scenes);
  const leading: StoryEntry[] = [];
  const behind = new Map<SceneNode, StoryEntry[]>();
  let first: SceneNode | undefined;
  let group = leading;
  for (const { beat } of outline) {
    const node = byId.get(beat.id);
    if (node === undefined) {
      group.push({ beat });
      continue;
    }
    first ??= node;
    const entry = { beat, node };
    const known = behind.get(node);
    if (known === undefined) behind.set(node, (group = [entry]));
    else (group = known).push(entry);
  }
  const placed: StoryEntry[] = [];
  for (const node of scenes) {
    if (node === first) placed.push(...leading);
    const own = behind.get(node);
    if (own === undefined) placed.push({ node });
    else for (const entry of own) placed.push(entry);
  }
  if (first === undefined) placed.push(...leading);
  return placed;
});

/** The scenes that the document has, in its order. Two of one id are told by the first of them. */
export function writtenScenes(script: ParsedScript): Scene[] {
  const scenes = new Map<SceneId, Scene>();
  for (const { id, written, scene } of script.scenes) {
    if (id !== undefined && written && !scenes.has(id)) scenes.set(id, scene);
  }
  return [...scenes.values()];
}

/**
 * Those of the finished scenes that the script still has a place for. The writer may have deleted
 * their beats while they were written; without any outline there is nothing to go by, and all count.
 */
export function wantedScenes(script: ParsedScript, scenes: readonly Scene[]): Scene[] {
  if (script.outline.length === 0) return [...scenes];
  const known = new Set<SceneId | undefined>([
    ...script.outline.map(({ beat }) => beat.id),
    ...script.scenes.map(({ id }) => id),
  ]);
  return scenes.filter(({ id }) => known.has(id));
}

/**
 * How many scenes the script still lacks: beats and empty scenes, with or without an id yet. Of beats with
 * one id only the first has the scene.
 */
export const missingScenes = memoize((script: ParsedScript): number => {
  const written = new Set(writtenScenes(script).map(({ id }) => id));
  const inOutline = new Set<SceneId | undefined>(script.outline.map(({ beat }) => beat.id));
  const beats = script.outline.filter(({ beat }) => !written.delete(beat.id));
  const empty = script.scenes.filter((node) => !node.written && !inOutline.has(node.id));
  return beats.length + empty.length;
});

/** The beat that a scene would have by what its own line says: without a summary or a contract. */
export function beatOf({ id, title, seconds, place, time, cast }: Scene): Beat {
  return {
    id,
    title,
    seconds,
    place,
    time,
    cast,
    summary: '',
    contract: { entry: '', exit: '', handOff: '', continues: false },
  };
}
