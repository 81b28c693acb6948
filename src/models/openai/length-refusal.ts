import { parsedJson } from '../../base/parsed-json.ts';
import { codesIn } from '../../net/refusal.ts';
import { fieldsOf } from './fields.ts';

/** What an endpoint says when it refuses a request for its length, or for that of the answer. */
export type LengthRefusal =
  | {
      readonly about: 'context';
      /** Tokens of prompt and answer together that it takes, where it says so. */
      readonly window?: number;
      /** Tokens that it counted in the prompt, where it says so. */
      readonly prompt?: number;
    }
  /** The asked length of the answer is more than it writes: at most `most` tokens, if it says so. */
  | { readonly about: 'answer'; readonly most?: number };

/**
 * Read a refusal that is about length; `undefined` for every other one. The sentences are those of
 * OpenAI, vLLM, SGLang, llama.cpp and its Python binding, LM Studio, Ollama, text-generation-inference,
 * TabbyAPI, Anthropic, Gemini, Groq, Mistral, Cohere, xAI, Cerebras, GitHub Models, OpenRouter,
 * DashScope, Zhipu, Moonshot, Volcengine, DeepSeek and MiniMax.
 *
 * @param text the body of the refusal, or the error inside a stream
 */
export function lengthRefusal(status: number | undefined, text: string): LengthRefusal | undefined {
  const body = parsed(text);
  const words = (body === undefined ? text : stringsIn(body).join(' '))
    .slice(0, longestRead)
    .replaceAll('\\"', '"')
    .replace(/\s+/g, ' ');
  // Too many tokens in a minute are waited for, unless they are more than a minute ever has.
  if (status === 429 && !/request too large/i.test(words)) return undefined;
  const told = toldOf(body);
  if (status === 402) {
    const afford = firstNumber(words, affordable) ?? 0;
    return afford < leastUseful ? undefined : { about: 'answer', most: afford };
  }
  const answer = aboutAnswer.test(words) && !aboutBoth.test(words);
  if (answer) {
    const most = firstNumber(words, mostAnswer);
    return { about: 'answer', ...(most === undefined ? {} : { most }) };
  }
  const isTooLarge = (status === 413 || status === 429) && /token/i.test(words);
  const codes = codesIn(text);
  if (
    !isTooLarge &&
    !aboutContext.test(words) &&
    !/context_(length|size)|exceed_context/.test(codes)
  )
    return undefined;
  const window = told.window ?? firstNumber(words, windows);
  const prompt = told.prompt ?? firstNumber(words, prompts);
  return {
    about: 'context',
    ...(window === undefined || window < smallestWindow ? {} : { window }),
    ...(prompt === undefined ? {} : { prompt }),
  };
}

/** So many characters of a refusal are looked at; they say it in their first sentences. */
const longestRead = 4000;

/** No model that is still run has a smaller one; smaller numbers speak of something else. */
const smallestWindow = 256;

/** The parameter itself is out of its range, whatever the prompt. */
const aboutAnswer =
  /max_(?:completion_|output_|new_)?tokens?[`'"]?[^.]{0,60}(?:range|too large|at most|maximum value|less than or equal|must be (?:<|less|between)|exceeds? (?:the )?(?:maximum|limit))|range of max_tokens|(?:max_tokens|output tokens)[^.]{0,40}(?:supports? at most|limit(?:ed)? (?:is|to))|integer above maximum value|max_tokens:? \d+ > \d+/i;
const aboutBoth =
  /context (?:length|window|size|limit)|input (?:tokens|length)|`inputs`|in the (?:messages|prompt|input)/i;
/** OpenRouter: a request that asks for no length has to be paid for as if it took all there is. */
const affordable = [/can only afford (N)/i].map(withNumber);
/** An account that has less left, in tokens, is as good as empty. */
const leastUseful = 1000;
const mostAnswer = [
  /\[\s*\d+\s*,\s*(N)\s*\]/i,
  /(?:at most|<=?|less than or equal to|limit(?:ed)? (?:is|to)|maximum(?: value)?(?: is| of| for `?max_(?:completion_)?tokens`?(?: is)?)?:?) [^\d\n]{0,60}?(N)/i,
  /between \d+ and (N)/i,
  /max_tokens:? \d+ > (N)/i,
].map(withNumber);

const aboutContext = new RegExp(
  [
    'context.{0,3}(?:length|window|size|limit)(?!.{0,30}\\bwarning)',
    '(?:prompt|input|request|message)s?[^.]{0,30} (?:is|are|was) (?:too (?:long|large)|longer than)',
    'prompt too long',
    'body too large[^.]*\\. max size: \\d+ tokens',
    '(?:too many|exceeds?[^.]{0,40}|number of|reduce[^.]{0,30}) (?:input )?tokens',
    'exceeds?[^.]{0,40}token limit',
    'n_keep[^.]{0,30}n_ctx',
    'tokens? to keep from the initial prompt',
    'max_seq_len',
    'maximum prompt length',
    'range of input length',
    'reduce the length of the (?:messages|prompt|input)',
    'must be <= \\d+\\. given',
    'token count[^.]{0,40}exceeds',
    'token 限制|超长|上下文.{0,6}(?:长度|超)|(?:输入|prompt).{0,12}(?:过长|超过|超出)',
    'コンテキスト.{0,6}(?:長|超)|入力が長すぎ|컨텍스트.{0,6}(?:길이|초과)|입력이 너무',
  ].join('|'),
  'i',
);

/** Each with the number of tokens that is the limit, the surest first. */
const windows = [
  /context (?:length|window|size)(?: is| limit| of)*(?: only)?[^\d.]{0,12}(N)/i,
  /(?:available )?context size \((N)/i,
  /n_ctx\D{0,4}(N)/i,
  /context limit: \d+ \+ \d+ > (N)/i,
  /tokens > (N) maximum/i,
  /(?:must be <=|max_seq_len(?: of)?|exceeds (?:the )?(?:maximum allowed length|max_seq_len)\D{0,4}) ?(N)/i,
  /maximum prompt length is (N)/i,
  /range of input length should be \[\s*\d+\s*,\s*(N)/i,
  /token limit\D{0,6}(N)/i,
  /max(?:imum)? (?:message tokens|size|token count(?: of)?|number of tokens(?: allowed)?|allowed length|input (?:tokens|length)|total tokens)\D{0,6}(N)/i,
  /(N) maximum context length/i,
  /\blimit(?: is| of)?:? (N)/i,
  /cannot exceed (N)/i,
  /context\D{0,60}only (N) tokens/i,
  /exceeds? (?:the )?(?:limit|maximum|max)(?: of| is|:)? (N)/i,
  /(?:长度|限制|最大|上限)\D{0,12}(N)/,
].map(withNumber);

/** Each with the number of tokens that the prompt was counted to have. */
const prompts = [
  /(N) (?:tokens )?(?:in|of) (?:the |your )?(?:messages|prompt|text input|input)/i,
  /(?:has|passed|contains|contains at least|request contains) (N) (?:input )?tokens/i,
  /resulted in (N) tokens/i,
  /n_prompt_tokens\D{0,4}(N)/i,
  /request \((N) tokens\)/i,
  /keep the first (N)/i,
  /n_keep[^\d]{0,4}(N)/i,
  /context limit: (N) \+/i,
  /too long: (N) tokens/i,
  /given: (N) `?inputs/i,
  /(?:input|prompt)[^.\d]{0,30}\((N)(?: tokens)?\)/i,
  /(?:prompt length|current length is|token count(?: of)?) (N)/i,
  /number of tokens \((N)\)/i,
  /(?:requested|received|request contains)(?: about)?(?: tokens)?\D{0,4}(N)/i,
].map(withNumber);

function firstNumber(words: string, patterns: readonly RegExp[]): number | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(words)?.[1];
    if (found !== undefined) return Number(found.replace(/[,._]/g, ''));
  }
  return undefined;
}

/** `N` in a pattern stands for a number, with or without separators. */
function withNumber({ source, flags }: RegExp): RegExp {
  return new RegExp(source.replace('(N)', String.raw`(\d{1,3}(?:[,._]\d{3})+|\d+)`), flags);
}

function parsed(text: string): unknown {
  const value = parsedJson(text);
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** All texts in a body, numbers and names of fields left out: those may be codes. */
function stringsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  return Object.values(value).flatMap((inner) => stringsIn(inner, depth + 1));
}

/** llama.cpp says it in fields of their own. */
function toldOf(body: unknown): { readonly window?: number; readonly prompt?: number } {
  const error = fieldsOf('error' in fieldsOf(body) ? fieldsOf(body).error : body);
  const { n_ctx: window, n_prompt_tokens: prompt } = error;
  return {
    ...(typeof window === 'number' ? { window } : {}),
    ...(typeof prompt === 'number' ? { prompt } : {}),
  };
}
