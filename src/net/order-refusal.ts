import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { isBusy } from './not-accepted.ts';
import { meaningOf, refusalKinds, type RefusalMeaning } from './refusal.ts';
import type { ServerName } from './server-name.ts';
import { withWords } from './service-words.ts';

/**
 * An order that was refused inside of a good answer: with an error and without a name for a render.
 * What is not known for haste or a busy service does not go out again by itself.
 *
 * @param said the service's words, as they may be shown
 */
export function orderRefusal(
  server: ServerName,
  answer: unknown,
  said: string | undefined,
): ScenewrightError {
  const text = JSON.stringify(answer);
  const meant = meaningOf({ status: undefined, headers: { get: () => null }, text });
  const otherwise: RefusalMeaning = isBusy(text) ? 'not-taken' : 'request';
  const { code, retryable } = refusalKinds[meant === 'trouble' ? otherwise : meant];
  const fact = server.say((host) => t('The order was not taken by {0}.', host));
  return new ScenewrightError(code, withWords(fact, said ?? ''), { retryable });
}
