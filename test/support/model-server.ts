import type { IncomingMessage, ServerResponse } from 'node:http';
import { tokensOf } from '../../src/models/language-model/token-estimate.ts';
import { EndpointServer } from './endpoint-server.ts';
import { answerTo, sceneOf, userText, type Chat } from './mock-endpoint.ts';

/** A chat request as such a server gets it. */
export interface ServedChat extends Chat {
  readonly model: string;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
}

/** One request that was answered or refused. */
export interface Served {
  readonly chat: ServedChat;
  /** Tokens of its messages, as the server counts them. */
  readonly prompt: number;
  /** How it went: in full, with a part of the prompt thrown away, broken off, or not at all. */
  readonly how: 'whole' | 'cut' | 'broken-off' | 'refused';
}

/** What a kind of server does with a request that it has no room for. */
export type Overflow = (server: ModelServer, chat: ServedChat, prompt: number) => Refused | Cut;

export interface Refused {
  readonly status: number;
  readonly body: unknown;
  /** Said in a stream that began well. */
  readonly inStream?: boolean;
}

/** Read to its last so many tokens, without a word. */
export interface Cut {
  readonly left: number;
}

export interface ServerKind {
  /** Tokens of prompt and answer together. */
  readonly window: number;
  readonly overflow: Overflow;
  /** Whether room for the asked length has to be there before it begins. */
  readonly reserves?: boolean;
  /** Refuses a request for what is in it, whatever its length. */
  readonly refuses?: (chat: ServedChat) => Refused | undefined;
  /** What it serves beside chats, by method and path; everything else is a 404. */
  readonly routes?: Readonly<Record<string, (server: ModelServer) => unknown>>;
  /** Tokens that it counts for each that we estimate. */
  readonly density?: number;
  /** Adds to an answer, so that it is as long as real ones. */
  readonly wordy?: boolean;
  /** What it writes at most, in tokens. */
  readonly most?: number;
  /** Tokens that it spends on thoughts before each answer. */
  readonly thoughts?: number;
}

/** A server of language models on loopback, with the window and the manners of one that people run. */
export class ModelServer extends EndpointServer {
  readonly served: Served[] = [];
  /** Method and path of everything that was asked but chats. */
  readonly inquiries: string[] = [];
  kind: ServerKind;

  private constructor(kind: ServerKind) {
    super();
    this.kind = kind;
  }

  static async start(kind: ServerKind): Promise<ModelServer> {
    const models = new ModelServer(kind);
    await models.listen();
    return models;
  }

  /** Whether a chat has been answered, by which the model is loaded. */
  get isLoaded(): boolean {
    return this.served.length > 0;
  }

  protected handle(request: IncomingMessage, body: string, response: ServerResponse): void {
    const path = `${request.method ?? ''} ${request.url ?? ''}`;
    if (path !== 'POST /v1/chat/completions') {
      this.inquiries.push(path);
      const route = this.kind.routes?.[path];
      send(response, route === undefined ? 404 : 200, route?.(this) ?? { error: 'not found' });
      return;
    }
    this.chat(JSON.parse(body) as ServedChat, response);
  }

  private chat(chat: ServedChat, response: ServerResponse): void {
    const { window, overflow, reserves = false, refuses, density = 1 } = this.kind;
    const { most = Infinity, thoughts = 0 } = this.kind;
    const prompt = Math.ceil(
      chat.messages.reduce((sum, { content }) => sum + tokensOf(String(content)), 0) * density,
    );
    const asked = chat.max_tokens ?? chat.max_completion_tokens ?? Infinity;
    const refusal = refuses?.(chat);
    if (refusal !== undefined) {
      this.refuse(chat, prompt, refusal, response);
      return;
    }
    const needed = prompt + (reserves && asked < Infinity ? asked : 1);
    const over = needed > window ? overflow(this, chat, prompt) : undefined;
    if (over !== undefined && 'status' in over) {
      this.refuse(chat, prompt, over, response);
      return;
    }
    const read = over?.left ?? prompt;
    const text = this.answer(chat);
    const whole = Math.ceil(tokensOf(text) * density);
    const spent = Math.min(thoughts + whole, asked, most, window - read);
    const written = Math.max(0, spent - thoughts);
    const brokenOff = written < whole;
    this.served.push({
      chat,
      prompt,
      how: over !== undefined ? 'cut' : brokenOff ? 'broken-off' : 'whole',
    });
    const said = brokenOff ? text.slice(0, Math.floor((text.length * written) / whole)) : text;
    stream(response, [
      ...(thoughts === 0
        ? []
        : [{ choices: [{ index: 0, delta: { reasoning_content: 'Let me think of it. ' } }] }]),
      { choices: [{ index: 0, delta: { content: said } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: brokenOff ? 'length' : 'stop' }] },
      { choices: [], usage: { prompt_tokens: read, completion_tokens: spent } },
    ]);
  }

  private refuse(
    chat: ServedChat,
    prompt: number,
    refusal: Refused,
    response: ServerResponse,
  ): void {
    this.served.push({ chat, prompt, how: 'refused' });
    if (refusal.inStream === true) stream(response, [refusal.body]);
    else send(response, refusal.status, refusal.body);
  }

  private answer(chat: ServedChat): string {
    const { content } = answerTo(chat) as { readonly content: string };
    const number = sceneOf(chat);
    const isBrief = userText(chat).includes('At most two sentences of action');
    if (this.kind.wordy !== true || number === undefined || isBrief) return content;
    const scene = JSON.parse(content) as { action: string; prompt: string };
    const more = (what: string, sentences: number): string =>
      Array.from(
        { length: sentences },
        (_, i) => ` The ${what} of ${number}, ${i + 1}, moves from the door to the lamp and back.`,
      ).join('');
    return JSON.stringify({
      ...scene,
      action: scene.action + more('keeper', 16),
      prompt: scene.prompt + more('woman', 12),
    });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function stream(response: ServerResponse, chunks: readonly unknown[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const chunk of chunks) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  response.end('data: [DONE]\n\n');
}
