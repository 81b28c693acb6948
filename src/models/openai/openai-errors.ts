import { ScenewrightError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { defined } from '../../base/defined.ts';
import { codeOf, troubleOf, type ConnectionTrouble } from '../../net/connection-reasons.ts';
import {
  codesIn,
  emptinessOf,
  meaningOf,
  refusalKinds,
  waitAfter,
  type Refusal,
  type RefusalMeaning,
} from '../../net/refusal.ts';
import { statusMark, wordingOf } from '../../net/refusal-reasons.ts';
import { ServerName } from '../../net/server-name.ts';
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
  const { code, fact, advice } = factOf(meaning, refusal, said, facts);
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

interface Fact {
  readonly fact: string;
  readonly advice?: string;
  /** Where it is not the usual one of the meaning: the writer sets address and model. */
  readonly code?: 'bad-input';
}

function factOf(
  meaning: RefusalMeaning,
  refusal: Refusal,
  said: string,
  { endpoint, model, secret }: RequestFacts,
): Fact {
  const status = statusMark(refusal.status);
  const server = new ServerName(endpoint);
  switch (meaning) {
    case 'content':
      return { fact: t("The model's service declined this text.") };
    case 'key':
      return secret === undefined
        ? {
            fact: t('The service wants a key{0}.', status),
            advice: t('Add an account with its key.'),
          }
        : usualWording(refusal, server);
    case 'rights':
      return {
        fact: t('The account may not use "{0}"{1}.', model, status),
        advice: t('Check its rights, or choose another model.'),
      };
    case 'address':
      return addressWording(refusal, said, model, server, status);
    case 'proxy':
    case 'request':
    case 'unusable':
      return { ...usualWording(refusal, server), code: 'bad-input' };
    case 'payment':
      return emptinessOf(refusal) === 'plan'
        ? {
            fact: t('The account\'s plan allows no requests to "{0}"{1}.', model, status),
            advice: t('Choose another model, or another account.'),
          }
        : usualWording(refusal, server);
    case 'rate-limit':
    case 'not-taken':
    case 'trouble':
      return usualWording(refusal, server);
  }
}

function usualWording(refusal: Refusal, server: ServerName): Fact {
  const { reason, advice } = wordingOf(refusal);
  return { fact: server.say(reason), ...defined({ advice }) };
}

/** What the service does not have may be the model, a way to it that the account allows, or the page. */
function addressWording(
  { text }: Refusal,
  said: string,
  model: string,
  server: ServerName,
  status: string,
): Fact {
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
        fact: server.say((address) =>
          t('There is no model "{0}" at {1}{2}.', model, address, status),
        ),
        advice: t('Choose another model.'),
      }
    : {
        code: 'bad-input',
        fact: server.say((address) => t('No chat requests are taken at {0}{1}.', address, status)),
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

function connectionError(error: unknown, facts: RequestFacts): ScenewrightError {
  const {
    reason,
    advice,
    isHopeless = false,
  } = error instanceof UnansweredRequest ? troubleOf(error) : brokenOff(error);
  return new ScenewrightError('network', new ServerName(facts.endpoint).say(reason), {
    cause: new Error(wordsOf(causes(error).at(-1), facts)),
    retryable: !isHopeless,
    advice,
  });
}

/** What had begun to answer may well do so again, whatever ended it. */
function brokenOff(error: unknown): ConnectionTrouble {
  const code = codeOf(error);
  const why = code === '' ? '' : ` (${code})`;
  return {
    reason: (address) =>
      t('The connection broke off in the midst of the answer of {0}{1}.', address, why),
  };
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
