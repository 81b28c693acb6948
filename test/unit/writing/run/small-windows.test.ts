import assert from 'node:assert/strict';
import { SceneJournals } from '../../../../src/writing/journal/scene-journal.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EndpointMemory } from '../../../../src/models/openai/endpoint-memory.ts';
import { OpenAiModel } from '../../../../src/models/openai/openai-model.ts';
import { askForWindow } from '../../../../src/models/openai/ask-for-window.ts';
import { PromptedWriter } from '../../../../src/models/prompts/prompted-writer.ts';
import { Http } from '../../../../src/net/http.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import type { WriteOptions } from '../../../../src/writing/write-options.ts';
import {
  ModelServer,
  type Overflow,
  type Served,
  type ServerKind,
} from '../../../support/model-server.ts';
import { sceneOf, userText } from '../../../support/mock-endpoint.ts';
import { brief, collect, ofType, plannedIn, optionsToPlan } from '../writing-support.ts';

/** Ollama keeps the last half of its window, and two tokens of the beginning. */
const ollamaCut: Overflow = ({ kind }) => ({ left: kind.window / 2 + 2 });

/** Ollama of 2025 keeps as much as there is room for. */
const oldOllamaCut: Overflow = ({ kind }) => ({ left: kind.window });

const vllm: Overflow = ({ kind: { window } }, { max_tokens: asked = 0 }, prompt) => ({
  status: 400,
  body: {
    error: {
      message: `This model's maximum context length is ${window} tokens. However, you requested ${asked} output tokens and your prompt contains at least ${prompt} input tokens, for a total of at least ${prompt + asked} tokens. Please reduce the length of the input prompt or the number of requested output tokens.`,
      type: 'BadRequestError',
      code: 400,
    },
  },
});

const lmStudio: Overflow = ({ kind: { window } }, _, prompt) => ({
  status: 200,
  inStream: true,
  body: {
    error: `Trying to keep the first ${prompt} tokens when context the overflows. However, the model is loaded with context length of only ${window} tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input`,
  },
});

const llamaCpp: Overflow = ({ kind: { window } }, _, prompt) => ({
  status: 400,
  body: {
    error: {
      code: 400,
      message: `request (${prompt} tokens) exceeds the available context size (${window} tokens), try increasing it`,
      type: 'exceed_context_size_error',
      n_prompt_tokens: prompt,
      n_ctx: window,
    },
  },
});

const wordless: Overflow = () => ({
  status: 400,
  body: { error: { message: 'Input is too long for requested model.' } },
});

const loadedInOllama: ServerKind['routes'] = {
  'GET /api/ps': ({ isLoaded, kind }) => ({
    models: isLoaded ? [{ name: 'tiny:latest', context_length: kind.window }] : [],
  }),
  'POST /api/show': () => ({
    parameters: 'temperature 0.7',
    model_info: { 'llama.context_length': 131_072 },
  }),
};

describe('a script by a model that reads little at once', () => {
  let http: Http;
  let folder: string;

  beforeEach(async () => {
    http = new Http();
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-window-'));
  });
  afterEach(async () => {
    await http.close();
    await rm(folder, { recursive: true });
  });

  const write = async (
    kind: ServerKind,
    use: (served: readonly Served[], events: readonly WritingEvent[], server: ModelServer) => void,
    { duration = 180, ...options }: Partial<WriteOptions> & { readonly duration?: number } = {},
  ): Promise<void> => {
    const server = await ModelServer.start({ wordy: true, ...kind });
    const model = new PromptedWriter(
      new OpenAiModel({
        baseUrl: server.baseUrl,
        model: 'tiny',
        fetch: http.fetch,
        memory: new EndpointMemory(),
        inquire: askForWindow,
      }),
      0,
    );
    try {
      const events = await collect(
        writeScript(
          optionsToPlan({
            brief: { ...brief, duration },
            model,
            journal: new SceneJournals(folder).of(() => path.join(folder, 'script.md')),
            clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
            ...options,
          }),
        ),
      );
      use(server.served, events, server);
    } finally {
      await server.stop();
    }
  };

  const isComplete = (events: readonly WritingEvent[], scenes = 22): void => {
    assert.deepEqual(events.at(-1), { type: 'stopped', reason: 'done' });
    const written = ofType(events, 'batchWritten').flatMap((batch) => batch.scenes);
    assert.equal(written.length, scenes);
  };

  /** How many requests went so. */
  const count = (served: readonly Served[], how: Served['how']): number =>
    served.filter((one) => one.how === how).length;

  const nothingTwice = (served: readonly Served[]): void => {
    const refused = served.filter(({ how }) => how === 'refused' || how === 'cut');
    const sent = refused.map(({ chat }) => JSON.stringify(chat));
    assert.equal(new Set(sent).size, sent.length, 'the same is never refused twice');
  };

  it('keeps within the window of Ollama, which it is told, and says so once', async () => {
    await write({ window: 4096, overflow: ollamaCut, routes: loadedInOllama }, (served, events) => {
      isComplete(events);
      assert.equal(count(served, 'whole'), served.length, 'nothing is cut');
      const notes = ofType(events, 'noted').map(({ note }) => note);
      assert.equal(notes.length, 1);
      assert.match(notes[0] ?? '', /“tiny” reads 4,096 tokens at once/);
    });
  });

  it('uses a larger window of Ollama as soon as the model is loaded with it', async () => {
    await write(
      { window: 32_768, overflow: ollamaCut, routes: loadedInOllama },
      (served, events, { inquiries }) => {
        isComplete(events);
        assert.ok(served.some(({ prompt }) => prompt > 4096));
        assert.deepEqual(ofType(events, 'noted'), []);
        assert.equal(inquiries.filter((one) => one === 'GET /api/ps').length, 2);
      },
    );
  });

  for (const [how, overflow] of [
    ['half', ollamaCut],
    ['all', oldOllamaCut],
  ] as const) {
    it(`notices where ${how} of the window is kept of a prompt, without a word`, async () => {
      await write({ window: 4096, overflow }, (served, events) => {
        isComplete(events);
        nothingTwice(served);
        // Five are under way as the first of them is cut.
        assert.ok(
          count(served, 'cut') >= 1 && count(served, 'cut') <= 10,
          `${count(served, 'cut')}`,
        );
        assert.equal(ofType(events, 'noted').length, 1);
      });
    });
  }

  for (const [who, kind] of Object.entries<ServerKind>({
    vLLM: { window: 4096, overflow: vllm, reserves: true },
    'LM Studio': { window: 4096, overflow: lmStudio },
    'llama.cpp': { window: 4096, overflow: llamaCpp },
    'a service without numbers': { window: 4096, overflow: wordless },
  })) {
    it(`learns the window from a refusal of ${who}`, async () => {
      await write(kind, (served, events) => {
        isComplete(events);
        nothingTwice(served);
        assert.ok(count(served, 'refused') <= 12, `${count(served, 'refused')} were refused`);
        assert.ok(count(served, 'refused') >= 1, 'or else this tests nothing');
      });
    });
  }

  for (const [who, routes] of Object.entries<NonNullable<ServerKind['routes']>>({
    'vLLM, in its list of models': {
      'GET /v1/models': ({ kind }) => ({ data: [{ id: 'tiny', max_model_len: kind.window }] }),
    },
    'OpenRouter, in its list of models': {
      'GET /v1/models': ({ kind }) => ({
        data: [
          { id: 'other', context_length: 8 },
          { id: 'tiny', context_length: 131_072, top_provider: { context_length: kind.window } },
        ],
      }),
    },
    'LM Studio, of the loaded model': {
      'GET /api/v0/models': ({ kind }) => ({
        data: [{ id: 'tiny', loaded_context_length: kind.window, max_context_length: 131_072 }],
      }),
      'GET /v1/models': () => ({ data: [{ id: 'tiny' }] }),
    },
    'llama.cpp, of each slot': {
      'GET /props': ({ kind }) => ({ default_generation_settings: { n_ctx: kind.window } }),
      'GET /v1/models': () => ({ data: [{ id: 'tiny', meta: { n_ctx_train: 131_072 } }] }),
    },
    KoboldCpp: {
      'GET /api/extra/true_max_context_length': ({ kind }) => ({ value: kind.window }),
    },
  })) {
    it(`is asked nothing too long where it is told by ${who}`, async () => {
      await write({ window: 4096, overflow: vllm, reserves: true, routes }, (served, events) => {
        isComplete(events);
        assert.equal(count(served, 'whole'), served.length);
      });
    });
  }

  it('is written where the tokens are denser than was estimated', async () => {
    await write({ window: 6144, overflow: llamaCpp, density: 1.5 }, (served, events) => {
      isComplete(events);
      nothingTwice(served);
    });
  });

  it('is written in a language whose tokens nobody estimates well, within what Ollama reads', async () => {
    await write(
      { window: 4096, overflow: ollamaCut, routes: loadedInOllama, density: 1.6 },
      (served, events) => {
        isComplete(events);
        nothingTwice(served);
        assert.ok(count(served, 'cut') <= 6, `${count(served, 'cut')} were cut`);
      },
    );
  });

  it('is written where thoughts take a part of the window', async () => {
    await write(
      { window: 8192, overflow: ollamaCut, routes: loadedInOllama, thoughts: 1800 },
      (served, events) => {
        isComplete(events);
        assert.equal(count(served, 'cut'), 0);
        // The first answer ends within the thoughts, and nothing more is asked to be so short.
        assert.ok(count(served, 'broken-off') <= 2, `${count(served, 'broken-off')} broke off`);
        assert.ok(served.slice(2).every(({ chat }) => chat.max_tokens === undefined));
      },
    );
  });

  it('is written within the tokens that one minute has', async () => {
    const groq: Overflow = ({ kind: { window } }, { max_tokens: asked = 0 }, prompt) => ({
      status: 413,
      body: {
        error: {
          message: `Request too large for model \`tiny\` in organization \`org\` service tier \`on_demand\` on tokens per minute (TPM): Limit ${window}, Requested ${prompt + asked}, please reduce your message size and try again.`,
          type: 'tokens',
          code: 'rate_limit_exceeded',
        },
      },
    });
    await write({ window: 6000, overflow: groq, reserves: true }, (served, events) => {
      isComplete(events);
      nothingTwice(served);
    });
  });

  it('is written at OpenAI, where the length of answers has a name of its own', async () => {
    const refuses: ServerKind['refuses'] = ({ max_tokens: asked }) =>
      asked === undefined
        ? undefined
        : {
            status: 400,
            body: {
              error: {
                message:
                  "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                type: 'invalid_request_error',
                param: 'max_tokens',
                code: 'unsupported_parameter',
              },
            },
          };
    await write({ window: 128_000, overflow: vllm, refuses }, (served, events) => {
      isComplete(events);
      assert.equal(count(served, 'refused'), 1);
      assert.ok(served.slice(1).every(({ chat }) => chat.max_completion_tokens !== undefined));
      assert.deepEqual(ofType(events, 'noted'), []);
    });
  });

  it('is planned in parts that a model writes which writes little, as its list of models says', async () => {
    const routes: ServerKind['routes'] = {
      'GET /v1/models': () => ({
        data: [
          {
            id: 'tiny',
            context_length: 131_072,
            top_provider: { context_length: 131_072, max_completion_tokens: 1024 },
          },
        ],
      }),
    };
    await write({ window: 131_072, overflow: vllm, routes, most: 1024 }, (served, events) => {
      isComplete(events);
      assert.equal(count(served, 'broken-off'), 0);
    });
  });

  it('is planned in parts that fit, with the acts of a long story', async () => {
    await write(
      { window: 4096, overflow: ollamaCut, routes: loadedInOllama, wordy: false },
      (served, events) => {
        assert.deepEqual(events.at(-1), { type: 'stopped', reason: 'done' });
        assert.equal(plannedIn(events)?.outline.length, 75);
        assert.equal(count(served, 'whole'), served.length);
      },
      { duration: 600, outlineOnly: true },
    );
  });

  it('is as long as ten minutes, in any pace, with nothing cut', async () => {
    for (const pace of ['batches', 'sliding', 'planned'] as const) {
      await write(
        { window: 4096, overflow: ollamaCut, routes: loadedInOllama },
        (served, events) => {
          isComplete(events, 75);
          assert.equal(count(served, 'whole'), served.length);
        },
        { duration: 600, pace },
      );
    }
  });

  it('is written by a model that writes too much for what it may write, once that is said', async () => {
    await write({ window: 131_072, overflow: vllm, most: 420 }, (served, events) => {
      isComplete(events);
      const demand = 'At most two sentences of action';
      const scenes = served.filter(({ chat }) => sceneOf(chat) !== undefined);
      for (const { chat, how } of scenes) {
        assert.equal(how, userText(chat).includes(demand) ? 'whole' : 'broken-off');
      }
    });
  });

  it('says which setting helps where nothing else does', async () => {
    await write({ window: 512, overflow: llamaCpp }, (served, events) => {
      const end = events.at(-1);
      assert.ok(end?.type === 'stopped' && end.reason === 'failed');
      assert.match(end.error?.message ?? '', /scenewright\.writer\.contextTokens/);
      assert.equal(served.length, 1, 'what cannot be made shorter is not sent again');
    });
  });
});
