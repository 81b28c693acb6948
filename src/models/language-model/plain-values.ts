import { saysNothing } from '../../script/says-nothing.ts';

/** Texts, numbers, truths and lists in each other's form, as models give them. */

/** The form in which all spellings of a key are equal: `hand_off`, `Hand-Off` and `HANDOFF`. */
export function foldKey(key: string): string {
  return key
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** Keys that name the value alone, not what it is about. */
const valueKeys: ReadonlySet<string> = new Set(
  'value text content contents name fact item label string const answer description'.split(' '),
);

/** Keys under which it stands who or what a fact is about. */
const subjectKeys: ReadonlySet<string> = new Set(
  'who what whoorwhat subject name character person object thing entity item prop place'.split(' '),
);

/** Text that was given as a number, in paragraphs, or in an object around it; anything else as it is. */
export function textFrom(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) {
    const parts = value.map(textFrom);
    return parts.length > 0 && parts.every((part) => typeof part === 'string')
      ? parts.join('\n\n')
      : value;
  }
  const [text, ...others] = textsIn(value);
  return text !== undefined && others.length === 0 ? text : value;
}

/**
 * What an object among texts says, as texts: `{"Mara": "coat"}` and `{"who": "Mara", "how": "coat"}`
 * are both “Mara: coat”. Nothing where it is something else.
 */
export function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const fields = Object.entries(value);
  // A piece of a schema says what would be there.
  if (Object.hasOwn(value, 'type') && !Object.hasOwn(value, 'value')) return [];
  const texts = fields.map(([key, field]) => [key, plainText(field)] as const);
  const said = texts.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
  const [first, second, ...more] = said;
  if (first === undefined) return fields.flatMap(([, field]) => textsIn(field));
  if (Object.hasOwn(value, 'type'))
    return said.filter(([key]) => key === 'value').map(([, t]) => t);
  if (said.length < fields.length) return [];
  if (second === undefined) {
    return [valueKeys.has(foldKey(first[0])) ? first[1] : `${first[0]}: ${first[1]}`];
  }
  if (more.length === 0 && subjectKeys.has(foldKey(first[0]))) return [`${first[1]}: ${second[1]}`];
  return said.map(([key, text]) => `${key}: ${text}`);
}

function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return undefined;
  const parts = value.map(plainText);
  return parts.includes(undefined) ? undefined : parts.join(', ');
}

const numberWords =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

/** A number that was given as text: in figures, with a unit behind them, or in an English word. */
export function numberFrom(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const said = value.normalize('NFKC').trim().toLowerCase();
  const figures = /^[-+]?\d+(?:[.,]\d+)?(?=$|\s?(?:\p{L}+|%)\.?$)/u.exec(said)?.[0];
  if (figures !== undefined) return Number(figures.replace(',', '.'));
  const word = numberWords.indexOf(said);
  return word === -1 ? value : word;
}

const yes: ReadonlySet<string> = new Set(
  'true yes y 1 on t oui ja sí si sim sì да có đúng 是 真 はい 예 evet tak'.split(' '),
);
const no: ReadonlySet<string> = new Set(
  'false no n 0 off f non nein não нет không sai 否 假 いいえ 아니요 hayır nie'.split(' '),
);

/** Whether something is so, where it was given as a word or a figure. */
export function booleanFrom(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const said = String(value)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[\s"'“(]+|[\s"'”).!。]+$/gu, '');
  return yes.has(said) ? true : no.has(said) ? false : value;
}

/** How a list says that it has no entries. */
const empty: ReadonlySet<string> = new Set(['nobody', 'no one', 'empty', 'no dialogue']);
const bullet = /^\s*(?:[-*•–—·▪‣]|\d{1,3}[.)、])\s+/u;

/**
 * The entries of a list that was given as one text: its lines, else what bullets or semicolons part,
 * else, where only a few words stand between them, commas.
 */
export function listFrom(text: string): string[] {
  if (saysNothing(text, empty)) return [];
  const lines = entriesBy(text, /\n/u);
  if (lines.length > 1 || bullet.test(text)) return lines;
  const bulleted = entriesBy(text, /\s[•·▪‣]\s/u);
  if (bulleted.length > 1) return bulleted;
  const parts = entriesBy(text, /[;；]/u);
  if (parts.length > 1) return parts;
  const names = entriesBy(text, /[,，、]/u);
  return names.every((name) => /^[^:：.]{1,40}$/u.test(name) && name.split(/\s+/u).length < 4)
    ? names
    : lines;
}

function entriesBy(text: string, border: RegExp): string[] {
  return text
    .split(border)
    .map((entry) => entry.replace(bullet, '').trim())
    .filter((entry) => entry !== '');
}

/** What is said of somebody or something: `MARA (low): Not tonight.` */
export interface Said {
  readonly who: string;
  /** What stands in parentheses behind the name. */
  readonly how?: string | undefined;
  readonly what: string;
}

const saying =
  /^\s*(?:>\s*)?[*_]{0,3}([^:：()（）\n]{1,60}?)[*_]{0,3}\s*(?:[(（]([^()（）\n]{0,80})[)）])?[*_]{0,3}\s*[:：][*_]{0,3}\s*(\S[^]*)$/u;

export function sayingFrom(text: string): Said | undefined {
  const [, who, how, what] = saying.exec(text) ?? [];
  if (who === undefined || what === undefined) return undefined;
  const quoted = /^["“„«]([^"“”„«»]*)["”“»]$/u.exec(what.trim())?.[1];
  return { who: who.trim(), how, what: (quoted ?? what).trim() };
}

/** The sayings in a text that has one after the other, in lines or where a name in capitals begins. */
export function sayingsFrom(text: string): string[] {
  if (saysNothing(text, empty)) return [];
  const sayings: string[][] = [];
  for (const line of text.split(/\n|(?<=[.!?…"”])\s(?=\p{Lu}[\p{Lu} ]{1,30}[:：(（])/u)) {
    const entry = line.replace(bullet, '').trim();
    const last = sayings.at(-1);
    if (last === undefined || sayingFrom(entry) !== undefined) sayings.push([entry]);
    else if (entry !== '') last.push(entry);
  }
  return sayings.map((parts) => parts.join(' ')).filter((saying) => saying !== '');
}
