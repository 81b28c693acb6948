import type { HeaderReader } from '../../net/http-types.ts';
import type { Usage } from '../writer-model.ts';
import { errorIn } from './error-inside.ts';
import { fieldsOf } from './fields.ts';
import { RefusedRequest } from './refused-request.ts';

/** One answer as it comes in: the pieces of a stream, or all of it at once. */
export class Reply {
  text = '';
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
    const refusal = textIn(message.refusal);
    const text = textIn(message.content ?? choice.text);
    this.refusal += refusal;
    if (typeof choice.finish_reason === 'string') this.finish = choice.finish_reason;
    this.text += text;
    const thoughts = textIn(message.reasoning_content) + textIn(message.reasoning);
    if (thoughts !== '') this.thought = true;
    return /\S/.test(text + refusal + thoughts);
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

/** Text, or the text among the parts that some services send in its place. */
function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map(fieldsOf)
    .map(({ type, text }) => (type === 'text' && typeof text === 'string' ? text : ''))
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
