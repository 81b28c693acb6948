import { nameKey, sameName } from '../../script/names.ts';
import { normaliseLine } from '../../script/normalise-text.ts';
import { sceneWords } from '../../script/parse/scene-heading.ts';
import { saysNothing } from '../../script/says-nothing.ts';

/**
 * Takes out of a model's texts what does not belong to them: words that stand for nothing, numbers
 * and emphasis in titles, the speaker's name and stage directions in what is spoken.
 */

/** A text that may be left out; empty where it only says that there is nothing. */
export function noteOf(text: string | null): string {
  const line = text ?? '';
  return saysNothing(line, noSuch) ? '' : line;
}

/** What a scene may be said to have none of. */
const noSuch: ReadonlySet<string> = new Set(
  'narration,narrator,voiceover,voice-over,dialogue,sound,sounds,music,tone'
    .split(',')
    .map((what) => `no ${what}`),
);

/**
 * A title without its number, emphasis and quotation marks.
 *
 * @param number of the beat or scene that it belongs to, from 1; another one may be part of the title
 */
export function titleOf(text: string, number: number): string {
  let title = normaliseLine(text);
  for (;;) {
    const before = title;
    title = withoutMarks(title).replace(numbered, (all: string, word: string, digits: string) => {
      if (word === '') return Number(digits) === number ? '' : all;
      return sections.has(word.trim().toLowerCase()) ? '' : all;
    });
    if (title === before) return title;
  }
}

/** `Scene 3: `, `3. `, `Scene 3` alone; not `3:30`, `3.5`, `10-4`. */
const numbered =
  /^((?:\p{L}[\p{L}\p{M}]*\s*){0,2}?)#?(\p{Nd}+)\s*(?:[:：](?!\p{Nd})\s*|[.)—–|-]\s+|$)/u;

/** What models call a scene or beat before its number. */
const sections = new Set(['beat', 'shot', 'clip', ...sceneWords]);

/** Words of a title that is taken from what happens; where words are not parted, characters. */
const titleWords = 5;
const titleCharacters = 10;

/**
 * The titles of beats that follow each other, each with its own: one that says nothing, or that an
 * earlier beat has already, gives way to the first words of what happens in it.
 *
 * @param first number of the first of them, from 1
 */
export function ownTitles(
  beats: readonly { readonly title: string; readonly summary: string }[],
  first: number,
): string[] {
  const taken = new Set<string>();
  return beats.map(({ title, summary }, i) => {
    const given = titleOf(title, first + i);
    const isFree = given !== '' && noteOf(given) !== '' && !taken.has(nameKey(given));
    const own = isFree ? given : firstWords(summary) || given;
    taken.add(nameKey(own));
    return own;
  });
}

/** The beginning of a text, as a title. */
export function firstWords(summary: string): string {
  const sentence = /^[^.!?…。！？]*/u.exec(normaliseLine(summary))?.[0].trim() ?? '';
  const words = sentence.split(' ');
  const isParted = words.length > 1;
  const short = isParted
    ? words.slice(0, titleWords).join(' ')
    : Array.from(sentence).slice(0, titleCharacters).join('');
  return short === sentence ? sentence : `${short.replace(/[\p{P}\s]+$/u, '')}…`;
}

function withoutMarks(title: string): string {
  const bare = title.replace(/^#{1,6}\s+/u, '');
  for (const [open, close] of marks) {
    const isWrapped = bare.startsWith(open) && bare.endsWith(close);
    const inner = bare.slice(open.length, bare.length - close.length);
    if (isWrapped && inner.trim() !== '' && !inner.includes(open) && !inner.includes(close)) {
      return inner.trim();
    }
  }
  return bare;
}

const marks = [
  ['***', '***'],
  ['**', '**'],
  ['__', '__'],
  ['*', '*'],
  ['_', '_'],
  ['`', '`'],
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
  ['《', '》'],
] as const;

/** What is spoken, and how, parted. */
export interface BareSpeech {
  readonly tone: string;
  readonly line: string;
}

/** Longer ones in parentheses are spoken asides more often than ways to speak. */
const longestDirection = 40;

/**
 * A speech without its speaker's name, the quotation marks around it and the stage directions before
 * and after it. The first direction becomes the tone where there is none; a line that is nothing but
 * directions comes back empty.
 */
export function speechOf(speaker: string, tone: string, text: string): BareSpeech {
  let line = text.trim();
  const directions: string[] = [];
  for (;;) {
    const before = line;
    line = withoutSpeaker(line, speaker);
    for (const direction of [leading, trailing]) {
      const found = direction.exec(line);
      const inside = found?.[1] ?? found?.[2] ?? '';
      if (found === null || inside.length > longestDirection) continue;
      directions.push(inside.trim());
      line = line.replace(direction, '').trim();
    }
    line = withoutMarks(line);
    if (line === before) break;
  }
  const [first = ''] = directions;
  return {
    tone: tone === '' ? first.replace(/[.!]+$/u, '') : tone,
    line: line.replace(stressed, '$1'),
  };
}

/**
 * `(whispering)`, `[sighs]`, `*pause*` at the one end or the other, parted from the words. What stands
 * between asterisks before a small letter is a word that is stressed.
 */
const leading =
  /^(?:[([（【]([^()[\]（）【】]+)[)\]）】]|(?<!\*)\*([^*]+)\*(?!\*)(?=\s*[^\p{Ll}\s]))\s*[:：,–—-]?\s*/u;
const trailing =
  /(?<=[.!?…。！？]["”»]?\s*)(?:[([（【]([^()[\]（）【】]+)[)\]）】]|(?<!\*)\*([^*]+)\*(?!\*))[.!]?$/u;

/** `*never*` and `**never**`: how it is stressed is not spoken. */
const stressed = /(?<!\*)\*{1,3}([^\s*](?:[^*]*[^\s*])?)\*{1,3}(?!\*)/gu;

function withoutSpeaker(line: string, speaker: string): string {
  const labelled = /^\**([^:：*()（）\n]{1,80}?)\**\s*(?=[(（]|[:：])/u.exec(line);
  if (labelled === null || !sameName(labelled[1] ?? '', speaker)) return line;
  const rest = line.slice(labelled[0].length);
  // The tone may stand between the name and the colon.
  const spoken = /^([(（][^()（）]*[)）])?\s*[:：]\**\s*/u.exec(rest);
  return spoken === null ? line : `${spoken[1] ?? ''} ${rest.slice(spoken[0].length)}`.trim();
}

/** A text without the label that says what it is, such as `Narration:`. */
export function unlabelled(text: string, labels: readonly string[]): string {
  // Where a label could begin with a space, each of many spaces would be tried with all that follow.
  const found =
    /^\W*?([\p{L}\p{M}/-][\p{L}\p{M} /-]{0,19}?)\*{0,3}\s*(?:\([^()]*\)\s*)?\*{0,3}[:：]\**\s*/u.exec(
      text,
    );
  const label = found?.[1];
  if (found === null || label === undefined) return text;
  return labels.some((one) => sameName(one, label)) ? text.slice(found[0].length) : text;
}
