import type { FixtureResponse } from '@copilotkit/aimock';
import { planAnswer, sceneAnswer } from '../unit/writing/support.ts';

/** One request as the mock hands it out. */
export interface Chat {
  readonly messages: readonly { readonly content: unknown }[];
  readonly response_format?: { readonly type: string };
}

export const userText = ({ messages }: Chat): string => String(messages.at(-1)?.content);

/** The number of the scene a request asks for; `undefined` for the plan. */
export const sceneOf = (request: Chat): number | undefined => {
  const [, number] = /\nWrite scene (\d+)\./.exec(userText(request)) ?? [];
  return number === undefined ? undefined : Number(number);
};

/** A well-formed answer to whatever the writing room asks for. */
export function answerTo(request: Chat): FixtureResponse {
  const scene = sceneOf(request);
  if (scene !== undefined) return { content: JSON.stringify(sceneAnswer(`number ${scene}`)) };
  const [, beats] = /exactly (\d+) beats/.exec(userText(request)) ?? [];
  return { content: JSON.stringify(planAnswer(Number(beats))) };
}
