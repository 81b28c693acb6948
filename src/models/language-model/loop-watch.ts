import { t } from '../../base/l10n.ts';
import { InvalidAnswer } from '../answer-errors.ts';

/** How much is looked at, in characters: a list of a script never says the same for so long. */
const lookedAt = 8192;

/** The longest saying whose repetition is a loop, in characters. */
const longestSaying = 512;

/** The longest answer, in characters: some hundred scenes with all that belongs to them. */
const longestAnswer = 4 * 1024 * 1024;

/**
 * Tells when a model has lost itself: when it says the same over and over, which small models do
 * until their limit, or with only spaces where a schema lets them, or simply never ends.
 */
export class LoopWatch {
  private looked = 0;

  /**
   * @param text all of the answer so far
   * @throws InvalidAnswer
   */
  look(text: string): void {
    if (text.length > longestAnswer) throw looping(t('never came to an end'));
    if (text.length - this.looked < lookedAt) return;
    this.looked = text.length;
    if (periodOf(text.slice(-lookedAt)) <= longestSaying) {
      throw looping(t('said the same over and over'));
    }
  }
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

function looping(how: string): InvalidAnswer {
  return new InvalidAnswer(
    t('The model lost itself: it {0}, so it was stopped.', how),
    'It repeated itself without end. Be concise, and do not repeat yourself.',
  );
}
