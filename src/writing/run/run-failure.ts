import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { Beat, SceneId } from '../../script/script-model.ts';
import { listed, rangesOf } from '../../base/number-ranges.ts';

export interface SceneFailures {
  readonly outline: readonly Beat[];
  /** The scenes that failed for good, at least one, in order. */
  readonly failed: readonly SceneId[];
  /** Why the first of them did. */
  readonly error: ScenewrightError;
  readonly inScript: ReadonlySet<SceneId>;
  readonly kept: ReadonlySet<SceneId>;
}

/**
 * What stopped a run, for the writer: which scenes, why, what is safe, what to do. For example
 * `Scene 14 could not be written: the key was refused (401). Scenes 1–10 are in the script, 11–13
 * are kept. Check the account's key.`
 */
export function sceneFailure(failures: SceneFailures): ScenewrightError {
  const { outline, error } = failures;
  const numbers = (ids: Iterable<SceneId>): number[] => {
    const wanted = new Set(ids);
    return outline.flatMap(({ id }, index) => (wanted.has(id) ? [index + 1] : []));
  };
  const failed = numbers(failures.failed);
  return explained(
    t('{0} could not be written', scenes(failed)),
    safe(numbers(failures.inScript), numbers(failures.kept)),
    error,
  );
}

export function planFailure(error: ScenewrightError): ScenewrightError {
  return explained(t('The video could not be planned'), t('Nothing has been written yet.'), error);
}

function explained(what: string, kept: string, error: ScenewrightError): ScenewrightError {
  const { code, retryable, status, retryAfterMs, advice, said } = error;
  return new ScenewrightError(code, `${what}: ${afterColon(error.fact)} ${kept}`, {
    cause: error,
    retryable,
    status,
    retryAfterMs,
    advice,
    said,
  });
}

/** A sentence of ours, made to follow a colon, with its full stop. */
function afterColon(fact: string): string {
  const text = fact.replace(/^(The|This|That|There|Nothing|No|It|An?|Something)\b/, (word) =>
    word.toLowerCase(),
  );
  return /[.!?…][”"]?$/.test(text) ? text : `${text}.`;
}

function safe(inScript: readonly number[], kept: readonly number[]): string {
  const are = (numbers: readonly number[]): string => (numbers.length === 1 ? 'is' : 'are');
  if (inScript.length === 0 && kept.length === 0) return t('The outline is in the script.');
  if (inScript.length === 0) return t('{0} {1} kept.', scenes(kept), are(kept));
  const written = t('{0} {1} in the script', scenes(inScript), are(inScript));
  return kept.length === 0
    ? `${written}.`
    : t('{0}, {1} {2} kept.', written, listed(rangesOf(kept)), are(kept));
}

function scenes(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? 'Scene' : 'Scenes'} ${listed(rangesOf(numbers))}`;
}
