import { namesPrivate } from '../../net/private-address.ts';
import { fieldsOf } from './fields.ts';

/** What a server says of how much a model reads and writes at once. */
export interface ToldWindow {
  /** Tokens of prompt and answer together. */
  readonly window?: number;
  /** Tokens of one answer at most. */
  readonly most?: number;
  /**
   * How it knows: of the model as it is loaded; from the list of models (the default); or it does not,
   * and this is what such a server loads a model with where nobody says otherwise.
   */
  readonly state?: 'loaded' | 'listed' | 'assumed';
}

export interface WindowQuestion {
  /** Address of the endpoint, such as `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly fetch: typeof globalThis.fetch;
  /** The key of the endpoint itself; it goes nowhere else. */
  readonly secret: string | undefined;
}

/** How long a server may take to say it, in milliseconds. */
const patienceMs = 5000;

/** The longest list of models that is read, in bytes: OpenRouter's has a megabyte. */
const longestList = 8 * 1024 * 1024;

/**
 * What Ollama (on machines with less than 24 GB of video memory) and LM Studio load a model with where
 * nobody says otherwise, in tokens.
 */
const usualWindow = 4096;

/**
 * Ask a server how much a model reads at once, by whatever routes it may have: those of local servers
 * only where the address is a private one. Never throws, and knows nothing within {@link patienceMs}
 * where nobody answers.
 */
export async function askForWindow(question: WindowQuestion): Promise<ToldWindow> {
  const base = URL.parse(question.baseUrl);
  if (base === null) return {};
  const asker = new Asker(question);
  const local = namesPrivate(base) ? localRoutes : [];
  const told = await Promise.all([...local, modelsRoute].map((route) => route(asker, question)));
  const known = told.filter(({ window }) => window !== undefined);
  const [surest] = states.flatMap((state) => known.filter((one) => one.state === state));
  const most = told.find((one) => one.most !== undefined)?.most;
  return { ...surest, ...(most === undefined ? {} : { most }) };
}

/** The surest first. An assumed window is smaller than a listed one, which is the model's, not the server's. */
const states = ['loaded', 'assumed', 'listed'] as const;

type Route = (ask: Asker, question: WindowQuestion) => Promise<ToldWindow>;

/** Ollama: `/api/ps` has loaded models with their windows, `/api/show` what a model is loaded with. */
const ollama: Route = async (ask, { model }) => {
  const [running, shown] = await Promise.all([ask.json('api/ps'), ask.json('api/show', { model })]);
  const loaded = listIn(running, 'models').find((one) =>
    [one.name, one.model].some((name) => isSame(name, model)),
  );
  const { context_length: window } = loaded ?? {};
  if (isWindow(window)) return { window, state: 'loaded' };
  const { parameters, model_info: info } = fieldsOf(shown);
  if (info === undefined) return {};
  const set =
    typeof parameters === 'string' ? /^num_ctx\s+(\d+)/m.exec(parameters)?.[1] : undefined;
  if (set !== undefined) return { window: Number(set), state: 'loaded' };
  const own = Object.entries(fieldsOf(info)).find(([key]) => key.endsWith('.context_length'))?.[1];
  // What runs in Ollama's cloud is not loaded here, and has all of its window.
  if (/[:-]cloud$/.test(model)) return isWindow(own) ? { window: own, state: 'loaded' } : {};
  return { window: Math.min(usualWindow, isWindow(own) ? own : Infinity), state: 'assumed' };
};

/** LM Studio. */
const lmStudio: Route = async (ask, { model }) => {
  const entry = listIn(await ask.json('api/v0/models'), 'data').find(({ id }) => isSame(id, model));
  if (entry === undefined) return {};
  const { loaded_context_length: loaded, max_context_length: max } = entry;
  if (isWindow(loaded)) return { window: loaded, state: 'loaded' };
  return isWindow(max) ? { window: Math.min(usualWindow, max), state: 'assumed' } : {};
};

/** llama.cpp's own server, which parts its window between its slots. */
const llamaCpp: Route = async (ask) => {
  const settings = fieldsOf(fieldsOf(await ask.json('props')).default_generation_settings);
  const window = settings.n_ctx ?? fieldsOf(settings.params).n_ctx;
  return isWindow(window) ? { window, state: 'loaded' } : {};
};

/** KoboldCpp. */
const koboldCpp: Route = async (ask) => {
  const { value: window } = fieldsOf(await ask.json('api/extra/true_max_context_length'));
  return isWindow(window) ? { window, state: 'loaded' } : {};
};

/** Text-generation-inference. */
const inference: Route = async (ask) => {
  const { max_total_tokens: window } = fieldsOf(await ask.json('info'));
  return isWindow(window) ? { window, state: 'loaded' } : {};
};

const localRoutes: readonly Route[] = [ollama, lmStudio, llamaCpp, koboldCpp, inference];

/** The list of models, which says more than names at vLLM, SGLang, OpenRouter, Together, Mistral, Groq. */
const modelsRoute: Route = async (ask, { model }) => {
  const list = await ask.json('models', undefined, true);
  const entries = Array.isArray(list) ? list.map(fieldsOf) : listIn(list, 'data');
  const entry = entries.find(({ id, name }) => isSame(id, model) || isSame(name, model));
  if (entry === undefined) return {};
  const provider = fieldsOf(entry.top_provider);
  const window = [
    entry.max_model_len,
    provider.context_length,
    entry.context_length,
    entry.max_context_length,
    entry.context_window,
  ].find(isWindow);
  const most = [
    provider.max_completion_tokens,
    entry.max_completion_tokens,
    entry.max_output_tokens,
  ].find(isWindow);
  return {
    ...(window === undefined ? {} : { window, state: 'listed' as const }),
    // Some lists give the window as what may be written, too.
    ...(most === undefined || most === window ? {} : { most }),
  };
};

/** Asks one server, and takes every failure for "it does not say". */
class Asker {
  private readonly question: WindowQuestion;
  private readonly root: string;

  constructor(question: WindowQuestion) {
    this.question = question;
    const { origin, pathname } = new URL(question.baseUrl);
    this.root = `${origin}${pathname}`.replace(/\/+$/, '');
  }

  /**
   * @param path beside the endpoint's own `/v1`, or below it if `within`
   * @param body to be posted; without one it is a GET
   */
  async json(path: string, body?: unknown, within = false): Promise<unknown> {
    const { fetch, secret } = this.question;
    const root = within ? this.root : this.root.replace(/\/v\d+$/, '');
    try {
      const response = await fetch(`${root}/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A key goes to the host that it is for, and to no other that one may name.
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
      });
      if (!response.ok || response.body === null) {
        await response.body?.cancel();
        return undefined;
      }
      return JSON.parse(await readText(response.body));
    } catch {
      return undefined;
    }
  }
}

export async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestList) throw new Error('too long');
  }
  return text + decoder.decode();
}

export function listIn(value: unknown, key: string): readonly Readonly<Record<string, unknown>>[] {
  const list = fieldsOf(value)[key];
  return Array.isArray(list) ? list.map(fieldsOf) : [];
}

/** Ollama knows `qwen3` as `qwen3:latest`, Gemini its models as `models/…`. */
function isSame(name: unknown, model: string): boolean {
  if (typeof name !== 'string') return false;
  const plain = (text: string): string => text.replace(/:latest$/, '').replace(/^models\//, '');
  return plain(name).toLowerCase() === plain(model).toLowerCase();
}

function isWindow(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 256;
}
