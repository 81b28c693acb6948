import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lengthRefusal } from '../../../src/models/openai/length-refusal.ts';

/** Who says it, what they say, and what it means. */
type Case = readonly [who: string, said: string, window: number | undefined, prompt?: number];

const tooLong: readonly Case[] = [
  [
    'OpenAI',
    "This model's maximum context length is 4097 tokens. However, you requested 4203 tokens (3703 in the messages, 500 in the completion). Please reduce the length of the messages or completion.",
    4097,
    3703,
  ],
  [
    'OpenAI, without an asked length',
    "This model's maximum context length is 4097 tokens. However, your messages resulted in 35569 tokens. Please reduce the length of the messages.",
    4097,
    35_569,
  ],
  [
    'vLLM of 2025',
    "'max_tokens' or 'max_completion_tokens' is too large: 8000. This model's maximum context length is 4096 tokens and your request has 2000 input tokens (8000 > 4096 - 2000).",
    4096,
    2000,
  ],
  [
    'vLLM of 2026',
    "This model's maximum context length is 4096 tokens. However, you requested 1 output tokens and your prompt contains at least 4096 input tokens, for a total of at least 4097 tokens. Please reduce the length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=4096)",
    4096,
    4096,
  ],
  [
    'vLLM, another version',
    "You passed 5120 input tokens and requested 100 output tokens. However, the model's context length is only 4096 tokens, resulting in a maximum input length of 3996 tokens.",
    4096,
    5120,
  ],
  [
    'llama.cpp',
    'request (4476 tokens) exceeds the available context size (4096 tokens), try increasing it',
    4096,
    4476,
  ],
  [
    'llama.cpp of before',
    'the request exceeds the available context size. try increasing the context size or enable context shift',
    undefined,
  ],
  [
    'LM Studio',
    'Trying to keep the first 15857 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input',
    4096,
    15_857,
  ],
  ['LM Studio of 2026', 'Cannot truncate prompt with n_keep (5000) >= n_ctx (4096)', 4096, 5000],
  [
    'LM Studio with MLX',
    'The number of tokens to keep from the initial prompt is greater than the context length.',
    undefined,
  ],
  [
    "llama.cpp's Python binding",
    'Requested tokens (5160) exceed context window of 4096',
    4096,
    5160,
  ],
  ['Anthropic', 'prompt is too long: 210000 tokens > 200000 maximum', 200_000, 210_000],
  [
    'Anthropic, with an asked length',
    'input length and `max_tokens` exceed context limit: 199759 + 8192 > 200000, decrease input length or `max_tokens` and try again',
    200_000,
    199_759,
  ],
  [
    'Gemini',
    'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
    1_048_576,
    1_200_000,
  ],
  [
    'text-generation-inference',
    'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 7790 `inputs` tokens and 512 `max_new_tokens`',
    8193,
    7790,
  ],
  [
    'Mistral',
    'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
    32_768,
    40_000,
  ],
  [
    'Cohere',
    'too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 5000. Try using a shorter prompt.',
    4081,
    5000,
  ],
  [
    'xAI',
    "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
    131_072,
    537_812,
  ],
  [
    'Cerebras',
    'Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192',
    8192,
    9000,
  ],
  [
    'OpenRouter',
    'This endpoint\'s maximum context length is 32768 tokens. However, you requested about 40000 tokens (38000 of text input, 2000 in the output). Please reduce the length of either one, or use the "middle-out" transform to compress your prompt automatically.',
    32_768,
    38_000,
  ],
  [
    'SGLang',
    "The input (5000 tokens) is longer than the model's context length (4096 tokens).",
    4096,
    5000,
  ],
  [
    'SGLang of before',
    'Input length (160062 tokens) exceeds the maximum allowed length (59862 tokens). Use a shorter input or enable --allow-auto-truncate.',
    59_862,
    160_062,
  ],
  ['TabbyAPI', 'Prompt length 5000 is greater than max_seq_len 4096', 4096, 5000],
  [
    'DashScope',
    '<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]',
    30_720,
  ],
  ['Moonshot', 'Invalid request: Your request exceeded model token limit: 8192', 8192],
  ['Zhipu', 'Prompt 超长', undefined],
  ['a gateway', '输入长度超过模型的最大上下文长度 32768', 32_768],
  ['MiniMax', 'invalid params, context window exceeds limit (2013)', undefined],
  ['Volcengine', 'Total tokens of image and text exceed max message tokens 32768', 32_768],
  ['LiteLLM', 'Prompt token count of 4662 exceeds max token count of 4095.', 4095, 4662],
  ['GitHub Copilot', 'prompt token count of 9120 exceeds the limit of 8192', 8192, 9120],
  [
    'oMLX',
    'Prompt too long: 41911 tokens exceeds max context window of 32768 tokens',
    32_768,
    41_911,
  ],
  ['CTransformers', 'Number of tokens (757) exceeded maximum context length (512).', 512, 757],
  [
    'GPT4All',
    'The prompt size exceeds the context window size and cannot be processed.',
    undefined,
  ],
  ['GitHub Models', 'Request body too large for gpt-4o-mini model. Max size: 8000 tokens.', 8000],
  ['Ollama', 'prompt too long; exceeded max context length by 123 tokens', undefined],
  ['Bedrock', 'Input is too long for requested model.', undefined],
  [
    'DeepSeek',
    "This model's maximum context length is 131,072 tokens. However, you requested 131,134 tokens (122,942 in the messages, 8,192 in the completion).",
    131_072,
    122_942,
  ],
];

describe('a refusal for the length of a request', () => {
  for (const [who, said, window, prompt] of tooLong) {
    it(`is read as ${who} says it`, () => {
      for (const text of [said, JSON.stringify({ error: { message: said, code: 400 } })]) {
        assert.deepEqual(lengthRefusal(400, text), {
          about: 'context',
          ...(window === undefined ? {} : { window }),
          ...(prompt === undefined ? {} : { prompt }),
        });
      }
    });
  }

  it('is read from the fields of llama.cpp', () => {
    const error = { code: 400, message: 'no', type: 'exceed_context_size_error' };
    assert.deepEqual(
      lengthRefusal(
        400,
        JSON.stringify({ error: { ...error, n_prompt_tokens: 4476, n_ctx: 4096 } }),
      ),
      { about: 'context', window: 4096, prompt: 4476 },
    );
  });

  it('is read in what a gateway quotes of a provider', () => {
    const raw = JSON.stringify({
      error: { message: "This model's maximum context length is 8192 tokens, and you sent more." },
    });
    const error = { message: 'Provider returned error', code: 400, metadata: { raw } };
    assert.deepEqual(lengthRefusal(400, JSON.stringify({ error })), {
      about: 'context',
      window: 8192,
    });
  });

  it('is read from a code alone', () => {
    const text = JSON.stringify({ error: { message: 'Sorry.', code: 'context_length_exceeded' } });
    assert.deepEqual(lengthRefusal(400, text), { about: 'context' });
  });

  it('is one where a single request has more tokens than a minute, but not where many have', () => {
    const groq =
      'Request too large for model `llama-3.1-8b-instant` on tokens per minute (TPM): Limit 6000, Requested 8235, please reduce your message size and try again.';
    assert.deepEqual(lengthRefusal(413, groq), { about: 'context', window: 6000, prompt: 8235 });
    const openAi =
      'Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 31000. The input or output tokens must be reduced in order to run successfully.';
    assert.deepEqual(lengthRefusal(429, openAi), {
      about: 'context',
      window: 30_000,
      prompt: 31_000,
    });
    const busy =
      'Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.';
    assert.equal(lengthRefusal(429, busy), undefined);
  });

  const ofAnswer: readonly (readonly [string, number | undefined])[] = [
    ['Invalid max_tokens value, the valid range of max_tokens is [1, 8192]', 8192],
    ['<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 8192]', 8192],
    [
      'The parameter `max_completion_tokens` specified in the request are not valid: integer above maximum value, expected a value <= 12288, but got 32000 instead.',
      12_288,
    ],
    [
      'max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000.',
      16_384,
    ],
    [
      '`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` is less than the `context_window` for this model',
      8192,
    ],
    ['max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens', 64_000],
    ['max_tokens must be between 1 and 4096', 4096],
    ['max_tokens (current value: 4096) must be between 0 and 4000 ', 4000],
  ];
  for (const [said, most] of ofAnswer) {
    it(`is one of the answer's length: ${said.slice(0, 50)}`, () => {
      assert.deepEqual(lengthRefusal(400, JSON.stringify({ error: { message: said } })), {
        about: 'answer',
        most,
      });
    });
  }

  it('is one of the answer where an account could pay for a shorter one', () => {
    const text = (tokens: number): string =>
      `This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford ${tokens}. To increase, visit your settings and add more credits`;
    assert.deepEqual(lengthRefusal(402, text(9000)), { about: 'answer', most: 9000 });
    assert.equal(lengthRefusal(402, text(12)), undefined);
  });

  const other = [
    'The model `qwen` does not exist',
    'You exceeded your current quota, please check your plan and billing details.',
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    "Invalid schema for response_format 'scene': 'minItems' is not permitted.",
    'Rate limit reached. Please try again in 20s.',
    'The input was flagged by our content filter.',
    'API key not valid',
    'Internal server error',
    '',
  ];
  for (const said of other) {
    it(`is not seen in: ${said.slice(0, 40)}`, () => {
      assert.equal(lengthRefusal(400, JSON.stringify({ error: { message: said } })), undefined);
    });
  }

  it('is read from anything, in any language, without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(600), (text, status) => {
        lengthRefusal(status, text);
        lengthRefusal(status, `context length ${text} tokens`);
      }),
    );
  });
});
