import { messageOf, ScenewrightError } from '../base/errors.ts';

/** Any thrown value as an error of ours; a stranger counts as a defect. */
export function asScenewrightError(error: unknown): ScenewrightError {
  if (error instanceof ScenewrightError) return error;
  return new ScenewrightError('internal', `Something unexpected went wrong: ${messageOf(error)}`, {
    cause: error,
  });
}
