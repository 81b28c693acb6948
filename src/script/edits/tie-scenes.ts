import { applyEdits, type TextEdit, tidyEdits } from './text-edit.ts';
import { assignMissingIds, beneathHeading, endOfHead } from './assign-ids.ts';
import { insertPlan } from './insert-plan.ts';
import { withEol } from './insert-blocks.ts';
import { parseScript } from '../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { renderTitle } from '../render/render-scene.ts';
import { newSceneId } from '../scene-ids.ts';
import { beatOf, missingScenes, writtenScenes } from '../story-order.ts';
import { type Untied, untiedScenes } from '../untied-scenes.ts';

/**
 * Tie what a script has already to its outline, wherever it is sure what belongs to what: scenes to
 * their beats, headings back to what they were; scenes without any outline become one. The id of a
 * scene stays, because its clips have it. Nothing else is changed; no edits where nothing is sure.
 */
export function tieScenes(script: ParsedScript, newId = newSceneId): TextEdit[] {
  const untied = untiedScenes(script);
  const edits = untied.some(({ kind }) => kind === 'outline')
    ? outlineOf(script, newId)
    : tidyEdits(
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
    (script.outline.length === 0
      ? after.outline.length > 0 && untiedScenes(after).length === 0
      : ordered(after, newId) < ordered(script, newId));
  return isBetter ? edits : [];
}

/** How many scenes would be written, once what has no id is given one. */
function ordered(script: ParsedScript, newId: () => string): number {
  const ids = assignMissingIds(script, newId);
  return missingScenes(ids.length === 0 ? script : parseScript(applyEdits(script.text, ids)));
}

function tie(script: ParsedScript, untied: Untied, newId: () => string): TextEdit[] {
  const { text } = script;
  const { kind, node, beat: item, number, span } = untied;
  if (item === undefined || number === undefined) return [];
  const { beat, hasId, head } = item;
  if (kind === 'scene' && node !== undefined) {
    const id = node.id ?? (hasId ? beat.id : newId());
    const isTwin =
      script.scenes.some((other) => other !== node && other.id === id) ||
      script.outline.some((other) => other !== item && other.beat.id === id);
    if (isTwin) return hasId ? ownId(script, node, beat.id) : [];
    const ofScene = node.id === undefined ? [beneathHeading(script, node, id)] : [];
    if (!hasId) return [...ofScene, endOfHead(text, head, id)];
    if (beat.id === id) return ofScene;
    const comment = new RegExp(`<!--\\s*id:\\s*${beat.id}`).exec(
      text.slice(item.span.start, item.span.end),
    );
    if (!comment) return [];
    const end = item.span.start + comment.index + comment[0].length;
    return [...ofScene, { start: end - beat.id.length, end, text: id }];
  }
  // Of what stands in a quote nobody knows whose it is.
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  if (text.slice(lineStart, span.end).includes('>') && kind === 'heading') {
    if (/^[ \t]*>/.test(text.slice(lineStart, span.end))) return [];
  }
  const heading = `## Scene ${number}${beat.title === '' ? '' : `: ${renderTitle(beat.title)}`}`;
  const lead = /\S[^\S\r\n]*\r?\n$/.test(text.slice(0, lineStart)) ? '\n' : '';
  const prompt = script.scenes.find(
    ({ promptSpan }) => promptSpan && promptSpan.start < lineStart && lineStart < promptSpan.end,
  )?.promptSpan;
  const closing = prompt ? [closeFence(text, prompt.start, lineStart)] : [];
  if (prompt !== undefined && kind === 'heading' && /^ {0,3}##[ \t]/.test(text.slice(lineStart))) {
    return closing;
  }
  if (kind === 'heading') {
    const isCommented = /^\s*<!--\s*scene:/.test(text.slice(span.end));
    const inLine = /<!--\s*scene:[^>]*-->/.exec(text.slice(span.start, span.end))?.[0];
    const comment = inLine ?? (isCommented || !hasId ? undefined : `<!-- scene: ${beat.id} -->`);
    const tail = comment === undefined ? '' : `\n${comment}`;
    const gap = /^\r?\n[^\r\n]/.test(text.slice(span.end)) ? '\n' : '';
    const own = `${lead}${heading}${tail}${isCommented ? '' : gap}`;
    return [...closing, { start: lineStart, end: span.end, text: own }];
  }
  if (text.slice(lineStart, span.start).trim() !== '') return [];
  return [...closing, { start: lineStart, end: lineStart, text: `${lead}${heading}\n` }];
}

/** A scene that has the id of another gets that of its beat, unless a scene has that too. */
function ownId({ text, scenes }: ParsedScript, { id, idSpan }: SceneNode, own: string): TextEdit[] {
  if (id === undefined || idSpan === undefined || scenes.some((node) => node.id === own)) return [];
  const at = text.slice(idSpan.start, idSpan.end).lastIndexOf(id);
  if (at === -1) return [];
  const start = idSpan.start + at;
  return [{ start, end: start + id.length, text: own }];
}

/** The fence that a prompt lacks, behind the last of its words before an offset. */
function closeFence(text: string, prompt: number, before: number): TextEdit {
  const fence = /[`~]{3,}/y;
  fence.lastIndex = prompt;
  const at = prompt + text.slice(prompt, before).trimEnd().length;
  return { start: at, end: at, text: `\n${fence.exec(text)?.[0] ?? '```'}` };
}

/** An outline of the scenes that are there, with ids for those that have none. */
function outlineOf(script: ParsedScript, newId: () => string): TextEdit[] {
  // What has ids of beats is the outline, though it is not read as one: a second one would be wrong.
  if (/<!--\s*id:\s*[a-z0-9]{6}\s*-->/.test(script.text)) return [];
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
  return tidyEdits([...ids, ...edits]);
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
