import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { askerHeader } from '../extensions/remote-hand/protocol.ts';
import { answerTo, sceneOf, userText, type Chat } from '../support/mock-endpoint.ts';
import { Loopback } from '../unit/net/loopback.ts';

/** One request, which somebody pays for. */
export interface Question {
  /** From 1; the answer to it carries {@link markOf} this number. */
  readonly number: number;
  /** The same for all requests that ask for the same. */
  readonly about: string;
  /** For a person to read, such as `scene 3`. */
  readonly what: string;
  /** The idea of the script that it is asked for. */
  readonly story: string;
  readonly askedAt: number;
  /** Process that asks; absent where the request does not say. */
  readonly pid: number | undefined;
  /** When the answer had gone out whole. */
  answeredAt?: number;
  /** When nobody waited for it any more, answered or not. */
  endedAt?: number;
}

const mark = /answer-(\d+)\b/gu;

/** Stands in every answer that ends up in a script, so that each can be found again. */
function markOf(number: number): string {
  return `answer-${number}`;
}

/** Numbers of the answers that a text holds. */
export function answersIn(text: string): Set<number> {
  return new Set(Array.from(text.matchAll(mark), ([, number]) => Number(number)));
}

export interface WriterServiceOptions {
  readonly random: () => number;
  /** Something has happened: a moment to strike at. */
  readonly onEvent: () => void;
}

/** A writer model on loopback that speaks OpenAI's chat completions, and remembers every request. */
export class WriterService {
  readonly questions: Question[] = [];
  private readonly options: WriterServiceOptions;
  private readonly server: Loopback;

  private constructor(options: WriterServiceOptions, server: Loopback) {
    this.options = options;
    this.server = server;
    server.answer = async ({ url, headers, body }, response) => {
      // Nobody knows here how much a model reads.
      if (!url.endsWith('/chat/completions')) response.writeHead(404).end();
      else await this.answer(JSON.parse(body) as Chat, response, headers[askerHeader]);
    };
  }

  static async start(options: WriterServiceOptions): Promise<WriterService> {
    return new WriterService(options, await Loopback.start(() => undefined));
  }

  /** To be set as `scenewright.writer.baseUrl`. */
  get baseUrl(): string {
    return `${this.server.url}/v1`;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async answer(
    chat: Chat,
    response: ServerResponse,
    asker: string | string[] | undefined,
  ): Promise<void> {
    const { random, onEvent } = this.options;
    const question: Question = {
      number: this.questions.length + 1,
      about: aboutOf(chat),
      what: whatOf(chat),
      story: storyOf(chat),
      askedAt: Date.now(),
      pid: asker === undefined ? undefined : Number(asker),
    };
    this.questions.push(question);
    response.once('close', () => {
      question.endedAt = Date.now();
    });
    onEvent();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of pieces(marked(chat, question.number))) {
      await delay(20 + random() * 200);
      if (response.destroyed) return;
      response.write(event({ delta: { content: piece }, finish_reason: null }));
    }
    response.write(event({ delta: {}, finish_reason: 'stop' }));
    response.end('data: [DONE]\n\n', () => {
      question.answeredAt = Date.now();
      onEvent();
    });
  }
}

/**
 * What is asked for, without what was written before it: of that there may be more when it is asked
 * for again.
 */
function aboutOf(chat: Chat): string {
  const text = userText(chat);
  const [, own = text] = /\n# Your scene\n(.*?)\nWrite scene /su.exec(text) ?? [];
  const system = String(chat.messages[0]?.content);
  return createHash('sha256').update(system).update(own).digest('hex');
}

function whatOf(chat: Chat): string {
  const scene = sceneOf(chat);
  if (scene !== undefined) return `scene ${scene}`;
  return /\n(Plan [^.:\n]*)/u.exec(userText(chat))?.[1] ?? 'the plan';
}

function storyOf(chat: Chat): string {
  return /\nIdea: (.*)\n/u.exec(String(chat.messages[0]?.content))?.[1] ?? '';
}

/** A good answer with its mark in everything that goes into the script. */
function marked(chat: Chat, number: number): string {
  const { content } = answerTo(chat) as { content: string };
  const value = JSON.parse(content) as Record<string, unknown>;
  const own = ` ${markOf(number)}.`;
  if (typeof value.action === 'string') value.action += own;
  if (typeof value.prompt === 'string') value.prompt = `${value.prompt} ${storyOf(chat)}${own}`;
  if (typeof value.logline === 'string') value.logline += own;
  if (Array.isArray(value.beats)) {
    value.beats = (value.beats as { summary: string }[]).map((beat) => ({
      ...beat,
      summary: `${beat.summary}${own}`,
    }));
  }
  return JSON.stringify(value);
}

function pieces(text: string): string[] {
  const length = Math.ceil(text.length / 4);
  return [0, 1, 2, 3].map((index) => text.slice(index * length, (index + 1) * length));
}

function event(choice: object): string {
  const choices = [{ index: 0, ...choice }];
  const chunk = { id: 'chat', object: 'chat.completion.chunk', created: 1, model: 'm', choices };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
