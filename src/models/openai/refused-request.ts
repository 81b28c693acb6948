import type { HeaderReader } from '../../net/http-types.ts';
import type { Refusal } from '../../net/refusal.ts';
import { bodyIn } from '../../net/service-words.ts';
import { fieldsOf } from './fields.ts';

/** An endpoint said no: with its status, or inside of an answer that had begun well. */
export class RefusedRequest extends Error {
  readonly refusal: Refusal;

  /** @param status of HTTP; 200 and the like where the error is in the answer itself */
  constructor(status: number, headers: HeaderReader, text: string) {
    super('The endpoint refused the request.');
    this.name = 'RefusedRequest';
    this.refusal = { status: status >= 300 ? status : statusIn(text), headers, text };
  }
}

/** The request did not get to the endpoint, or brought no answer. */
export class UnansweredRequest extends Error {
  constructor(cause: unknown) {
    super('There was no answer.', { cause });
    this.name = 'UnansweredRequest';
  }
}

/** Errors inside of an answer have no status of HTTP; some services put one into a field. */
function statusIn(text: string): number | undefined {
  const body = fieldsOf(bodyIn(text));
  const error = fieldsOf(body.error);
  const told = [
    error.code,
    error.status,
    error.status_code,
    body.code,
    body.status,
    body.status_code,
  ]
    .map(Number)
    .find((code) => Number.isInteger(code) && code >= 400 && code < 600);
  return told;
}
