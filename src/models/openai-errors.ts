import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { ScenewrightError } from '../base/errors.ts';
import { InvalidAnswer } from './json.ts';
import { retryAfterMs } from '../net/hints.ts';

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
  const line = redact(text, secret).replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/** Keys shorter than this are placeholders such as `none`, which are no secret. */
const shortestSecret = 8;

export function redact(text: string, secret: string | undefined): string {
  if (secret === undefined || secret.length < shortestSecret) return text;
  return text.replaceAll(secret, '[key]');
}

function statusError(error: APIError, facts: RequestFacts): ScenewrightError {
  const status = statusOf(error);
  const detail = detailOf(error, facts.secret);
  // The SDK's error holds headers and body as they came; only its redacted text goes on.
  const options = { cause: new Error(detail), ...(status === undefined ? {} : { status }) };
  const said = detail.replace(/^\d{3} /, '').replace(/[\s.]*$/, '');
  const { endpoint, model } = facts;

  if (isContentRefusal(error)) {
    return new ScenewrightError('refused', `The model's service declined this text: ${said}.`, {
      ...options,
    });
  }
  if (status === 429 && !isOutOfCredit(error)) {
    const wait = error.headers === undefined ? undefined : retryAfterMs(error.headers, facts.now);
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
        `The account has no credit left (${status}). Top it up, or choose another account.`,
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
        /model/i.test(`${error.code ?? ''} ${said}`)
          ? `The model "${model}" is not known at ${endpoint} (404). Choose another model.`
          : `Nothing at ${endpoint} takes chat requests (404). Check the address; most end in /v1.`,
        options,
      );
    default:
  }
  if (status === undefined || status === 408 || status === 425 || status >= 500) {
    const code = status === undefined ? '' : ` (${status})`;
    const wait = error.headers === undefined ? undefined : retryAfterMs(error.headers, facts.now);
    return new ScenewrightError('network', `The service at ${endpoint} failed${code}: ${said}.`, {
      ...options,
      retryable: true,
      ...(wait === undefined || status === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  return new ScenewrightError(
    'bad-input',
    `The service at ${endpoint} did not accept the request (${status}): ${said}.`,
    options,
  );
}

/** Errors inside a stream have no HTTP status of their own; some services put one into the code. */
function statusOf(error: APIError): number | undefined {
  if (error.status !== undefined) return error.status;
  const code = Number(error.code);
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : undefined;
}

function isOutOfCredit(error: APIError): boolean {
  return /insufficient_quota|billing|credit/i.test(`${error.code ?? ''} ${error.type ?? ''}`);
}

function isContentRefusal(error: APIError): boolean {
  if (
    /content_(filter|policy)|moderation|safety/i.test(`${error.code ?? ''} ${error.type ?? ''}`)
  ) {
    return true;
  }
  const metadata = (error.error as { metadata?: { flagged_input?: unknown } } | undefined)
    ?.metadata;
  return metadata?.flagged_input !== undefined;
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
