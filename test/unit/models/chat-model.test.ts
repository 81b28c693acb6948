import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ScenewrightError } from '../../../src/base/errors.ts';
import { ChatModel } from '../../../src/models/chat/chat-model.ts';
import type { GenerateOptions } from '../../../src/models/writer-model.ts';
import type { ChatPart } from '../../../src/models/chat/chat.ts';
import { TruncatedAnswer } from '../../../src/models/answer-errors.ts';
import { call, coded, named, poem, request, say, ScriptedChat } from './chat-script.ts';

const options = (more: Partial<GenerateOptions> = {}): GenerateOptions => ({
  signal: new AbortController().signal,
  ...more,
});

const fails = async (
  promise: Promise<unknown>,
  expected: { code: string; message: RegExp; retryable?: boolean },
): Promise<void> => {
  await assert.rejects(promise, (error: ScenewrightError) => {
    assert.equal(error.code, expected.code, error.message);
    assert.match(error.message, expected.message);
    if (expected.retryable !== undefined) assert.equal(error.retryable, expected.retryable);
    return true;
  });
};

describe('a writer model in a chat', () => {
  it('has the answer given as the input of one tool, shaped by the schema', async () => {
    const chat = new ScriptedChat(() => [call(poem)]);
    const writer = new ChatModel(chat);
    assert.deepEqual(await writer.answer(request, options()), poem);
    assert.equal(writer.label, 'Model X');
    const [question] = chat.asked;
    assert.deepEqual(question?.messages, ['You write poems.', 'Write one about rain.']);
    assert.equal(question.tool?.name, 'poem');
    assert.deepEqual(question.tool.inputSchema.required, ['title', 'lines']);
  });

  it('asks in words for good, once a model has talked instead of calling', async () => {
    const chat = new ScriptedChat(({ tool }) =>
      tool
        ? [say('What a nice idea!')]
        : [say('```json\n'), say(`${JSON.stringify(poem)}\n\`\`\``)],
    );
    const writer = new ChatModel(chat);
    for (let i = 0; i < 2; i++) {
      assert.deepEqual(await writer.answer(request, options()), poem);
    }
    assert.deepEqual(
      chat.asked.map(({ tool }) => tool !== undefined),
      [true, false, false],
    );
    const inWords = chat.asked[1]?.messages[0] ?? '';
    assert.ok(inWords.startsWith('You write poems.') && inWords.includes('"lines"'));
  });

  it('takes an answer that was said instead of called with, without asking again', async () => {
    const chat = new ScriptedChat(() => [say(JSON.stringify(poem))]);
    assert.deepEqual(await new ChatModel(chat).answer(request, options()), poem);
    assert.equal(chat.asked.length, 1);
  });

  it('asks in words where the provider refuses tools, and from the start where it says so', async () => {
    const refusing = new ScriptedChat(({ tool }) => {
      if (tool) throw new Error('400: this model does not support tools');
      return [say(JSON.stringify(poem))];
    });
    await new ChatModel(refusing).answer(request, options());
    assert.equal(refusing.asked.length, 2);
    const candid = new ScriptedChat(() => [say(JSON.stringify(poem))], false);
    await new ChatModel(candid).answer(request, options());
    assert.deepEqual(
      candid.asked.map(({ tool }) => tool),
      [undefined],
    );
  });

  it('holds a slip against the answer, not the model, once it has called the tool', async () => {
    const answers = [[call(poem)], [say('Let me think.')], [call(poem)]];
    const chat = new ScriptedChat(() => answers.shift() ?? []);
    const writer = new ChatModel(chat);
    await writer.answer(request, options());
    await fails(writer.answer(request, options()), {
      code: 'bad-answer',
      message: /not JSON/u,
      retryable: true,
    });
    await writer.answer(request, options());
    assert.ok(chat.asked.every(({ tool }) => tool !== undefined));
  });

  it('never returns what does not fit the schema, and says what is wrong', async () => {
    const chat = new ScriptedChat(() => [call({ title: 'Rain' })]);
    await fails(new ChatModel(chat).answer(request, options()), {
      code: 'bad-answer',
      message: /lines/u,
      retryable: true,
    });
  });

  it('ignores calls of tools that nobody offered', async () => {
    const chat = new ScriptedChat(({ tool }) =>
      tool
        ? [{ kind: 'call', tool: 'read_file', input: { path: 'a' } }]
        : [say(JSON.stringify(poem))],
    );
    assert.deepEqual(await new ChatModel(chat).answer(request, options()), poem);
  });

  it('reads a call however it is made', async () => {
    const text = JSON.stringify(poem);
    const calls: readonly (readonly ChatPart[])[] = [
      [call(text)],
      [call(JSON.stringify(text))],
      [call({ poem })],
      [call({ arguments: text })],
      [call({ type: 'object', properties: poem })],
      [{ kind: 'call', tool: 'functions.poem', input: poem }],
      [{ kind: 'call', tool: 'mcp_x_Poem', input: poem }],
      [call({}), say(text)],
      [call({}), call(poem)],
      [{ kind: 'call', tool: 'final_answer', input: poem }],
      [{ kind: 'thought', text }],
    ];
    for (const parts of calls) {
      const chat = new ScriptedChat(() => parts);
      assert.deepEqual(await new ChatModel(chat).answer(request, options()), poem);
      assert.equal(chat.asked.length, 1);
    }
  });

  it('asks in words where a model calls the tool with nothing', async () => {
    const chat = new ScriptedChat(({ tool }) => (tool ? [call({})] : [say(JSON.stringify(poem))]));
    const writer = new ChatModel(chat);
    for (let i = 0; i < 2; i++) assert.deepEqual(await writer.answer(request, options()), poem);
    assert.deepEqual(
      chat.asked.map(({ tool }) => tool !== undefined),
      [true, false, false],
    );
  });

  it('asks one question in words whose tool the provider does not take, and remembers which', async () => {
    const chat = new ScriptedChat(({ tool }) => {
      if (tool?.name === 'long_poem') {
        throw new Error('Request Failed: 400 [{"error":{"code":400,"status":"INVALID_ARGUMENT"}}]');
      }
      return tool ? [call(poem)] : [say(JSON.stringify(poem))];
    });
    const writer = new ChatModel(chat);
    const long = { ...request, schemaName: 'long_poem' };
    for (const question of [request, long, long, request]) {
      assert.deepEqual(await writer.answer(question, options()), poem);
    }
    assert.deepEqual(
      chat.asked.map(({ tool }) => tool?.name),
      ['poem', 'long_poem', undefined, undefined, 'poem'],
    );
  });

  it('learns nothing from a request that fails in words as well', async () => {
    const failures = [1, 2];
    const chat = new ScriptedChat(({ tool }) => {
      if (failures.pop() !== undefined) throw new Error('400 INVALID_ARGUMENT');
      return tool ? [call(poem)] : [];
    });
    const writer = new ChatModel(chat);
    await fails(writer.answer(request, options()), {
      code: 'network',
      message: /INVALID_ARGUMENT/u,
    });
    assert.deepEqual(await writer.answer(request, options()), poem);
  });

  it('takes an answer that is too long for one that was cut off', async () => {
    const chat = new ScriptedChat(() => {
      throw new Error('Response too long.');
    });
    await assert.rejects(new ChatModel(chat).answer(request, options()), TruncatedAnswer);
    assert.equal(chat.asked.length, 1);
  });

  it('tells the text as it streams in, and thoughts to nobody', async () => {
    const text = JSON.stringify(poem);
    const parts = [say(text.slice(0, 9)), { kind: 'other' } as const, say(text.slice(9))];
    const heard: string[] = [];
    const writer = new ChatModel(new ScriptedChat(() => parts, false));
    await writer.answer(request, options({ onText: (soFar) => heard.push(soFar) }));
    assert.deepEqual(heard, [text.slice(0, 9), text]);
  });

  it('tells a polite no as what it is', async () => {
    for (const no of [
      "Sorry, I can't assist with that.",
      'I’m sorry, but I cannot help with this story.',
      'Unfortunately, I cannot write this.',
    ]) {
      const chat = new ScriptedChat(() => [say(no)]);
      await fails(new ChatModel(chat).answer(request, options()), {
        code: 'refused',
        message: /The model declined to write this/u,
        retryable: false,
      });
      assert.equal(chat.asked.length, 1);
    }
  });

  it('is cancelled by the signal even where the model does not listen', async () => {
    const controller = new AbortController();
    const chat = new ScriptedChat(async function* () {
      controller.abort();
      await new Promise(() => undefined);
      yield say('');
    });
    await fails(new ChatModel(chat).answer(request, options({ signal: controller.signal })), {
      code: 'cancelled',
      message: /cancelled/u,
    });
  });

  it('passes the wish to stop on to the model', async () => {
    const controller = new AbortController();
    const heard = Promise.withResolvers<undefined>();
    const chat = new ScriptedChat(async function* (_question, signal) {
      const stopped = once(signal, 'abort');
      controller.abort();
      await stopped;
      heard.resolve(undefined);
      // As VS Code does, the stream then ends as if all had been said.
      yield* [];
    });
    await fails(new ChatModel(chat).answer(request, options({ signal: controller.signal })), {
      code: 'cancelled',
      message: /cancelled/u,
    });
    await heard.promise;
  });

  it('gives up an answer that has gone silent', async () => {
    const chat = new ScriptedChat(async function* (_question, signal) {
      yield say('{"title":');
      await once(signal, 'abort');
    }, false);
    const writer = new ChatModel(chat, { idleTimeoutMs: 20, firstTimeoutMs: 10_000 });
    await fails(writer.answer(request, options()), {
      code: 'network',
      message: /Nothing more came from Model X/u,
      retryable: true,
    });
  });

  it('leaves a person all the time they need to allow it', async () => {
    const chat = new ScriptedChat(() => [call(poem)]);
    const allowed = Promise.withResolvers<undefined>();
    chat.letThrough = () => allowed.promise;
    const writer = new ChatModel(chat, { idleTimeoutMs: 5, firstTimeoutMs: 5 });
    const answer = writer.answer(request, options());
    await new Promise((resolve) => setTimeout(resolve, 30));
    allowed.resolve(undefined);
    assert.deepEqual(await answer, poem);
  });

  it('has a person asked once, however many requests wait for the answer', async () => {
    const chat = new ScriptedChat(() => [call(poem)]);
    const allowed = Promise.withResolvers<undefined>();
    chat.letThrough = () => allowed.promise;
    const writer = new ChatModel(chat);
    const answers = Promise.all([1, 2, 3].map(() => writer.answer(request, options())));
    await new Promise(setImmediate);
    assert.equal(chat.asked.length, 1);
    allowed.resolve(undefined);
    assert.equal((await answers).length, 3);
    assert.equal(chat.asked.length, 3);
  });

  it('takes a no for all requests that waited for the answer', async () => {
    const chat = new ScriptedChat(() => []);
    const refused = Promise.withResolvers<never>();
    chat.letThrough = () => refused.promise;
    const writer = new ChatModel(chat);
    const answers = [1, 2, 3].map(() =>
      fails(writer.answer(request, options()), {
        code: 'account',
        message: /not been allowed to use “Model X”/u,
        retryable: false,
      }),
    );
    refused.reject(
      coded('NoPermissions', "Language model 'x/y' cannot be used by 'scenewright.scenewright'."),
    );
    await Promise.all(answers);
    assert.equal(chat.asked.length, 1);
  });

  it('lets the next request ask where the first one failed for another reason', async () => {
    const chat = new ScriptedChat(() => [call(poem)]);
    const failures = [named('ChatRateLimited', 'Too many requests')];
    chat.letThrough = () => {
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve() : Promise.reject(failure);
    };
    const writer = new ChatModel(chat);
    const [first, second] = await Promise.allSettled([
      writer.answer(request, options()),
      writer.answer(request, options()),
    ]);
    assert.equal(first.status, 'rejected');
    assert.equal(second.status, 'fulfilled');
  });
});
