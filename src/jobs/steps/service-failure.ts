import { ScenewrightError } from '../../base/errors.ts';
import { isAboutContent } from '../../net/service-words.ts';
import { currentOrder, type JobRecord } from '../job.ts';
import { rulesOf } from '../order-kinds.ts';

/**
 * The service could not do it, in its own words.
 *
 * @param isDeclined whether it would not any other time either; by default its words tell
 */
export function serviceFailed(
  record: JobRecord,
  reason: string,
  isDeclined = isAboutContent(reason),
): ScenewrightError {
  const { refused, declined } = rulesOf(currentOrder(record)).words;
  const words = isDeclined ? declined : refused;
  return new ScenewrightError('refused', words(record, reason.replace(/[.\s]+$/, '')), {
    retryable: !isDeclined,
  });
}
