// The endpoint, in a process of its own so that its work is not ours. See `Endpoint`.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AnswerStream } from './answer-stream.ts';
import { sceneMs, tokenTime } from './latency.ts';
import type { AnswerTime } from './latency.ts';
import { Limiter } from './limiter.ts';
import { firstBeatAsked, readRequest, sceneAsked, standsOnActs } from './model/chat-request.ts';
import type { Asked } from './model/chat-request.ts';
import { Slips } from './model/answer-slips.ts';
import { answerTo } from './model/model-answer.ts';
import { StoryCourse } from './model/story-course.ts';
import type {
  Message,
  PlanningAnswer,
  Reply,
  Seen,
  EndpointConditions,
} from './endpoint-conditions.ts';

/** The endpoint as one run sees it. */
class Run {
  readonly seen: { -readonly [K in keyof Seen]: Seen[K] } & { planning: PlanningAnswer[] } = {
    requests: 0,
    refused: 0,
    scenes: 0,
    abandoned: 0,
    mostAtOnce: 0,
    planning: [],
  };
  private readonly conditions: EndpointConditions;
  private readonly limiter: Limiter;
  private readonly course: StoryCourse;
  /** By what is asked for: how many answers to it were begun. */
  private readonly draws = new Map<string, number>();
  private atOnce = 0;

  constructor(conditions: EndpointConditions) {
    this.conditions = conditions;
    this.limiter = new Limiter(conditions.limits ?? {}, conditions.scale);
    this.course = new StoryCourse(conditions);
  }

  answer(body: string, response: ServerResponse): void {
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
    const asked = readRequest(body);
    const scene = sceneAsked(asked);
    const { text, time } = this.answerTo(asked, scene);
    const stream = new AnswerStream(response, text, time, this.conditions.scale, asked.characters);
    response.writeHead(200, { 'content-type': 'text/event-stream', ...this.limiter.headers() });
    response.on('close', () => {
      if (stream.complete) return;
      stream.stop();
      this.atOnce--;
      this.seen.abandoned++;
    });
    stream.begin(() => {
      this.atOnce--;
      if (scene !== undefined) this.limiter.answered();
    });
  }

  private answerTo(asked: Asked, scene: number | undefined): { text: string; time: AnswerTime } {
    const { seed, slips } = this.conditions;
    const number = scene ?? firstBeatAsked(asked);
    const key = `${asked.kind} ${number}`;
    const draw = this.draws.get(key) ?? 0;
    this.draws.set(key, draw + 1);
    const seeds = slips ? [seed, scene === undefined ? 1 : 0, number, draw] : undefined;
    const value = answerTo(asked, this.course, new Slips(asked, seeds));
    const text = JSON.stringify(value);
    if (scene !== undefined) {
      this.seen.scenes++;
      const ms = sceneMs(this.conditions, scene, draw);
      return { text, time: { firstMs: 0, ms } };
    }
    const time = tokenTime(text);
    this.seen.planning.push({
      kind: asked.kind,
      afterActs: standsOnActs(asked),
      ms: time.ms,
      ...beatTimes(value, text, time, number),
    });
    return { text, time };
  }
}

/** When each of an answer's beats is there, where it has some. */
function beatTimes(
  value: unknown,
  text: string,
  { firstMs, ms }: AnswerTime,
  first: number,
): Partial<PlanningAnswer> {
  const beats = (value as { readonly beats?: readonly unknown[] }).beats;
  if (beats === undefined) return {};
  const key = '"beats":[';
  let end = text.indexOf(key) + key.length;
  const beatMs = beats.map((beat) => {
    end += JSON.stringify(beat).length + 1;
    return firstMs + (ms - firstMs) * Math.min(1, end / text.length);
  });
  return { first, beatMs };
}

const runs = new Map<number, Run>();

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const run = runs.get(Number(/^\/(\d+)\/v1\/chat\/completions$/.exec(request.url ?? '')?.[1]));
  if (run === undefined) {
    response.writeHead(404).end();
    return;
  }
  run.answer(Buffer.concat(pieces).toString('utf8'), response);
}

function obey(message: Message): Reply {
  const { call, run } = message;
  switch (message.type) {
    case 'begin':
      runs.set(run, new Run(message.conditions));
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
