import type { Span } from '../markdown/block-types.ts';
import { sameName } from '../names.ts';
import { idComment } from '../parse/outline-items.ts';
import type { BeatNode } from '../parse/outline-section.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { newSceneId } from '../scene-ids.ts';
import type { SceneId } from '../script-model.ts';
import { shareToldIn } from '../told-in.ts';
import { freshIds } from './assign-ids.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

/**
 * Give new ids to the copies of a beat or a scene. The one that keeps the id, and with it the clips, is
 * the beat that the scene tells, or the scene that has the beat's title; of several the first.
 */
export function giveNewIds(script: ParsedScript, id: SceneId, newId = newSceneId): TextEdit[] {
  const fresh = freshIds(script, newId);
  const beats = script.outline.filter(({ beat }) => beat.id === id);
  const scenes = script.scenes.filter((node) => node.id === id);
  const ofBeats = copies(beats, (one) => beatScore(script, one, scenes[0])).flatMap((item) => {
    const place = idOfBeat(script, item);
    return place ? [{ ...place, text: fresh() }] : [];
  });
  const ofScenes = copies(scenes, ({ scene }) =>
    Number(sameName(scene.title, beats[0]?.beat.title ?? '')),
  ).flatMap((node) => otherId(script, node, fresh()));
  return tidyEdits([...ofBeats, ...ofScenes]);
}

/** A scene gets another id, and with it takes of its own: which of the others counts is not said of those. */
export function otherId({ text }: ParsedScript, node: SceneNode, id: SceneId): TextEdit[] {
  const place = idOfScene(text, node);
  return place ? [{ ...place, text: id }, ...withoutTake(text, node)] : [];
}

/**
 * A scene's comment says nothing of a take any more. What the writer has put behind it gets a comment of its
 * own: right behind the id it would keep that from being read.
 */
export function withoutTake(text: string, { idSpan, takeSpan }: SceneNode): TextEdit[] {
  if (idSpan === undefined || takeSpan === undefined) return [];
  const rest = text.slice(takeSpan.end, idSpan.end - '-->'.length).trimEnd();
  if (rest === '') return [{ ...takeSpan, text: '' }];
  const words = rest.replace(/^[\s·•∙|,;/–-]+/u, '');
  const own = words === '' ? '' : ` <!-- ${words} -->`;
  return [{ start: takeSpan.start, end: idSpan.end, text: ` -->${own}` }];
}

/** Where the id of a scene stands in its comment. */
export function idOfScene(text: string, { id, idSpan, takeSpan }: SceneNode): Span | undefined {
  if (id === undefined || idSpan === undefined) return undefined;
  return idIn(text, { start: idSpan.start, end: takeSpan?.start ?? idSpan.end }, id);
}

/** All but the one of the highest score. */
function copies<T>(nodes: readonly T[], score: (node: T) => number): T[] {
  const scores = nodes.map(score);
  const best = scores.indexOf(scores.reduce((a, b) => Math.max(a, b), -Infinity));
  return nodes.filter((_, i) => i !== best);
}

function beatScore(
  { text, reading }: ParsedScript,
  { beat }: BeatNode,
  node: SceneNode | undefined,
): number {
  if (node === undefined) return 0;
  const told = shareToldIn(text.slice(node.heading.end, node.span.end), beat, reading.names);
  return Number(sameName(node.scene.title, beat.title)) + told;
}

/** Where the id of a beat stands in its comment. */
export function idOfBeat({ text }: ParsedScript, { beat, span }: BeatNode): Span | undefined {
  const comment = idComment.exec(text.slice(span.start, span.end));
  if (comment === null) return undefined;
  const start = span.start + comment.index;
  return idIn(text, { start, end: start + comment[0].length }, beat.id);
}

/** Where an id stands in a comment. */
function idIn(text: string, { start, end }: Span, id: SceneId): Span | undefined {
  const at = text.slice(start, end).toLowerCase().lastIndexOf(id);
  return at === -1 ? undefined : { start: start + at, end: start + at + id.length };
}
