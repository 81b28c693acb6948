import type * as z from 'zod';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { quoted } from '../../net/service-words.ts';
import { InvalidAnswer, TruncatedAnswer } from '../answer-errors.ts';
import { isWholeJson, parseAnswer, withoutWrapping } from './answer-reading.ts';
import { declineAmong, isDecline } from './declines.ts';
import { jsonIn } from './found-json.ts';

/** All that a model said, by the way in which it came. */
export interface Said {
  readonly text: string;
  /** What came as thoughts, beside the text. */
  readonly thoughts?: string;
  /** What tools were called with, as JSON; the call that was asked for first. */
  readonly calls?: readonly string[];
}

/**
 * The answer in what a model said, in whichever way it came: it belongs to the first of them that has
 * one, and thoughts count only where nothing else was said.
 *
 * @param declined words the error of a model that says no, with the model's own words
 * @throws InvalidAnswer, or ScenewrightError `refused`
 */
export function answerIn<T>(
  said: Said,
  schema: z.ZodType<T>,
  declined: (words: string) => string,
): T {
  let fault: InvalidAnswer | undefined;
  for (const channel of channelsOf(said)) {
    try {
      const answer = parseAnswer(channel, schema);
      throwDeclined(declineAmong(answer), declined);
      return answer;
    } catch (error) {
      if (!(error instanceof InvalidAnswer)) throw error;
      fault ??= error;
    }
  }
  const onlyThought = said.text.trim() === '' && (said.calls ?? []).length === 0;
  if (fault === undefined || (onlyThought && !(fault instanceof TruncatedAnswer))) {
    throw new InvalidAnswer(t('The model answered with nothing.'), 'It was empty.');
  }
  const text = withoutWrapping(said.text);
  const [json] = jsonIn(text).found;
  throwDeclined(isDecline(text) ? text : declineAmong(json?.value), declined);
  throw fault;
}

/** Whether an answer is there from beginning to end. */
export function isWholeAnswer(said: Said): boolean {
  return channelsOf(said).some(isWholeJson);
}

function channelsOf({ text, thoughts = '', calls = [] }: Said): string[] {
  const meant = calls.filter((call) => !/^(?:\{\s*\}|null)?$/u.test(call.trim()));
  const spoken = [...meant, text].filter((channel) => channel.trim() !== '');
  return spoken.length > 0 ? spoken : [thoughts].filter((channel) => channel.trim() !== '');
}

function throwDeclined(no: string | undefined, declined: (words: string) => string): void {
  if (no !== undefined) throw new ScenewrightError('refused', declined(quoted(no, [])));
}
