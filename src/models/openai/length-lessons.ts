import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import { t } from '../../base/l10n.ts';
import { ContextOverflow } from '../answer-errors.ts';
import { tokensOf } from '../language-model/token-estimate.ts';
import type { Refusal } from '../../net/refusal.ts';
import { withWords } from '../../net/service-words.ts';
import type { Reply } from './completion-reply.ts';
import type { Length } from './asked-length.ts';
import type { EndpointWindow } from './endpoint-window.ts';
import { lengthRefusal } from './length-refusal.ts';
import { writerError, type RequestFacts } from './openai-errors.ts';
import { RefusedRequest } from './refused-request.ts';
import type { Capabilities } from './capabilities.ts';

/** One request as it is sent, and what of its length was asked for. */
export interface LengthAttempt {
  readonly params: ChatCompletionCreateParams;
  readonly capabilities: Capabilities;
  /** Tokens of its messages, estimated. */
  readonly estimate: number;
  /** The length that the answer was given; absent where none was. */
  readonly length: Length | undefined;
  readonly reply: Reply;
}

/** Tokens of all messages of a request, estimated. */
export function estimateOf({ messages }: ChatCompletionCreateParams): number {
  let tokens = 0;
  for (const { content } of messages) if (typeof content === 'string') tokens += tokensOf(content);
  return tokens;
}

/**
 * Learn from a refusal that is about length.
 *
 * @returns `again` where the same prompt may be taken with another length of the answer, `too-long`
 *   where it is too long itself, `undefined` where the refusal is about something else
 */
export function learnLength(
  window: EndpointWindow,
  { estimate, length }: LengthAttempt,
  error: unknown,
): 'again' | 'too-long' | undefined {
  if (!(error instanceof RefusedRequest)) return undefined;
  const { status, text } = error.refusal;
  const refusal = lengthRefusal(status, text);
  if (refusal === undefined) {
    if (length === undefined || !isAboutParameter(error.refusal)) return undefined;
    window.refusedParameter(length.parameter);
    return 'again';
  }
  if (refusal.about === 'answer') {
    const isNews = length !== undefined || refusal.most !== undefined;
    window.refused(refusal, estimate, length);
    return isNews ? 'again' : undefined;
  }
  window.refused(refusal, estimate);
  if (length === undefined || refusal.window === undefined) return 'too-long';
  const room = window.promptRoom(Math.min(length.tokens, leastAnswer)) ?? 0;
  return estimate <= room ? 'again' : 'too-long';
}

/** Where not even so many tokens are left for an answer, the prompt is what has to be shorter. */
const leastAnswer = 500;

/** Whether an endpoint does not know the parameter by which the length of answers is asked for. */
function isAboutParameter({ status, text }: Refusal): boolean {
  return (
    (status === undefined || status < 300 || status === 400 || status === 422) &&
    /max_(?:completion_)?tokens/i.test(text)
  );
}

/** The error of a request that is longer than the model reads. */
export function tooLongFor(error: unknown, facts: RequestFacts): ContextOverflow {
  const { said = '', cause, status } = writerError(error, facts);
  return new ContextOverflow(
    withWords(t('The request is longer than “{0}” reads at once.', facts.model), said),
    { cause, status, said },
  );
}

/**
 * The error of a request of which the service has read only a part, without a word.
 *
 * @param answered what it answered to that
 */
export function notWhole(model: string, answered?: { readonly value: unknown }): ContextOverflow {
  return new ContextOverflow(
    t('The request is longer than “{0}” reads at once: its service left out a part of it.', model),
    answered === undefined ? {} : { answered },
  );
}
