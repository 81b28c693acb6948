import * as z from 'zod';
import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { InvalidAnswer, TruncatedAnswer } from '../answer-errors.ts';
import { mendObject, objectsIn } from './mend-json.ts';
import type { FoundObject } from './mend-json.ts';

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

/** So many of the objects that stand in an answer are tried, the longest first. */
const maxObjects = 50;

/**
 * Read a model's answer as a value of `schema`. Thoughts, Markdown fences and prose around the JSON
 * are left out, and slips of JSON mended (trailing commas, other quotes, raw line breaks, `NaN`). An
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
    const result = schema.safeParse(whole);
    if (result.success) return result.data;
    if (!Array.isArray(whole)) throw unfit(result.error);
  }
  const found = objectsIn(afterThoughts(text));
  if (found.at(-1)?.closed === false) {
    throw new TruncatedAnswer(
      t("The model's answer broke off before its end."),
      'It broke off before its end. Answer with one complete JSON object.',
      true,
    );
  }
  let answer: { readonly data: T } | undefined;
  let fault: InvalidAnswer | undefined;
  // What is wrong with the longest object is what is wrong with the answer.
  const longest = found.toSorted((a, b) => b.text.length - a.text.length).slice(0, maxObjects);
  for (const object of longest) {
    const reading = read(object, schema);
    if (reading instanceof InvalidAnswer) fault ??= reading;
    else if (JSON.stringify((answer ??= reading).data) !== JSON.stringify(reading.data)) {
      throw new InvalidAnswer(
        t('The model gave more than one answer.'),
        'It held more than one JSON object. Answer with exactly one.',
      );
    }
  }
  if (answer !== undefined) return answer.data;
  const notJson = 'It was not JSON. Answer with one JSON object and nothing else.';
  throw (
    fault ??
    new InvalidAnswer(
      t('The model answered with something that is not JSON.'),
      notJson,
      undefined,
      true,
    )
  );
}

/** One object of an answer as data, or what is wrong with it. */
function read<T>(
  { text, last }: FoundObject,
  schema: z.ZodType<T>,
): { readonly data: T } | InvalidAnswer {
  const strict = parseStrictly(text);
  // With more behind it, a quote in the wrong place may have ended it too early.
  const value = strict.value ?? (last ? mendObject(text) : undefined);
  const error = strict.error ?? 'it is empty';
  if (value === undefined) return incomplete(error);
  const result = schema.safeParse(value);
  if (!result.success) return unfit(result.error);
  // Keys that nobody asked for may come of a quote in the wrong place, and hold part of a text.
  if (strict.value === undefined && !keepsAll(value, result.data)) return incomplete(error);
  return { data: result.data };
}

function keepsAll(value: unknown, data: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (typeof data !== 'object' || data === null) return false;
  return Object.entries(value).every(
    ([key, inner]) => key in data && keepsAll(inner, (data as Record<string, unknown>)[key]),
  );
}

function incomplete(why: string): InvalidAnswer {
  return new InvalidAnswer(
    t("The model's answer is broken or incomplete JSON."),
    `It was not valid JSON: ${why}. Answer with one complete JSON object.`,
    undefined,
    true,
  );
}

function unfit(error: z.ZodError): InvalidAnswer {
  const complaint = describeIssues(error);
  return new InvalidAnswer(
    t("The model's answer does not have the form that was asked for: {0}", complaint),
    complaint,
    undefined,
    error.issues.some(({ code }) => formIssues.has(code)),
  );
}

/** What an endpoint that keeps to the schema cannot give; the other issues are checked here only. */
const formIssues: ReadonlySet<z.core.$ZodIssue['code']> = new Set([
  'invalid_type',
  'invalid_union',
  'invalid_value',
]);

/** Whether `text` is one complete JSON value as it stands, thoughts and fences aside. */
export function isWholeJson(text: string): boolean {
  return wholeJson(text) !== undefined;
}

function wholeJson(text: string): unknown {
  return parseStrictly(text).value ?? parseStrictly(withoutWrapping(text)).value;
}

/** The text without a reasoning block before it and a Markdown fence around it. */
export function withoutWrapping(text: string): string {
  const answer = withoutThoughts(text).trim();
  if (!answer.startsWith('```')) return answer;
  const fence = /^```\w*\s*\n([\s\S]*?)\n?```$/.exec(answer);
  return (fence?.[1] ?? answer).trim();
}

/** How models mark their thoughts off, where the service has not taken them out. */
const thoughtMarks: readonly (readonly [begin: string, end: string])[] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['[THINK]', '[/THINK]'],
];

/** The text after a block of thoughts at its beginning; nothing while the block has no end. */
function withoutThoughts(text: string): string {
  const start = text.trimStart();
  const marks = thoughtMarks.find(([begin]) => start.startsWith(begin));
  if (marks === undefined) return start;
  const end = start.indexOf(marks[1]);
  return end === -1 ? '' : start.slice(end + marks[1].length);
}

/** The same for a whole answer, where also an end without a beginning can be told. */
function afterThoughts(text: string): string {
  const answer = withoutThoughts(text);
  const ends = thoughtMarks.map(([, end]) => [answer.lastIndexOf(end), end.length] as const);
  const [at, length] = ends.reduce((a, b) => (b[0] > a[0] ? b : a));
  return at === -1 ? answer : answer.slice(at + length);
}

function parseStrictly(text: string): { readonly value?: unknown; readonly error?: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { value: value ?? undefined };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

/** At most this many slips are named; more would bury the point. */
const maxIssues = 8;

function describeIssues(error: z.ZodError): string {
  const lines = error.issues.slice(0, maxIssues).map(({ path, message }) => {
    const where = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
    const place = where.join('').replace(/^\./, '');
    return place === '' ? message : `${place}: ${message}`;
  });
  const more = error.issues.length - lines.length;
  return lines.join('; ') + (more > 0 ? `; and ${more} more.` : '.');
}
