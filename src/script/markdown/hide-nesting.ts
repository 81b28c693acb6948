import { limits } from '../limits.ts';
import { isBlankLine, lineEnd, nextLine } from './lines.ts';

/** Stands for what is not looked into. No text has it: Unicode never gives it to a character. */
export const unseen = '\ufdd0';

/** A list item or quote that the lines below may go on with. */
interface Container {
  /** Columns that its lines are indented by; `undefined` for a quote. */
  readonly indent: number | undefined;
}

/** Where in a line we are. A tab may be behind us in part, so the column is not told by the place. */
interface Place {
  at: number;
  column: number;
}

const itemMark = /(?:[-+*]|\d{1,9}[.)])(?=[ \t\r\n]|$)/y;

/** So many underlines of headings in one part are enough; each costs a look at all before it. */
const maxUnderlines = 16;
const underline = /[ \t>]*(?:=+|-+)[ \t]*\r?(?=\n|$)/y;

/**
 * The text with {@link unseen} in place of whatever the full Markdown parser would take more than
 * its share of time for: lists and quotes that are nested beyond {@link limits.nesting}, and more
 * underlined headings than anybody has without an empty line between them. All offsets stay.
 */
export function hideNesting(source: string): string {
  let seen = '';
  let done = 0;
  const hide = (from: number, to: number): void => {
    seen += source.slice(done, from) + unseen.repeat(to - from);
    done = to;
  };
  let open: Container[] = [];
  let underlines = 0;
  let wasBlank = true;
  for (let at = 0; at < source.length;) {
    const end = lineEnd(source, at);
    const isBlank = isBlankLine(source, at, end);
    underline.lastIndex = at;
    if (!isBlank && !wasBlank && underline.test(source) && ++underlines > maxUnderlines) {
      hide(at, end);
    } else if (!isBlank) {
      const line = containersOf(source, at, end, open, wasBlank);
      open = line.open;
      if (line.beyond !== undefined) hide(line.beyond, end);
    }
    wasBlank = isBlank;
    at = nextLine(source, end);
  }
  return done === 0 ? source : seen + source.slice(done);
}

/** What is open behind a line, and where in it more would open than we look into. */
function containersOf(
  source: string,
  start: number,
  end: number,
  before: Container[],
  wasBlank: boolean,
): { open: Container[]; beyond?: number } {
  const place: Place = { at: start, column: 0 };
  let open = before;
  let count = before.findIndex(({ indent }) => !goesOn(source, place, end, indent));
  if (count === -1) count = before.length;
  const breaks = breakAt(source, start, end);
  for (;;) {
    const { at, column } = afterBlanks(source, place, end);
    if (at === end || column - place.column > 3 || breaks(at)) break;
    itemMark.lastIndex = at;
    const width = source.charAt(at) === '>' ? 0 : (itemMark.exec(source)?.[0].length ?? -1);
    if (width === -1) break;
    if (count >= limits.nesting) return { open: open.slice(0, count), beyond: at };
    open = open.slice(0, count++);
    const from = place.column;
    place.at = at;
    place.column = column;
    if (width === 0) {
      goesOn(source, place, end, undefined);
      open.push({ indent: undefined });
      continue;
    }
    place.at += width;
    place.column += width;
    const text = afterBlanks(source, place, end);
    const gap = text.column - place.column;
    const isOwn = text.at < end && gap <= 4;
    const indent = place.column + (isOwn ? gap : 1) - from;
    if (isOwn) Object.assign(place, text);
    else step(source, place, end, 1);
    open.push({ indent });
  }
  // A paragraph may go on without the marks of what it stands in, but not behind an empty line.
  return { open: wasBlank ? open.slice(0, count) : open };
}

/** Whether a container goes on in this line; then its own part of the line is behind us. */
function goesOn(source: string, place: Place, end: number, indent: number | undefined): boolean {
  const found = afterBlanks(source, place, end);
  if (indent !== undefined) {
    if (found.column - place.column < indent) return false;
    step(source, place, end, indent);
    return true;
  }
  if (found.column - place.column > 3 || source.charAt(found.at) !== '>') return false;
  place.at = found.at + 1;
  place.column = found.column + 1;
  step(source, place, end, 1);
  return true;
}

/** Leave so many columns of blanks behind, or as many as there are. */
function step(source: string, place: Place, end: number, columns: number): void {
  const target = place.column + columns;
  while (place.at < end && place.column < target) {
    const code = source.charCodeAt(place.at);
    if (code !== 32 && code !== 9) return;
    const next = code === 9 ? place.column + 4 - (place.column % 4) : place.column + 1;
    place.column = Math.min(next, target);
    if (next <= target) place.at++;
  }
}

function afterBlanks(source: string, { at, column }: Place, end: number): Place {
  while (at < end) {
    const code = source.charCodeAt(at);
    if (code === 9) column += 4 - (column % 4);
    else if (code === 32) column++;
    else break;
    at++;
  }
  return { at, column };
}

/** Tells where in a line three or more marks alone make a thematic break, which opens nothing. */
function breakAt(source: string, start: number, end: number): (at: number) => boolean {
  let from = end;
  let mark = '';
  let count = 0;
  let third = -1;
  while (from > start) {
    const character = source.charAt(from - 1);
    if (character !== ' ' && character !== '\t') {
      if (mark === '' && '-*_'.includes(character)) mark = character;
      if (character !== mark) break;
      if (++count === 3) third = from - 1;
    }
    from--;
  }
  return (at) => at >= from && at <= third;
}
