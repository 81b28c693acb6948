import { t } from '../base/l10n.ts';
import { inARow, listed } from '../base/lists.ts';

/**
 * What a writer may ask of a render beside its prompt. What a model does not take is left out of the
 * order, and said before anything is ordered.
 */
export interface RenderChoices {
  /** A whole number from 0: the same one with the same prompt brings a like picture. */
  readonly seed?: number;
  /** Whether the clip gets sound; where nothing is said, the model's own way. */
  readonly sound?: boolean;
  /** Such as `720p`. */
  readonly resolution?: string;
  /** What is not to be seen. */
  readonly negativePrompt?: string;
}

/** What of {@link RenderChoices} a model takes. */
export interface TakenChoices {
  readonly seed?: boolean;
  readonly sound?: boolean;
  /** The resolutions that there are, such as `720p`; none where it cannot be chosen. */
  readonly resolutions?: readonly string[];
  readonly negativePrompt?: boolean;
}

/** The choices that a model takes; a resolution as the model calls it. */
export function possible(choices: RenderChoices = {}, takes: TakenChoices = {}): RenderChoices {
  const { seed, sound, negativePrompt } = choices;
  const resolution = takes.resolutions?.find((one) => isSame(one, choices.resolution));
  return {
    ...(seed !== undefined && takes.seed === true ? { seed } : {}),
    ...(sound !== undefined && takes.sound === true ? { sound } : {}),
    ...(resolution === undefined ? {} : { resolution }),
    ...(negativePrompt !== undefined && takes.negativePrompt === true ? { negativePrompt } : {}),
  };
}

/** What was chosen and is not to be had. */
function impossible(
  choices: RenderChoices,
  takes: TakenChoices = {},
): readonly (keyof RenderChoices)[] {
  const had = possible(choices, takes);
  return (Object.keys(choices) as (keyof RenderChoices)[]).filter(
    (name) => choices[name] !== undefined && had[name] === undefined,
  );
}

/** `4K` and `4k` are one, and so is `2160p`. */
function isSame(one: string, other: string | undefined): boolean {
  return other !== undefined && plain(one) === plain(other);
}

function plain(resolution: string): string {
  const name = resolution.trim().toLowerCase();
  return name === '2160p' ? '4k' : name;
}

/** What is asked for, and what of it the model does not take, in a few words each; empty where that is nothing. */
export interface NamedChoices {
  readonly asked: string;
  readonly leftOut: string;
}

/** @param all of one order or of several, which differ in nothing but their seeds */
export function namedChoices(
  all: readonly RenderChoices[],
  takes: TakenChoices | undefined,
): NamedChoices {
  const seeds = new Set(all.flatMap(({ seed }) => seed ?? []));
  const [seed] = seeds;
  const choices: RenderChoices = { ...all[0], ...(seed === undefined ? {} : { seed }) };
  const missing = impossible(choices, takes).map((name) => [name, choices[name]] as const);
  return {
    asked: namesOf(possible(choices, takes), seeds),
    leftOut: namesOf(Object.fromEntries(missing), seeds),
  };
}

/** The same in sentences. */
export function choicesWords(
  all: readonly RenderChoices[],
  takes: TakenChoices | undefined,
  studio: string,
): readonly string[] {
  const { asked, leftOut } = namedChoices(all, takes);
  return [
    ...(asked === '' ? [] : [t('Asked for as well: {0}.', asked)]),
    ...(leftOut === ''
      ? []
      : [t('{0} does not take this, and does without: {1}.', studio, leftOut)]),
  ];
}

function namesOf(
  { seed, sound, resolution, negativePrompt }: RenderChoices,
  seeds: ReadonlySet<number>,
): string {
  const seedWords = (one: number): string =>
    seeds.size === 1 ? t('the seed {0}', one) : t('the seeds {0}', listed([...seeds]));
  return inARow([
    ...(seed === undefined ? [] : [seedWords(seed)]),
    ...(resolution === undefined ? [] : [resolution]),
    ...(sound === undefined ? [] : [sound ? t('with sound') : t('without sound')]),
    ...(negativePrompt === undefined ? [] : [t('nothing of “{0}”', negativePrompt)]),
  ]);
}
