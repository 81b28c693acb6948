import { OpenAI } from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { cancelledError, ScenewrightError } from '../base/errors.ts';
import { InvalidAnswer, isWholeJson, parseAnswer } from './json.ts';
import { detailOf, writerError } from './openai-errors.ts';
import type { RequestFacts } from './openai-errors.ts';
import { everything, paramsOf, withLess } from './openai-request.ts';
import type { Capabilities } from './openai-request.ts';
import type { Generated, GenerateOptions, Usage, WriterModel, WriterRequest } from './port.ts';
import { StallGuard } from './stall-guard.ts';

export interface OpenAiWriterOptions {
  /** Address of the endpoint, such as `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** The key, asked for before every request; `undefined` where the endpoint wants none. */
  readonly secret: () => Promise<string | undefined>;
  readonly fetch: typeof globalThis.fetch;
  /** Shown to the writer; the model's name by default. */
  readonly label?: string;
  /** Milliseconds of silence, once an answer has begun, after which it counts as lost. */
  readonly idleTimeoutMs?: number;
  /** Milliseconds until the first sign of an answer; models may have to be loaded, or think. */
  readonly firstTimeoutMs?: number;
}

/** One streamed answer, read to its end. */
interface Reply {
  readonly text: string;
  readonly refusal: string;
  readonly finish: string | undefined;
  readonly usage: Usage | undefined;
}

/**
 * A writer model behind any endpoint that speaks OpenAI's chat completions: streamed, with the
 * schema enforced by the endpoint where it can and checked here always.
 */
export class OpenAiWriter implements WriterModel {
  readonly label: string;
  private readonly options: OpenAiWriterOptions;
  private readonly idleTimeoutMs: number;
  private readonly firstTimeoutMs: number;
  /** What worked, by schema: an endpoint may take a small schema and refuse a large one. */
  private readonly known = new Map<string, Capabilities>();

  constructor(options: OpenAiWriterOptions) {
    this.options = options;
    this.label = options.label ?? options.model;
    this.idleTimeoutMs = options.idleTimeoutMs ?? 90_000;
    this.firstTimeoutMs = options.firstTimeoutMs ?? Math.max(300_000, this.idleTimeoutMs);
  }

  async generate<T>(request: WriterRequest<T>, options: GenerateOptions): Promise<Generated<T>> {
    if (options.signal.aborted) throw cancelledError('The request');
    const endpoint = shownAddress(this.options.baseUrl);
    const secret = (await this.options.secret()) ?? undefined;
    const reply = await this.askAsBestItCan(request, options, secret, endpoint);
    return {
      value: readReply(reply, request, secret),
      ...(reply.usage === undefined ? {} : { usage: reply.usage }),
    };
  }

  /** Ask with all the endpoint is known to take, and with less each time it does not. */
  private async askAsBestItCan<T>(
    request: WriterRequest<T>,
    options: GenerateOptions,
    secret: string | undefined,
    endpoint: string,
  ): Promise<Reply> {
    let capabilities = this.known.get(request.schemaName) ?? everything;
    for (;;) {
      try {
        const reply = await this.ask(paramsOf(this.options.model, request, capabilities), {
          ...options,
          secret,
          endpoint,
        });
        this.known.set(request.schemaName, capabilities);
        return reply;
      } catch (error) {
        if (options.signal.aborted) throw cancelledError('The request');
        const less = withLess(capabilities, error);
        if (less === undefined) {
          const facts: RequestFacts = {
            endpoint,
            model: this.options.model,
            secret,
            now: Date.now(),
          };
          throw writerError(error, facts);
        }
        capabilities = less;
      }
    }
  }

  private async ask(
    params: ChatCompletionCreateParamsStreaming,
    options: GenerateOptions & { readonly secret: string | undefined; readonly endpoint: string },
  ): Promise<Reply> {
    const { endpoint, onText } = options;
    const guard = new StallGuard(options.signal, this.firstTimeoutMs, this.idleTimeoutMs);
    try {
      const client = this.client(options.secret, () => {
        guard.alive();
      });
      const { data: stream, response } = await client.chat.completions
        .create(params, { signal: guard.signal })
        .withResponse();
      if (response.headers.get('content-type')?.startsWith('text/html') === true) {
        throw new ScenewrightError(
          'bad-input',
          `${endpoint} is a web page, not a model's service. Check the address; most end in /v1.`,
        );
      }
      let text = '';
      let refusal = '';
      let finish: string | undefined;
      let usage: Usage | undefined;
      for await (const chunk of stream) {
        if (chunk.usage) {
          usage = {
            inputTokens: chunk.usage.prompt_tokens,
            outputTokens: chunk.usage.completion_tokens,
          };
        }
        const choice = chunk.choices.at(0);
        if (choice === undefined) continue;
        refusal += choice.delta.refusal ?? '';
        finish = choice.finish_reason ?? finish;
        const more = choice.delta.content ?? '';
        if (more === '') continue;
        text += more;
        onText?.(text);
      }
      // The SDK ends an aborted stream as if it were complete.
      if (guard.signal.aborted) throw guard.signal.reason;
      return { text, refusal, finish, usage };
    } catch (error) {
      if (!guard.stalled || options.signal.aborted) throw error;
      throw new ScenewrightError('network', `The service at ${endpoint} stopped answering.`, {
        retryable: true,
      });
    } finally {
      guard.dispose();
    }
  }

  /** A client that takes nothing from the environment and retries nothing by itself. */
  private client(secret: string | undefined, onBytes: () => void): OpenAI {
    return new OpenAI({
      baseURL: this.options.baseUrl,
      apiKey: secret ?? 'none',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      defaultHeaders: {
        'User-Agent': 'Scenewright',
        ...(secret === undefined ? { Authorization: null } : {}),
      },
      fetch: plainFetch(this.options.fetch, onBytes),
      maxRetries: 0,
      // Silence is watched by the stall guard, which also covers the body.
      timeout: 2 ** 31 - 1,
      logLevel: 'off',
    });
  }
}

/**
 * `fetch` with only the headers that the protocol needs (the SDK adds some about this machine, and
 * any that its environment variable names), and with every arriving byte reported.
 */
function plainFetch(fetch: typeof globalThis.fetch, onBytes: () => void): typeof globalThis.fetch {
  return async (input, init) => {
    const all = new Headers(init?.headers);
    const headers = new Headers();
    for (const name of ['accept', 'authorization', 'content-type', 'user-agent']) {
      const value = all.get(name);
      if (value !== null) headers.set(name, value);
    }
    const response = await fetch(input, { ...init, headers });
    onBytes();
    if (response.body === null) return response;
    const watched = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        onBytes();
        controller.enqueue(chunk);
      },
    });
    const { status, statusText } = response;
    return new Response(response.body.pipeThrough(watched), {
      status,
      statusText,
      headers: response.headers,
    });
  };
}

function readReply<T>(reply: Reply, { schema }: WriterRequest<T>, secret: string | undefined): T {
  const { text, refusal, finish } = reply;
  if (refusal !== '' || finish === 'content_filter') {
    const why = refusal === '' ? 'its content filter stopped it' : detailOf(refusal, secret);
    throw new ScenewrightError('refused', `The model declined to write this: ${why}`);
  }
  if (finish === 'length') {
    throw new InvalidAnswer(
      'The answer was cut off at the length limit of the model. Choose a model that may write more at once, or a shorter video.',
      'It was cut off because it was too long. Be more concise.',
    );
  }
  if (finish === 'error' || (finish === undefined && !isWholeJson(text))) {
    throw new ScenewrightError('network', 'The answer broke off before its end.', {
      retryable: true,
    });
  }
  if (text.trim() === '') {
    throw new InvalidAnswer('The model answered with nothing.', 'It was empty.');
  }
  return parseAnswer(text, schema);
}

/**
 * The address as messages may show it.
 *
 * @throws ScenewrightError `bad-input` when it is no address that can be asked
 */
function shownAddress(baseUrl: string): string {
  const url = URL.parse(baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new ScenewrightError(
      'bad-input',
      'The address of the model is not a web address. It looks like https://api.example.com/v1.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new ScenewrightError(
      'bad-input',
      `The address of the model holds a password. Put it into an account's key instead, and leave ${url.origin}${url.pathname} as the address.`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/$/, '');
}
