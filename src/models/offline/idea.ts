import type { Brief } from '../../script/script-model.ts';
import { readHours, type Hours } from './idea-hours.ts';
import { findNames } from './idea-names.ts';
import {
  findPeople,
  type Found,
  mostPeople,
  nameThem,
  type Person,
  talking,
} from './idea-people.ts';
import { readTopic } from './idea-count.ts';
import { asking } from './topic.ts';
import { livingThing, speaksOfPeople } from './idea-subject.ts';
import { readListKind, type ListKind } from './idea-list.ts';
import { readGrounds, type Ground } from './idea-place.ts';
import { readSky, type Sky } from './idea-weather.ts';
import { readWishes } from './idea-wishes.ts';
import { wholeWord } from './sentences.ts';
import type { Setting } from './story-settings.ts';
import type { Stories } from './read-stories.ts';

/** What can be read off an idea without understanding it. */
export interface Idea {
  /** The idea on one line, without a lead-in such as “a short film about”. */
  readonly text: string;
  /** The people it names, in order; at most eight. */
  readonly people: readonly Person[];
  /**
   * Whom or what the pictures are of. Where an idea tells of nobody, or asks for nobody, nobody is made
   * up; and an animal lives through nothing that only people do.
   */
  readonly tells: 'people' | 'animals' | 'things';
  /** It tells of nobody, so that whoever plays in it has no name and no look. */
  readonly isVague: boolean;
  /** It asks for nobody to be seen. */
  readonly nobody: boolean;
  readonly noDialogue: boolean;
  readonly noWords: boolean;
  /** A named place and a year, as it spells them. */
  readonly where: string | undefined;
  readonly when: string | undefined;
  /** Where it plays, one after the other; at least one. */
  readonly grounds: readonly [Ground, ...Ground[]];
  /** Whether a word of it calls for them; else it is where stories go that name none. */
  readonly namesSetting: boolean;
  /** The thing to hold that it names, without article, in English. */
  readonly object: string | undefined;
  /** What follows the first people in a sentence such as “A keeper finds a letter”. */
  readonly predicate:
    | {
        readonly people: number;
        readonly text: string;
        /** Whether the people and this are all of it, so that names can stand for the people. */
        readonly isWhole: boolean;
      }
    | undefined;
  /** The number of a list, 2 to 50. */
  readonly count: number | undefined;
  /** What a list is made of. */
  readonly listKind: ListKind;
  /** Whether the list is counted downwards, as a “top ten” is. */
  readonly countdown: boolean;
  /** What a list or explanation is about, without its number. */
  readonly topic: string;
  /** When it plays, where it says so. */
  readonly hours: Hours | undefined;
  /** Weather and season. */
  readonly sky: Sky;
}

const longest = 240;

/** One line of plain text: no control characters, no Markdown that would break out of a paragraph. */
export function plainLine(text: string, limit = longest): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[`<>{}[\]|\\#*_~]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit).replace(/[\uD800-\uDBFF]$/u, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).trim()}…`;
}

export function readIdea(brief: Brief, stories: Stories): Idea {
  const isPoem = isVerse(brief.idea);
  const wishes = readWishes(plainLine(brief.idea));
  const instructions = plainLine(brief.instructions, 2000);
  const asked = readWishes(instructions);
  const text = wishes.text || '…';
  const own = withoutFalseFriends(text, brief.language);
  const all = findPeople(own, stories.kinds);
  const names = findNames(text, brief.language, stories.people.given);
  const language = brief.language.toLowerCase().split(/[-_]/u)[0] ?? '';
  const { count, countdown, topic } = readTopic(text, brief.language);
  // Nobody who is an animal explains anything, or lives through a drama among people.
  const isAnimal = ({ kind }: Found): boolean => kind.creature !== undefined && !talking.test(text);
  const animals = all.filter(isAnimal);
  const humans = all.filter((one) => !isAnimal(one));
  const nobody = wishes.nobody || asked.nobody;
  const withoutPeople = nobody || (humans.length === 0 && names.people.length <= animals.length);
  const thing = withoutPeople && animals.length === 0 ? livingThing(text, language) : undefined;
  // What is not in a language that is read here may well be about people.
  const isVague =
    withoutPeople && stories.speaks(brief.language) && !speaksOfPeople(text, language);
  const tells =
    brief.structure !== 'three-act'
      ? 'people'
      : isPoem || (isVague && asking.test(text))
        ? 'things'
        : !withoutPeople
          ? 'people'
          : animals.length > 0 || thing !== undefined
            ? 'animals'
            : nobody || wishes.showsThings
              ? 'things'
              : 'people';
  const [ground, ...further] = readGrounds(own, language, stories);
  const fitting = ground === undefined ? fittingSetting(own, stories) : undefined;
  const found = tells === 'animals' ? animals : humans;
  const people = nameThem(found, text, names.people, stories);
  return {
    text,
    tells,
    isVague: isVague && tells === 'people' && brief.structure === 'three-act',
    nobody,
    noDialogue: wishes.noDialogue || asked.noDialogue,
    noWords: wishes.noWords || asked.noWords,
    where: names.where,
    when: names.when,
    people:
      tells === 'animals' && thing !== undefined
        ? [
            {
              name: thing.name,
              kind: { label: thing.look, words: '', body: thing.look },
              sex: undefined,
            },
          ]
        : people,
    grounds: [
      ground ?? { setting: fitting ?? stories.town, home: undefined, called: '' },
      ...further,
    ],
    namesSetting: ground !== undefined || fitting !== undefined,
    object: findObject(text),
    predicate: findPredicate(text, found),
    count,
    listKind: readListKind(topic, language),
    countdown,
    topic,
    hours: readHours(text, language) ?? readHours(instructions, language),
    sky: readSky(text),
  };
}

/**
 * Words that mean something else in this language than in the one whose word list has them: German
 * “See” is a lake, French “pain” is bread, Vietnamese “ai” asks who.
 */
const falseFriends: Readonly<Record<string, RegExp>> = {
  en: wholeWord(
    'teddy bears?|chats?|see|mar|pan|pain|kind|ours|oso|maga|mago|cha|koch|hase',
    'giu',
  ),
  vi: wholeWord('(?:chú |con )?gấu bông|ai|son|pan|mar|see|man|pain|stage|kind|sea', 'giu'),
  es: wholeWord('son|pain|see|man|kind|ai|ours|stage', 'giu'),
  de: wholeWord('man|son|pan|pain|mar|ai|ours|sea|fall', 'giu'),
  fr: wholeWord(
    'ours en peluche|son|man|pan|mar|(?<!(?:sur|vers|planète) )mars|see|kind|ai|stage',
    'giu',
  ),
};

/** The text with blanks for such words, so that everything else keeps its position. */
function withoutFalseFriends(text: string, tag: string): string {
  const language = tag.toLowerCase().split(/[-_]/u)[0] ?? '';
  const pattern = falseFriends[language] ?? falseFriends.en;
  return pattern === undefined ? text : text.replace(pattern, (word) => ' '.repeat(word.length));
}

/** Verse: lines parted by strokes, or several short ones. */
function isVerse(idea: string): boolean {
  if (/\S \/ \S/u.test(idea)) return true;
  const lines = idea.split(/[\r\n]+/u).filter((line) => line.trim() !== '');
  if (/(?<!\p{L})(?:thee|thou|thy)(?!\p{L})/iu.test(idea)) return true;
  return (
    lines.length > 2 && lines.every((line) => line.length < 70 && !/^\s*(?:[-*•]|\d)/u.test(line))
  );
}

/** For an idea that names no place: the setting of whom or what it speaks of first. */
function fittingSetting(text: string, { settings }: Stories): Setting | undefined {
  let best: { setting: Setting; index: number } | undefined;
  for (const { setting, pattern } of settings) {
    const index = pattern?.exec(text)?.index;
    if (index !== undefined && (best === undefined || index < best.index))
      best = { setting, index };
  }
  return best?.setting;
}

const things =
  'letter|map|key|lantern|violin|guitar|flute|trumpet|watch|photograph|photo|camera|diary|notebook|book|box|ring|necklace|coin|compass|knife|sword|radio|phone|cassette|tape|doll|toy|kite|umbrella|suitcase|bag|egg|seed|stone|pebble|shell|feather|flower|rose|mask|crown|cup|bowl|painting|mirror|ticket|postcard|scarf|hat|glove|candle|whistle|bell|locket|envelope|music box|snow globe|puppet|teapot|spoon|button|marble';

const messageInABottle = /message in a bottle/iu;

function findObject(text: string): string | undefined {
  if (messageInABottle.test(text)) return 'message in a bottle';
  const match = new RegExp(
    `\\b(?:a|an|the|his|her|their|one|last|lost|old)\\s+((?:[a-z][a-z-]*\\s+){0,2}?(?:${things}))\\b(?!\\s+(?:keepers?|makers?|shop|box|store|players?))`,
    'iu',
  ).exec(text);
  const words = match?.[1]?.toLowerCase().split(' ');
  // A verb or a small word between article and noun means that they do not belong together.
  if (
    words?.some((word) =>
      /^(?:who|that|of|in|on|with|and|finds?|whose|a|an|the|his|her)$/u.test(word),
    ) === true
  ) {
    return words.at(-1);
  }
  return words?.join(' ');
}

/**
 * The rest of a sentence that begins with its people: “A keeper [finds a letter]”. English only;
 * `people` is how many names replace the beginning.
 */
function findPredicate(text: string, found: readonly Found[]): Idea['predicate'] {
  const first = found[0];
  if (first === undefined) return undefined;
  const before = text.slice(0, first.start);
  if (!/^(?:(?:an?|the|one|two|three|four|my|our)\s+)(?:[a-z-]+\s+){0,3}$/iu.test(before))
    return undefined;
  const sentence = /^[^.!?;]+/u.exec(text.slice(first.end))?.[0] ?? '';
  const rest = sentence.replace(/^\s+(?:(?:named|called)\s+\p{Lu}\S*|who|that)\s+/u, ' ').trim();
  const verb = /^(?:(?:in|from|on|at|near|of)\s+[\p{L}\s'’-]+?\s+)?([a-z]+)/u.exec(rest)?.[1] ?? '';
  const plural = first.number > 1;
  if (
    rest.split(' ').length < 2 ||
    (!plural && !/[^s]s$|^is$|^has$|^must$|^can$|ss?es$/u.test(verb))
  )
    return undefined;
  if (plural && /^(?:of|and|in|with)$/u.test(verb)) return undefined;
  const isWhole = before.trim().split(/\s+/u).length === 1 && rest.startsWith(verb);
  return { people: Math.min(mostPeople, first.number), text: rest, isWhole };
}
