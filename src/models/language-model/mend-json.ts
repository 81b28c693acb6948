import { jsonrepair } from 'jsonrepair';

/** A top-level object in a text that may hold other things beside it. */
export interface FoundObject {
  readonly text: string;
  /** Whether it has an end; only the last one can be without. */
  readonly closed: boolean;
  /** Whether nothing follows it, but for a comma or the end of a fence. */
  readonly last: boolean;
}

/**
 * The outermost `{…}` of a text, in order, whatever stands around them. Strings are recognised in
 * all the ways that models write them, so a brace inside one counts for nothing.
 */
export function objectsIn(text: string): FoundObject[] {
  const found: FoundObject[] = [];
  for (let start = text.indexOf('{'); start !== -1;) {
    const end = endOfObject(text, start);
    const last = end === undefined || /^[\s`,]*$/.test(text.slice(end));
    found.push({ text: text.slice(start, end), closed: end !== undefined, last });
    start = end === undefined ? -1 : text.indexOf('{', end);
  }
  return found;
}

/**
 * The value of a complete object that is almost JSON: other quotes, quotes and line breaks that are
 * not escaped, trailing or missing commas, Python's constants, `NaN`. `undefined` where it cannot be
 * mended without leaving something out or making something up.
 */
export function mendObject(text: string): unknown {
  const proper = withProperStrings(text);
  try {
    return JSON.parse(proper);
  } catch {
    // More is wrong than its strings and constants.
  }
  try {
    const repaired = jsonrepair(proper);
    return substance(repaired) === substance(proper) ? JSON.parse(repaired) : undefined;
  } catch {
    return undefined;
  }
}

/** All that is not syntax of JSON: repairs may touch nothing else. */
function substance(text: string): string {
  return text.replace(/\\(?:u[\da-f]{4}|.)|[\s{}[\]:,"]/gis, '');
}

/** What may open a string, and what closes it then. */
const closersOf: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”“',
  '”': '”',
  '„': '”“',
  '‘': '’‘',
  '’': '’',
};

/**
 * What follows the end of a string, and hardly ever a quote within one: the end of a member, a comma
 * before another key or value, or a new line with another string.
 */
const afterString =
  /\s*(?:$|[:}\]]|,\s*(?:$|["'`“‘„[{}\]\d-]|(?:null|true|false|none|nan)\b|\w+\s*:))|[^\S\n]*\n\s*["“]/iy;

/** Position after the string that opens at `start`, or `undefined` where it does not end. */
function endOfString(text: string, start: number): number | undefined {
  const closers = closersOf[text.charAt(start)] ?? '';
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (closers.includes(character)) {
      afterString.lastIndex = at + 1;
      if (afterString.test(text)) return at + 1;
    }
  }
  return undefined;
}

/** Position after the object that opens at `start`, or `undefined` where it does not end. */
function endOfObject(text: string, start: number): number | undefined {
  const open: string[] = [];
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character in closersOf) {
      const end = endOfString(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? '}' : ']');
    } else if (character === '}' || character === ']') {
      if (open.pop() !== character) return undefined;
      if (open.length === 0) return at + 1;
    }
  }
  return undefined;
}

/** The text with every string as JSON writes it, and JSON's constants outside of them. */
function withProperStrings(text: string): string {
  let proper = '';
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    if (!(text.charAt(at) in closersOf)) continue;
    const end = endOfString(text, at) ?? text.length;
    proper += withProperConstants(text.slice(done, at)) + properString(text.slice(at + 1, end - 1));
    done = end;
    at = end - 1;
  }
  return proper + withProperConstants(text.slice(done));
}

function properString(content: string): string {
  const escaped = content.replace(
    // eslint-disable-next-line no-control-regex -- they are what JSON does not allow
    /\\(["\\/bfnrt]|u[\da-f]{4})|\\'|\\|"|[\u0000-\u001f]/gi,
    (match, escape: string | undefined) => {
      if (escape !== undefined) return match;
      return match === "\\'" ? "'" : JSON.stringify(match).slice(1, -1);
    },
  );
  return `"${escaped}"`;
}

function withProperConstants(text: string): string {
  return text
    .replace(/(?<![\w.])(?:-?Infinity|NaN|nan|None|undefined)(?![\w.])/g, 'null')
    .replace(/(?<![\w.])(?:True|False)(?![\w.])/g, (constant) => constant.toLowerCase());
}
