import { editFrontMatter, roomForLook } from '../edits/edit-front-matter.ts';
import { contractLabel } from '../parse/beat-contract.ts';
import { renderField, renderPlaceAndTime, renderSeconds } from '../parse/scene-fields.ts';
import { withEol } from '../edits/insert-blocks.ts';
import type { Span } from '../markdown/block-types.ts';
import { type KnownNames, type Named, sameName } from '../names.ts';
import { nearNames, personMeant, placeMeant } from '../near-names.ts';
import type { SceneId } from '../script-model.ts';
import { readingOf } from '../parse/parse-script.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import type { BibleList, Problem } from './script-problem.ts';
import { replaceScene } from '../edits/replace-scene.ts';
import { fitsInto } from '../durations/speech-length.ts';
import { type TextEdit, tidyEdits } from '../edits/text-edit.ts';
import { tieScenes } from '../edits/tie-scenes.ts';

/** What one click does about a problem. */
export type Fix =
  | { readonly kind: 'add-character' | 'add-place'; readonly name: string }
  | { readonly kind: 'change-name'; readonly name: string; readonly to: string; readonly at: Span }
  | { readonly kind: 'describe'; readonly name: string; readonly list: BibleList }
  | { readonly kind: 'add-to-cast'; readonly name: string; readonly id: SceneId }
  | { readonly kind: 'set-seconds'; readonly seconds: number; readonly id: SceneId }
  | { readonly kind: 'begin-with-cut'; readonly id: SceneId }
  | { readonly kind: 'tie' };

/**
 * The fixes there are for a problem, the likeliest first; none where only the writer can know.
 *
 * @param clipSeconds lengths that the studio can render
 * @param known names of the bible, for those that are only misspelt
 */
export function fixesFor(
  { code, about, span }: Problem,
  clipSeconds: readonly number[],
  { characters, places }: KnownNames = { characters: [], places: [] },
): Fix[] {
  const { name = '', id = '', takes = 0, list, isSure = false, meant = [] } = about;
  switch (code) {
    case 'unknown-cast':
    case 'unknown-speaker':
      return name === ''
        ? []
        : [
            ...changesTo(meantBy(personMeant(characters, name), characters, name), name, span),
            { kind: 'add-character', name },
          ];
    case 'unknown-place':
      return name === ''
        ? []
        : [
            ...changesTo(meantBy(placeMeant(places, name), places, name), name, span),
            { kind: 'add-place', name },
          ];
    case 'unknown-mention':
      if (meant.length > 0) return changesTo(meant.slice(0, mostNames), name, span);
      return [
        { kind: 'add-character', name },
        { kind: 'add-place', name },
      ];
    case 'look-missing':
      return list === undefined ? [] : [{ kind: 'describe', name, list }];
    case 'speaker-not-in-cast':
      return id === '' ? [] : [{ kind: 'add-to-cast', name, id }];
    case 'speech-too-long': {
      const long = clipSeconds.filter((seconds) => fitsInto(takes, seconds));
      return id === '' || long.length === 0
        ? []
        : [{ kind: 'set-seconds', seconds: Math.min(...long), id }];
    }
    case 'place-jump':
      return id === '' ? [] : [{ kind: 'begin-with-cut', id }];
    case 'untied-scene':
    case 'damaged-heading':
    case 'scene-without-heading':
    case 'outline-missing':
      return isSure ? [{ kind: 'tie' }] : [];
    default:
      return [];
  }
}

/** No more than can be read before a choice. */
const mostNames = 2;

function meantBy(meant: Named | undefined, entries: readonly Named[], name: string): string[] {
  const near = nearNames(entries, name);
  const all = new Set(meant === undefined ? near : [meant, ...near]);
  return [...all].slice(0, mostNames).map((one) => one.name);
}

function changesTo(names: readonly string[], name: string, at: Span): Fix[] {
  return names.map((to): Fix => ({ kind: 'change-name', name, to, at }));
}

/** The edits of a fix on the script as it is now; none when there is nothing to change any more. */
export function editsOf(script: ParsedScript, fix: Fix): TextEdit[] {
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
    case 'begin-with-cut':
      return beginWithCut(script, fix.id);
    case 'tie':
      return tieScenes(script);
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

function addToCast(script: ParsedScript, id: SceneId, name: string): TextEdit[] {
  const scene = script.scenes.find((node) => node.id === id)?.scene;
  return scene === undefined ? [] : replaceScene(script, { ...scene, cast: [...scene.cast, name] });
}

/** In the scene and in its beat, so that both say the same. */
function setSeconds(script: ParsedScript, id: SceneId, seconds: number): TextEdit[] {
  const scene = script.scenes.find((node) => node.id === id)?.scene;
  if (scene === undefined) return [];
  const edits = replaceScene(script, { ...scene, seconds });
  const head = script.outline.find(({ beat }) => beat.id === id)?.head;
  if (head !== undefined) {
    const line = script.text.slice(head.start, head.end);
    // The field of its own between two separators, or at the end of the line.
    const found =
      /([·•∙|]\s*[*_]{0,3})(\d+(?:[.,]\d+)?\s*s(?:ec(?:ond)?s?)?\.?)(?=[*_]{0,3}\s*(?:[·•∙|]|<!|$))/i.exec(
        line,
      );
    if (found) {
      const [, lead = '', old = ''] = found;
      const start = head.start + found.index + lead.length;
      edits.push({ start, end: start + old.length, text: renderSeconds(seconds) });
    }
  }
  return tidyEdits(edits);
}

/** Takes away the line, or the sign in its head, by which the beat goes on from the one before. */
function beginWithCut({ text, outline }: ParsedScript, id: SceneId): TextEdit[] {
  const node = outline.find(({ beat }) => beat.id === id);
  if (node === undefined) return [];
  const { span, head, beat, goesOn } = node;
  if (goesOn) {
    const sign = /([·•∙|]\s*)(?:…|\.{3})(?=\s*(?:[·•∙|]|<!|$))/u.exec(
      text.slice(head.start, head.end),
    );
    if (sign === null) return [];
    const start = head.start + sign.index + (sign[1] ?? '').length;
    const end = head.start + sign.index + sign[0].length;
    return [{ start, end, text: renderPlaceAndTime(beat.place, beat.time) }];
  }
  const lines = text.slice(span.start, span.end).matchAll(/(?:\r\n|\n|\r)([^\r\n]*)/g);
  const line = [...lines].find(([, own = '']) => {
    const bullet = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+/.exec(own)?.[0];
    return bullet !== undefined && contractLabel(own.slice(bullet.length))?.key === 'continues';
  });
  if (!line) return [];
  const start = span.start + line.index;
  // The beat's id may stand behind anything in it.
  const comments = line[0].match(/<!--.*?-->/g) ?? [];
  const kept = comments.map((comment) => ` ${comment}`).join('');
  return [{ start, end: start + line[0].length, text: kept }];
}
