import { readLoosely, type LooseValue } from './loose-json.ts';
import { endOfThought, seekMarks } from './thought-marks.ts';

/** An object or a list in a text that may hold other things beside it. */
export interface FoundJson extends LooseValue {
  readonly start: number;
  /** Whether it is JSON as it stands. */
  readonly strict: boolean;
  /** Whether the model only thought of it. */
  readonly thought: boolean;
  /** Whether the text ends with it, or the fence around it does. */
  readonly last: boolean;
  /** Whether no bracket closes behind it, as one does where a text was taken to end too early. */
  readonly closesLast: boolean;
  /** Whether an object that is no JSON as it should be begins before it, of which it may be the rest. */
  readonly afterBroken: boolean;
}

export interface SearchedText {
  /** In their order; what one holds is not named again. */
  readonly found: readonly FoundJson[];
  /** The longest part that looks like one and cannot be read; empty where there is none. */
  readonly unreadable: string;
}

/** How often each character may be looked at on average before the search is given up. */
const patience = 16;

const seek = seekMarks('[{[｛［]');

/** All objects and lists of a text, whatever stands around them, in a time that grows with its length. */
export function jsonIn(text: string): SearchedText {
  const found: (LooseValue & { start: number; strict: boolean; thought: boolean })[] = [];
  let unreadable = '';
  let left = patience * text.length + 4096;
  let thoughtsEnd = -1;
  let thoughtOf = 0;
  let broken = Infinity;
  for (let next = seek(text, 0); next !== undefined && left > 0;) {
    const { at, mark } = next;
    let from = next.end;
    if (mark === undefined) {
      const thought = at < thoughtsEnd;
      const to = thought ? thoughtsEnd : text.length;
      const end = endOfStrict(text, at, to);
      left -= (end ?? to) - at;
      const strict = end === undefined ? undefined : parsed(text.slice(at, end));
      const read = strict === undefined ? readLoosely(text, at, to) : { ...strict, end: end ?? to };
      if (strict === undefined && !thought && objectWithKey.test(text.slice(at, at + 100)))
        broken = Math.min(broken, at);
      if (typeof read !== 'number') {
        from = read.end;
        found.push({ ...read, start: at, strict: strict !== undefined, thought });
      } else if (read - at > unreadable.length) {
        unreadable = text.slice(at, Math.max(read + 1, end ?? 0));
      }
      left -= (typeof read === 'number' ? read : read.end) - at;
    } else if (at > thoughtsEnd) {
      // Where only the end of thoughts is shown, all before it was thought.
      if (mark.family === undefined) thoughtOf = found.length;
      else thoughtsEnd = endOfThought(text, mark.family, from)?.at ?? text.length;
    }
    next = seek(text, from);
  }
  const lastBracket = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  return {
    found: found.map((json, i) => ({
      ...json,
      thought: json.thought || i < thoughtOf,
      last: /^[\s,]*(?:$|```)/u.test(text.slice(json.end, json.end + 200)),
      closesLast: json.end > lastBracket,
      afterBroken: json.start > broken,
    })),
    unreadable,
  };
}

const objectWithKey = /^[{｛]\s*(?:\/\/[^\n]*\n\s*)?["'“‘„«「]?[\w-]+["'”’“»」]?\s*[:：]/u;

/** Position behind the value that begins at `start`, if it is JSON as it should be. */
function endOfStrict(text: string, start: number, to: number): number | undefined {
  let depth = 0;
  let quoted = false;
  const signs = /["\\{}[\]]/gu;
  signs.lastIndex = start;
  for (let match = signs.exec(text); match !== null; match = signs.exec(text)) {
    const [sign] = match;
    if (signs.lastIndex > to) return undefined;
    if (sign === '\\') signs.lastIndex++;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted) depth += sign === '{' || sign === '[' ? 1 : -1;
    if (depth === 0) return signs.lastIndex;
  }
  return undefined;
}

function parsed(text: string): { readonly value: unknown; readonly guessed: false } | undefined {
  try {
    return { value: JSON.parse(text) as unknown, guessed: false };
  } catch {
    return undefined;
  }
}

/** The object or list in a text that is nothing but that. */
export function onlyJsonIn(text: string): unknown {
  if (!/^\s*(?:```\w*\s*)?["[{]/u.test(text)) return undefined;
  const [json, ...more] = jsonIn(text).found;
  if (json === undefined || more.length > 0 || json.cut !== undefined) return undefined;
  return json.last && /^[\s`"\w]*$/u.test(text.slice(0, json.start)) ? json.value : undefined;
}
