/**
 * What a writer may ask of a render beside its prompt. What a model does not take is left out of the
 * order, and said before anything is ordered.
 */
export interface RenderChoices {
  /** A whole number from 0 to 2,147,483,647: the same one with the same prompt brings a like picture. */
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

/** `4K` and `4k` are one, and so is `2160p`. */
function isSame(one: string, other: string | undefined): boolean {
  return other !== undefined && plain(one) === plain(other);
}

function plain(resolution: string): string {
  const name = resolution.trim().toLowerCase();
  return name === '2160p' ? '4k' : name;
}
