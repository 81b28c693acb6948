import { t } from '../../base/l10n.ts';
import { TruncatedAnswer } from '../answer-errors.ts';

/** How much is looked at, in characters: a script never says the same for so long. */
const lookedAt = 8192;

/** The longest saying whose repetition is a loop, in characters; it has to come back several times. */
const longestSaying = 2048;

/** So many characters of nothing but white space, and no more is to come. */
const longestGap = 1024;

/** The longest answer, in characters: some hundred scenes with all that belongs to them. */
const longestAnswer = 4 * 1024 * 1024;

/** The most characters of a token, on average over a whole answer, in any language. */
const perToken = 8;

/**
 * Tells when a model has lost itself: when it says the same over and over, but for numbers that count
 * up, which small models do until their limit; when it goes on with only spaces where a schema lets it;
 * or when it simply never ends. What was said until then is an answer that broke off.
 */
export class LoopWatch {
  private looked = 0;
  private readonly longest: number;

  /** @param mostTokens what the answer was allowed; a service may not know of such limits */
  constructor(mostTokens = Infinity) {
    this.longest = Math.min(longestAnswer, mostTokens * perToken + lookedAt);
  }

  /**
   * @param text all of the answer so far
   * @throws TruncatedAnswer
   */
  look(text: string): void {
    const longest = thinks.test(text) ? longestAnswer : this.longest;
    if (text.length > longest) throw looping(t('never came to an end'));
    if (text.length - this.looked < longestGap) return;
    // White space is cheap to look at, so that it does not run on for a minute on a slow machine.
    if (isBlank(text.slice(-longestGap))) throw looping(t('went on with nothing but white space'));
    if (text.length - this.looked < lookedAt) return;
    this.looked = text.length;
    const latest = text.slice(-lookedAt);
    // What is longer than usual already may count up while it says the same.
    const period = periodOf(text.length > this.longest / 4 ? withoutNumbers(latest) : latest);
    if (period <= longestSaying) throw looping(t('said the same over and over'));
  }
}

/** Thoughts before an answer are none of it, and take what they take. */
const thinks = /^\s*[<[](?:think|thought|reasoning)/i;

/** White space, or what stands for it inside of a string of JSON, with the signs that part it. */
function isBlank(text: string): boolean {
  return !/[^\s\\nrt]/.test(text);
}

/** The text with every number alike: an item that only counts up says nothing new. */
function withoutNumbers(text: string): string {
  return text.replace(/\d+/g, '0');
}

/** The shortest distance at which a text repeats itself from its beginning to its end. */
function periodOf(text: string): number {
  // Of every beginning, the longest part that it begins and ends with.
  const borders = new Uint32Array(text.length);
  for (let at = 1, length = 0; at < text.length; at++) {
    while (length > 0 && text[at] !== text[length]) length = borders[length - 1] ?? 0;
    if (text[at] === text[length]) length++;
    borders[at] = length;
  }
  return text.length - (borders[text.length - 1] ?? 0);
}

function looping(how: string): TruncatedAnswer {
  return new TruncatedAnswer(
    t('The model lost itself: it {0}, so it was stopped.', how),
    'It repeated itself without end. Be concise, and do not repeat yourself.',
    false,
    t('Try again, or choose another model.'),
  );
}
