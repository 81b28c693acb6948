import type { KeyedAccount } from '../../accounts/keyed-account.ts';
import { parsedJson } from '../../base/parsed-json.ts';
import { meaningOf } from '../../net/refusal.ts';
import { listIn, readText } from './ask-for-window.ts';
import { fieldsOf } from './fields.ts';
import { writerError } from './openai-errors.ts';
import { RefusedRequest, UnansweredRequest } from './refused-request.ts';
import { shownAddress } from './shown-address.ts';

export interface ModelsQuestion {
  /** Address of the endpoint, such as `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  /** Whose key is sent, and tested by that; absent for endpoints that want none. */
  readonly account: KeyedAccount | undefined;
}

export interface OfferedModels {
  /** As requests name them, in alphabetical order; those are left out of which the endpoint says that they write nothing. */
  readonly models: readonly string[];
  /** Whether the endpoint has looked at the key and found it good; many show their list to everybody. */
  readonly isKeyGood: boolean;
}

/** How long an endpoint may take, in milliseconds. */
const patienceMs = 15_000;

/**
 * Ask an endpoint which models it offers, and by that whether it takes the key. Nothing is ordered.
 *
 * @returns `undefined` where it has no list of models
 * @throws ScenewrightError `account` where it does not take the key, `network` where it does not answer,
 *   `bad-input` where that is no address
 */
export async function offeredModels(
  question: ModelsQuestion,
  signal: AbortSignal,
): Promise<OfferedModels | undefined> {
  const endpoint = shownAddress(question.baseUrl);
  const secret = await question.account?.key(question.baseUrl);
  try {
    const list = await get('models', question, secret, signal);
    const models = list === undefined ? [] : namesIn(list);
    if (models.length === 0) return undefined;
    return { models, isKeyGood: await isKeyGood(question, secret, signal) };
  } catch (error) {
    throw writerError(error, { endpoint, model: '', secret, now: Date.now() });
  }
}

/** Where everybody is shown the list, it says nothing of a key; OpenRouter has a page of its own for that. */
async function isKeyGood(
  question: ModelsQuestion,
  secret: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (secret === undefined) return false;
  if (new URL(question.baseUrl).hostname === 'openrouter.ai') {
    return (await get('key', question, secret, signal)) !== undefined;
  }
  return await get('models', question, undefined, signal).then(
    () => false,
    (error: unknown) => error instanceof RefusedRequest,
  );
}

/**
 * @returns `undefined` where the endpoint has nothing at this place, or nothing that can be read
 * @throws RefusedRequest where it is a matter of the key, UnansweredRequest
 */
async function get(
  path: string,
  { baseUrl, fetch }: ModelsQuestion,
  secret: string | undefined,
  signal: AbortSignal,
): Promise<unknown> {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$|\/chat\/completions\/*$/gu, '')}/${path}`;
  let answer: Response;
  try {
    answer = await fetch(url.href, {
      headers: {
        accept: 'application/json',
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    });
  } catch (error) {
    throw new UnansweredRequest(error);
  }
  const text = answer.body === null ? '' : await readText(answer.body).catch(() => '');
  if (answer.ok) return parsedJson(text);
  const refused = new RefusedRequest(answer.status, answer.headers, text);
  if (['key', 'rights', 'payment'].includes(meaningOf(refused.refusal))) throw refused;
  return undefined;
}

/** The names in a list of models: that of OpenAI, a bare list (Together), or that of Ollama. */
function namesIn(list: unknown): readonly string[] {
  const entries = Array.isArray(list)
    ? list.map(fieldsOf)
    : [...listIn(list, 'data'), ...listIn(list, 'models')];
  const names = entries.flatMap((entry) => {
    const { output_modalities: written } = fieldsOf(entry.architecture);
    if (Array.isArray(written) && !written.includes('text')) return [];
    const name = [entry.id, entry.name, entry.model].find((one) => typeof one === 'string');
    return name === undefined || name.trim() === '' ? [] : [name.trim()];
  });
  return [...new Set(names)].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
}
