import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { largestSeed } from '../../script/script-model.ts';

/** What is asked for beyond a clip of each scene as it stands. */
export interface TakeWish {
  /** So many takes of each scene, beside those that there are. */
  readonly takes: number;
  /** What they begin from; each from another one where nothing is said. */
  readonly seed?: number;
  /** Sent with the prompt, for these takes alone. */
  readonly instruction?: string;
}

/** More of one scene at once are a slip. */
const mostTakes = 20;

/**
 * What an argument wishes for; `undefined` where the clips that are here, or on their way, will do.
 *
 * @throws ScenewrightError `bad-input` where that cannot be: anybody may pass anything
 */
export function wishOf(argument: {
  readonly takes?: unknown;
  readonly seed?: unknown;
  readonly instruction?: unknown;
}): TakeWish | undefined {
  const { takes, seed } = argument;
  const instruction = wordsOf(argument.instruction);
  if (takes === undefined && seed === undefined && instruction === undefined) return undefined;
  if (takes !== undefined && !isWhole(takes, 1, mostTakes)) {
    throw refused(t('“takes” has to be a whole number from 1 to {0}.', mostTakes));
  }
  if (seed !== undefined && !isWhole(seed, 0, largestSeed)) {
    throw refused(t('“seed” has to be a whole number from 0 to {0}.', largestSeed));
  }
  return defined({ takes: takes ?? 1, seed, instruction });
}

function wordsOf(instruction: unknown): string | undefined {
  if (instruction === undefined) return undefined;
  if (typeof instruction !== 'string') throw refused(t('“instruction” has to be a text.'));
  return instruction.trim() || undefined;
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function refused(why: string): ScenewrightError {
  return new ScenewrightError('bad-input', t('Nothing was handed in. {0}', why));
}
