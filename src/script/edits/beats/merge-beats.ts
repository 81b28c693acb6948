import { sameName } from '../../names.ts';
import { parseScript } from '../../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../../parse/parsed-script.ts';
import type { BeatNode } from '../../parse/outline-section.ts';
import { wordsOf } from '../../render/script-words.ts';
import { lineStart } from '../../markdown/lines.ts';
import { idOfBeat } from '../new-ids.ts';
import { applyEdits, type TextEdit, withoutLost } from '../text-edit.ts';
import { contractLines } from './contract-lines.ts';
import { editBeatFields, type Fields } from '../scenes/edit-fields.ts';
import { toldTogether } from '../scenes/same-elsewhere.ts';
import { shiftItems } from './item-number.ts';

/**
 * Make one beat of those of two scenes that are one now. What the second one says stands beneath the first:
 * how things stand where it began is told as a change within the scene, and what carried over between both is
 * no promise any more.
 *
 * @returns no edits where the outline has none of them, or it is not sure what belongs to what
 */
export function mergeBeats(
  script: ParsedScript,
  { id: first }: SceneNode,
  { id: second, scene }: SceneNode,
  fields: Fields,
): TextEdit[] {
  const { text, outline, eol } = script;
  const index = outline.findIndex(({ beat }) => beat.id === second);
  const a = outline.find(({ beat }) => beat.id === first);
  const b = outline[index];
  if (b === undefined) return [];
  if (a === undefined) {
    const place = idOfBeat(script, b);
    return place ? [{ ...place, text: first ?? '' }, ...editBeatFields(script, b, fields)] : [];
  }
  const own = b.head.end < b.span.end ? text.slice(b.head.end, b.span.end).trimEnd() : '';
  const title = sameName(b.beat.title, scene.title) ? [] : [b.beat.title];
  const kept = [...title, ...commentsIn(text, b)].map(
    (words) => indentOf(text, a) + commented(words),
  );
  const below = applyEdits(own, ofSecond(script, b, own));
  const end = a.span.start + text.slice(a.span.start, a.span.end).trimEnd().length;
  const put = [...kept, below.replace(/^(?:[ \t>]*(?:\r\n|\n|\r))+/, '')].filter(
    (one) => one !== '',
  );
  const edits = withoutLost([
    ...editBeatFields(script, a, fields),
    ...inFirst(script, a),
    { start: end, end, text: put.map((one) => eol + eol + one).join('') },
    itemGone(script, a, index),
    ...shiftItems(script, index + 1, -1),
  ]);
  return isOne(script, parseScript(applyEdits(text, edits), script), a, b) ? edits : [];
}

/** The second beat, with the blank lines that part it from the others. */
function itemGone({ text, outline }: ParsedScript, a: BeatNode, index: number): TextEdit {
  const [b = a, next] = outline.slice(index, index + 2);
  const from = lineStart(text, b.span.start);
  if (next !== undefined && b.span.start < a.span.start)
    return { start: from, end: lineStart(text, next.span.start), text: '' };
  const before = text.slice(0, from).trimEnd().length;
  const end = b.span.start + text.slice(b.span.start, b.span.end).trimEnd().length;
  return { start: before, end, text: '' };
}

/** What carried over into the second beat stays as words of the writer's. */
function inFirst({ text }: ParsedScript, a: BeatNode): TextEdit[] {
  return contractLines(text, a)
    .filter(({ key }) => key === 'handOff')
    .map(({ label }) => ({ ...label, text: '' }));
}

/** How things stand when the second one begins, they do within the scene now. Offsets count in its own lines. */
function ofSecond(script: ParsedScript, b: BeatNode, own: string): TextEdit[] {
  const { text } = script;
  const [word = ''] = wordsOf(script).labels.exit;
  return contractLines(text, b).flatMap(({ key, label, span }): TextEdit[] => {
    const at = b.head.end;
    if (key === 'entry') {
      const source = text.slice(label.start, label.end);
      const renamed = source.replace(/[\p{L}][\p{L}\p{M}'’ \u00a0-]*/u, word);
      return [{ start: label.start - at, end: label.end - at, text: renamed }];
    }
    if (key !== 'continues') return [];
    const start = Math.max(0, own.slice(0, span.start - at).trimEnd().length);
    return [{ start, end: Math.min(own.length, span.end - at), text: '' }];
  });
}

/** Comments in the head of a beat, but for that with its id. */
function commentsIn(text: string, { head }: BeatNode): string[] {
  const comments = text.slice(head.start, head.end).match(/<!--.*?-->/gs) ?? [];
  return comments.filter((one) => !/^<!--\s*id:/i.test(one)).map((one) => one.slice(4, -3).trim());
}

function commented(words: string): string {
  return `<!-- ${words} -->`;
}

function indentOf(text: string, { span }: BeatNode): string {
  const from = lineStart(text, span.start);
  const [lead = '', quote = ''] =
    /^(>?[ \t>]*)(?:\d{1,9}[.)]|[-+*])[ \t]+/.exec(text.slice(from, from + 40)) ?? [];
  return quote + ' '.repeat(Math.max(0, lead.length - quote.length));
}

/** Whether one beat says what both have said, but for how the second one went on from the first. */
function isOne(before: ParsedScript, after: ParsedScript, a: BeatNode, b: BeatNode): boolean {
  const { beat } = after.outline.find((one) => one.beat.id === a.beat.id) ?? {};
  if (beat === undefined || after.outline.length !== before.outline.length - 1) return false;
  const { contract } = beat;
  const lines = (...parts: readonly string[]): string => toldTogether(parts, '\n');
  return (
    contract.continues === a.beat.contract.continues &&
    contract.entry === a.beat.contract.entry &&
    contract.exit === lines(a.beat.contract.exit, b.beat.contract.entry, b.beat.contract.exit) &&
    contract.handOff === b.beat.contract.handOff &&
    beat.summary === lines(a.beat.summary, b.beat.summary)
  );
}
