import { answerTo } from '../../support/mock-endpoint.ts';
import type { TestModel, TestRequest } from './extension.ts';

/** A good answer to whatever the writing room asks for. */
export function goodAnswer({ messages }: TestRequest): object {
  const { content } = answerTo({ messages: messages.map((text) => ({ content: text })) }) as {
    content: string;
  };
  return JSON.parse(content) as object;
}

/** Answers by calling the tool, as it is told to. */
export const caller: TestModel = {
  id: 'caller',
  name: 'Tool Caller',
  takesTools: true,
  answer: (request) => {
    const [tool] = request.tools;
    if (tool === undefined || !request.mustCall) throw new Error('There is no tool to call.');
    request.call(tool.name, goodAnswer(request));
  },
};

/** The same, but VS Code asks its user before another extension may use it. */
export const guarded: TestModel = {
  ...caller,
  id: 'guarded',
  name: 'Guarded Model',
  asksFirst: true,
};
