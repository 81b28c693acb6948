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
  '＂': '＂',
};

/** Where a string stands, which says what may follow it. */
export type StringPlace =
  | 'key'
  /** The value of a key in an object whose keys are in quotes. */
  | 'member'
  /** The same in an object of which some keys are not. */
  | 'bare-member'
  /** In a list. */
  | 'item';

/** Spaces and comments; one that holds a double quote is rather part of a text. */
const gap = String.raw`\s*(?:(?:(?:\/\/|#)[^\n"“”]{0,400}(?:\n|$)|\/\*[^*"“”]{0,400}\*\/)\s*){0,8}`;
const quote = '["\'`“‘„＂]';
const quotedKey = String.raw`${quote}[^"'“”‘’\x60„＂:：,，{}[\]\n]{1,60}["'\x60”’“‘＂]\s*[:：]`;
const bareKey = String.raw`[\p{L}_$][\p{L}\p{M}\p{N}_$-]{0,60}\s*[:：=]`;

const memberEnd = (key: string): RegExp =>
  new RegExp(
    String.raw`${gap}(?:$|[}\]｝］]|[,，]${gap}(?:$|[}\]｝］]|${key}))|[^\S\n]*\n\s*${key}`,
    'uy',
  );

/** What follows the end of a string, and hardly ever a quote within one. */
const afterString: Readonly<Record<StringPlace, RegExp>> = {
  key: /\s*(?:[:：=]|$)/uy,
  member: memberEnd(quotedKey),
  'bare-member': memberEnd(`(?:${quotedKey}|${bareKey})`),
  item: new RegExp(
    String.raw`${gap}(?:$|[\]］]|[,，、]${gap}(?:$|[\]］]|${quote}|[{[｛［\d-]|(?:null|true|false|none)\b))|[^\S\n]*\n\s*${quote}`,
    'iuy',
  ),
};

export interface FoundString {
  /** Where what it says ends, and where the string does. */
  readonly contentEnd: number;
  readonly end: number;
  /** Where what it says begins. */
  readonly contentStart: number;
  /** How many quotes in it could have been its end. */
  readonly passed: number;
}

export function opensString(text: string, at: number): boolean {
  return Object.hasOwn(closersOf, text.charAt(at));
}

/** The string that opens at `start`; where it does not end, how many quotes in it could have ended it. */
export function findString(
  text: string,
  start: number,
  place: StringPlace,
): FoundString | { readonly passed: number; readonly end?: undefined } {
  const opener = text.charAt(start);
  const closers = closersOf[opener] ?? '';
  // As Python writes texts of several lines.
  const length = text.startsWith(opener.repeat(3), start) ? 3 : 1;
  const after = afterString[place];
  const contentStart = start + length;
  let passed = 0;
  for (let at = contentStart; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (length === 3 ? text.startsWith('"""', at) : closers.includes(character)) {
      after.lastIndex = at + length;
      if (after.test(text)) return { contentStart, contentEnd: at, end: at + length, passed };
      passed++;
    }
  }
  return { passed };
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** What a string says. A backslash that means nothing in JSON stays. */
export function saidIn(content: string): string {
  if (!content.includes('\\')) return content;
  return content.replace(
    /\\(?:u([\da-f]{4})|(["'“”‘’`\\/bfnrt]))/giu,
    (_, code: string | undefined, sign = '') =>
      code === undefined
        ? (escapes[sign as string] ?? (sign as string))
        : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
