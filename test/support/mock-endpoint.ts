import type { FixtureResponse } from '@copilotkit/aimock';
import { actsAnswer, coreAnswer, outlineAnswer } from '../../fixtures/plan-answers.ts';
import { sceneAnswer } from '../unit/writing/writing-support.ts';

/** One request as the mock hands it out. */
export interface Chat {
  readonly messages: readonly { readonly content: unknown }[];
  readonly response_format?: { readonly type: string };
}

export const userText = ({ messages }: Chat): string => String(messages.at(-1)?.content);

/** The number of the scene a request asks for; `undefined` for one of planning. */
export const sceneOf = (request: Chat): number | undefined => {
  const [, number] = /\nWrite scene (\d+)\./.exec(userText(request)) ?? [];
  return number === undefined ? undefined : Number(number);
};

/** A well-formed answer to whatever the writing room asks for. */
export function answerTo(request: Chat): FixtureResponse {
  return { content: JSON.stringify(valueFor(request)) };
}

function valueFor(request: Chat): unknown {
  const scene = sceneOf(request);
  if (scene !== undefined) return sceneAnswer(`number ${scene}`);
  const text = userText(request);
  const count = (what: string): number | undefined => {
    const [, number] = new RegExp(`exactly (\\d+) ${what}`).exec(text) ?? [];
    return number === undefined ? undefined : Number(number);
  };
  const acts = count('acts');
  if (acts !== undefined) return actsAnswer(acts);
  const beats = count('beats?');
  if (beats !== undefined) {
    const [, first] = /\nPlan .*: (?:beat |\d+ beats, )(\d+)/.exec(text) ?? [];
    return outlineAnswer(beats, Number(first));
  }
  return coreAnswer();
}
