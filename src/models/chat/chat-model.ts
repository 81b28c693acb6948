import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { questionOf, type Chat, type ChatForm, type ChatPart, type ChatQuestion } from './chat.ts';
import { chatError, isAboutTools, isDecline, isNotAllowed } from './chat-errors.ts';
import { heeding, orAborted } from '../../base/abort.ts';
import { InvalidAnswer } from '../answer-errors.ts';
import { parseAnswer } from '../language-model/answer-reading.ts';
import type { AskOptions, LanguageModel, PromptRequest } from '../language-model/language-model.ts';
import { ServerLine } from '../language-model/server-line.ts';
import { LoopWatch } from '../language-model/loop-watch.ts';
import {
  StallGuard,
  stallLimits,
  type Patience,
  type StallLimits,
} from '../language-model/stall-guard.ts';

/** One answer, read to its end. */
interface Reply {
  readonly text: string;
  /** What the tool was called with; `undefined` where it was not called. */
  readonly input: unknown;
}

/**
 * A language model behind a {@link Chat}. The answer is asked for as the input of a tool, which the
 * model's own service holds to the schema; a model that takes no tools, or never calls them, is
 * asked for JSON in text from then on. What it counts in tokens a chat does not tell, so no usage is
 * reported: a guess would end up beside real money.
 */
export class ChatModel implements LanguageModel {
  readonly label: string;
  readonly maxInputTokens?: number;
  private readonly chat: Chat;
  private readonly limits: StallLimits;
  private readonly line = new ServerLine();
  private form: ChatForm;
  /** Whether the model has ever called the tool: then not calling it is a slip, not its nature. */
  private hasCalled = false;
  private permission: 'unknown' | 'granted' | { readonly refusal: unknown } = 'unknown';
  /** Settles when the question has that a person may be asked about. */
  private asking: Promise<void> | undefined;

  constructor(chat: Chat, options: Patience = {}) {
    this.chat = chat;
    this.label = chat.name;
    if (chat.maxInputTokens !== undefined) this.maxInputTokens = chat.maxInputTokens;
    this.limits = stallLimits(options);
    this.form = chat.takesTools === false ? 'text' : 'tool';
  }

  async answer<T>(request: PromptRequest<T>, options: AskOptions): Promise<T> {
    try {
      if (this.form === 'tool') {
        const answered = await this.byTool(request, options);
        if (answered !== undefined) return answered.value;
        this.form = 'text';
      }
      const { text } = await this.ask(request, 'text', options);
      return this.read(text, request);
    } catch (error) {
      if (options.signal.aborted) throw cancelledError(t('The request'));
      throw chatError(error, this.label);
    }
  }

  /** @returns `undefined` where the model turns out not to answer by tool. */
  private async byTool<T>(
    request: PromptRequest<T>,
    options: AskOptions,
  ): Promise<{ readonly value: T } | undefined> {
    let reply: Reply;
    try {
      reply = await this.ask(request, 'tool', options);
    } catch (error) {
      if (options.signal.aborted || this.hasCalled || !isAboutTools(error)) throw error;
      return undefined;
    }
    if (reply.input !== undefined) {
      this.hasCalled = true;
      return { value: parseAnswer(JSON.stringify(reply.input), request.schema) };
    }
    try {
      // Some say in text what they were to call the tool with.
      return { value: this.read(reply.text, request) };
    } catch (error) {
      if (this.hasCalled || !(error instanceof InvalidAnswer)) throw error;
      return undefined;
    }
  }

  private read<T>(text: string, { schema }: PromptRequest<T>): T {
    if (text.trim() === '') {
      throw new InvalidAnswer(t('“{0}” answered with nothing.', this.label), 'It was empty.');
    }
    if (isDecline(text)) {
      throw new ScenewrightError(
        'refused',
        t('“{0}” declined to write this: {1}', this.label, text.trim().replace(/\s+/gu, ' ')),
      );
    }
    return parseAnswer(text, schema);
  }

  private async ask<T>(
    request: PromptRequest<T>,
    form: ChatForm,
    { signal, onText, onLife }: AskOptions,
  ): Promise<Reply> {
    signal.throwIfAborted();
    const question = questionOf(request, form);
    const exchange = new AbortController();
    const stop = (): void => {
      exchange.abort(signal.reason);
    };
    signal.addEventListener('abort', stop);
    try {
      const parts = await this.send(question, exchange.signal);
      return await this.receive(parts, question, exchange.signal, onText, onLife);
    } finally {
      signal.removeEventListener('abort', stop);
      // Whoever still sends has nobody left to send to.
      exchange.abort();
    }
  }

  private async receive(
    parts: AsyncIterable<ChatPart>,
    { tool }: ChatQuestion,
    signal: AbortSignal,
    onText: AskOptions['onText'],
    onLife: AskOptions['onLife'],
  ): Promise<Reply> {
    // From here on: before, a person may take any time to allow the question.
    const guard = new StallGuard(signal, this.limits, this.line, onLife);
    const loops = new LoopWatch();
    try {
      let text = '';
      let input: unknown;
      for await (const part of heeding(parts, guard.signal)) {
        guard.alive();
        if (part.kind === 'text' && part.text !== '') {
          text += part.text;
          if (/\S/.test(part.text)) guard.gotOn();
          loops.look(text);
          onText?.(text);
        } else if (part.kind === 'call' && part.tool === tool?.name) {
          guard.gotOn();
          input ??= part.input;
          onText?.(JSON.stringify(input));
        }
      }
      // A stream that was given up may end as if it were complete.
      guard.signal.throwIfAborted();
      return { text, input };
    } catch (error) {
      if (!guard.stalled || signal.aborted) throw error;
      throw new ScenewrightError('network', t('“{0}” stopped answering.', this.label), {
        retryable: true,
      });
    } finally {
      guard.dispose();
    }
  }

  /**
   * Send a question. VS Code may ask the writer first whether Scenewright may use the model: until it
   * has let one question through the others wait, so that it asks once, and a no counts for all.
   */
  private async send(
    question: ChatQuestion,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ChatPart>> {
    while (this.permission === 'unknown' && this.asking !== undefined) {
      await orAborted(this.asking, signal);
    }
    if (this.permission === 'granted') return orAborted(this.chat.send(question, signal), signal);
    if (this.permission !== 'unknown') throw this.permission.refusal;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.asking = promise;
    try {
      const parts = await orAborted(this.chat.send(question, signal), signal);
      this.permission = 'granted';
      return parts;
    } catch (error) {
      if (isNotAllowed(error)) this.permission = { refusal: error };
      throw error;
    } finally {
      this.asking = undefined;
      resolve(undefined);
    }
  }
}
