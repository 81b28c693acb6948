import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import type { Beat, SceneId } from '../../script/script-model.ts';
import { rangesOf } from '../../base/number-ranges.ts';

export interface RunFailure {
  readonly outline: readonly Beat[];
  /** Why it failed. */
  readonly error: ScenewrightError;
  readonly inScript: ReadonlySet<SceneId>;
  readonly kept: ReadonlySet<SceneId>;
}

export interface SceneFailures extends RunFailure {
  /** The scenes that failed for good, at least one, in order; the error is that of the first. */
  readonly failed: readonly SceneId[];
}

/**
 * What stopped a run, for the writer: which scenes, why, what is safe, what to do. For example
 * `Scene 14 could not be written. The key was refused (401). Scenes 1–10 are in the script, 11–13
 * are kept. Check the account's key.`
 */
export function sceneFailure(failures: SceneFailures): ScenewrightError {
  const { outline, error } = failures;
  const failed = numbersOf(failures.failed, outline);
  return explained(t('{0} could not be written.', scenes(failed)), safe(failures), error);
}

/** The same where the outline could not be planned to its end. */
export function outlineFailure(failure: RunFailure): ScenewrightError {
  const { outline, error } = failure;
  return explained(
    t('The outline stopped at scene {0}.', outline.length),
    safe(failure, t('What there is of it is in the script.')),
    error,
  );
}

function numbersOf(ids: Iterable<SceneId>, outline: readonly Beat[]): number[] {
  const wanted = new Set(ids);
  return outline.flatMap(({ id }, index) => (wanted.has(id) ? [index + 1] : []));
}

/**
 * What stopped a run before its outline was there.
 *
 * @param answers how many of the plan's answers are kept for the next run
 */
export function planFailure(error: ScenewrightError, answers = 0): ScenewrightError {
  return explained(t('The video could not be planned.'), safePlan(answers), error);
}

function safePlan(answers: number): string {
  if (answers === 0) return t('Nothing has been written yet.');
  return answers === 1
    ? t('One planning answer is kept, and the next run goes on from it.')
    : t('{0} planning answers are kept, and the next run goes on from them.', answers);
}

function explained(what: string, kept: string, error: ScenewrightError): ScenewrightError {
  const { code, retryable, status, retryAfterMs, advice, said } = error;
  return new ScenewrightError(code, `${what} ${withFullStop(error.fact)} ${kept}`, {
    cause: error,
    retryable,
    status,
    retryAfterMs,
    advice,
    said,
  });
}

/** What comes from elsewhere may be a sentence without one. */
function withFullStop(fact: string): string {
  return /[.!?…][”"]?$/.test(fact) ? fact : `${fact}.`;
}

/** @param outlined what is said where no scene is written yet */
function safe(
  { outline, ...failure }: RunFailure,
  outlined = t('The outline is in the script.'),
): string {
  const inScript = numbersOf(failure.inScript, outline);
  const kept = numbersOf(failure.kept, outline);
  if (inScript.length === 0 && kept.length === 0) return outlined;
  if (inScript.length === 0) {
    return kept.length === 1 ? t('{0} is kept.', scenes(kept)) : t('{0} are kept.', scenes(kept));
  }
  const written =
    inScript.length === 1
      ? t('{0} is in the script', scenes(inScript))
      : t('{0} are in the script', scenes(inScript));
  if (kept.length === 0) return `${written}.`;
  const numbers = listed(rangesOf(kept));
  return kept.length === 1
    ? t('{0}, {1} is kept.', written, numbers)
    : t('{0}, {1} are kept.', written, numbers);
}

function scenes(numbers: readonly number[]): string {
  const shown = listed(rangesOf(numbers));
  return numbers.length === 1 ? t('Scene {0}', shown) : t('Scenes {0}', shown);
}
