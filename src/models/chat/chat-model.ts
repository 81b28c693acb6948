import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { questionOf, type Chat, type ChatForm, type ChatPart, type ChatQuestion } from './chat.ts';
import { chatError, isAboutTools, isNotAllowed } from './chat-errors.ts';
import { heeding, orAborted } from '../../base/abort.ts';
import { InvalidAnswer } from '../answer-errors.ts';
import type { AskOptions, LanguageModel, PromptRequest } from '../language-model/language-model.ts';
import { ServerLine } from '../language-model/server-line.ts';
import { answerIn, type Said } from '../language-model/said-answer.ts';
import { foldKey } from '../language-model/plain-values.ts';
import { LoopWatch } from '../language-model/loop-watch.ts';
import {
  StallGuard,
  stallLimits,
  type Patience,
  type StallLimits,
} from '../language-model/stall-guard.ts';

/** One answer, read to its end. */
interface Reply extends Said {
  readonly text: string;
  readonly calls: readonly string[];
  /** Whether the tool that was offered was called with anything. */
  readonly called: boolean;
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
  private takesTools: boolean;
  /** Names of the forms that are asked for in text, because that was let through and a tool was not. */
  private readonly inText = new Set<string>();
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
    this.takesTools = chat.takesTools !== false;
  }

  async answer<T>(request: PromptRequest<T>, options: AskOptions): Promise<T> {
    const { schemaName } = request;
    try {
      if (this.formOf(schemaName) === 'tool') {
        const answered = await this.byTool(request, options);
        if (answered !== undefined) return answered.value;
      }
      const reply = await this.ask(request, 'text', options);
      // What fails in both ways is no lesson. Where a tool has worked, it is this one that did not.
      if (this.hasCalled) this.inText.add(schemaName);
      else this.takesTools = false;
      return this.read(reply, request);
    } catch (error) {
      if (options.signal.aborted) throw cancelledError(t('The request'));
      throw chatError(error, this.label);
    }
  }

  private formOf(schemaName: string): ChatForm {
    return this.takesTools && !this.inText.has(schemaName) ? 'tool' : 'text';
  }

  /** @returns `undefined` where the model turns out not to answer by tool, or not to this question */
  private async byTool<T>(
    request: PromptRequest<T>,
    options: AskOptions,
  ): Promise<{ readonly value: T } | undefined> {
    let reply: Reply;
    try {
      reply = await this.ask(request, 'tool', options);
    } catch (error) {
      // A service that takes the tool of one form may stumble over that of another.
      if (options.signal.aborted || !isAboutTools(error)) throw error;
      return undefined;
    }
    if (reply.called) this.hasCalled = true;
    try {
      // Some say in text what they were to call the tool with.
      return { value: this.read(reply, request) };
    } catch (error) {
      if (this.hasCalled || !(error instanceof InvalidAnswer)) throw error;
      return undefined;
    }
  }

  private read<T>(reply: Reply, { schema }: PromptRequest<T>): T {
    if (reply.text.trim() === '' && reply.calls.length === 0 && !reply.thoughts?.trim()) {
      throw new InvalidAnswer(t('The model answered with nothing.'), 'It was empty.');
    }
    return answerIn(reply, schema, (words) => t('The model declined to write this: {0}', words));
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
      let thoughts = '';
      const calls: string[] = [];
      const others: string[] = [];
      for await (const part of heeding(parts, guard.signal)) {
        guard.alive();
        if (part.kind === 'text' && part.text !== '') {
          text += part.text;
          if (/\S/.test(part.text)) guard.gotOn();
          loops.look(text);
          onText?.(text);
        } else if (part.kind === 'thought') {
          guard.gotOn();
          thoughts += part.text;
          loops.look(thoughts);
        } else if (part.kind === 'call') {
          guard.gotOn();
          const input =
            typeof part.input === 'string' ? part.input : JSON.stringify(part.input ?? {});
          const isAsked = tool !== undefined && isNameOf(part.tool, tool.name);
          (isAsked ? calls : others).push(input);
          if (isAsked) onText?.(input);
        }
      }
      // A stream that was given up may end as if it were complete.
      guard.signal.throwIfAborted();
      const called = calls.some((call) => !/^(?:\{\s*\}|"?"?)$/u.test(call.trim()));
      return { text, thoughts, calls: called ? calls : others, called };
    } catch (error) {
      if (!guard.stalled || signal.aborted) throw error;
      throw new ScenewrightError('network', t('Nothing more came from {0}.', this.label), {
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

/** Whether a tool was called that goes by this name, with something before it: `functions.scene`. */
function isNameOf(called: string, name: string): boolean {
  return foldKey(called).endsWith(foldKey(name));
}
