import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { JobRecord } from './job.ts';

/** An id that names no job. */
export function noSuchJob(id: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('There is no video job {0} any more.', id.slice(0, 80)),
  );
}

export function noClipYet({ number }: JobRecord): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('Scene {0} has no clip yet. Enlarge it when the clip is here.', number),
  );
}

export function mayBeEnlargedAlready({ number }: JobRecord): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t(
      'The enlargement of scene {0} may have been taken already. Look at the service; a retry orders it again.',
      number,
    ),
  );
}

/** What may have been paid for is not forgotten before the writer has been told. */
export function mayBePaidUnseen({ number }: JobRecord): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t(
      'Scene {0} was just being ordered, and the service has not said whether it took the order. Look there; the job is kept until you remove it once more.',
      number,
    ),
  );
}

/** A take can be deleted once nothing is done for it any more. */
export function stillUnderWay({ number }: JobRecord): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('This take of scene {0} is still under way. Cancel it first, or wait for it.', number),
  );
}
