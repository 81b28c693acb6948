import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { ScenewrightError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { HeaderReader } from '../../net/http-types.ts';
import {
  allowsNothing,
  codesIn,
  meaningOf,
  refusalKinds,
  waitAfter,
  type Refusal,
  type RefusalMeaning,
} from '../../net/refusal.ts';
import { quoted, saidIn } from '../../net/service-words.ts';
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

function statusError(error: APIError, facts: RequestFacts): ScenewrightError {
  const refusal = refusalOf(error);
  const { status, text } = refusal;
  const said = (saidIn(text, secretsIn(facts)) || wordsOf(error, facts)).replace(/[\s.]*$/, '');
  // The SDK's error holds headers and body as they came; only its redacted text goes on.
  const cause = new Error(said);
  if (codesIn(text).includes('json_validate_failed')) {
    return new InvalidAnswer(
      t('The model did not keep to the form that was asked for.'),
      'It was not JSON of the form that was asked for.',
      cause,
      true,
    );
  }
  const meaning = meaningOf(refusal);
  const { code, fact, advice } = wordingOf(meaning, refusal, said, facts);
  const { retryable } = refusalKinds[meaning];
  return new ScenewrightError(code ?? refusalKinds[meaning].code, fact, {
    cause,
    status,
    retryable,
    advice,
    said,
    retryAfterMs: retryable ? waitAfter(refusal, facts.now) : undefined,
  });
}

interface Wording {
  readonly fact: string;
  readonly advice?: string;
  /** Where it is not the usual one of the meaning: the writer sets address and model. */
  readonly code?: 'bad-input';
}

function wordingOf(
  meaning: RefusalMeaning,
  refusal: Refusal,
  said: string,
  { endpoint, model, secret }: RequestFacts,
): Wording {
  const status = refusal.status === undefined ? '' : ` (${refusal.status})`;
  switch (meaning) {
    case 'content':
      return { fact: t("The model's service declined this text: {0}.", said) };
    case 'key':
      return secret === undefined
        ? {
            fact: t('The service wants a key{0}.', status),
            advice: t('Add an account with its key.'),
          }
        : { fact: t('The key was refused{0}.', status), advice: t("Check the account's key.") };
    case 'rights':
      return {
        fact: t('The account may not use "{0}"{1}.', model, status),
        advice: t('Check its rights, or choose another model.'),
      };
    case 'payment':
      return allowsNothing(refusal)
        ? {
            fact: t('The account\'s plan allows no requests to "{0}"{1}.', model, status),
            advice: t('Choose another model, or another account.'),
          }
        : {
            fact: t('The account has no credit left{0}.', status),
            advice: t('Top it up, or choose another account.'),
          };
    case 'rate-limit':
      return { fact: t('The service asks us to slow down{0}.', status) };
    case 'address':
      return /model/i.test(`${codesIn(refusal.text)} ${said}`)
        ? {
            code: 'bad-input',
            fact: t('The model "{0}" is not known at {1}{2}.', model, endpoint, status),
            advice: t('Choose another model.'),
          }
        : {
            code: 'bad-input',
            fact: t('Nothing at {0} takes chat requests{1}.', endpoint, status),
            advice: t('Check the address; most end in /v1.'),
          };
    case 'not-taken':
    case 'trouble':
      return { fact: t('The service at {0} failed{1}: {2}.', endpoint, status, said) };
    case 'proxy':
    case 'request':
    case 'unusable':
      return {
        code: 'bad-input',
        fact: t('The service at {0} did not accept the request{1}: {2}.', endpoint, status, said),
      };
  }
}

/** What the SDK says of a failure, as it may be shown. */
function wordsOf(error: unknown, facts: RequestFacts): string {
  return quoted(messageOf(error), secretsIn(facts)).replace(/^\d{3} /, '');
}

function secretsIn({ secret }: RequestFacts): string[] {
  return secret === undefined ? [] : [secret];
}

/** What an error of the SDK says of how the service refused. */
export function refusalOf(error: APIError): Refusal {
  return { status: statusOf(error), headers: error.headers ?? noHeaders, text: bodyOf(error) };
}

const noHeaders: HeaderReader = { get: () => null };

/** Errors inside a stream have no HTTP status of their own; some services put one into the code. */
function statusOf({ status, code, error }: APIError): number | undefined {
  if (status !== undefined) return status;
  const told = Number(code ?? fieldsOf(error).code);
  return Number.isInteger(told) && told >= 400 && told < 600 ? told : undefined;
}

function bodyOf(error: APIError): string {
  try {
    if (error.error !== undefined) return JSON.stringify(error.error);
  } catch {
    // Nested deeper than anything that wants to be read.
  }
  return error.message.replace(/^\d{3} /, '');
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

function connectionError(error: unknown, facts: RequestFacts): ScenewrightError {
  const { endpoint } = facts;
  const options = { cause: new Error(wordsOf(causes(error).at(-1), facts)) };
  const code = causes(error)
    .map((cause) => (cause as { code?: unknown } | null)?.code)
    .find((value) => typeof value === 'string');
  if (error instanceof SyntaxError) {
    return new InvalidAnswer(
      t('The service at {0} sent a stream that cannot be read.', endpoint),
      'It could not be read.',
      options.cause,
    );
  }
  if (code !== undefined && untrusted.test(code)) {
    return new ScenewrightError(
      'network',
      t('The certificate of {0} is not trusted here ({1}).', endpoint, code),
      { ...options, advice: t('Check the address and the certificates of this machine.') },
    );
  }
  const [fact, advice] = connectionWords(error, code, endpoint);
  return new ScenewrightError('network', fact, { ...options, retryable: true, advice });
}

function connectionWords(
  error: unknown,
  code: string | undefined,
  endpoint: string,
): readonly [fact: string, advice?: string] {
  if (code === 'ECONNREFUSED') {
    return [t('Nothing answers at {0}.', endpoint), t('Is the server running?')];
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return [
      t('The address {0} cannot be found ({1}).', endpoint, code),
      t('Check the address and the connection.'),
    ];
  }
  if (error instanceof APIConnectionTimeoutError) {
    return [t('The service at {0} did not answer.', endpoint)];
  }
  const why = code === undefined ? '' : ` (${code})`;
  if (error instanceof APIConnectionError) {
    return [
      t('The service at {0} cannot be reached{1}.', endpoint, why),
      t('Check the address and the connection.'),
    ];
  }
  return [t('The connection to {0} broke off in the middle of the answer{1}.', endpoint, why)];
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
