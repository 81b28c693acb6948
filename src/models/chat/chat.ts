import { jsonSchemaOf } from '../language-model/answer-reading.ts';
import type { PromptRequest } from '../language-model/language-model.ts';

/** A language model that takes a question in messages of a user and answers in a stream of parts. */
export interface Chat {
  /** As people know the model, such as `GPT-5 mini`. */
  readonly name: string;
  /** Whether it can call tools; `undefined` where that is not told. */
  readonly takesTools: boolean | undefined;
  /** Tokens that it reads in one question at most, where that is told. */
  readonly maxInputTokens?: number;
  /**
   * Send a question. Resolves once it has been let through, which may wait for a person to allow it.
   * Aborting the signal gives up the question and its answer.
   *
   * @throws anything: what it means is {@link chatError}'s business
   */
  send(question: ChatQuestion, signal: AbortSignal): Promise<AsyncIterable<ChatPart>>;
}

export interface ChatQuestion {
  /** What the user says, in order. */
  readonly messages: readonly string[];
  /** The one tool that has to be called with the answer; absent where the answer is plain text. */
  readonly tool?: ChatTool;
}

export interface ChatTool {
  readonly name: string;
  readonly description: string;
  /** JSON schema of the call's input. */
  readonly inputSchema: Record<string, unknown>;
}

export type ChatPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly tool: string; readonly input: unknown }
  | { readonly kind: 'thought'; readonly text: string }
  /** A sign of life that is no part of the answer. */
  | { readonly kind: 'other' };

/** How the answer is asked for: as the input of a tool that must be called, or as JSON in text. */
export type ChatForm = 'tool' | 'text';

/**
 * The question for one request. There is no system role: the part that is the same for a whole run
 * comes as the first message, so that whoever caches prompts can.
 */
export function questionOf<T>(
  { prompt, schema, schemaName }: PromptRequest<T>,
  form: ChatForm,
): ChatQuestion {
  const inputSchema = jsonSchemaOf(schema);
  if (form === 'tool') {
    return {
      messages: [prompt.system, prompt.user],
      tool: {
        name: schemaName,
        description: 'Takes the finished answer. Call it once, with all of the answer.',
        inputSchema,
      },
    };
  }
  const inWords = `Answer with a single JSON object, without Markdown around it and without any other text. It has to fit this JSON schema:\n${JSON.stringify(inputSchema)}`;
  return { messages: [`${prompt.system}\n\n${inWords}`, prompt.user] };
}
