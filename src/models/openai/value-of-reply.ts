import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { quoted } from '../../net/service-words.ts';
import { TruncatedAnswer } from '../answer-errors.ts';
import type { PromptRequest } from '../language-model/language-model.ts';
import { answerIn, isWholeAnswer, type Said } from '../language-model/said-answer.ts';
import type { Reply } from './completion-reply.ts';

/** How services say that their filter stopped an answer: OpenAI, Gemini, Zhipu, Anthropic. */
const filtered = /content.?filter|safety|prohibited|blocklist|recitation|spii|sensitive|refus/i;
/** OpenAI, Mistral, Gemini. */
const cutOff = /length|max_tokens/i;
/** OpenRouter and Mistral, DeepSeek, vLLM, Zhipu. */
const brokenOff = /error|insufficient_system_resource|abort/i;

/** Whether a reply came to a limit of length. */
export function endedAtLength({ finish = '' }: Reply): boolean {
  return cutOff.test(finish);
}

/**
 * What a reply that has come to its end says.
 *
 * @throws ScenewrightError `refused`, `network` or `bad-answer`
 */
export function valueOf<T>(
  reply: Reply,
  { schema }: PromptRequest<T>,
  secret: string | undefined,
): T {
  const { said, refusal, finish = '' } = reply;
  const declined = (words: string): string => t('The model declined to write this: {0}', words);
  if (refusal !== '' || filtered.test(finish)) {
    const why =
      refusal === '' ? t('its content filter stopped it') : quoted(refusal, [secret ?? '']);
    throw new ScenewrightError('refused', declined(why));
  }
  if (endedAtLength(reply)) {
    throw new TruncatedAnswer(
      t('The answer was cut off at the length limit of the model.'),
      'It was cut off because it was too long. Be more concise.',
      false,
      t('Choose a model that may write more at once, or a shorter video.'),
    );
  }
  const isOpen = finish === '' && !reply.closed;
  if (brokenOff.test(finish) || (isOpen && isEmpty(said))) throw brokeOff();
  try {
    return answerIn(said, schema, (words) => declined(quoted(words, [secret ?? ''])));
  } catch (error) {
    // Where nothing says how it ended, what is no answer has only not become one.
    const isHalf = error instanceof TruncatedAnswer || (isOpen && !isWholeAnswer(said));
    throw finish === '' && isHalf ? brokeOff() : error;
  }
}

function isEmpty({ text, calls = [] }: Said): boolean {
  return text.trim() === '' && calls.length === 0;
}

function brokeOff(): ScenewrightError {
  return new ScenewrightError('network', t('The answer broke off before its end.'), {
    retryable: true,
  });
}
