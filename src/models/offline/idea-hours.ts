import { dayParts, type DayPart } from './bank.ts';
import { dayWords, type DayWords } from './day-words.ts';
import { numberIn } from '../../script/number-words.ts';
import { at } from './seed.ts';
import { wholeWord } from './sentences.ts';

/** When a story plays, as far as its idea says so. */
export type Hours =
  /** It begins at a part of the day; afterwards days may go by. */
  { readonly kind: 'open'; readonly start: DayPart } | Course;

/**
 * It goes once through these parts, one after the other, and no further. The first may be for what
 * stands before the story proper alone, and the last one for how it ends.
 */
export interface Course {
  readonly kind: 'course';
  readonly parts: readonly DayPart[];
  readonly lead: boolean;
  readonly tail: boolean;
}

/** A part of the day in an idea. */
interface Mention {
  readonly part: DayPart;
  readonly start: number;
  readonly end: number;
}

/** What an idea of one part of the day has around it, if anything. */
const alone: Readonly<Record<DayPart, Course>> = {
  dawn: course(['dawn', 'morning'], { tail: true }),
  morning: course(['morning']),
  noon: course(['noon']),
  afternoon: course(['afternoon', 'dusk'], { tail: true }),
  dusk: course(['dusk', 'night'], { tail: true }),
  night: course(['dusk', 'night', 'dawn'], { lead: true, tail: true }),
};

/** From where on a story goes that has to be over by a part of the day. */
const upTo: typeof alone = {
  dawn: alone.night,
  morning: course(['dusk', 'night', 'dawn', 'morning'], { lead: true, tail: true }),
  noon: course(['morning', 'noon'], { tail: true }),
  afternoon: course(['morning', 'noon', 'afternoon'], { lead: true, tail: true }),
  dusk: course(['afternoon', 'dusk'], { tail: true }),
  night: course(['dusk', 'night'], { lead: true }),
};

/** The part that follows one that is over when the story begins. */
const behind: Readonly<Record<DayPart, DayPart>> = {
  dawn: 'morning',
  morning: 'morning',
  noon: 'afternoon',
  afternoon: 'dusk',
  dusk: 'night',
  night: 'night',
};

/** More parts than in a day and a half are no course. */
const longest = 9;

/**
 * The hours that an idea names; `undefined` where it names none.
 *
 * @param language as its tag begins; English is read where it says nothing
 */
export function readHours(idea: string, language: string): Hours | undefined {
  const text = idea.replaceAll('’', "'");
  const own = language === 'en' ? undefined : dayWords[language];
  return (
    (own === undefined ? undefined : hoursIn(text, own, language)) ??
    hoursIn(text, dayWords.en, 'en')
  );
}

function hoursIn(text: string, words: DayWords, language: string): Hours | undefined {
  const mentions = mentionsIn(text, words, language);
  const [first] = mentions;
  const isShort = wholeWord(words.short).test(text);
  if (first === undefined) {
    if (isShort) return course(['afternoon']);
    if (!wholeWord(words.day).test(text)) return undefined;
    return course(['morning', 'noon', 'afternoon', 'dusk', 'night']);
  }
  const isBefore = (of: string, { start }: Mention): boolean =>
    leading(of).test(text.slice(0, start));
  const again = new RegExp(String.raw`^(?:${words.every})\s`, 'iu');
  const once = mentions.filter(
    (one) => !isBefore(words.every, one) && !again.test(text.slice(one.start)),
  );
  if (wholeWord(words.long).test(text) || once.length === 0)
    return { kind: 'open', start: first.part };
  const ticks: number[] = [];
  for (const one of once) {
    const isAfter = isBefore(words.after, one);
    const part = dayParts.indexOf(isAfter ? behind[one.part] : one.part);
    const last = ticks.at(-1);
    if (last === undefined) ticks.push(part);
    else {
      const isNext = isBefore(words.next, one) || following(words.next).test(text.slice(one.end));
      const away = (part - last + 6) % 6;
      ticks.push(last + (away === 0 && isNext ? 6 : away));
    }
  }
  const [from = 0] = ticks;
  const to = ticks.at(-1) ?? from;
  if (to === from) {
    const part = at(dayParts, from);
    if (isShort) return course([part]);
    const [one = first] = once;
    if (isBefore(words.until, one)) return upTo[part];
    const usual = alone[part];
    const isBehind = usual.lead && isBefore(words.after, one);
    return isBehind ? { ...usual, parts: usual.parts.slice(1), lead: false } : usual;
  }
  if (to - from > longest) return { kind: 'open', start: first.part };
  return course(Array.from({ length: to - from + 1 }, (_, i) => at(dayParts, from + i)));
}

function course(parts: readonly DayPart[], { lead = false, tail = false } = {}): Course {
  return { kind: 'course', parts, lead, tail };
}

const article = String.raw`(?:(?:the|an?|that|this|de[rmns]|die|das|eine[mnrs]?|el|l[ao]s?|l'|una?|le|les|une?|cette?|khi|lúc|vào)\s*)?`;
const wordsBetween = String.raw`(?:[\p{L}\p{M}-]+\s+){0,1}?`;

/** Words that stand before a part of the day, with an article and a word between at most. */
function leading(words: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${words})\s+${article}${wordsBetween}$`, 'iu');
}

function following(words: string): RegExp {
  return new RegExp(String.raw`^\s+(?:${words})(?![\p{L}\p{M}])`, 'iu');
}

/** All parts of the day that a text names, in its order; of words that overlap the longest. */
function mentionsIn(text: string, words: DayWords, language: string): Mention[] {
  const all: (Omit<Mention, 'part'> & { readonly part: DayPart | undefined })[] = [];
  for (const part of [...dayParts, undefined]) {
    const source = part === undefined ? words.none : words.parts[part];
    for (const { 0: found, index } of text.matchAll(wholeWord(source, 'giu')))
      all.push({ part, start: index, end: index + found.length });
  }
  for (const { 0: found, 1: hour = '', 2: half = '', index } of text.matchAll(
    wholeWord(words.clock, 'giu'),
  )) {
    const part = partAt(hour.toLowerCase(), half.toLowerCase(), language);
    if (part !== undefined) all.push({ part, start: index, end: index + found.length });
  }
  all.sort((a, b) => b.end - b.start - (a.end - a.start));
  const kept: typeof all = [];
  for (const one of all)
    if (!kept.some(({ start, end }) => one.start < end && start < one.end)) kept.push(one);
  return kept
    .flatMap(({ part, ...where }) => (part === undefined ? [] : [{ part, ...where }]))
    .sort((a, b) => a.start - b.start);
}

/** From which hour on the twelve go that a word for a half of the day tells of. */
const halves: readonly (readonly [words: RegExp, from: number])[] = [
  [/^a\.?m/u, 0],
  [/^at night/u, 17],
  [/^(?:nachts|noche|đêm)/u, 18],
  [/^(?:mittags|trưa)/u, 8],
  [/^(?:p|in the (?:afternoon|evening)|nachmittags|abends|tarde|après|soir|chiều|tối)/u, 12],
];

/** The part of the day that an hour is in; `undefined` where that can be either of two. */
function partAt(word: string, half: string, language: string): DayPart | undefined {
  const hour = /^(?:one|ein|una|une|một)$/u.test(word) ? 1 : numberIn(word, language);
  if (hour === undefined || hour > 24) return undefined;
  // “Two o’clock” alone may be either; figures of a clock with 24 hours are not.
  if ((half === '' || half.includes('clock')) && hour <= 12) return undefined;
  // Twelve in the morning, “las doce de la mañana”, is noon.
  const from = halves.find(([words]) => words.test(half))?.[1] ?? 1;
  const isOf24 = hour === 0 || hour > 12;
  const of24 = (isOf24 ? hour : from + ((hour - from + 24) % 12)) % 24;
  if (of24 < 5 || of24 > 21) return 'night';
  if (of24 < 7) return 'dawn';
  if (of24 < 12) return 'morning';
  if (of24 < 14) return 'noon';
  return of24 < 18 ? 'afternoon' : 'dusk';
}
