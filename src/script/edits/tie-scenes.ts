import { applyEdits, type TextEdit, tidyEdits } from './text-edit.ts';
import { assignMissingIds, beneath, beneathHeading, endOfHead } from './assign-ids.ts';
import { insertPlan } from './insert-plan.ts';
import { idOfBeat, otherId } from './new-ids.ts';
import { withEol } from './insert-blocks.ts';
import { parseScript } from '../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { contains, type Span } from '../markdown/block-types.ts';
import { lineStart } from '../markdown/lines.ts';
import { sceneComment } from '../parse/scene-id-comment.ts';
import { idComment } from '../parse/outline-items.ts';
import type { BeatNode } from '../parse/outline-section.ts';
import { renderHeading } from '../render/render-scene.ts';

import { escapedIds } from '../escaped-ids.ts';
import { wordsOf } from '../render/script-words.ts';
import { reshaped } from '../reshape.ts';
import { newSceneId } from '../scene-ids.ts';
import { beatOf, missingScenes, writtenScenes } from '../story-order.ts';
import { lineWords, type Untied } from '../stray-scene-text.ts';
import { untiedScenes } from '../untied-scenes.ts';

/**
 * Tie what a script has already to its outline, wherever it is sure what belongs to what: ids that are text
 * become comments again, and after that scenes are tied to their beats, headings back to what they were; scenes without any outline become one. The id of a
 * scene stays, because its clips have it. Nothing else is changed; no edits where nothing is sure.
 */
export function tieScenes(script: ParsedScript, newId = newSceneId): TextEdit[] {
  const untied = untiedScenes(script);
  if (untied.some(({ kind }) => kind === 'id')) {
    const ids = escapedIds(script);
    return tidyEdits(ids.map(({ start, end, comment }) => ({ start, end, text: comment })));
  }
  if (untied.some(({ kind }) => kind === 'outline')) {
    const text = reshaped(script);
    return text === undefined ? ofScenes(script, newId) : [changeTo(script.text, text)];
  }
  const edits = tidyEdits(
    withEol(
      untied.flatMap((one) => tie(script, one, newId)),
      script.eol,
    ),
  );
  if (edits.length === 0) return [];
  // Whatever the text around does to them: they have to leave less to be written.
  const after = parseScript(applyEdits(script.text, edits));
  const isBetter =
    after.scenes.length >= script.scenes.length &&
    after.outline.length >= script.outline.length &&
    ordered(after, newId) < ordered(script, newId);
  return isBetter ? edits : [];
}

/** One edit from one text to another, of what differs. */
function changeTo(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const text = after.slice(start, after.length - tail);
  return { start, end: before.length - tail, text };
}

/** How many scenes would be written, once what has no id is given one. */
function ordered(script: ParsedScript, newId: () => string): number {
  const ids = assignMissingIds(script, newId);
  return missingScenes(ids.length === 0 ? script : parseScript(applyEdits(script.text, ids)));
}

/**
 * Tie what shows at an offset to the beat that it may be of, though nobody but the writer can know.
 *
 * @param index position of the beat in the outline, from 0
 */
export function tieTo(
  script: ParsedScript,
  at: number,
  index: number,
  newId = newSceneId,
): TextEdit[] {
  const one = untiedScenes(script).find(({ span }) => span.start === at);
  const beat = script.outline[index];
  if (one === undefined || beat === undefined) return [];
  return tidyEdits(withEol(tie(script, { ...one, beat, number: index + 1 }, newId), script.eol));
}

function tie(script: ParsedScript, untied: Untied, newId: () => string): TextEdit[] {
  const { kind, node, beat, number, span, begins } = untied;
  if (beat === undefined || number === undefined) return [];
  if (node !== undefined) return tieScene(script, node, beat, newId);
  if (kind === 'heading') return headingAnew(script, span, beat, newId);
  return begins === undefined
    ? headingBefore(script, span, beat, number)
    : sceneFrom(script, begins, beat, number, newId);
}

/** The beat gets the id of the scene, because its clips have it. */
function tieScene(
  script: ParsedScript,
  node: SceneNode,
  item: BeatNode,
  newId: () => string,
): TextEdit[] {
  const { text, scenes, outline } = script;
  const { beat, hasId, head } = item;
  const id = node.id ?? (hasId ? beat.id : newId());
  const isTwin =
    scenes.some((other) => other !== node && other.id === id) ||
    outline.some((other) => other !== item && other.beat.id === id);
  if (isTwin) return hasId ? ownId(script, node, beat.id) : [];
  const ofScene = node.id === undefined ? [beneathHeading(script, node, id)] : [];
  if (!hasId) return [...ofScene, endOfHead(text, head, id)];
  if (beat.id === id) return ofScene;
  const place = idOfBeat(script, item);
  return place ? [...ofScene, { ...place, text: id }] : [];
}

/** A heading in the place of what is left of it, with the writer's own words. */
function headingAnew(
  script: ParsedScript,
  { start, end }: Span,
  item: BeatNode,
  newId: () => string,
): TextEdit[] {
  const { text, reading } = script;
  const from = lineStart(text, start);
  const line = text.slice(from, end);
  // Of what stands in a quote nobody knows whose it is.
  if (/^[ \t]*>/.test(line)) return [];
  const closing = closeFence(script, from);
  if (closing.length > 0 && /^ {0,3}##[ \t]/.test(line)) return closing;
  const isCommented = /^\s*<!--\s*scene:/.test(text.slice(end));
  const id = item.hasId ? item.beat.id : newId();
  const own = sceneComment.exec(line)?.[0];
  const comment = own ?? (isCommented ? undefined : `<!-- scene: ${id} -->`);
  const tail = comment === undefined ? '' : `\n${comment}`;
  const ofBeat = item.hasId || own || isCommented ? [] : [endOfHead(text, item.head, id)];
  const gap = !isCommented && /^\r?\n[^\r\n]/.test(text.slice(end)) ? '\n' : '';
  const heading = `${'#'.repeat(reading.layout.level)} ${lineWords(line)}`;
  const whole = `${gapBefore(text, from)}${heading}${tail}${gap}`;
  return [...ofBeat, ...closing, { start: from, end, text: whole }];
}

/** A heading of the scene, or its comment beneath the one that is there. */
function sceneFrom(
  script: ParsedScript,
  { start, end }: Span,
  item: BeatNode,
  number: number,
  newId: () => string,
): TextEdit[] {
  const { text } = script;
  const id = item.hasId ? item.beat.id : newId();
  const ofBeat = item.hasId ? [] : [endOfHead(text, item.head, id)];
  if (end > start) return [...ofBeat, beneath(text, end, `<!-- scene: ${id} -->`)];
  const from = lineStart(text, start);
  if (text.slice(from, start).trim() !== '') return [];
  const heading = headingAt(script, from, item, number);
  return [...ofBeat, { start: from, end: from, text: `${heading}\n<!-- scene: ${id} -->\n\n` }];
}

/** The heading of a scene before the comment that it has lost it from. */
function headingBefore(
  script: ParsedScript,
  { start }: Span,
  item: BeatNode,
  number: number,
): TextEdit[] {
  const from = lineStart(script.text, start);
  if (script.text.slice(from, start).trim() !== '') return [];
  const heading = `${headingAt(script, from, item, number)}\n`;
  return [...closeFence(script, from), { start: from, end: from, text: heading }];
}

function headingAt(script: ParsedScript, at: number, { beat }: BeatNode, number: number): string {
  const { text, reading } = script;
  return (
    gapBefore(text, at) + renderHeading(beat.title, number, wordsOf(script), reading.layout.level)
  );
}

/** The empty line that a heading wants before it. */
function gapBefore(text: string, at: number): string {
  return /\S[^\S\r\n]*\r?\n$/.test(text.slice(0, at)) ? '\n' : '';
}

/** A scene that has the id of another gets that of its beat, unless a scene has that too. */
function ownId(script: ParsedScript, node: SceneNode, own: string): TextEdit[] {
  return script.scenes.some(({ id }) => id === own) ? [] : otherId(script, node, own);
}

/** The fence that a prompt lacks which has swallowed an offset, behind the last of its words before that. */
function closeFence({ text, scenes }: ParsedScript, before: number): TextEdit[] {
  const prompt = scenes.find(({ promptSpan }) => contains(promptSpan, before))?.promptSpan;
  if (prompt === undefined) return [];
  const fence = /[`~]{3,}/y;
  fence.lastIndex = prompt.start;
  const at = prompt.start + text.slice(prompt.start, before).trimEnd().length;
  return [{ start: at, end: at, text: `\n${fence.exec(text)?.[0] ?? '```'}` }];
}

/** An outline of the scenes that are there, with ids for those that have none. */
function ofScenes(script: ParsedScript, newId: () => string): TextEdit[] {
  // What has ids of beats is the outline, though it is not read as one: a second one would be wrong.
  if (idComment.test(script.text)) return [];
  const ids = assignMissingIds(script, newId);
  const named = parseScript(applyEdits(script.text, ids));
  const scenes = writtenScenes(named);
  if (scenes.length === 0 || scenes.length < named.scenes.length) return [];
  const { title, logline, bible } = named;
  const plan = { title, logline, bible, outline: scenes.map(beatOf) };
  const edits = insertPlan(named, plan, '').map((edit) => ({
    ...edit,
    start: before(ids, edit.start),
    end: before(ids, edit.end),
  }));
  const all = tidyEdits([...ids, ...edits]);
  const after = parseScript(applyEdits(script.text, all));
  const isWhole = after.outline.length > 0 && untiedScenes(after).length === 0;
  return isWhole && after.scenes.length >= script.scenes.length ? all : [];
}

/** Where a place was before texts were put in. */
function before(insertions: readonly TextEdit[], at: number): number {
  let place = at;
  for (const { start, text } of [...insertions].sort((a, b) => a.start - b.start)) {
    if (start >= place) break;
    place = Math.max(start, place - text.length);
  }
  return place;
}
