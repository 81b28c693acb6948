import { APIError } from 'openai';
import type { Usage } from '../writer-model.ts';

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

  /**
   * Take one chunk of a stream, or a whole completion.
   *
   * @returns whether it brought anything new, thoughts included; spaces alone do not count
   * @throws APIError when the chunk is an error
   */
  take(value: unknown, headers: Headers): boolean {
    const chunk = fieldsOf(value);
    this.usage = usageIn(chunk.usage ?? fieldsOf(chunk.x_groq).usage) ?? this.usage;
    const error = chunk.error ?? (chunk.object === 'error' ? chunk : undefined);
    if (error) {
      // LM Studio sends the bare sentence.
      const fields = typeof error === 'string' ? { message: error } : fieldsOf(error);
      throw new APIError(undefined, fields, textIn(error), headers);
    }
    const choice = fieldsOf(Array.isArray(chunk.choices) ? chunk.choices[0] : undefined);
    const message = fieldsOf(choice.delta ?? choice.message);
    const refusal = textIn(message.refusal);
    const text = textIn(message.content);
    this.refusal += refusal;
    if (typeof choice.finish_reason === 'string') this.finish = choice.finish_reason;
    this.text += text;
    const thoughts = textIn(message.reasoning_content) + textIn(message.reasoning);
    if (thoughts !== '') this.thought = true;
    return /\S/.test(text + refusal + thoughts);
  }
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

function usageIn(value: unknown): Usage | undefined {
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = fieldsOf(value);
  if (typeof inputTokens !== 'number' || typeof outputTokens !== 'number') return undefined;
  return { inputTokens, outputTokens };
}

/** The fields of an object that came from outside; of anything else, none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
