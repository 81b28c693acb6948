/** What stands in the place of a secret. */
const mark = '•••';

/** Secrets shorter than this are placeholders such as `none`; they would tear holes into words. */
const shortestSecret = 8;

/** So much of a secret's beginning or end gives it away, in characters. */
const tellingPart = 8;

/** Services echo a key as `sk-abcd1234…wxyz` or `sk-abcd1234****`. */
const elision = /^(?:…|\.{2,}|\*|•|xxx)/i;

/** How single characters are written where they may not stand as they are. */
const escapes: readonly ((code: number) => string)[] = [
  (code) => `%${hex(code, 2)}`,
  (code) => `%25${hex(code, 2)}`,
  (code) => `\\u${hex(code, 4)}`,
  (code) => `\\x${hex(code, 2)}`,
  (code) => `&#x${hex(code, 2)};`,
  (code) => `&#${code};`,
  (code) => hex(code, 2),
];

/** What is escaped, by the standards of addresses and forms, and by those who escape more. */
const openSigns = [/[^a-z0-9]/gi, /[^\w-]/g, /[^\w.~-]/g, /[^\w.*-]/g, /[^\w.!~*'()-]/g];

/** One way to write a secret. */
interface Form {
  readonly text: string;
  /** How much of it is looked for; the rest is compared. */
  readonly anchor: number;
  /** Whether a beginning or an end of it counts: not where that may be a word of the language. */
  readonly parts: 'all' | 'with-elision' | 'none';
}

/**
 * Take secrets out of a text that came back from outside: as they are, in capitals or small letters,
 * percent-encoded, as text in JSON or HTML, in hexadecimal, in base64 at any place of what was
 * encoded (`Bearer …`, `user:…`), and their beginnings and ends from eight characters on.
 *
 * @param secrets those of less than eight characters are left alone
 */
export function redact(text: string, secrets: readonly string[]): string {
  const holes = secrets.flatMap((secret) =>
    secret.length < shortestSecret
      ? []
      : formsOf(secret).flatMap((form) => [...holesIn(text, form), ...tailsIn(text, form)]),
  );
  if (holes.length === 0) return text;
  holes.sort(([a], [b]) => a - b);
  let clean = '';
  let at = 0;
  for (const [from, to] of holes) {
    if (from >= at) clean += text.slice(at, from) + mark;
    at = Math.max(at, to);
  }
  return clean + text.slice(at);
}

/** Whether a text gives a secret away; see {@link redact}. */
export function tells(text: string, secret: string): boolean {
  return redact(text, [secret]) !== text;
}

/** Anything that begins like the well-known kinds of keys. */
const wellKnown =
  /\b(?:sk|pk|gh[opsu]|github_pat|xai|gsk|r8|hf|key)[-_][\w-]{8,}|\bAIza[\w-]{20,}|\b(?:Bearer|Basic|Key)\s+(?=\S*[\d+/=_-])\S{8,}/giu;

/** Take out what looks like a key, where it is not known which keys there are. */
export function redactLikely(text: string): string {
  return text.replace(wellKnown, mark);
}

function formsOf(secret: string): Form[] {
  const start = secret.slice(0, tellingPart);
  // "password" is a word as much as the beginning of a key.
  const parts = /[^a-z]/i.test(start) ? 'all' : 'with-elision';
  const written = (write: (text: string) => string): Form => ({
    text: write(secret),
    anchor: write(start).length,
    parts,
  });
  const escaped = escapes.flatMap((escape) => [
    written((text) => Array.from(Buffer.from(text), escape).join('')),
    ...openSigns.map((others) =>
      written((text) => text.replace(others, (one) => escapeAll(one, escape))),
    ),
  ]);
  const quoted = JSON.stringify(secret).slice(1, -1);
  const forms: Form[] = [
    written((text) => text),
    ...escaped,
    whole(quoted),
    whole(quoted.replaceAll('/', '\\/')),
    whole(JSON.stringify(quoted).slice(1, -1)),
    whole(encodeURIComponent(quoted)),
    ...packed(secret),
  ];
  const known = new Map<string, Form>();
  for (const form of forms) if (!known.has(form.text)) known.set(form.text, form);
  return [...known.values()];
}

function whole(text: string): Form {
  return { text, anchor: Math.min(text.length, tellingPart), parts: 'none' };
}

/** In base64 three bytes are four characters, so what comes before decides between three spellings. */
function packed(secret: string): Form[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const text = bytes.toString('base64').replace(/=+$/, '');
    // The first and last characters hold bits of the neighbours, too.
    const from = offset === 0 ? 0 : offset + 1;
    const to = text.length - (bytes.length % 3 === 0 ? 0 : 1);
    const sure = text.slice(from, to);
    const url = sure.replaceAll('+', '-').replaceAll('/', '_');
    const inAddress = encodeURIComponent(sure);
    return [sure, url, inAddress].flatMap((form): Form[] =>
      form.length < tellingPart
        ? []
        : [{ text: form, anchor: Math.min(form.length, 10), parts: 'all' }],
    );
  });
}

/** Where a text has a form or, from its anchor on, a beginning of it. */
function holesIn(text: string, form: Form): [number, number][] {
  const { text: sought, anchor, parts } = form;
  const holes: [number, number][] = [];
  for (const { index } of text.matchAll(literal(sought.slice(0, anchor)))) {
    let length = anchor;
    while (length < sought.length && sameLetter(text, index + length, sought, length)) length++;
    const to = index + length;
    const counts =
      length === sought.length ||
      parts === 'all' ||
      (parts === 'with-elision' &&
        (length >= anchor * 1.5 || elision.test(text.slice(to, to + 3))));
    if (counts) holes.push([index, to]);
  }
  return holes;
}

/** Where a text has an end of a form. */
function tailsIn(text: string, { text: sought, anchor, parts }: Form): [number, number][] {
  const tail = sought.slice(-anchor);
  if (parts === 'none' || sought.length < 2 * anchor || !/[^a-z]/i.test(tail)) return [];
  const holes: [number, number][] = [];
  for (const { index } of text.matchAll(literal(tail))) {
    let from = index;
    let at = sought.length - anchor;
    while (at > 0 && from > 0 && sameLetter(text, from - 1, sought, at - 1)) {
      from--;
      at--;
    }
    holes.push([from, index + anchor]);
  }
  return holes;
}

function literal(text: string): RegExp {
  return new RegExp(
    text.replace(/[^a-z0-9]/gi, (one) => escapeAll(one, unit)),
    'gi',
  );
}

function unit(code: number): string {
  return `\\u${hex(code, 4)}`;
}

/** Each code unit of a few characters by itself for {@link unit}, each byte for all others. */
function escapeAll(text: string, escape: (code: number) => string): string {
  const codes =
    escape === unit
      ? Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
      : [...Buffer.from(text)];
  return codes.map((code) => escape(code)).join('');
}

function sameLetter(a: string, at: number, b: string, bt: number): boolean {
  const [left, right] = [a.charCodeAt(at), b.charCodeAt(bt)];
  if (left === right) return true;
  const small = left | 32;
  return small === (right | 32) && small >= 97 && small <= 122;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
