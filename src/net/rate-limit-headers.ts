import { defined } from '../base/defined.ts';
import type { HeaderReader } from './http-types.ts';

/** What a service's headers say about how many requests it still takes, as far as they do. */
export interface RateLimits {
  /** Requests it takes in one period. */
  readonly limit?: number;
  /** Requests it still takes before the allowance is renewed. */
  readonly remaining?: number;
  /** Milliseconds until the allowance is renewed. */
  readonly resetMs?: number;
}

/**
 * How long the service asks us to wait, in milliseconds from `now`, if it says so: in
 * `retry-after-ms`, in `retry-after` (seconds or a date), or in the error's text.
 */
export function askedWaitMs(headers: HeaderReader, now: number, said = ''): number | undefined {
  const exact = headers.get('retry-after-ms');
  const wish = exact === null ? undefined : milliseconds(numberIn(exact));
  return wish ?? untilMs(headers.get('retry-after'), now) ?? spokenWaitMs(said);
}

/**
 * How long to wait after a 429, in milliseconds from `now`, if the service says so. The direct wish
 * ({@link askedWaitMs}) goes before the bookkeeping (`x-ratelimit-reset-*` and its kin): of the
 * allowances that are used up the one that returns last decides, and where none says so, the one
 * that returns first.
 */
export function retryAfterMs(headers: HeaderReader, now: number, said = ''): number | undefined {
  const wish = askedWaitMs(headers, now, said);
  if (wish !== undefined) return wish;
  const resets = [...allowances(headers, now, requestNames), ...structured(headers, now)]
    .concat(allowances(headers, now, tokenNames))
    .filter((allowance) => allowance.resetMs !== undefined);
  const usedUp = resets.filter(({ remaining }) => remaining === 0);
  if (usedUp.length > 0) return Math.max(...usedUp.map(({ resetMs = 0 }) => resetMs));
  return resets.length > 0 ? Math.min(...resets.map(({ resetMs = 0 }) => resetMs)) : undefined;
}

/**
 * What the headers of any answer say about the requests that are still taken; of several allowances
 * (by minute, by day) the tightest. Where the service also says directly how long to wait, that is
 * when the allowance counts as renewed. `undefined` where nothing is said.
 */
export function rateLimits(headers: HeaderReader, now: number): RateLimits | undefined {
  const [first, ...others] = [
    ...allowances(headers, now, requestNames),
    ...structured(headers, now),
  ];
  if (first === undefined) return undefined;
  const tightest = others.reduce((a, b) => (isTighter(b, a) ? b : a), first);
  const resetMs = askedWaitMs(headers, now);
  return resetMs === undefined ? tightest : { ...tightest, resetMs };
}

/**
 * The wait that a text speaks of (`Please try again in 6m0s`, `Please wait 2 hours 21 minutes`,
 * Google's `"retryDelay": "53s"`), in milliseconds; of several the longest, as some are cut to whole
 * seconds. `undefined` where it names no time.
 */
export function spokenWaitMs(text: string): number | undefined {
  const waits = [...text.matchAll(spokenWait)].flatMap(([, said = '']) => sumOf(said) ?? []);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

const spokenWait =
  /(?:\b(?:wait|retry|try again)\b[^.\d]{0,30}?|"retryDelay"\s*:\s*")((?:\d+(?:\.\d+)?\s*[a-zµ]+\s*,?\s*(?:and\s+)?)+)/gi;

function isTighter(a: RateLimits, b: RateLimits): boolean {
  const left = a.remaining ?? Infinity;
  const right = b.remaining ?? Infinity;
  return left < right || (left === right && (a.resetMs ?? 0) > (b.resetMs ?? 0));
}

/** The names of the headers that tell one allowance: its size, what is left, when it is renewed. */
type Names = readonly [limit: string, remaining: string, reset: string];

function named(before: string, after: string): Names {
  const name = (what: string): string => `${before}${what}${after}`;
  return [name('limit'), name('remaining'), name('reset')];
}

const requestNames: readonly Names[] = [
  // OpenAI, Azure, Groq (where it means the day), LiteLLM.
  named('x-ratelimit-', '-requests'),
  // OpenRouter, Together and most services that are not about models.
  named('x-ratelimit-', ''),
  // Mistral.
  named('x-ratelimit-', '-req-minute'),
  // Cerebras.
  named('x-ratelimit-', '-requests-minute'),
  named('x-ratelimit-', '-requests-day'),
  // Anthropic.
  named('anthropic-ratelimit-requests-', ''),
  // The IETF's drafts up to the sixth.
  named('ratelimit-', ''),
];

const tokenNames: readonly Names[] = [
  named('x-ratelimit-', '-tokens'),
  named('x-ratelimit-', '-tokens-minute'),
  named('x-tokenlimit-', ''),
  // Azure has been seen to spell this one so.
  named('x-rate-limit-', '-tokens'),
  named('anthropic-ratelimit-tokens-', ''),
  named('anthropic-ratelimit-input-tokens-', ''),
  named('anthropic-ratelimit-output-tokens-', ''),
];

function allowances(headers: HeaderReader, now: number, families: readonly Names[]): RateLimits[] {
  return families.flatMap(([limit, remaining, reset]) => {
    const left = headers.get(remaining);
    // Azure says -1 (and a reset of 0) where it does not count.
    if (left !== null && numberIn(left) < 0) return [];
    return allowance(
      numberIn(headers.get(limit)),
      numberIn(left),
      untilMs(headers.get(reset), now),
    );
  });
}

/**
 * `RateLimit` of the IETF's newer drafts: `"minute";r=45;t=30, "day";r=850` with the sizes in
 * `RateLimit-Policy: "minute";q=100;w=60`; and of the seventh: `limit=100, remaining=45, reset=30`.
 */
function structured(headers: HeaderReader, now: number): RateLimits[] {
  const stated = headers.get('ratelimit');
  if (stated === null) return [];
  if (/^\s*limit=/.test(stated)) {
    const fields = parametersIn(stated, ',');
    const [limit, remaining] = [numberIn(fields.get('limit')), numberIn(fields.get('remaining'))];
    return allowance(limit, remaining, untilMs(fields.get('reset') ?? null, now));
  }
  const policies = membersOf(headers.get('ratelimit-policy') ?? '');
  return [...membersOf(stated)].flatMap(([name, fields]) => {
    const policy = policies.get(name);
    const unit = policy?.get('qu') ?? 'requests';
    if (unit !== 'requests') return [];
    const [limit, remaining] = [numberIn(policy?.get('q')), numberIn(fields.get('r'))];
    return allowance(limit, remaining, untilMs(fields.get('t') ?? null, now));
  });
}

function membersOf(list: string): Map<string, Map<string, string>> {
  const members = list.matchAll(/("(?:[^"\\]|\\.)*"|[\w*.-]+)((?:\s*;\s*[\w-]+=[^;,]*)*)/g);
  return new Map(
    [...members].map(([, name = '', parameters = '']) => [name, parametersIn(parameters, ';')]),
  );
}

function parametersIn(text: string, separator: string): Map<string, string> {
  return new Map(
    text.split(separator).flatMap((part) => {
      const [name, value] = part.split('=', 2);
      return value === undefined ? [] : [[(name ?? '').trim(), value.trim().replaceAll('"', '')]];
    }),
  );
}

/** What is known of one allowance, in a list; an empty one where nothing is. */
function allowance(limit: number, remaining: number, resetMs: number | undefined): RateLimits[] {
  const known = {
    ...(limit >= 0 ? { limit } : {}),
    ...(remaining >= 0 ? { remaining } : {}),
    ...defined({ resetMs }),
  };
  return Object.keys(known).length > 0 ? [known] : [];
}

/** The number at the beginning: the old drafts allow `100, 100;w=60`. */
function numberIn(text: string | null | undefined): number {
  const number = Number.parseFloat(text ?? '');
  return Number.isFinite(number) ? number : Number.NaN;
}

/** What a timer can count; nobody waits for longer. */
const longestWait = 20 * 86_400_000;

function milliseconds(value: number): number | undefined {
  if (!Number.isFinite(value) || value < 0) return undefined;
  // Up to the next whole one, but not because 0.28 × 1000 is a trifle above 280.
  return Math.min(Math.max(0, Math.ceil(value - 1e-6)), longestWait);
}

/**
 * Milliseconds until what a header says: a duration (`6m0s`, `1.5s`, `20ms`), plain seconds, a
 * moment in seconds or milliseconds since the epoch, or a date of HTTP or of RFC 3339.
 */
function untilMs(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (text === '') return undefined;
  const number = Number(text);
  if (Number.isFinite(number)) {
    if (number > 1e12) return milliseconds(Math.max(0, number - now));
    if (number > 1e9) return milliseconds(Math.max(0, number * 1000 - now));
    return milliseconds(number * 1000);
  }
  // A name of a month or a whole date makes a date; mere numbers would be read as years.
  const isDate = /^[a-z]{3,}.*\d{4}/i.test(text) || /^\d{4}-\d\d-\d\dT/.test(text);
  const date = isDate ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? durationMs(text) : milliseconds(Math.max(0, date - now));
}

/** Milliseconds, by the unit's name or its sign. */
const units: readonly (readonly [RegExp, number])[] = [
  [/^(ms|milli[a-z]*)$/i, 1],
  [/^(us|µs|micro[a-z]*)$/i, 0.001],
  [/^(ns|nano[a-z]*)$/i, 0.000_001],
  [/^s(ec(ond)?s?)?$/i, 1000],
  [/^m(in(ute)?s?)?$/i, 60_000],
  [/^h(rs?|ours?)?$/i, 3_600_000],
  [/^d(ays?)?$/i, 86_400_000],
];

const amount = /(\d+(?:\.\d+)?)\s*([a-zµ]+)[ ,]*/gi;

/** The sum of a duration's parts, such as `7m6.384s` or `45 seconds`; nothing else may be there. */
function durationMs(text: string): number | undefined {
  const parts = [...text.matchAll(amount)];
  return parts.map(([part]) => part).join('') === text ? sumOf(text) : undefined;
}

/** The sum of the durations that a text begins with, up to the first thing that is none. */
function sumOf(text: string): number | undefined {
  let sum: number | undefined;
  for (const [, number, name = ''] of text.matchAll(amount)) {
    const unit = units.find(([pattern]) => pattern.test(name))?.[1];
    if (unit === undefined) break;
    sum = (sum ?? 0) + Number(number) * unit;
  }
  return sum === undefined ? undefined : milliseconds(sum);
}
