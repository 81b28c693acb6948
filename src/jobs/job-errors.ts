import { ScenewrightError } from '../base/errors.ts';
import type { JobRecord } from './job.ts';

/** An id that names no job. */
export function noSuchJob(id: string): ScenewrightError {
  return new ScenewrightError('bad-input', `There is no video job ${id.slice(0, 80)} any more.`);
}

export function noClipYet({ number }: JobRecord): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    `Scene ${number} has no clip yet. Enlarge it when the clip is here.`,
  );
}

export function mayBeEnlargedAlready({ number }: JobRecord): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    `The enlargement of scene ${number} may have been taken already. Look at the service; a retry orders it again.`,
  );
}

/** What may have been paid for is not forgotten before the writer has been told. */
export function mayBePaidUnseen({ number }: JobRecord): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    `Scene ${number} was just being ordered, and the service has not said whether it took the order. Look there; the job is kept until you remove it once more.`,
  );
}
