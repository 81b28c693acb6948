import { ScenewrightError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import {
  codesIn,
  emptinessOf,
  meaningOf,
  refusalKinds,
  waitAfter,
  type Refusal,
  type RefusalMeaning,
} from '../../net/refusal.ts';
import { quoted, saidIn, withWords } from '../../net/service-words.ts';
import { InvalidAnswer } from '../answer-errors.ts';
import { RefusedRequest, UnansweredRequest } from './refused-request.ts';

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
  if (error instanceof RefusedRequest) return statusError(error.refusal, facts);
  return connectionError(error, facts);
}

function statusError(refusal: Refusal, facts: RequestFacts): ScenewrightError {
  const { status, text } = refusal;
  const said = saidIn(text, secretsIn(facts));
  // The refusal holds headers and body as they came; only redacted words go on.
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
  return new ScenewrightError(code ?? refusalKinds[meaning].code, withWords(fact, said), {
    cause,
    status,
    retryable,
    advice,
    said: said || undefined,
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
      return { fact: t("The model's service declined this text.") };
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
      return emptyWording(refusal, model, status);
    case 'rate-limit':
      return { fact: t('The service asks us to slow down{0}.', status) };
    case 'address':
      return addressWording(refusal, said, model, endpoint, status);
    case 'not-taken':
    case 'trouble':
      return { fact: t('The service at {0} failed{1}.', endpoint, status) };
    case 'proxy':
    case 'request':
    case 'unusable':
      return {
        code: 'bad-input',
        fact: t('The service at {0} did not accept the request{1}.', endpoint, status),
      };
  }
}

function emptyWording(refusal: Refusal, model: string, status: string): Wording {
  switch (emptinessOf(refusal)) {
    case 'plan':
      return {
        fact: t('The account\'s plan allows no requests to "{0}"{1}.', model, status),
        advice: t('Choose another model, or another account.'),
      };
    case 'allowance':
      return {
        fact: t('The account has used up its allowance{0}.', status),
        advice: t('Wait until it is renewed, or choose another account or model.'),
      };
    case 'credit':
    case undefined:
      return {
        fact: t('The account has no credit left{0}.', status),
        advice: t('Top it up, or choose another account.'),
      };
  }
}

/** What the service does not have may be the model, a way to it that the account allows, or the page. */
function addressWording(
  { text }: Refusal,
  said: string,
  model: string,
  endpoint: string,
  status: string,
): Wording {
  if (forThisAccount.test(said)) {
    return {
      code: 'bad-input',
      fact: t('The service has nobody to run "{0}" whom the account allows{1}.', model, status),
      advice: t("Change the account's settings at the service, or choose another model."),
    };
  }
  return /model|deployment|模型/i.test(`${codesIn(text)} ${said}`)
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
}

/** OpenRouter, where the account's settings leave none of those who run a model. */
const forThisAccount = /data policy|guardrail|no (?:allowed )?(?:endpoints|providers)/i;

/** What is said of a failure, as it may be shown. */
function wordsOf(error: unknown, facts: RequestFacts): string {
  return quoted(messageOf(error), secretsIn(facts));
}

function secretsIn({ secret }: RequestFacts): string[] {
  return secret === undefined ? [] : [secret];
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

function connectionError(error: unknown, facts: RequestFacts): ScenewrightError {
  const { endpoint } = facts;
  const options = { cause: new Error(wordsOf(causes(error).at(-1), facts)) };
  const code = causes(error)
    .map((cause) => (cause as { code?: unknown } | null)?.code)
    .find((value) => typeof value === 'string');
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
  const why = code === undefined ? '' : ` (${code})`;
  if (error instanceof UnansweredRequest) {
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
