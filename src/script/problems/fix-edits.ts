import { unreadForms } from './unread-forms.ts';
import { editFrontMatter, roomForLook } from '../edits/edit-front-matter.ts';
import { renderField, renderSeconds } from '../parse/scene-fields.ts';
import { withEol } from '../edits/insert-blocks.ts';
import type { Span } from '../markdown/block-types.ts';
import { sameName } from '../names.ts';
import type { SceneId } from '../script-model.ts';
import { readingOf } from '../parse/parse-script.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import type { BibleList } from './script-problem.ts';
import type { Fix } from './fixes.ts';
import { replaceScene } from '../edits/replace-scene.ts';
import { type TextEdit, tidyEdits } from '../edits/text-edit.ts';
import { tieScenes, tieTo } from '../edits/tie-scenes.ts';
import { beginWithCut } from '../edits/begin-with-cut.ts';
import { addToOutline } from '../edits/add-to-outline.ts';
import { keepOutside } from '../edits/keep-outside.ts';
import { chooseTake } from '../edits/choose-take.ts';
import { makePrompt, quoteBlock } from '../edits/mark-block.ts';
import { assignMissingIds } from '../edits/assign-ids.ts';
import { newSceneId } from '../scene-ids.ts';
import { scenesById } from '../story-order.ts';
import { giveNewIds } from '../edits/new-ids.ts';

/**
 * The edits of a fix on the script as it is now; none when there is nothing to change any more.
 *
 * @throws ScenewrightError `bad-script` for what edits refuse
 */
export function editsOf(script: ParsedScript, fix: Fix): TextEdit[] {
  readingOf(script);
  switch (fix.kind) {
    case 'add-character':
      return addTo(script, 'characters', fix.name);
    case 'add-place':
      return addTo(script, 'places', fix.name);
    case 'change-name':
      return changeName(script, fix.name, fix.to, fix.at);
    case 'describe':
      return describe(script, fix.list, fix.name);
    case 'add-to-cast':
      return addToCast(script, fix.id, fix.name);
    case 'set-seconds':
      return setSeconds(script, fix.id, fix.seconds);
    case 'set-duration':
      return setDuration(script, fix.seconds);
    case 'spread':
      return spread(script, fix.seconds);
    case 'give-ids':
      return assignMissingIds(script, newSceneId);
    case 'take-out':
      return takeOut(script, fix.at);
    case 'begin-with-cut':
      return beginWithCut(script, fix.id);
    case 'quote':
      return quoteBlock(script, fix.at);
    case 'put-in-form':
      return putInForm(script, fix.at);
    case 'make-prompt':
      return makePrompt(script, fix.at);
    case 'tie':
      return tieScenes(script);
    case 'tie-to':
      return tieTo(script, fix.at, fix.index);
    case 'add-to-outline':
      return addToOutline(script, fix.at);
    case 'keep-outside':
      return keepOutside(script, fix.at);
    case 'new-id':
      return giveNewIds(script, fix.id);
    case 'prompt-of-action':
      return promptOfAction(script, fix.id);
    case 'newest-take':
      return chooseTake(script, fix.id, undefined);
    case 'rewrite':
    case 'accept':
      // These are no edits.
      return [];
  }
}

function addTo(script: ParsedScript, list: string, name: string): TextEdit[] {
  const { layout } = readingOf(script);
  const edits = editFrontMatter(script.text, layout, { set: {}, add: { [list]: [{ name }] } });
  return tidyEdits(withEol(edits, script.eol));
}

/** Where the name stands; speakers stand in capitals. */
function changeName({ text }: ParsedScript, name: string, to: string, at: Span): TextEdit[] {
  const now = text.slice(at.start, at.end);
  if (!sameName(now, name)) return [];
  const isCapitals = now === now.toUpperCase() && now !== now.toLowerCase();
  return [{ start: at.start, end: at.end, text: renderField(isCapitals ? to.toUpperCase() : to) }];
}

/** Makes room for a look, which ends the one edit there is. */
function describe(script: ParsedScript, list: BibleList, name: string): TextEdit[] {
  const { frontMatter } = readingOf(script).layout;
  if (frontMatter === undefined) return [];
  const { start, end } = frontMatter.content;
  const edit = roomForLook(script.text.slice(start, end), list, name);
  if (edit === undefined) return [];
  return withEol([{ ...edit, start: start + edit.start, end: start + edit.end }], script.eol);
}

/** What stands there in a form that is not read, in the script's. */
function putInForm(script: ParsedScript, { start, end }: Span): TextEdit[] {
  const form = unreadForms(script).find((one) => one.start === start && one.end === end);
  return form ? tidyEdits(withEol([{ start, end, text: form.text() }], script.eol)) : [];
}

function addToCast(script: ParsedScript, id: SceneId, name: string): TextEdit[] {
  const scene = script.scenes.find((node) => node.id === id)?.scene;
  return scene === undefined ? [] : replaceScene(script, { ...scene, cast: [...scene.cast, name] });
}

function promptOfAction(script: ParsedScript, id: SceneId): TextEdit[] {
  const scene = script.scenes.find((node) => node.id === id)?.scene;
  if (scene?.prompt !== '' || scene.action === '') return [];
  return replaceScene(script, { ...scene, prompt: scene.action });
}

/** In the scene and in its beat, so that both say the same. */
function setSeconds(script: ParsedScript, id: SceneId, seconds: number): TextEdit[] {
  const scene = script.scenes.find((node) => node.id === id)?.scene;
  const edits = scene === undefined ? [] : replaceScene(script, { ...scene, seconds });
  const head = script.outline.find(({ beat }) => beat.id === id)?.head;
  if (head !== undefined) {
    const line = script.text.slice(head.start, head.end);
    // The field of its own between two separators, or at the end of the line.
    const found =
      /([·•∙|]\s*[*_]{0,3})(\d+(?:[.,]\d+)?\s*s(?:ec(?:ond)?s?)?\.?)(?=[*_]{0,3}\s*(?:[·•∙|]|<!|$))/i.exec(
        line,
      ) ?? /([([（]\s*)(\d+(?:[.,]\d+)?\s*s(?:ec(?:ond)?s?)?\.?)(?=\s*[)\]）])/i.exec(line);
    if (found) {
      const [, lead = '', old = ''] = found;
      const start = head.start + found.index + lead.length;
      edits.push({ start, end: start + old.length, text: renderSeconds(seconds) });
    }
  }
  return tidyEdits(edits);
}

/** @param seconds of the scenes in the order of the outline, as it was when they were told of */
function spread(script: ParsedScript, seconds: readonly number[]): TextEdit[] {
  if (seconds.length !== script.outline.length) return [];
  const told = scenesById(script.scenes);
  const wanted = new Map<SceneId, number>();
  for (const [i, { beat }] of script.outline.entries()) {
    const now = told.get(beat.id)?.scene.seconds ?? beat.seconds;
    const then = seconds[i] ?? now;
    if (then !== now) wanted.set(beat.id, then);
  }
  return setLengths(script, wanted);
}

/** Gives scenes these lengths, all with one edit. */
export function setLengths(
  script: ParsedScript,
  lengths: ReadonlyMap<SceneId, number>,
): TextEdit[] {
  readingOf(script);
  return tidyEdits([...lengths].flatMap(([id, seconds]) => setSeconds(script, id, seconds)));
}

function setDuration(script: ParsedScript, seconds: number): TextEdit[] {
  const { layout } = readingOf(script);
  const edits = editFrontMatter(script.text, layout, { set: { duration: seconds }, add: {} });
  return tidyEdits(withEol(edits, script.eol));
}

/** A comment, and the empty line behind it where it stands alone. */
function takeOut({ text }: ParsedScript, { start, end }: Span): TextEdit[] {
  if (!text.startsWith('<!--', start)) return [];
  const isAlone = start === 0 || text[start - 1] === '\n';
  const behind = isAlone ? (/^[ \t]*(?:\r?\n){1,2}/.exec(text.slice(end))?.[0].length ?? 0) : 0;
  return [{ start, end: end + behind, text: '' }];
}
