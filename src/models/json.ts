import { jsonrepair } from 'jsonrepair';
import { z } from 'zod';
import { ScenewrightError } from '../base/errors.ts';

/** An answer that does not fit what was asked for; asking again, with the complaint, may help. */
export class InvalidAnswer extends ScenewrightError {
  /** What is wrong with the answer, addressed to the model. */
  readonly complaint: string;

  constructor(message: string, complaint: string, cause?: unknown) {
    super('bad-answer', message, { retryable: true, cause });
    this.name = 'InvalidAnswer';
    this.complaint = complaint;
  }
}

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

/**
 * Read a model's answer as a value of `schema`. Thoughts, Markdown fences and prose around the JSON
 * are left out, and small slips of JSON (trailing commas, single quotes, raw line breaks) repaired;
 * an answer that breaks off is never completed.
 *
 * @throws InvalidAnswer
 */
export function parseAnswer<T>(text: string, schema: z.ZodType<T>): T {
  const value = readJson(text);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const complaint = describeIssues(result.error);
  throw new InvalidAnswer(
    `The model's answer does not have the form that was asked for: ${complaint}`,
    complaint,
  );
}

/** Whether `text` is one complete JSON value as it stands, fences aside. */
export function isWholeJson(text: string): boolean {
  return parseStrictly(withoutWrapping(text)) !== undefined;
}

/** The text without a reasoning block before it and a Markdown fence around it. */
export function withoutWrapping(text: string): string {
  const answer = text.replace(/^\s*<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/, '').trim();
  const fence = /^```\w*\s*\n([\s\S]*?)\n?```$/.exec(answer);
  return (fence?.[1] ?? answer).trim();
}

function readJson(text: string): unknown {
  const answer = withoutWrapping(text);
  const strict = parseStrictly(answer);
  if (strict !== undefined) return strict;
  const start = answer.indexOf('{');
  const end = answer.lastIndexOf('}');
  if (start === -1 || end < start) {
    throw new InvalidAnswer(
      'The model answered with something that is not JSON.',
      'It was not JSON. Answer with one JSON object and nothing else.',
    );
  }
  const object = answer.slice(start, end + 1);
  const inside = parseStrictly(object);
  if (inside !== undefined) return inside;
  // Only a text that ends where the object ends can be a whole answer with slips in it.
  if (/^[\s`]*$/.test(answer.slice(end + 1)) && isBalanced(object)) {
    try {
      return JSON.parse(jsonrepair(object));
    } catch {
      // Falls through to the complaint below: the slips are beyond repair.
    }
  }
  throw new InvalidAnswer(
    "The model's answer is broken or incomplete JSON.",
    'It was not valid JSON, or it broke off. Answer with one complete JSON object.',
  );
}

function parseStrictly(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value ?? undefined;
  } catch {
    return undefined;
  }
}

/** Whether every bracket outside double-quoted strings is closed. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
  }
  return depth === 0;
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
