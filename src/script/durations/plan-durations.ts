import { ScenewrightError } from '../../base/errors.ts';

export interface DurationPlan {
  /** Length of each scene in seconds, in order; at least one. */
  readonly seconds: number[];
  /** Whether they add up to exactly what was asked for. */
  readonly exact: boolean;
}

/**
 * Part a video into scenes whose lengths a studio can render.
 *
 * The sum is the asked length whenever any number of allowed lengths can make it, otherwise the
 * nearest sum that they can make (the shorter of two equally near). Among the counts that make the
 * sum it takes the one nearest to `duration / target`, the lower of two equally near: with 1 to 15 s
 * allowed, 3, 5, 10 and 15 minutes are 22, 37, 75 and 112 scenes. Where the studio's longest clip is
 * too short for that count it takes as many more as are needed: 23 of Veo's 4, 6 and 8 s for
 * 3 minutes. Long and short scenes are spread evenly. A video that is shorter than the shortest clip
 * gets one clip of that length.
 *
 * @param duration Seconds, more than 0.
 * @param allowed Lengths of the studio's clips in seconds, in any order.
 * @param target Seconds that a scene should have about.
 * @throws ScenewrightError `bad-input` when there is no length above 0 to choose from.
 */
export function planDurations(
  duration: number,
  allowed: readonly number[],
  target = 8,
): DurationPlan {
  const usable = allowed.filter((length) => Number.isFinite(length) && length > 0);
  if (usable.length === 0 || !(duration > 0) || !Number.isFinite(duration)) {
    throw new ScenewrightError(
      'bad-input',
      `${duration} s cannot be parted into scenes of ${allowed.join(', ') || 'no'} s.`,
    );
  }
  // In whole units, so that lengths such as 5.5 s add up without rounding errors.
  const unit = usable.map(toMs).reduce(gcd, toMs(duration));
  const lengths = [...new Set(usable.map((length) => toMs(length) / unit))].sort((a, b) => a - b);
  const sums = new Sums(lengths, toMs(duration) / unit);
  const total = sums.nearest();
  const count = sums.countNear(total, duration / target);
  return {
    seconds: sums.spread(total, count).map((length) => (length * unit) / 1000),
    exact: total === sums.wanted,
  };
}

/** Which sums a given number of lengths can make. All values are whole units. */
class Sums {
  readonly wanted: number;
  private readonly lengths: readonly number[];
  private readonly shortest: number;
  private readonly longest: number;
  /**
   * By excess, the sum of what each length has more than the shortest one: how many lengths it takes
   * at least. Any greater number does as well, since the shortest length adds no excess.
   */
  private readonly fewest: Uint32Array;

  constructor(lengths: readonly number[], wanted: number) {
    this.lengths = lengths;
    this.wanted = wanted;
    this.shortest = lengths[0] ?? 1;
    this.longest = lengths.at(-1) ?? 1;
    const size = wanted + this.longest + 1;
    this.fewest = new Uint32Array(size).fill(never);
    this.fewest[0] = 0;
    for (const length of lengths.slice(1)) {
      const excess = length - this.shortest;
      for (let sum = excess; sum < size; sum++) {
        const count = (this.fewest[sum - excess] ?? never) + 1;
        if (count < (this.fewest[sum] ?? never)) this.fewest[sum] = count;
      }
    }
  }

  private canMake(total: number, count: number): boolean {
    const excess = total - count * this.shortest;
    return excess >= 0 && (this.fewest[excess] ?? never) <= count;
  }

  /** The sum nearest to the wanted one that some count can make. */
  nearest(): number {
    const counts = (total: number): boolean => {
      for (let n = Math.ceil(total / this.longest); n * this.shortest <= total; n++) {
        if (n > 0 && this.canMake(total, n)) return true;
      }
      return false;
    };
    for (let off = 0; off < this.wanted; off++) {
      if (counts(this.wanted - off)) return this.wanted - off;
      if (off <= this.longest && counts(this.wanted + off)) return this.wanted + off;
    }
    return this.shortest;
  }

  countNear(total: number, ideal: number): number {
    let best = 0;
    for (let n = 1; n * this.shortest <= total; n++) {
      if (!this.canMake(total, n)) continue;
      if (best === 0 || Math.abs(n - ideal) < Math.abs(best - ideal)) best = n;
    }
    return best;
  }

  /** Lengths that add up to `total`, each chosen to stay nearest to a steady pace. */
  spread(total: number, count: number): number[] {
    const chosen: number[] = [];
    let sum = 0;
    for (let i = 1; i <= count; i++) {
      const wish = (total * i) / count - sum;
      const fits = this.lengths.filter((length) => this.canMake(total - sum - length, count - i));
      const length = fits.reduce((a, b) => (Math.abs(b - wish) < Math.abs(a - wish) ? b : a));
      chosen.push(length);
      sum += length;
    }
    return chosen;
  }
}

/** More lengths than any sum takes. */
const never = 2 ** 31;

export function toMs(seconds: number): number {
  return Math.max(1, Math.round(seconds * 1000));
}

export function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/**
 * Words that a calm narrator speaks in a minute. English is the usual 150 of voice-over work; the
 * others stand to it as the reading speeds of the same texts stand to each other in Trauzettel-
 * Klosinski and Dietz, "Standardized Assessment of Reading Performance" (IReST), Invest. Ophthalmol.
 * Vis. Sci. 53 (2012), 5452, in the middle between that and equal speed, since practised voices vary
 * less than test readers. Korean (word groups) and Vietnamese (syllables, each written as a word)
 * follow from their syllable rates: about 3 syllables a word group, and 3.3 syllables a second.
 */
const wordsPerMinute: Readonly<Record<string, number>> = {
  ar: 120,
  de: 134,
  en: 150,
  es: 147,
  fi: 128,
  fr: 139,
  he: 137,
  it: 137,
  ko: 105,
  nl: 141,
  pl: 130,
  pt: 135,
  ru: 136,
  sl: 134,
  sv: 140,
  tr: 130,
  vi: 200,
};

/** For languages that the table does not have: the mean of its European languages. */
const otherWordsPerMinute = 137;

/**
 * Characters a second where words are not parted by spaces: Japanese as news readers speak it (300
 * a minute), Chinese at a narrator's 4 characters a second; Thai, Lao, Khmer and Burmese from about
 * 3.5 syllables a second with about 3 signs each.
 */
const unspaced: readonly (readonly [RegExp, number])[] = [
  [/[\p{sc=Hira}\p{sc=Kana}ー]/gu, 5],
  [/\p{sc=Han}/gu, 4],
  [/(?:\p{sc=Thai}|\p{sc=Laoo}|\p{sc=Khmr}|\p{sc=Mymr})/gu, 10.5],
];

/**
 * About how many seconds it takes to speak a text, pauses for effect left out. Meant for a warning
 * that a clip is too short for its words, not for lip sync.
 *
 * @param language BCP 47 tag. Writing without spaces between words is recognised by itself.
 */
export function spokenSeconds(text: string, language: string): number {
  const primary = language.toLowerCase().split(/[-_]/, 1)[0] ?? '';
  let seconds = 0;
  let rest = text;
  for (const [characters, perSecond] of unspaced) {
    const rate = primary === 'ja' && perSecond === 4 ? 5 : perSecond;
    seconds += (rest.match(characters)?.length ?? 0) / rate;
    rest = rest.replace(characters, ' ');
  }
  const words = rest.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0;
  return seconds + (words * 60) / (wordsPerMinute[primary] ?? otherWordsPerMinute);
}
