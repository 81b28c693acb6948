import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScenewrightError } from '../../src/base/errors.ts';
import { coreAnswerSchema, sceneAnswerSchema } from '../../src/models/answer-schemas.ts';
import type { Chat, ChatPart } from '../../src/models/chat/chat.ts';
import { ChatModel } from '../../src/models/chat/chat-model.ts';
import { InvalidAnswer } from '../../src/models/answer-errors.ts';
import { parseAnswer } from '../../src/models/language-model/answer-reading.ts';
import { OpenAiModel } from '../../src/models/openai/openai-model.ts';
import { partialStrings, readableScene } from '../../src/models/readable-scene.ts';
import type {
  LanguageModel,
  PromptRequest,
} from '../../src/models/language-model/language-model.ts';
import { sampleScene } from '../unit/script/sample.ts';
import { type Change, changed, changes } from './mutate.ts';
import { expectNoPollution } from './pollution.ts';
import type { Started } from './target.ts';

interface Input {
  /** What the model says. */
  readonly answer: string;
  /** Done to the events in which it comes. */
  readonly onTheWay: readonly Change[];
  /** Where the connection cuts it up, from 0 to 1. */
  readonly cuts: readonly number[];
  readonly type: string;
  readonly status: number;
}

/** What a model says: as it is streamed, as it is read, and in whatever form. */
export function startModelAnswers(small: boolean): Started<Input> {
  const limit = small ? 8_000 : 128_000;
  const scene = sampleScene(3);
  const { id, seconds, place, time, cast, ...rest } = scene;
  const good = [
    JSON.stringify({ ...rest, title: `${id} ${seconds} ${place} ${time} ${cast.join()}` }, null, 1),
    JSON.stringify(rest),
    `<think>Hm {"a": 1}</think>\nHere it is:\n\`\`\`json\n${JSON.stringify(rest)}\n\`\`\`\nDone.`,
    JSON.stringify({
      title: 'The lamp',
      logline: 'It goes out.',
      characters: [{ name: 'Mara', look: 'thirty', voice: null }],
      places: [{ name: 'Lamp room', look: 'round' }],
    }),
  ];
  const answer = fc
    .tuple(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...good) },
        { weight: 1, arbitrary: fc.json({ maxDepth: 6 }) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 500 }) },
      ),
      changes(small ? 40 : 20_000),
    )
    .map(([base, list]) => changed(base, list, limit));
  const types = ['text/event-stream', 'application/json', 'text/html', '', 'text/event-stream;x'];
  return {
    inputs: fc.record<Input>({
      answer,
      onTheWay: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, changes(40)),
      cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
      type: fc.constantFrom(...types),
      status: fc.constantFrom(200, 200, 200, 200, 400, 401, 404, 429, 500, 503),
    }),
    show: ({ answer, ...way }) => `${JSON.stringify(way)}\n${answer}`,
    attempt: async (input) => {
      const read = [readAs(input, sceneAnswerSchema), readAs(input, coreAnswerSchema)];
      readSoFar(input);
      const outcomes = [await ask(overHttp(input)), await ask(new ChatModel(chat(input)))];
      expectNoPollution();
      return [...read, ...outcomes].join(' ');
    },
    patience: [500, 40],
  };
}

function readAs({ answer }: Input, schema: PromptRequest<unknown>['schema']): string {
  try {
    const value = parseAnswer(answer, schema);
    // What comes out is of the form that was asked for, whatever was said.
    assert.deepEqual(schema.parse(value), value);
    return 'good';
  } catch (error) {
    assert.ok(error instanceof InvalidAnswer, String(error));
    assert.notEqual(error.complaint, '');
    return error.name;
  }
}

function readSoFar({ answer, cuts }: Input): void {
  for (const cut of [...cuts.slice(0, 3), 1]) {
    const soFar = answer.slice(0, Math.floor(cut * answer.length));
    assert.equal(typeof readableScene(soFar), 'string');
    for (const [key, value] of partialStrings(soFar)) {
      assert.ok(soFar.includes(key.slice(0, 1)) || soFar.includes('\\'), 'only what was said');
      assert.equal(typeof value, 'string');
    }
  }
}

async function ask(writer: LanguageModel): Promise<string> {
  try {
    await writer.answer(
      {
        prompt: { system: 'You write.', user: 'Write.' },
        schema: sceneAnswerSchema,
        schemaName: 'scene',
      },
      { signal: new AbortController().signal, onText: () => undefined },
    );
    return 'good';
  } catch (error) {
    assert.ok(error instanceof ScenewrightError, String(error));
    assert.ok(error.message.length < 2000, 'a message can be read');
    return error.code;
  }
}

function overHttp(input: Input): OpenAiModel {
  const events = pieces(input.answer, input.cuts).map(
    (content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`,
  );
  const end = 'data: {"choices":[{"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
  const body = changed(events.join('') + end, input.onTheWay, 300_000);
  const whole = JSON.stringify({
    choices: [{ message: { content: input.answer }, finish_reason: 'stop' }],
  });
  const text = input.type === 'application/json' ? changed(whole, input.onTheWay, 300_000) : body;
  return new OpenAiModel({
    baseUrl: 'http://127.0.0.1:1/v1',
    model: 'm',
    fetch: () =>
      Promise.resolve(
        new Response(streamOf(Buffer.from(text), input.cuts), {
          status: input.status,
          headers: { 'content-type': input.type },
        }),
      ),
  });
}

function streamOf(bytes: Uint8Array, cuts: readonly number[]): ReadableStream<Uint8Array> {
  const places = cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b);
  return new ReadableStream({
    start(controller) {
      let from = 0;
      for (const to of [...places, bytes.length]) {
        if (to > from) controller.enqueue(bytes.subarray(from, to));
        from = to;
      }
      controller.close();
    },
  });
}

function pieces(text: string, cuts: readonly number[]): string[] {
  const places = cuts.map((cut) => Math.floor(cut * text.length)).sort((a, b) => a - b);
  return [...places, text.length].map((to, i) => text.slice(places[i - 1] ?? 0, to));
}

function chat({ answer, cuts, status }: Input): Chat {
  return {
    name: 'Model X',
    takesTools: status === 200,
    send: () =>
      Promise.resolve(
        (async function* (): AsyncGenerator<ChatPart> {
          await Promise.resolve();
          if (status >= 500) throw new Error(answer.slice(0, 300));
          for (const text of pieces(answer, cuts)) yield { kind: 'text', text };
          let input: unknown = answer;
          try {
            input = JSON.parse(answer) as unknown;
          } catch {
            // Then the tool is called with the text itself.
          }
          if (status === 200) yield { kind: 'call', tool: 'scene', input };
        })(),
      ),
  };
}
