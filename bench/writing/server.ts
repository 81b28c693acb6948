// The endpoint, in a process of its own so that its work is not ours. See `Endpoint`.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WriterTask } from '../../src/models/writer-tasks.ts';
import { planningMs, sceneMs } from './latency.ts';
import { Limiter } from './limiter.ts';
import { planningAnswer } from './planning-answers.ts';
import { sceneAnswer } from './story.ts';
import { taskHeader } from './endpoint-conditions.ts';
import type { Message, Reply, Seen, EndpointConditions } from './endpoint-conditions.ts';

/** Who speaks in every scene; the planning answers know nobody else. */
const speaker = 'Mara';

/** The pieces that an answer streams in, evenly spread over the time it takes. */
const pieces = 20;

/** About how many characters a token has, for the usage figures. */
const charactersPerToken = 4;

/** Up to so many scenes a story is planned without acts, in one stage less. */
const withoutActs = 40;

/** The endpoint as one run sees it. */
class Run {
  readonly seen: { -readonly [K in keyof Seen]: Seen[K] } = {
    requests: 0,
    refused: 0,
    scenes: 0,
    abandoned: 0,
    mostAtOnce: 0,
  };
  /** Planning tasks by name. */
  readonly tasks = new Map<string, WriterTask>();
  private readonly conditions: EndpointConditions;
  private readonly limiter: Limiter;
  /** By number of the scene: how many answers to it were begun. */
  private readonly draws = new Map<number, number>();
  private atOnce = 0;

  constructor(conditions: EndpointConditions) {
    this.conditions = conditions;
    this.limiter = new Limiter(conditions.limits ?? {}, conditions.scale);
  }

  answer(name: string, body: string, response: ServerResponse): void {
    this.seen.requests++;
    const refusal = this.limiter.admit(this.atOnce);
    if (refusal !== undefined) {
      this.seen.refused++;
      response.writeHead(429, { 'content-type': 'application/json', ...refusal });
      response.end(
        JSON.stringify({ error: { message: 'Too many requests', type: 'rate_limit_error' } }),
      );
      return;
    }
    this.atOnce++;
    this.seen.mostAtOnce = Math.max(this.seen.mostAtOnce, this.atOnce);
    const { value, ms, scene } = this.answerTo(name);
    const stream = new Stream(
      response,
      JSON.stringify(value),
      ms / this.conditions.scale,
      body.length,
    );
    response.writeHead(200, { 'content-type': 'text/event-stream', ...this.limiter.headers() });
    response.on('close', () => {
      if (stream.complete) return;
      stream.stop();
      this.atOnce--;
      this.seen.abandoned++;
    });
    stream.begin(() => {
      this.atOnce--;
      if (scene) this.limiter.answered();
    });
  }

  private answerTo(name: string): { value: unknown; ms: number; scene: boolean } {
    const number = Number(/^scene (\d+)$/.exec(name)?.[1]);
    if (Number.isNaN(number)) {
      const task = this.tasks.get(name);
      if (task === undefined) throw new Error(`Nobody has told what "${name}" is.`);
      return { value: planningAnswer(task, this.conditions), ms: this.planningMs(), scene: false };
    }
    const draw = this.draws.get(number) ?? 0;
    this.draws.set(number, draw + 1);
    this.seen.scenes++;
    return {
      value: sceneAnswer(number, speaker),
      ms: sceneMs(this.conditions, number, draw),
      scene: true,
    };
  }

  private planningMs(): number {
    return (
      this.conditions.planningAnswerMs ??
      planningMs / (this.conditions.scenes > withoutActs ? 3 : 2)
    );
  }
}

/** One streamed answer whose last piece comes exactly when its time is over. */
class Stream {
  private readonly response: ServerResponse;
  private readonly chunks: readonly string[];
  private readonly ms: number;
  private sent = 0;
  private start = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly end: string;

  constructor(response: ServerResponse, text: string, ms: number, askedCharacters: number) {
    this.response = response;
    this.ms = ms;
    const length = Math.ceil(text.length / pieces);
    this.chunks = Array.from({ length: pieces }, (_, i) => {
      const content = text.slice(i * length, (i + 1) * length);
      return event([{ index: 0, delta: { content }, finish_reason: null }]);
    });
    const input = Math.ceil(askedCharacters / charactersPerToken);
    const output = Math.ceil(text.length / charactersPerToken);
    this.end = [
      event([{ index: 0, delta: {}, finish_reason: 'stop' }]),
      event([], {
        prompt_tokens: input,
        completion_tokens: output,
        total_tokens: input + output,
      }),
      'data: [DONE]\n\n',
    ].join('');
  }

  get complete(): boolean {
    return this.sent === this.chunks.length;
  }

  /** @param onComplete called before the last piece goes out */
  begin(onComplete: () => void): void {
    this.start = performance.now();
    this.arm(onComplete);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private arm(onComplete: () => void): void {
    const at = this.start + (this.ms * (this.sent + 1)) / this.chunks.length;
    this.timer = setTimeout(
      () => {
        this.send(onComplete);
      },
      Math.max(1, Math.round(at - performance.now())),
    );
  }

  private send(onComplete: () => void): void {
    const chunk = this.chunks[this.sent++] ?? '';
    if (this.complete) {
      onComplete();
      this.response.end(chunk + this.end);
      return;
    }
    this.response.write(chunk);
    this.arm(onComplete);
  }
}

function event(choices: readonly unknown[], usage: unknown = null): string {
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'bench' };
  return `data: ${JSON.stringify({ ...chunk, choices, usage })}\n\n`;
}

const runs = new Map<number, Run>();

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const run = runs.get(Number(/^\/(\d+)\/v1\/chat\/completions$/.exec(request.url ?? '')?.[1]));
  const name = request.headers[taskHeader];
  if (run === undefined || typeof name !== 'string') {
    response.writeHead(404).end();
    return;
  }
  run.answer(name, Buffer.concat(pieces).toString('utf8'), response);
}

function obey(message: Message): Reply {
  const { call, run } = message;
  switch (message.type) {
    case 'begin':
      runs.set(run, new Run(message.conditions));
      return { call };
    case 'plan':
      runs.get(run)?.tasks.set(message.name, message.task);
      return { call };
    case 'end': {
      const seen = runs.get(run)?.seen;
      runs.delete(run);
      return { call, ...(seen === undefined ? {} : { seen }) };
    }
  }
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  void handle(request, response);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('message', (message: Message) => {
  process.send?.(obey(message));
});
process.on('disconnect', () => {
  process.exit();
});
process.send?.((server.address() as AddressInfo).port);
