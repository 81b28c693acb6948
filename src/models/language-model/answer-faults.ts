import type * as z from 'zod';
import { t } from '../../base/l10n.ts';
import { InvalidAnswer } from '../answer-errors.ts';

/** What cannot be read as JSON. */
export function incomplete(why: string): InvalidAnswer {
  return new InvalidAnswer(
    t("The model's answer is broken or incomplete JSON."),
    `It was not valid JSON: ${why}. Answer with one complete JSON object.`,
    undefined,
    true,
  );
}

/** What is JSON of another form than the one that was asked for. */
export function unfit(error: z.ZodError): InvalidAnswer {
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
