import type { HeaderReader } from '../../net/http-types.ts';
import type { Said } from '../language-model/said-answer.ts';
import type { Usage } from '../writer-model.ts';
import { errorIn } from './error-inside.ts';
import { fieldsOf } from './fields.ts';
import { RefusedRequest } from './refused-request.ts';

/** One answer as it comes in: the pieces of a stream, or all of it at once. */
export class Reply {
  text = '';
  /** What it thought, where the service tells that apart. */
  thoughts = '';
  /** What it called tools with, which nobody offered, by their places. */
  private readonly callsByPlace = new Map<number, string>();
  /** What the model said instead of an answer. */
  refusal = '';
  /** Why it ended, in the words of the service; `undefined` until it does. */
  finish: string | undefined;
  usage: Usage | undefined;
  /** Whether the model was seen to think before it answered. */
  thought = false;
  /** Whether the service said that this was all. */
  closed = false;
  /** What came in the place of an answer; it is why there is none, if none comes. */
  private instead = '';

  /**
   * Take one piece of a stream, or a whole completion.
   *
   * @param event the name of its event, if it has one
   * @returns whether it brought anything new, thoughts included; spaces alone do not count
   * @throws RefusedRequest where it is an error
   */
  take(value: unknown, event: string, headers: HeaderReader): boolean {
    // Gemini's own streams are one list.
    if (Array.isArray(value)) {
      return value.map((one) => this.take(one, event, headers)).includes(true);
    }
    if (typeof value === 'string') {
      this.hear(value, event, headers);
      return false;
    }
    const chunk = fieldsOf(value);
    this.usage = usageIn(chunk) ?? this.usage;
    this.thought ||= hasThought(chunk.usage);
    const error = errorIn(chunk, event);
    if (error === 'sure') throw new RefusedRequest(200, headers, JSON.stringify(chunk));
    if (error === 'likely') this.instead ||= JSON.stringify(chunk);
    const choice = fieldsOf(Array.isArray(chunk.choices) ? chunk.choices[0] : ownOfOllama(chunk));
    const message = fieldsOf(choice.delta ?? choice.message);
    const { content } = message;
    const refusal = textIn(message.refusal) + partsIn(content, 'refusal');
    const text = textIn(content ?? choice.text);
    const called = this.takeCalls(message);
    this.refusal += refusal;
    if (typeof choice.finish_reason === 'string') this.finish = choice.finish_reason;
    this.text += text;
    const thoughts =
      (textIn(message.reasoning_content) ||
        textIn(message.reasoning) ||
        textIn(message.thinking) ||
        textIn(message.reasoning_details)) + partsIn(content, 'thinking');
    if (thoughts !== '') this.thought = true;
    if (this.thoughts.length < mostThoughts) this.thoughts += thoughts;
    return called || /\S/.test(text + refusal + thoughts);
  }

  /** All that was said. */
  get said(): Said {
    const { text, thoughts } = this;
    return { text, thoughts, calls: [...this.callsByPlace.values()] };
  }

  private takeCalls({ tool_calls: calls, function_call: call }: Fields): boolean {
    const all: readonly Fields[] = Array.isArray(calls)
      ? calls.map(fieldsOf)
      : call
        ? [{ function: call }]
        : [];
    let brought = false;
    for (const [i, one] of all.entries()) {
      const { index, function: called } = one;
      const { arguments: given } = fieldsOf(called);
      const piece = typeof given === 'string' || !given ? (given ?? '') : JSON.stringify(given);
      const place = typeof index === 'number' ? index : i;
      const before = this.callsByPlace.get(place) ?? '';
      if (typeof piece !== 'string' || before.length > mostThoughts) continue;
      brought ||= /\S/.test(piece);
      this.callsByPlace.set(place, before + piece);
    }
    return brought;
  }

  /**
   * Take words where data was expected.
   *
   * @throws RefusedRequest where they are those of an error
   */
  hear(words: string, event: string, headers: HeaderReader): void {
    if (event === 'error') throw new RefusedRequest(200, headers, words);
    if (!signOfLife.test(words)) this.instead ||= words;
  }

  /**
   * The end of what was sent.
   *
   * @param isWhole whether the text is an answer although nothing says that it has ended
   * @throws RefusedRequest where something else came than an answer, or than the rest of it
   */
  end(isWhole: boolean, headers: HeaderReader): void {
    const isAnswer = this.refusal !== '' || this.finish !== undefined || isWhole;
    if (!isAnswer && this.instead !== '') throw new RefusedRequest(200, headers, this.instead);
  }
}

const signOfLife = /^(?:ping|pong|keep-?alive|heart-?beat|processing|null|ok)\W*$/i;

/** Ollama's own answers as those that everybody else has. */
function ownOfOllama({ message, response, done_reason }: Readonly<Record<string, unknown>>) {
  return {
    message: typeof response === 'string' ? { content: response } : message,
    finish_reason: done_reason,
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** So much of thoughts and of calls is kept, in characters: more than any answer has. */
const mostThoughts = 2_000_000;

/** Text, what is text among the parts that some services send in its place, or an answer as data. */
function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) {
    const fields = fieldsOf(content);
    if (typeof fields.text === 'string') return fields.text;
    return Object.keys(fields).length > 0 ? JSON.stringify(content) : '';
  }
  return content
    .map((part: unknown) =>
      typeof part === 'string' ? { type: 'text', text: part } : fieldsOf(part),
    )
    .map(({ type, text, summary }) => {
      if (typeof type === 'string' && !/text|reasoning|summary/.test(type)) return '';
      return typeof text === 'string' ? text : typeof summary === 'string' ? summary : '';
    })
    .join('');
}

/** What one kind of the parts of a message says: Mistral sends thoughts so, OpenAI refusals. */
function partsIn(content: unknown, kind: 'thinking' | 'refusal'): string {
  if (!Array.isArray(content)) return '';
  return content
    .map(fieldsOf)
    .map((part) => (part.type === kind ? textIn(part[kind] ?? part.text) : ''))
    .join('');
}

/** Services that keep thoughts to themselves still count them. */
function hasThought(usage: unknown): boolean {
  const { reasoning_tokens: tokens } = fieldsOf(fieldsOf(usage).completion_tokens_details);
  return typeof tokens === 'number' && tokens > 0;
}

function usageIn(chunk: Readonly<Record<string, unknown>>): Usage | undefined {
  const { prompt_eval_count, eval_count } = chunk;
  const usage = fieldsOf(chunk.usage ?? fieldsOf(chunk.x_groq).usage);
  const inputTokens = usage.prompt_tokens ?? prompt_eval_count;
  const outputTokens = usage.completion_tokens ?? eval_count;
  if (typeof inputTokens !== 'number' || typeof outputTokens !== 'number') return undefined;
  return { inputTokens, outputTokens };
}
