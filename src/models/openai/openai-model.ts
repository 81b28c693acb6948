import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import type { KeyedAccount } from '../../accounts/keyed-account.ts';
import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { namesPrivate } from '../../net/private-address.ts';
import { rateLimits } from '../../net/rate-limit-headers.ts';
import { EndpointMemory } from './endpoint-memory.ts';
import type { Asked } from './endpoint-memory.ts';
import type { AnswerParts } from './answer-lines.ts';
import { readAnswer } from './event-stream.ts';
import { InvalidAnswer, TruncatedAnswer } from '../answer-errors.ts';
import { tokensOf } from '../language-model/token-estimate.ts';
import { withoutWrapping } from '../language-model/answer-reading.ts';
import { isWholeAnswer } from '../language-model/said-answer.ts';
import { ServerName } from '../../net/server-name.ts';
import { saidIn, withWords } from '../../net/service-words.ts';
import { writerError } from './openai-errors.ts';
import { Reply } from './completion-reply.ts';
import type { askForWindow } from './ask-for-window.ts';
import {
  estimateOf,
  learnLength,
  notWhole,
  tooLongFor,
  type LengthAttempt,
} from './length-lessons.ts';
import { sendChatRequest } from './send-chat-request.ts';
import { shownAddress } from './shown-address.ts';
import { endedAtLength, valueOf } from './value-of-reply.ts';
import type { Capabilities } from './capabilities.ts';
import { WayOfAsking } from './way-of-asking.ts';
import { RequestBodies } from './request-bodies.ts';
import type {
  AskOptions,
  LanguageModel,
  ModelRoom,
  PromptRequest,
} from '../language-model/language-model.ts';
import { LoopWatch } from '../language-model/loop-watch.ts';
import {
  StallGuard,
  stallLimits,
  type Patience,
  type StallLimits,
} from '../language-model/stall-guard.ts';

export interface OpenAiModelOptions extends Patience {
  /** Address of the endpoint, such as `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Who asks; absent where the endpoint wants no key. */
  readonly account?: KeyedAccount | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Shown to the writer; the model's name by default. */
  readonly label?: string;
  /** What is known of endpoints, to be shared by all accounts and runs; by default one's own. */
  readonly memory?: EndpointMemory;
  /** Asks the server how much the model reads at once; absent: it is only learned from its answers. */
  readonly inquire?: typeof askForWindow;
  /** Milliseconds since the epoch; the real time by default. */
  readonly now?: () => number;
}

/**
 * A language model behind any endpoint that speaks OpenAI's chat completions: streamed, with the
 * schema enforced by the endpoint where it can and checked here always.
 */
export class OpenAiModel implements LanguageModel {
  readonly label: string;
  private readonly options: OpenAiModelOptions;
  private readonly limits: StallLimits;
  private readonly memory: EndpointMemory;
  private readonly now: () => number;
  private readonly bodies = new RequestBodies();

  constructor(options: OpenAiModelOptions) {
    this.options = options;
    this.label = options.label ?? options.model;
    this.limits = stallLimits(options);
    this.memory = options.memory ?? new EndpointMemory();
    this.now = options.now ?? Date.now;
  }

  async room(): Promise<ModelRoom> {
    const { baseUrl, model, account, fetch, inquire } = this.options;
    const window = this.memory.windowOf({ endpoint: shownAddress(baseUrl), model });
    if (inquire !== undefined) {
      await window.inquire(
        async () => inquire({ baseUrl, model, fetch, secret: await account?.key(baseUrl) }),
        this.now(),
        namesPrivate(new URL(baseUrl)),
      );
    }
    return {
      window: window.tokens,
      isAssumed: window.isAssumed,
      answer: window.answerTokens,
      promptBeside: (answerTokens) => window.promptRoom(answerTokens + this.bodies.tokensOfForm),
    };
  }

  async answer<T>(request: PromptRequest<T>, options: AskOptions): Promise<T> {
    if (options.signal.aborted) throw cancelledError(t('The request'));
    const { baseUrl, model } = this.options;
    const asked = { endpoint: shownAddress(baseUrl), model, schemaName: request.schemaName };
    const secret = await this.options.account?.key(baseUrl);
    const way = new WayOfAsking(this.memory, asked);
    try {
      for (let changes = 0; ;) {
        const attempt = this.attempt(request, asked, way.capabilities);
        const { reply } = attempt;
        try {
          return await this.tryOnce(request, attempt, options, secret, asked, way);
        } catch (error) {
          if (isAborted(options)) throw cancelledError(t('The request'));
          const facts = { ...asked, secret, now: this.now() };
          const verdict = learnLength(this.memory.windowOf(asked), attempt, error);
          if (verdict === 'too-long') throw tooLongFor(error, facts);
          if (verdict === 'again' && ++changes <= mostChanges) continue;
          if (await way.concede(error, options.signal)) continue;
          const failure = writerError(error, facts);
          if (failure instanceof InvalidAnswer && failure.ignoresForm) way.answered(false);
          throw failure;
        } finally {
          if (reply.usage !== undefined) options.onUsage?.(reply.usage);
        }
      }
    } catch (error) {
      throw isAborted(options) ? cancelledError(t('The request')) : error;
    } finally {
      way.end();
    }
  }

  private attempt<T>(
    request: PromptRequest<T>,
    asked: Asked,
    capabilities: Capabilities,
  ): LengthAttempt {
    const plain = this.bodies.of(asked.model, request, capabilities);
    const estimate = estimateOf(plain);
    const { length: wish } = request;
    const length =
      wish && this.memory.windowOf(asked).lengthFor(estimate, wish.most, wish.isSet === true);
    const params = length === undefined ? plain : { ...plain, [length.parameter]: length.tokens };
    return { params, capabilities, estimate, length, reply: new Reply() };
  }

  /** Ask in one way, and learn from it when it goes well. */
  private async tryOnce<T>(
    request: PromptRequest<T>,
    { params, estimate, length, reply }: LengthAttempt,
    options: AskOptions,
    secret: string | undefined,
    asked: Asked,
    way: WayOfAsking,
  ): Promise<T> {
    await this.ask(params, reply, options, secret, length?.tokens, way);
    way.taken();
    const wasCut = this.memory.windowOf(asked).answered({
      estimate,
      usage: reply.usage,
      asked: length?.tokens,
      cutOff: endedAtLength(reply),
      thought: reply.thought || thinksAloud.test(reply.text),
      said: tokensOf(withoutWrapping(reply.text)),
    });
    let value: T;
    try {
      value = valueOf(reply, request, secret);
    } catch (error) {
      // Whoever has not read what was asked cannot answer it.
      throw wasCut && error instanceof InvalidAnswer ? notWhole(this.label) : error;
    }
    way.answered(true);
    if (wasCut) throw notWhole(this.label, { value });
    return value;
  }

  /** Send one request and read all of its answer into `reply`. */
  private async ask(
    params: ChatCompletionCreateParams,
    reply: Reply,
    options: AskOptions,
    secret: string | undefined,
    mostTokens: number | undefined,
    way: WayOfAsking,
  ): Promise<void> {
    const line = this.memory.lineOf({ endpoint: shownAddress(this.options.baseUrl) });
    const guard = new StallGuard(options.signal, this.limits, line, options.onLife);
    const loops = new LoopWatch(mostTokens);
    let told = '';
    const tell = (): void => {
      guard.alive();
      loops.look(reply.text);
      loops.look(reply.refusal);
      // Many small pieces that arrive together are shown together.
      if (reply.text.length > told.length) options.onText?.((told = reply.text));
    };
    let response: Response;
    try {
      response = await this.send(params, options, secret, guard.signal);
      guard.alive();
      if (response.body !== null) {
        await readAnswer(response.body, this.partsOf(reply, response.headers, guard, way), tell);
      }
      reply.end(isWholeAnswer(reply.said), response.headers);
    } catch (error) {
      // Behind a whole answer, what goes on without end takes nothing from it.
      if (error instanceof TruncatedAnswer && isWholeAnswer(reply.said)) {
        reply.finish = 'stop';
        return;
      }
      if (!guard.stalled || isAborted(options)) throw error;
      throw new ScenewrightError(
        'network',
        this.server.say((address) => t('Nothing more came from {0}.', address)),
        { retryable: true },
      );
    } finally {
      guard.dispose();
    }
  }

  private get server(): ServerName {
    return new ServerName(shownAddress(this.options.baseUrl));
  }

  private partsOf(
    reply: Reply,
    headers: Headers,
    guard: StallGuard,
    way: WayOfAsking,
  ): AnswerParts {
    return {
      value: (value, event) => {
        if (!reply.take(value, event, headers)) return;
        guard.gotOn();
        way.taken();
      },
      words: (words, event) => {
        reply.hear(words, event, headers);
      },
      page: (html) => {
        const fact = this.server.say((address) =>
          t("A web page, and no model's service, answers at {0}.", address),
        );
        throw new ScenewrightError('bad-input', withWords(fact, saidIn(html, [])), {
          advice: t('Check the address; most end in /v1.'),
        });
      },
      damaged: () => {
        // Behind a whole answer it takes nothing from it.
        if (isWholeAnswer(reply.said)) return;
        throw new ScenewrightError(
          'network',
          this.server.say((address) => t('A damaged answer came from {0}.', address)),
          { retryable: true },
        );
      },
      over: () => {
        reply.closed = true;
      },
    };
  }

  /** Send one request and tell of the limits in the answer's headers, whatever the answer is. */
  private async send(
    params: ChatCompletionCreateParams,
    { onLimits }: AskOptions,
    secret: string | undefined,
    signal: AbortSignal,
  ): Promise<Response> {
    return sendChatRequest(this.options, params, secret, signal, (headers) => {
      const limits = onLimits === undefined ? undefined : rateLimits(headers, this.now());
      if (limits !== undefined) onLimits?.(limits);
    });
  }
}

/** Thoughts that the service has not taken out of the answer. */
const thinksAloud = /^\s*[<[](?:think|thought|reasoning)/i;

/** A request is changed and sent again so often at most for what its length was not taken. */
const mostChanges = 5;

function isAborted({ signal }: AskOptions): boolean {
  return signal.aborted;
}
