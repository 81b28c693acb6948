import { t } from '../base/l10n.ts';
import { parsedJson } from '../base/parsed-json.ts';
import { pageTitle } from './page-title.ts';
import { redact } from './redact.ts';

/**
 * The most that is shown of a service's own words, in characters: whole sentences of every service
 * that was looked at, Gemini's list of used-up quotas included.
 */
const longest = 1000;

/** Words of a service as they may be shown: on one line, not long, and without secrets. */
export function quoted(words: string, secrets: readonly string[]): string {
  // What is cut off afterwards cannot hide half a secret.
  const line = redact(words, secrets).replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** The service's own words in an error's body, as they may be shown; of an HTML page its title. */
export function saidIn(text: string, secrets: readonly string[]): string {
  const trimmed = text.trim();
  if (isPage(trimmed)) return quoted(pageTitle(trimmed), secrets);
  const body = bodyIn(trimmed);
  // Not JSON: the text itself is what it says.
  if (body === undefined) return quoted(trimmed, secrets);
  const words = spokenIn(body);
  if (words !== undefined) return quoted(words, secrets);
  return isEmpty(body) ? '' : quoted(JSON.stringify(body), secrets);
}

/** What a body says in any of the places where services put their words, as it stands. */
export function spokenIn(body: unknown): string | undefined {
  return wordsIn(body, deepest);
}

/** What we say of a service, and apart from it what it says itself, where it does. */
export function withWords(fact: string, said: string): string {
  return said === '' ? fact : `${fact} ${t('It says: “{0}”', said)}`;
}

/** Whether a text is a page for people rather than an answer to a program. */
export function isPage(text: string): boolean {
  return text.trimStart().startsWith('<');
}

/**
 * An error's body as data, `undefined` where it is none. Some services send it as an event of the
 * stream that it would have been, or put one into the words of another.
 */
export function bodyIn(text: string): unknown {
  const trimmed = text.trim();
  const whole = parsedJson(trimmed);
  if (whole !== undefined) return whole;
  const lines = [...trimmed.matchAll(/^data:(.*)$/gm)].map(([, data = '']) => data.trim());
  return lines.map(parsedJson).find((value) => value !== undefined) ?? lines.find(Boolean);
}

/** Whether words, or the name of an error, speak of what may not be shown or told. */
export function isAboutContent(words: string): boolean {
  return /content[ ._-]?(filter|policy|management|moderation)|responsible[ ._-]?ai|moderat|prohibited[ ._-]?content|safety|flagged|data[ ._-]?inspection|inappropriate content|content exists risk|considered high risk|usage (guidelines|policies|policy)|sensitive (content|words|information)|不安全或敏感|敏感(内容|信息|词)|内容安全|违规内容/i.test(
    words,
  );
}

/** Errors within errors are read so far. */
const deepest = 8;

/** Where services put what they say, the most telling place first. */
const places = [
  'message',
  'msg',
  'error_message',
  'error_msg',
  'errmsg',
  'status_msg',
  'error_description',
  'detail',
  'details',
  'error',
  'errors',
  'base_resp',
  'reason',
  'title',
];

function wordsIn(value: unknown, depth: number): string | undefined {
  if (depth === 0) return undefined;
  if (typeof value === 'string') return unpacked(value, depth);
  if (Array.isArray(value)) {
    const all = value.flatMap((one: unknown) => wordsIn(one, depth - 1) ?? []);
    return all.length === 0 ? undefined : [...new Set(all)].join('; ');
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const place of places) {
    const words = wordsIn(fields[place], depth - 1);
    if (words) return [at(fields.loc), words, upstream(fields.metadata, depth)].join('');
  }
  return undefined;
}

/** Words that are themselves a body, or a page, of the service behind this one. */
function unpacked(words: string, depth: number): string | undefined {
  const trimmed = words.trim();
  if (isPage(trimmed)) return pageTitle(trimmed) || undefined;
  if (!/^[{[]/.test(trimmed)) return trimmed === '' ? undefined : trimmed;
  return wordsIn(parsedJson(trimmed), depth - 1) ?? trimmed;
}

/** FastAPI names the field that it complains of. */
function at(place: unknown): string {
  return Array.isArray(place) ? `${place.filter((part) => part !== 'body').join('.')}: ` : '';
}

/** OpenRouter keeps what the provider behind it said apart from "Provider returned error". */
function upstream(metadata: unknown, depth: number): string {
  const { raw } = (typeof metadata === 'object' && metadata !== null ? metadata : {}) as {
    raw?: unknown;
  };
  const words = wordsIn(raw, depth - 1);
  return words === undefined ? '' : `: ${words}`;
}

/** Whether there is nothing in a body, however it is nested. */
function isEmpty(body: unknown): boolean {
  if (typeof body === 'object' && body !== null) return Object.values(body).every(isEmpty);
  return body === null || body === undefined || body === '';
}
