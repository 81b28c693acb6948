import type { Heading } from '../markdown/block-types.ts';
import { hasMarkup, plainText } from '../markdown/inline-text.ts';
import { memoize } from '../../base/memoize.ts';
import { asciiDigits } from '../digits.ts';
import { invisible } from '../names.ts';
import { normaliseLine } from '../normalise-text.ts';
import { isSlugLine } from '../slug-line.ts';

/** What headings of scenes say, in whatever way they are typed. */

/** The parts of a heading's source that say which scene it is; nothing where it is not as Scenewright writes. */
export function plainSceneHeading(raw: string): { number: string; title: string } | undefined {
  const found =
    /^Scene[ \t]+(\d{1,9})(?:[ \t]*[:：.·–—-][ \t]*|[ \t]+|$)/i.exec(raw) ??
    /^Scene()[ \t]*(?:[:.–—-][ \t]*|$)/i.exec(raw);
  return found ? { number: found[1] ?? '', title: raw.slice(found[0].length) } : undefined;
}

/** What a heading shows of a scene: `**Scene 2A:** Title`, `Cảnh 2`, `Scene Two`, `INT. ROOM`. */
export interface SceneHeading {
  /** Undefined where there is none, or one that is no number, as in `2A`. */
  readonly number: number | undefined;
  readonly title: string;
  /** What stands before the title: word, number and separator. */
  readonly lead: string;
  /** The words alone make it certain that a scene follows; otherwise they may also be about one. */
  readonly isSure: boolean;
}

/** What scenes are called, in small letters. */
const sceneWords =
  'scene|szene|scène|escena|cena|scena|scen|scén[aă]|kohtaus|jelenet|sahne|adegan|babak' +
  '|cảnh|phân cảnh|сцена|эпизод|явление|епізод|σκηνή|दृश्य|দৃশ্য|ฉาก(?:ที่)?|مشهد|المشهد|صحنه|סצנה' +
  '|場景|场景|场|場|シーン|场次|씬|장면|신';

const numberWords =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen' +
  '|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const hanNumbers = '零一二三四五六七八九十百';

const separator = '[:：.–—―|·]|-(?!\\p{L})|[)）]|、';
const number =
  `[\\s_-]*(?:no\\.?|nr\\.?|n[º°.]|#|№)?\\s*(?<digits>\\p{Nd}{1,9})(?<part>[a-z]{1,2}(?![\\p{L}\\p{M}])|\\.\\p{Nd}{1,3})?` +
  `|[\\s_-]+(?:(?<word>(?:${numberWords})(?:[- ](?:${numberWords}))?)|(?<roman>[ivxl]{1,8}))(?![\\p{L}\\p{M}])`;
const numbered = new RegExp(
  `^(?:${sceneWords})(?:${number})(?:\\s*(?<mark>${separator})\\s*|\\s+|$)`,
  'iu',
);
/** `第2場`, `第二幕`, `장면 2` the other way round: `2. Szene`, `2장`. */
const ordinal = new RegExp(
  `^(?:第\\s*(?:(?<digits>\\p{Nd}{1,9})|(?<han>[${hanNumbers}]{1,5}))\\s*(?:场|場|幕|景|場面|场景|シーン|회)` +
    `|(?<count>\\p{Nd}{1,4})\\.?\\s*(?:szene|kohtaus|jelenet|sahne|scena))(?:\\s*(?<mark>${separator})\\s*|\\s+|$)`,
  'iu',
);

/** Behind a number and no separator they say that the section is about a scene, and none itself. */
const aboutScenes =
  /^(?:notes?|ideas?|drafts?|comments?|feedback|todos?|research|references?|refs|storyboards?|shots?|shot list|breakdown|props|questions?|old|alt(?:ernat(?:iv)?e)?s?|deleted|cut|cuts|rewrites?|revisions?|notizen|ideen|entwurf|idées|notas|ideas|note|appunti|ghi chú|ý tưởng|заметки|メモ|笔记|備註|备注|메모)(?![\p{L}\p{M}])/iu;

/** What a heading says of a scene; nothing where its words do not name one. */
export const readSceneHeading = memoize(
  (heading: Pick<Heading, 'raw'>): SceneHeading | undefined => {
    const { raw } = heading;
    const plain = plainSceneHeading(raw);
    if (plain) return ofPlain(raw, plain);
    if (raw.length > mostRead) return undefined;
    const shown = normaliseLine(hasMarkup(raw) ? plainText(raw) : raw);
    const words = shown.replace(invisible, '');
    const found = sceneNumber(words) ?? sceneNumber(words.normalize('NFKC'));
    if (!found) {
      if (!isSlugLine(words)) return undefined;
      return { number: undefined, title: words, lead: '', isSure: true };
    }
    const { lead, groups } = found;
    const title = found.words.slice(lead.length);
    const named = groups.word ?? groups.roman;
    const isSure =
      groups.mark !== undefined || title === '' || (named === undefined && isTitle(title));
    return { number: numberOf(groups), title, lead, isSure };
  },
);

/** UTF-16 code units; no heading of a scene is longer. */
const mostRead = 2000;

function ofPlain(raw: string, { number, title }: { number: string; title: string }): SceneHeading {
  const lead = raw.slice(0, raw.length - title.length);
  const isSure = /[:：.·–—-]\s*$/.test(lead) || title === '' || isTitle(title);
  return { number: number === '' ? undefined : Number(number), title, lead, isSure };
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
