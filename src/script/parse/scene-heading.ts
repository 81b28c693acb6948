import type { Heading } from '../markdown/block-types.ts';
import { hasMarkup, plainText } from '../markdown/inline-text.ts';
import { memoize } from '../../base/memoize.ts';
import { asciiDigits } from '../digits.ts';
import { invisible } from '../names.ts';
import { normaliseLine } from '../normalise-text.ts';
import { isSlugLine } from '../slug-line.ts';
import { wordsFor } from './label-words.ts';
import { type SaidSeconds, shiftedBy, titleParts } from './title-parts.ts';

/** What headings of scenes say, in whatever way they are typed. */

/** What a heading shows of a scene: `**Scene 2A:** Title`, `Cảnh 2`, `Scene Two`, `INT. ROOM`. */
export interface SceneHeading {
  /** Undefined where there is none, or one that is no number, as in `2A`. */
  readonly number: number | undefined;
  readonly title: string;
  /** What stands before the title: word, number and separator; empty for one of a screenplay. */
  readonly lead: string;
  /** The seconds that it says of the scene. */
  readonly seconds: number | undefined;
  /** The words alone make it certain that a scene follows; otherwise they may also be about one. */
  readonly isSure: boolean;
}

const forms = wordsFor('scene').map((form) => form.split('#'));
/** What scenes are called, in small letters; in languages, too, that have no other words in the table. */
export const sceneWords: readonly string[] = [
  ...new Set(
    forms.map(([before = '', behind = '']) => (before || behind.slice(1)).trim().toLowerCase()),
  ),
  'দৃশ্য',
  'صحنه',
];
const anyScene = sceneWords.join('|');
/** Those that the number may stand before: `2. Szene`. */
const numberedWords = forms
  .flatMap(([before, behind = '']) => (before === '' ? [behind.slice(1).trim()] : []))
  .join('|');

const space = '[ \\t\\u00a0\\u202f]*';
/** Of how many: `Scene 2/5`, `Scene 2 of 5`. */
const outOf = String.raw`\s*(?:/|(?:of|von|de|sur|di|из)\s)\s*\p{Nd}{1,4}(?![\p{L}\p{M}])`;
/** What people put before a title, too, and what sentences have: they make nothing sure. */
const looseSeparator = '[;；,，/>→~=]';
const plain = new RegExp(
  `^(?:(?:${anyScene})${space}(\\d{1,9})|(\\d{1,9})\\.${space}(?:${numberedWords}))` +
    `(?!${outOf}|${space}${looseSeparator})(?:${space}[:：.·–—-][ \\t]*|[ \\t]+|$)`,
  'iu',
);

/** `Scene`, and in any language `Szene: Title`; other words are no scene's without a colon. */
const unnumbered = new RegExp(
  `^(?:(Scene)[ \\t]*(?:[:.–—-][ \\t]*|$)|(${anyScene})${space}[:：][ \\t]*)`,
  'iu',
);

/** A heading as Scenewright writes it in any language, by its source: `Scene 3: Title`, `3. jelenet: Title`. */
export interface PlainSceneHeading {
  /** Its digits; empty where there is none. */
  readonly number: string;
  /** Offset of the number, or of where it would stand. */
  readonly numberAt: number;
  /** Word, number and separator. */
  readonly form: string;
  /** What stands before the title: these, and seconds. */
  readonly lead: string;
  readonly title: string;
  readonly said: SaidSeconds | undefined;
}

/** The parts of a heading's source that say which scene it is; nothing where it is in another shape. */
export function plainSceneHeading(raw: string): PlainSceneHeading | undefined {
  const found = plain.exec(raw);
  if (found) {
    const [form, behind, before] = found;
    return { number: behind ?? before ?? '', numberAt: form.search(/\d/), ...titled(raw, form) };
  }
  const [form, scene, word = scene ?? ''] = unnumbered.exec(raw) ?? [];
  if (form === undefined) return undefined;
  return { number: '', numberAt: word.length, ...titled(raw, form) };
}

function titled(
  raw: string,
  form: string,
): Pick<PlainSceneHeading, 'form' | 'lead' | 'title' | 'said'> {
  const { span, closing, said } = titleParts(raw.slice(form.length));
  const start = form.length + span.start;
  return {
    form,
    lead: raw.slice(0, start),
    title: raw.slice(start, form.length + span.end) + closing,
    said: said && shiftedBy(said, form.length),
  };
}

const numberWords =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen' +
  '|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const hanNumbers = '零一二三四五六七八九十百';

const separator = '[:：.–—―|·]|-(?!\\p{L})|[)）]|、';
const number =
  `[\\s_-]*(?:no\\.?|nr\\.?|n[º°.]|#|№)?\\s*(?<digits>\\p{Nd}{1,9})(?<part>[a-z]{1,2}(?![\\p{L}\\p{M}])|\\.\\p{Nd}{1,3})?` +
  `|[\\s_-]+(?:(?<word>(?:${numberWords})(?:[- ](?:${numberWords}))?)|(?<roman>[ivxl]{1,8}))(?![\\p{L}\\p{M}])`;
/** A series counts as in `S01E02`. */
const numbered = new RegExp(
  `^(?:${anyScene}|S\\p{Nd}{1,2}[\\s.:·_-]{0,3}E)(?:${number})(?:${outOf})?(?:\\s*(?<mark>${separator})\\s*|\\s*${looseSeparator}\\s*|\\s+|$)`,
  'iu',
);
/** `第2場`, `第二幕`, `장면 2` the other way round: `2. Szene`, `2장`. */
const ordinal = new RegExp(
  `^(?:第\\s*(?:(?<digits>\\p{Nd}{1,9})|(?<han>[${hanNumbers}]{1,5}))\\s*(?:场|場|幕|景|場面|场景|シーン|회)` +
    `|(?<count>\\p{Nd}{1,4})\\.?\\s*(?:${numberedWords}))(?:\\s*(?<mark>${separator})\\s*|\\s+|$)`,
  'iu',
);

/** Behind a number and no separator they say that the section is about a scene, and none itself. */
const aboutScenes =
  /^(?:notes?|ideas?|drafts?|comments?|feedback|todos?|research|references?|refs|storyboards?|shots?|shot list|breakdown|props|questions?|old|alt(?:ernat(?:iv)?e)?s?|deleted|cut|cuts|rewrites?|revisions?|notizen|ideen|entwurf|idées|notas|ideas|note|appunti|ghi chú|ý tưởng|заметки|メモ|笔记|備註|备注|메모)(?![\p{L}\p{M}])/iu;

/** What a heading says of a scene; nothing where its words do not name one. */
export const readSceneHeading = memoize(
  (heading: Pick<Heading, 'raw'>): SceneHeading | undefined => {
    const { raw } = heading;
    const own = plainSceneHeading(raw);
    if (own) return ofPlain(own);
    if (raw.length > mostRead) return undefined;
    const { span, closing, said } = titleParts(raw);
    const seconds = said?.seconds;
    const source =
      raw.slice(said && said.span.end < span.start ? 0 : span.start, span.end) + closing;
    const shown = normaliseLine(hasMarkup(source) ? plainText(source) : source);
    const words = shown.replace(invisible, '').replace(struck, '$1');
    const adorned = adornment.exec(words)?.[0] ?? '';
    const bare = words.slice(adorned.length);
    const found = sceneNumber(bare) ?? sceneNumber(bare.normalize('NFKC'));
    if (!found) {
      if (!isSlugLine(words)) return undefined;
      const title = words.replace(/^\./, '');
      return { number: undefined, title, lead: '', seconds, isSure: true };
    }
    const { groups } = found;
    const parts = titleParts(found.words.slice(found.lead.length));
    const lead = adorned + found.words.slice(0, found.lead.length + parts.span.start);
    const title = found.words.slice(found.lead.length + parts.span.start);
    const named = groups.word ?? groups.roman;
    const isSure =
      groups.mark !== undefined || title === '' || (named === undefined && isTitle(title));
    return {
      number: numberOf(groups),
      title,
      lead,
      seconds: seconds ?? parts.said?.seconds,
      isSure,
    };
  },
);

/** What people put before the word: pictures, a check box, seconds, the act. */
const adornment =
  /^(?:(?:[\p{So}\p{Extended_Pictographic}][\ufe0e\ufe0f\p{Emoji_Modifier}]*|\[[ xX]\]|[([][^()[\]]{0,40}[)\]]|(?:a[ck]te?|acto|atto|part|episode)\s+(?:\p{Nd}{1,3}|[ivx]{1,5})(?:\s*[,;:.·–—-])?(?=\s))\s*)+(?=\p{L})/iu;

/** The word and number struck through, as of a scene that has been told; all of a heading is struck out. */
const struck = /^~~([^~]{1,60})~~(?=\s*[:：.–—-])/u;

/** UTF-16 code units; no heading of a scene is longer. */
const mostRead = 2000;

function ofPlain({ number, lead, title, said }: PlainSceneHeading): SceneHeading {
  const isSure = /[:：.·–—-]\s*$/.test(lead) || title === '' || isTitle(title);
  return {
    number: number === '' ? undefined : Number(number),
    title,
    lead,
    seconds: said?.seconds,
    isSure,
  };
}

function sceneNumber(words: string): { words: string; lead: string; groups: Groups } | undefined {
  const found = numbered.exec(words) ?? ordinal.exec(words);
  return found ? { words, lead: found[0], groups: found.groups ?? {} } : undefined;
}

/** Whether what follows a number right away is a title and not more of a sentence. */
function isTitle(text: string): boolean {
  return !/^[^\p{L}\p{N}]*\p{Ll}/u.test(text) && !aboutScenes.test(text);
}

type Groups = Readonly<Record<string, string | undefined>>;

function numberOf({ digits, part, word, roman, han, count }: Groups): number | undefined {
  if (part !== undefined) return undefined;
  const read = digits ?? count;
  if (read !== undefined) return Number(asciiDigits(read));
  if (word !== undefined) return ofWords(word.toLowerCase());
  if (han !== undefined) return ofHan(han);
  return roman === undefined ? undefined : ofRoman(roman.toUpperCase());
}

function ofWords(text: string): number {
  const names = numberWords.split('|');
  return text.split(/[- ]/).reduce((sum, word) => {
    const at = names.indexOf(word);
    return sum + (at < 20 ? at + 1 : (at - 17) * 10);
  }, 0);
}

function ofHan(text: string): number {
  let sum = 0;
  let digit = 0;
  for (const sign of text) {
    const value = hanNumbers.indexOf(sign);
    if (value < 10) digit = value;
    else {
      sum += Math.max(1, digit) * (value === 10 ? 10 : 100);
      digit = 0;
    }
  }
  return sum + digit;
}

function ofRoman(text: string): number {
  const values = Array.from(text, (sign) => ({ I: 1, V: 5, X: 10, L: 50 })[sign] ?? 0);
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
}
