import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { ScenewrightError } from '../../base/errors.ts';
import { askedWaitMs, rateLimits, retryAfterMs } from '../../net/rate-limit-headers.ts';
import type { HeaderReader } from '../../net/http-types.ts';
import { redact } from '../../net/redact.ts';
import { InvalidAnswer } from '../answer-errors.ts';
import { fieldsOf } from './completion-reply.ts';

/** What an error message may say about the request that failed. */
export interface RequestFacts {
  /** The endpoint's address as it may be shown: no credentials, no query. */
  readonly endpoint: string;
  readonly model: string;
  /** The key that was sent; it is taken out of everything the service said. */
  readonly secret: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Turn whatever a request to an OpenAI-compatible endpoint threw into the error to show. */
export function writerError(error: unknown, facts: RequestFacts): ScenewrightError {
  const own = causes(error).find((cause) => cause instanceof ScenewrightError);
  if (own !== undefined) return own;
  if (error instanceof APIError && !(error instanceof APIConnectionError)) {
    return statusError(error as APIError, facts);
  }
  return connectionError(error, facts);
}

/** What the service said about a failure, on one line, short, and without the key. */
export function detailOf(error: unknown, secret: string | undefined): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = redact(text, [secret ?? ''])
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

function statusError(error: APIError, facts: RequestFacts): ScenewrightError {
  const status = statusOf(error);
  const { message } = detailsOf(error);
  const detail = detailOf(typeof message === 'string' ? message : error, facts.secret);
  // The SDK's error holds headers and body as they came; only its redacted text goes on.
  const options = { cause: new Error(detail), ...(status === undefined ? {} : { status }) };
  const said = detail.replace(/^\d{3} /, '').replace(/[\s.]*$/, '');
  const { endpoint, model } = facts;

  if (isContentRefusal(error)) {
    return new ScenewrightError('refused', `The model's service declined this text: ${said}.`, {
      ...options,
    });
  }
  if (codesOf(error).includes('json_validate_failed')) {
    return new InvalidAnswer(
      'The model did not keep to the form that was asked for.',
      'It was not JSON of the form that was asked for.',
      options.cause,
      true,
    );
  }
  if (status === 429 && !isOutOfCredit(error)) {
    const wait = waitOf(error, facts.now);
    return new ScenewrightError('rate-limit', 'The service asks us to slow down (429).', {
      ...options,
      retryable: true,
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  switch (status) {
    case 401:
      return new ScenewrightError(
        'account',
        facts.secret === undefined
          ? 'The service wants a key (401). Add an account with its key.'
          : "The key was refused (401). Check the account's key.",
        options,
      );
    case 402:
    case 429:
      return new ScenewrightError(
        'account',
        allowsNothing(error)
          ? `The account's plan allows no requests to "${model}" (${status}). Choose another model, or another account.`
          : `The account has no credit left (${status}). Top it up, or choose another account.`,
        options,
      );
    case 403:
      return new ScenewrightError(
        'account',
        `The account may not use "${model}" (403). Check its rights, or choose another model.`,
        options,
      );
    case 404:
      return new ScenewrightError(
        'bad-input',
        /model/i.test(`${codesOf(error)} ${said}`)
          ? `The model "${model}" is not known at ${endpoint} (404). Choose another model.`
          : `Nothing at ${endpoint} takes chat requests (404). Check the address; most end in /v1.`,
        options,
      );
    default:
  }
  if (status === undefined || status === 408 || status === 425 || status >= 500) {
    const code = status === undefined ? '' : ` (${status})`;
    // The bookkeeping of allowances says nothing about when a service is well again.
    const wait = askedWaitMs(error.headers ?? noHeaders, facts.now, bodyOf(error));
    return new ScenewrightError('network', `The service at ${endpoint} failed${code}: ${said}.`, {
      ...options,
      retryable: true,
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  return new ScenewrightError(
    'bad-input',
    `The service at ${endpoint} did not accept the request (${status}): ${said}.`,
    options,
  );
}

/** How long a 429 asks to wait: in its headers, in its text, or in the headers that it quotes. */
function waitOf(error: APIError, now: number): number | undefined {
  const own = error.headers ?? noHeaders;
  const quoted = headersIn(metadataOf(error).headers);
  const wish = askedWaitMs(own, now, bodyOf(error));
  return wish ?? retryAfterMs(quoted, now) ?? retryAfterMs(own, now);
}

const noHeaders: HeaderReader = { get: () => null };

/** OpenRouter quotes the limits' headers in the error itself. */
function headersIn(value: unknown): HeaderReader {
  const fields = Object.entries(fieldsOf(value)).map(
    ([name, text]) => [name.toLowerCase(), String(text)] as const,
  );
  const headers = new Map(fields);
  return { get: (name) => headers.get(name) ?? null };
}

/** Errors inside a stream have no HTTP status of their own; some services put one into the code. */
function statusOf(error: APIError): number | undefined {
  if (error.status !== undefined) return error.status;
  const code = Number(error.code ?? detailsOf(error).code);
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : undefined;
}

/** The error in the answer's body; Gemini's compatible endpoint puts it into a list of one. */
function detailsOf(error: APIError): Readonly<Record<string, unknown>> {
  const body = fieldsOf(Array.isArray(error.error) ? error.error[0] : error.error);
  return 'error' in body ? fieldsOf(body.error) : body;
}

function metadataOf(error: APIError): Readonly<Record<string, unknown>> {
  return fieldsOf(detailsOf(error).metadata);
}

function bodyOf(error: APIError): string {
  try {
    return error.error === undefined ? error.message : JSON.stringify(error.error);
  } catch {
    // Nested deeper than anything that wants to be read.
    return error.message;
  }
}

/** All names that a service gives to what is wrong, in small letters. */
function codesOf(error: APIError): string {
  const { code, type, status, innererror } = detailsOf(error);
  const names = [code, type, status, fieldsOf(innererror).code, metadataOf(error).error_type];
  return names
    .filter((name) => typeof name === 'string')
    .join(' ')
    .toLowerCase();
}

function isOutOfCredit(error: APIError): boolean {
  return /insufficient_quota|billing|credit/.test(codesOf(error)) || allowsNothing(error);
}

/** Mistral says so of a model that the account's plan does not hold. */
function allowsNothing({ headers }: APIError): boolean {
  return headers !== undefined && rateLimits(headers, 0)?.limit === 0;
}

const aboutContent =
  /content.?(filter|policy|management|moderation)|responsible.?ai|moderation|prohibited.?content|safety|flagged/;

/** Whether a service declined a request for what is in it, which no other way of asking mends. */
export function isContentRefusal(error: APIError): boolean {
  if (aboutContent.test(codesOf(error))) return true;
  const { flagged_input: flagged, reasons } = metadataOf(error);
  if (flagged !== undefined || reasons !== undefined) return true;
  // Filters answer with these, or inside a stream; elsewhere such words are about something else.
  const status = statusOf(error);
  const mayBe = status === 400 || status === 403 || status === undefined;
  return mayBe && aboutContent.test(error.message.toLowerCase());
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

function connectionError(error: unknown, facts: RequestFacts): ScenewrightError {
  const { endpoint } = facts;
  const options = { cause: new Error(detailOf(causes(error).at(-1), facts.secret)) };
  const code = causes(error)
    .map((cause) => (cause as { code?: unknown } | null)?.code)
    .find((value) => typeof value === 'string');
  if (error instanceof SyntaxError) {
    return new InvalidAnswer(
      `The service at ${endpoint} sent a stream that cannot be read.`,
      'It could not be read.',
      options.cause,
    );
  }
  if (code !== undefined && untrusted.test(code)) {
    return new ScenewrightError(
      'network',
      `The certificate of ${endpoint} is not trusted here (${code}). Check the address and the certificates of this machine.`,
      options,
    );
  }
  return new ScenewrightError('network', connectionMessage(error, code, endpoint), {
    ...options,
    retryable: true,
  });
}

function connectionMessage(error: unknown, code: string | undefined, endpoint: string): string {
  if (code === 'ECONNREFUSED') return `Nothing answers at ${endpoint}. Is the server running?`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `The address ${endpoint} cannot be found (${code}). Check the address and the connection.`;
  }
  if (error instanceof APIConnectionTimeoutError)
    return `The service at ${endpoint} did not answer.`;
  const why = code === undefined ? '' : ` (${code})`;
  if (error instanceof APIConnectionError) {
    return `The service at ${endpoint} cannot be reached${why}. Check the address and the connection.`;
  }
  return `The connection to ${endpoint} broke off in the middle of the answer${why}.`;
}

/** The error, its cause, the cause's cause and so on. */
function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let next = error; next !== undefined && next !== null && chain.length < 10;) {
    chain.push(next);
    next = next instanceof Error ? next.cause : undefined;
  }
  return chain;
}
