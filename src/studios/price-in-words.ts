import type { Money } from '../money/money.ts';
import type { ClipPrice } from '../money/price.ts';

/**
 * Prices as services write them for people, in English, read as far as they are certain: a price that
 * is told wrong is worse than none. Pure. The forms are those of fal's pages in November 2026; see the
 * test.
 */

/** The clip that is to be paid for. */
export interface Priced {
  /** Such as `720p`; absent where the model has but one. */
  readonly resolution?: string | undefined;
  readonly sound: boolean;
}

/** One amount, and what it is for. */
interface Rate {
  /** US dollars. */
  readonly amount: number;
  /** So many seconds are paid for by it; each of them, where they are `more` than the first ones. */
  readonly seconds: number;
  readonly isMore: boolean;
  /** In small letters; none where it holds for all. */
  readonly resolutions: readonly string[];
  readonly sound: boolean | undefined;
}

const amountForm = /\$\s?(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s?\$/g;

/** Sentences that only give examples, or are about anything but a clip. */
const otherSentence =
  /^(for example|e\.g\.|example)|for \$\s?\d|minimum|discount|credits?\b|tokens?\b|megapixel|per (image|frame|character|run|generation)|price (doubles|halves)|subject to change/i;

/** What an amount is for that is never ordered here. */
const otherWish = /voice|lip.?sync|reference|per (image|input)|input|draft|fps|control|upscal/i;

/**
 * What a clip costs by the words of a page.
 *
 * @param lengths in seconds, those that a clip may have
 */
export function priceInWords(
  page: string,
  wanted: Priced,
  lengths: readonly number[],
): ClipPrice | undefined {
  const rates = sentencesOf(page)
    .flatMap(ratesIn)
    .filter((rate) => isFor(rate, wanted));
  const perSecond = only(
    rates.filter(({ isMore, seconds }) => !isMore && seconds === 1).map(({ amount }) => amount),
  );
  if (perSecond !== undefined) return { currency: 'USD', perClip: 0, perSecond };
  const clip = onlyOne(rates.filter(({ isMore, seconds }) => !isMore && seconds > 1));
  if (clip === undefined) return undefined;
  const more = only(rates.filter(({ isMore }) => isMore).map(({ amount }) => amount));
  if (more !== undefined) {
    const perClip = rounded(clip.amount - more * clip.seconds);
    return perClip < 0 ? undefined : { currency: 'USD', perClip, perSecond: more };
  }
  const isOnlyLength = lengths.length === 1 && lengths[0] === clip.seconds;
  return isOnlyLength ? { currency: 'USD', perClip: clip.amount, perSecond: 0 } : undefined;
}

/** What nobody knows beforehand how much of it there will be, or is paid for what goes along. */
const countedOtherwise =
  /megapixel|\btokens?\b|(per|each|every) (additional|extra|input|reference|uploaded)/i;

/** What a picture costs by the words of a page: the one amount that is said to be for one. */
export function picturePriceInWords(page: string): Money | undefined {
  const part = pricesIn(page);
  if (countedOtherwise.test(part)) return undefined;
  const each = part.matchAll(
    /\$\s?(\d+(?:\.\d+)?)\s*(?:per|\/|for each|for every|an?)\s*images?\b/gi,
  );
  const amount = only([...each].map(([, digits]) => Number(digits)));
  return amount === undefined ? undefined : { currency: 'USD', amount };
}

/** The part about prices, without its marks. */
function pricesIn(page: string): string {
  const [, part = ''] = /^##\s*Pricing\s*$([\s\S]*?)(?=^## |(?![\s\S]))/im.exec(page) ?? [];
  return part.replaceAll(/[*_`]/g, '');
}

function sentencesOf(page: string): readonly string[] {
  return pricesIn(page)
    .split(/\n\s*\n|\n-\s|[.!]\s+(?=[A-Z])/)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '' && !otherSentence.test(sentence));
}

function ratesIn(sentence: string): readonly Rate[] {
  const amounts = [...sentence.matchAll(amountForm)];
  const end = (index: number): number => {
    const match = amounts[index];
    return match === undefined ? 0 : match.index + match[0].length;
  };
  const begins = sentence.slice(0, amounts[0]?.index ?? sentence.length);
  const isEach = /\b(every|each|per)\s+second\b/i.test(begins);
  const isMore = /\badd?itional\s+second/i.test(sentence);
  const clipLength = Number(/\b(\d+)[\s-]?s(?:ec(?:ond)?s?)?\b/i.exec(begins)?.[1] ?? Number.NaN);
  const about = amounts.map((match, index) => ({
    amount: Number(match[1] ?? match[2]),
    before: index === 0 ? '' : sentence.slice(end(index - 1), match.index),
    after: sentence.slice(end(index), amounts[index + 1]?.index ?? sentence.length),
  }));
  const each = about.map(({ after }) => secondsOf(after)).find((one) => one !== undefined);
  const shared = resolutionsIn(begins);
  let following: readonly string[] = [];
  // What stands at the end is for all before it that say nothing of their own.
  return about
    .reverse()
    .flatMap(({ amount, before, after }): Rate[] => {
      const own = resolutionsIn(after);
      if (own.length > 0) following = own;
      if (otherWish.test(before) || otherWish.test(clauseOf(after))) return [];
      const seconds = secondsOf(after) ?? (isEach || isMore ? 1 : (each ?? clipLength));
      const sound = soundIn(clauseOf(after));
      const resolutions = own.length > 0 ? own : shared.length > 0 ? shared : following;
      return Number.isNaN(seconds) ? [] : [{ amount, seconds, isMore, resolutions, sound }];
    })
    .reverse();
}

/** Up to where the next thing begins. */
function clauseOf(after: string): string {
  return after.split(/[,;]|\bor\b(?!.*\d{3,4}p)/)[0] ?? '';
}

/** `per second`, `/s`, `per 5 seconds`. */
function secondsOf(after: string): number | undefined {
  const match =
    /^\s*(?:per|\/|for each|for every|a|each)\s*(?:(\d+)\s*)?(?:video\s|output\s)?s(?:ec(?:ond)?s?)?\b/i.exec(
      after,
    );
  return match === null ? undefined : Number(match[1] ?? 1);
}

function resolutionsIn(words: string): readonly string[] {
  return [...words.matchAll(/\b(\d{3,4}p|[1248]k)\b/gi)].map(([name]) => plain(name));
}

function soundIn(words: string): boolean | undefined {
  if (/regardless|whether/i.test(words)) return undefined;
  if (/\b(without|no|audio off|off|silent|mute)/i.test(words)) return false;
  return /\b(with( audio)?|audio on|on)\b/i.test(words) ? true : undefined;
}

function plain(resolution: string): string {
  const name = resolution.toLowerCase();
  return name === '2160p' ? '4k' : name;
}

function isFor({ resolutions, sound }: Rate, wanted: Priced): boolean {
  if (sound !== undefined && sound !== wanted.sound) return false;
  if (resolutions.length === 0) return true;
  return wanted.resolution !== undefined && resolutions.includes(plain(wanted.resolution));
}

/** The one amount that all say; absent where there is none, or more than one. */
function only(amounts: readonly number[]): number | undefined {
  return new Set(amounts).size === 1 ? amounts[0] : undefined;
}

function onlyOne<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

function rounded(amount: number): number {
  // Not minus zero.
  return Math.round(amount * 1e6) / 1e6 + 0;
}
