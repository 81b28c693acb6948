import { defined } from '../base/defined.ts';
import { t } from '../base/l10n.ts';
import { alternatives } from '../base/lists.ts';
import type { Aspect } from '../script/script-model.ts';
import type { StudioCapabilities } from './port.ts';

/**
 * What is documented about models that several services offer, for where a service does not tell.
 * Read in November 2026; a service refuses what has changed since before it takes money.
 */
export interface ModelFamily {
  /** Tried on the model's id in lower case; the first family that fits counts. */
  readonly match: RegExp;
  /** Clip lengths in seconds, ascending. */
  readonly seconds: readonly number[];
  readonly aspects: readonly Aspect[];
  /** The most characters of a prompt. */
  readonly promptLimit?: number;
  /** The most pictures of whom it shows; absent where it takes none, or nobody says. */
  readonly references?: number;
}

const wide: readonly Aspect[] = ['16:9'];
const wideAndTall: readonly Aspect[] = ['16:9', '9:16'];
const all: readonly Aspect[] = ['16:9', '9:16', '1:1'];

/** The whole numbers from `first` to `last`, `step` apart. */
export function range(first: number, last: number, step = 1): readonly number[] {
  return Array.from(
    { length: Math.max(0, Math.floor((last - first) / step) + 1) },
    (_, index) => first + index * step,
  );
}

const families: readonly ModelFamily[] = [
  { match: /veo-?3\.1(?!.*(fast|lite))/, seconds: [4, 6, 8], aspects: wideAndTall, references: 3 },
  { match: /veo-?3/, seconds: [4, 6, 8], aspects: wideAndTall },
  { match: /gemini-omni/, seconds: range(3, 10), aspects: wideAndTall },
  { match: /kling.*[/-][vo]?4\b/, seconds: range(3, 30), aspects: all, promptLimit: 2500 },
  { match: /kling.*[/-][vo]?3\b/, seconds: range(3, 15), aspects: all, promptLimit: 2500 },
  { match: /kling/, seconds: [5, 10], aspects: all, promptLimit: 2500 },
  { match: /ltx-?2.*fast/, seconds: range(6, 20, 2), aspects: wideAndTall },
  { match: /ltx-?2/, seconds: [6, 8, 10], aspects: wideAndTall },
  { match: /seedance[/-]v?2[.-]5/, seconds: range(4, 30), aspects: all, references: 9 },
  { match: /seedance[/-]v?2/, seconds: range(4, 15), aspects: all, references: 9 },
  { match: /seedance/, seconds: range(4, 12), aspects: all },
  { match: /hailuo/, seconds: [6, 10], aspects: wide, promptLimit: 2000 },
  { match: /(^|\/)wan/, seconds: [5, 10], aspects: all },
];

/** What most models take that say nothing themselves. */
const usual: Omit<ModelFamily, 'match'> = { seconds: [5, 10], aspects: wideAndTall };

/** What is known about a model by its name; with a note where that is nothing. */
export function documented(model: string): StudioCapabilities {
  const known = families.find(({ match }) => match.test(model.toLowerCase()));
  const { seconds, aspects, promptLimit, references } = known ?? usual;
  return {
    seconds,
    aspects,
    ...defined({ promptLimit, pictures: references === undefined ? undefined : { references } }),
    ...(known === undefined
      ? {
          note: assumedNote(model, seconds),
        }
      : {}),
  };
}

/** What the writer is told of a model that nobody here knows. */
export function assumedNote(model: string, seconds: readonly number[]): string {
  return t(
    'Nothing is known about the model {0}: clips of {1} s are assumed.',
    model,
    alternatives(seconds),
  );
}
