import { limits } from '../limits.ts';
import { leadingBold, splitRaw } from '../markdown/inline-text.ts';
import { hasKey, type KnownNames, nameKey } from '../names.ts';
import type { Beat } from '../script-model.ts';
import { idComment } from './outline-items.ts';
import {
  isCast,
  isGoingOn,
  readField,
  readNames,
  readPlaceAndTime,
  readSeconds,
  splitFields,
} from './scene-fields.ts';
import { titleParts } from './title-parts.ts';

/**
 * The head of a beat: its title, seconds, place and time, and cast, where its item begins. Lines may end
 * anywhere in it. It is followed by a text in the same paragraph where the writer left no empty line; an id
 * tells for certain where, and otherwise only the end of a line can.
 */

/** Seconds of a beat or scene that does not say: what the planner aims at. */
export const defaultSeconds = 8;

export interface PartedHead {
  /** On one line, without the id. */
  readonly head: string;
  /** What the paragraph says behind it. */
  readonly below: string;
  /** How many of the paragraph's lines the head and its id stand in. */
  readonly lines: number;
}

/** @param raw the paragraph that an item begins with, its id included */
export function partHead(raw: string, names: KnownNames): PartedHead {
  const source = raw.replace(/^\[[ xX]\][ \t]+/, '');
  const comment = idComment.exec(source);
  if (!comment) return headOfLines(source, 0, names);
  const before = source.slice(0, comment.index);
  const after = source.slice(comment.index + comment[0].length);
  const skipped = lineCount(before + comment[0]);
  if (before.trim() === '') {
    const read = headOfLines(after.trimStart(), 0, names);
    const lead = /^\s*/.exec(after)?.[0] ?? '';
    return { ...read, lines: read.lines + skipped - 1 + lineCount(lead) - 1 };
  }
  if (goesOn(before, after, names)) {
    return headOfLines(before + after, lineCount(before) - 1, names);
  }
  return { head: oneLine(before), below: after, lines: skipped };
}

function lineCount(text: string): number {
  return text.split('\n').length;
}

const separator = /(?:^|\s)[·•∙|](?=\s|$)/;

/** No head with the largest cast has more; each further one costs a look at the whole paragraph. */
const maxHeadLines = 40;

/** The head of what has no id behind it, which takes in the line of index `least` at least. */
function headOfLines(source: string, least: number, names: KnownNames): PartedHead {
  const lines = source.split('\n');
  let last = Math.max(
    least,
    lines.slice(0, maxHeadLines).findLastIndex((line) => separator.test(line)),
  );
  while (last + 1 < Math.min(lines.length, maxHeadLines)) {
    const before = lines.slice(0, last + 1).join('\n');
    const after = lines.slice(last + 1).join('\n');
    if (!goesOn(before, after, names) && !isWrapped(before, after, names)) break;
    last++;
  }
  return {
    head: oneLine(lines.slice(0, last + 1).join('\n')),
    below: lines.slice(last + 1).join('\n'),
    lines: last + 1,
  };
}

function oneLine(source: string): string {
  return source
    .replace(/(?<!\\)((?:\\\\)*)\\(?=\n|$)/g, '$1')
    .replaceAll('\n', ' ')
    .trim();
}

/** Whether what stands before is not whole without what stands behind it. */
function goesOn(before: string, after: string, names: KnownNames): boolean {
  const [left, right] = [before.trimEnd().replace(/\\$/, ''), after.trimStart()];
  if (left === '' || right === '') return false;
  if (/[·•∙|,、，،]$/.test(left) && !left.endsWith('\\')) return true;
  if (/^(?:[·•∙|]\s|[,、，،])/.test(right)) return true;
  if (/^(?:\*\*|__)/.test(left) && leadingBold(left) === undefined) return true;
  if (!separator.test(left) && separator.test(right)) return true;
  return isNameParted(left, right, names);
}

/** Whether a known name begins before and ends behind the place. */
function isNameParted(left: string, right: string, names: KnownNames): boolean {
  const field = splitRaw(left, '·•∙|').at(-1) ?? '';
  const parts = [field, ...splitRaw(field, ',、，').slice(-1)];
  return parts.some((part) => {
    const begun = part.length > limits.name ? '' : nameKey(part);
    if (begun === '') return false;
    const whole = `${begun} ${nameKey(right.slice(0, limits.name))}`;
    for (let end = begun.length + 2; end <= whole.length; end++) {
      const isEnd =
        whole.charAt(end - 1) !== ' ' && !/^[\p{L}\p{M}\p{N}]/u.test(whole.slice(end, end + 2));
      const key = whole.slice(0, end);
      if (isEnd && (hasKey(names.characters, key) || hasKey(names.places, key))) return true;
    }
    return false;
  });
}

/** A line that was wrapped is about as long as lines are, and no sentence comes behind a head. */
function isWrapped(before: string, after: string, names: KnownNames): boolean {
  if (/\\$/.test(before) || /[.!?…。！？]["'”’»)\]]*\s*$/u.test(after)) return false;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const word = /^\S*/.exec(after)?.[0] ?? '';
  if (line.length + 1 + word.length <= wrappedWidth) return false;
  const fields = splitFields(leadingBold(before)?.rest ?? before);
  return fields.length < 4 || !isCast(fields.at(-1) ?? '', names);
}

/** Few people wrap lines at less than this; the mark of the item is not counted. */
const wrappedWidth = 66;

export interface ReadHead extends Pick<Beat, 'title' | 'seconds' | 'place' | 'time' | 'cast'> {
  /** What stands behind a bold title in its field. */
  readonly more: string;
  /** It goes on without a cut where the beat before is, and says no place and time of its own. */
  readonly goesOn: boolean;
  /** Something stands where the seconds belong, but no number. */
  readonly badSeconds: boolean;
}

export function readHead(head: string, names: KnownNames): ReadHead {
  const found = leadingBold(head);
  const fields = splitFields(withoutEmphasis(found?.rest ?? head));
  const [start = ''] = fields.splice(0, 1);
  const named = found?.bold ?? start;
  const around = titleParts(named);
  const title = readField(named.slice(around.span.start, around.span.end) + around.closing);
  const behind = found ? start.replace(/^[-:：.–—\s]+/, '') : '';
  const aroundMore = titleParts(behind);
  const more = behind.slice(aroundMore.span.start, aroundMore.span.end) + aroundMore.closing;

  const shown = fields.map((field) => (field.includes('<') ? readField(field) : field));
  const at = shown.findIndex((field) => readSeconds(field) !== undefined);
  const said = around.said ?? aroundMore.said;
  const seconds = readSeconds(shown[at] ?? '') ?? said?.seconds;
  const badSeconds =
    at === -1 && said === undefined && (fields.length === 3 || /^\S+\s*s$/.test(fields[0] ?? ''));
  if (at !== -1) fields.splice(at, 1);
  else if (badSeconds) fields.shift();

  let [where = '', cast = ''] = fields;
  if (fields.length === 1 && isCast(where, names)) [where, cast] = ['', where];
  const goesOn = isGoingOn(where);
  return {
    title,
    more,
    badSeconds,
    goesOn,
    seconds: seconds ?? defaultSeconds,
    ...(goesOn ? { place: '', time: '' } : readPlaceAndTime(where, names)),
    cast: readNames(cast),
  };
}

/** Emphasis around several fields together is for show: `_8 s · Lamp room_`. */
function withoutEmphasis(source: string): string {
  const found = /^([\s·•∙|]*)(\*{1,3}|_{1,3})(?=[^\s*_])((?:\\[\s\S]|[^\\*_])*)\2\s*$/.exec(source);
  const [, lead = '', , inner = ''] = found ?? [];
  return found && separator.test(inner) ? lead + inner : source;
}
