import { z } from 'zod';
import type { Chat, ChatPart, ChatQuestion } from '../../../src/models/chat/chat.ts';
import type { PromptRequest } from '../../../src/models/language-model/language-model.ts';

const schema = z.object({ title: z.string(), lines: z.array(z.string()) });
export type Poem = z.infer<typeof schema>;

export const poem: Poem = { title: 'Rain', lines: ['It rains.', 'It rained.'] };

export const request: PromptRequest<Poem> = {
  prompt: { system: 'You write poems.', user: 'Write one about rain.' },
  schema,
  schemaName: 'poem',
};

/** What a scripted chat does with one question; may throw at any point. */
export type Answer = (
  question: ChatQuestion,
  signal: AbortSignal,
) => Iterable<ChatPart> | AsyncIterable<ChatPart>;

/** A chat that answers as a test tells it to, and remembers what it was asked. */
export class ScriptedChat implements Chat {
  readonly name = 'Model X';
  readonly takesTools: boolean | undefined;
  readonly asked: ChatQuestion[] = [];
  private readonly answer: Answer;
  /** What happens before a question is let through. */
  letThrough: (signal: AbortSignal) => Promise<void> = () => Promise.resolve();

  constructor(answer: Answer, takesTools?: boolean) {
    this.answer = answer;
    this.takesTools = takesTools;
  }

  async send(question: ChatQuestion, signal: AbortSignal): Promise<AsyncIterable<ChatPart>> {
    this.asked.push(question);
    await this.letThrough(signal);
    const { answer } = this;
    return (async function* () {
      yield* answer(question, signal);
    })();
  }
}

export const say = (text: string): ChatPart => ({ kind: 'text', text });

export const call = (input: unknown): ChatPart => ({ kind: 'call', tool: 'poem', input });

/** An error as VS Code's own ones are: they carry a code. */
export function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: 'LanguageModelError', code });
}

/** An error as GitHub Copilot names its own. */
export function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
