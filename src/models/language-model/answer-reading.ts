import { parsedJson } from '../../base/parsed-json.ts';
import * as z from 'zod';
import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { quoted } from '../../net/service-words.ts';
import { InvalidAnswer, TruncatedAnswer } from '../answer-errors.ts';
import { incomplete, unfit } from './answer-faults.ts';
import { entriesAskedFor, entriesOfAnswer, isWholeForm, listedIn } from './asked-entries.ts';
import { fitted } from './fit-to-schema.ts';
import { jsonIn, type FoundJson, type SearchedText } from './found-json.ts';
import { saidIn } from './loose-strings.ts';
import { withoutLeadingThoughts } from './thought-marks.ts';

/** The JSON schema of `schema` in the dialect that strict structured outputs accept. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const json: Record<string, unknown> = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      // Strict structured outputs refuse `default`; the key is required there all the same.
      delete jsonSchema.default;
    },
  });
  delete json.$schema;
  return json;
}

/** UTF-16 code units of the longest answer that is read; the plan of a long film has a tenth of it. */
const maxAnswer = 2_000_000;

/** So many of the objects and lists that stand in an answer are tried, the longest first. */
const maxTried = 50;

/**
 * Read a model's answer as a value of `schema`: as it is, else with its slips mended. Thoughts, fences
 * and prose around the JSON are left out, what is almost JSON is read all the same (`loose-json.ts`),
 * and what is almost of the form is brought to it (`fit-to-schema.ts`). Of several that fit, JSON as it
 * should be comes before what had to be mended, and what was said before what was only thought. An
 * answer that breaks off is never completed, and nothing that was said is dropped to make it fit.
 *
 * @throws InvalidAnswer
 */
export function parseAnswer<T>(text: string, schema: z.ZodType<T>): T {
  if (text.length > maxAnswer) {
    throw new InvalidAnswer(
      t("The model's answer is far longer than anything that was asked for."),
      'It was far too long. Answer with one JSON object and nothing else.',
      undefined,
      true,
    );
  }
  const whole = wholeJson(text);
  if (whole !== undefined) {
    const result = asAsked(whole, schema);
    if (result.success) return result.data;
    throw unfit(result.error);
  }
  const searched = jsonIn(text);
  const unescaped = unescapedJson(text, searched);
  // Where the JSON stands in a string, what can be read beside it are only braces in its texts.
  const answer =
    saidAnswer(unescaped, schema) ??
    saidAnswer(searched, schema) ??
    thoughtAnswer(searched, schema) ??
    thoughtAnswer(unescaped, schema);
  if (answer !== undefined) return answer.data;
  throw faultOf(searched, schema, text);
}

function saidAnswer<T>(
  { found }: SearchedText,
  schema: z.ZodType<T>,
): { readonly data: T } | undefined {
  return answerAmong(
    found.filter(({ thought }) => !thought),
    schema,
  );
}

/** Where nothing was said, the last thought may be the answer: some never leave their thoughts. */
function thoughtAnswer<T>(
  { found }: SearchedText,
  schema: z.ZodType<T>,
): { readonly data: T } | undefined {
  return found.every(({ thought }) => thought)
    ? answerAmong(found.toReversed(), schema)
    : undefined;
}

type Result<T> = z.ZodSafeParseResult<T>;

function asAsked<T>(value: unknown, schema: z.ZodType<T>): Result<T> {
  return schema.safeParse(fitted(value, schema));
}

function answerAmong<T>(
  found: readonly FoundJson[],
  schema: z.ZodType<T>,
): { readonly data: T } | undefined {
  const complete = longestOf(found).filter(
    ({ value, cut }) => !isEmpty(value) && (cut === undefined || isWholeForm(value, cut, schema)),
  );
  let best: { readonly data: T } | undefined;
  for (const json of complete) {
    const result = asAsked(json.value, schema);
    if (!result.success || !isCertain(json, result.data)) continue;
    best ??= result;
    if (!json.strict) continue;
    best = result;
    break;
  }
  return inParts(complete, best, schema) ?? best;
}

/** Braces in a text with nothing between them are no answer. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** What was asked for as a list, where it comes in several parts. */
function inParts<T>(
  found: readonly FoundJson[],
  best: { readonly data: T } | undefined,
  schema: z.ZodType<T>,
): { readonly data: T } | undefined {
  const asked = entriesAskedFor(schema);
  if (asked === undefined || found.length < 2 || entriesOfAnswer(best?.data) >= asked) return;
  if (found.some(({ guessed, cut }) => guessed || cut !== undefined)) return;
  const entries = found.flatMap(({ value }) => listedIn(value));
  if (entries.length > asked) return;
  const together = asAsked(entries, schema);
  return together.success ? together : undefined;
}

/** The longest, in the order in which they came. */
function longestOf(found: readonly FoundJson[]): readonly FoundJson[] {
  if (found.length <= maxTried) return found;
  const longest = new Set(found.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, maxTried));
  return found.filter((json) => longest.has(json));
}

function sizeOf({ start, end }: FoundJson): number {
  return end - start;
}

/**
 * Whether nothing speaks against the places at which quotes were taken for the ends of strings: more
 * behind it may be what is left of a text, and so may keys that nobody asked for; and so may all of it
 * be, where another object begins before it.
 */
function isCertain(json: FoundJson, data: unknown): boolean {
  if (json.strict) return true;
  if (json.afterBroken) return false;
  return json.closesLast && (!json.guessed || (json.last && keepsAll(json.value, data)));
}

function keepsAll(value: unknown, data: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (typeof data !== 'object' || data === null) return false;
  return Object.entries(value).every(
    ([key, inner]) => key in data && keepsAll(inner, (data as Record<string, unknown>)[key]),
  );
}

/** What is wrong with the longest part of an answer is what is wrong with the answer. */
function faultOf<T>(
  { found, unreadable }: SearchedText,
  schema: z.ZodType<T>,
  text: string,
): InvalidAnswer {
  if (found.at(-1)?.cut !== undefined) {
    return new TruncatedAnswer(
      t("The model's answer broke off before its end."),
      'It broke off before its end. Answer with one complete JSON object.',
      true,
    );
  }
  const [longest] = found.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  if (longest !== undefined && sizeOf(longest) > unreadable.length) {
    const result = asAsked(longest.value, schema);
    return result.success ? incomplete('a quote in it is not escaped') : unfit(result.error);
  }
  if (unreadable !== '') return incomplete(whyUnreadable(unreadable));
  return new InvalidAnswer(
    t('The model answered with something that is not JSON: {0}', quoted(text.slice(0, 2000), [])),
    'It was not JSON. Answer with one JSON object and nothing else.',
    undefined,
    true,
  );
}

function whyUnreadable(text: string): string {
  try {
    JSON.parse(text);
    return 'it is empty';
  } catch (error) {
    return messageOf(error);
  }
}

/** Whether `text` ends with the end of a JSON value, fences and thoughts aside. */
export function isWholeJson(text: string): boolean {
  if (wholeJson(text) !== undefined) return true;
  const last = jsonIn(text).found.at(-1);
  return last?.last === true && last.cut === undefined;
}

function wholeJson(text: string): unknown {
  return parseStrictly(text) ?? parseStrictly(withoutWrapping(text));
}

/** The text without a reasoning block before it and a Markdown fence around it. */
export function withoutWrapping(text: string): string {
  const answer = withoutLeadingThoughts(text).trim();
  if (!answer.startsWith('```')) return answer;
  const fence = /^```\w*\s*\n([\s\S]*?)\n?```$/.exec(answer);
  return (fence?.[1] ?? answer).trim();
}

function parseStrictly(text: string): unknown {
  return parsedJson(text) ?? undefined;
}

/** What a text says whose quotes are all escaped, as they are within a string. */
function unescapedJson(text: string, { found }: SearchedText): SearchedText {
  const escaped = /[{[]\s*(?:\\n\s*)*\\"/u.test(text);
  const other = found.some(
    (json) => !json.thought && json.cut === undefined && sizeOf(json) > text.length / 2,
  );
  return escaped && !other ? jsonIn(saidIn(text)) : { found: [], unreadable: '' };
}
