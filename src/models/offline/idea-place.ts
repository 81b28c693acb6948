import type { Stories } from './read-stories.ts';
import { capital } from './sentences.ts';
import type { Setting, SettingPlace } from './story-settings.ts';

/** Where a part of a story plays. */
export interface Ground {
  /** `undefined` for a place that no setting has: of that only the name is known. */
  readonly setting: Setting | undefined;
  /** The very place in the setting that the idea names. */
  readonly home: SettingPlace | undefined;
  /** The name of a place without a setting, as the idea has it. */
  readonly called: string;
}

/** More places one after the other are read from no idea. */
const mostGrounds = 3;

type SmallWords = Readonly<Record<'at' | 'from' | 'to', string>>;
/** By language: what stands before a place where something is, from where it comes, and where it goes. */
const before: Readonly<Record<string, SmallWords>> & { readonly en: SmallWords } = {
  en: {
    at: 'in|inside|on|at|aboard|under|beneath|behind|through|around|across|near|above|outside|below|by|up|along',
    from: 'from|out of|leaves?',
    to: 'to|into|towards?|onto|reach(?:es)?|until',
  },
  de: {
    at: 'in|im|auf|am|an|unter|hinter|über|durch|vor|bei|beim|neben',
    from: 'aus|vom|von|verlässt',
    to: 'nach|bis|zu|zum|zur|ins|ans|erreicht',
  },
  es: {
    at: 'en|dentro de|bajo|sobre|por|junto al?|tras|bordo de',
    from: 'desde|de|del|deja',
    to: 'al?|hacia|hasta|llegan? a',
  },
  fr: {
    at: 'dans|sur|à|au|aux|sous|derrière|chez|près de|bord d’un',
    from: 'depuis|de|du|quitte',
    to: 'vers|jusqu’à|jusqu’au|atteint|pour',
  },
  vi: {
    at: 'trong|ở|trên|tại|dưới|giữa|sau|bên|gần|quanh',
    from: 'từ|rời',
    to: 'đến|tới|ra|vào|về|lên|xuống',
  },
};
type How = 'at' | 'from' | 'to' | 'bare';
const hows = ['to', 'from', 'at'] as const;

const articles =
  '(?:the|an?|his|her|their|its|our|this|one|every|de[rmns]|die|das|eine?[mnrs]?|seine[mnrs]?|ihre[mnrs]?|el|l[ao]s?|una?|unos|su|le|les|une?|cette?|son|sa|leur|l’|một|chiếc|cái|ngôi|con|căn)';

interface Named extends Ground {
  readonly start: number;
  readonly end: number;
  readonly how: How;
}

/**
 * Where an idea plays, in the order in which its story gets there; nothing where it does not say. A place
 * within another one is that place: a café by the harbour is a café.
 *
 * @param language as its tag begins
 */
export function readGrounds(text: string, language: string, stories: Stories): Ground[] {
  const named = namedIn(text, language, stories);
  const isPlaced = ({ how, end }: Named, i: number): boolean => {
    const next = named[i + 1];
    return (
      how !== 'bare' ||
      (next !== undefined && next.how !== 'bare' && isNear(text.slice(end, next.start), language))
    );
  };
  const placed = named.filter(isPlaced);
  const grounds: Named[] = [];
  for (const one of placed.length === 0 ? named.slice(0, 1) : placed) {
    const last = grounds.at(-1);
    const isPart =
      last !== undefined &&
      (sameGround(last, one) ||
        (one.how !== 'to' &&
          last.how !== 'from' &&
          isNear(text.slice(last.end, one.start), language)));
    if (!isPart) grounds.push(one);
  }
  return grounds
    .slice(0, mostGrounds)
    .map(({ setting, home, called }) => ({ setting, home, called }));
}

function sameGround(a: Ground, b: Ground): boolean {
  return a.setting === undefined ? a.called === b.called : a.setting === b.setting;
}

/** Whether nothing but a few small words stands between two places, as in “a café by the harbour”. */
function isNear(between: string, language: string): boolean {
  const { at, from, to } = smallWords(language);
  const small = new RegExp(String.raw`^\s+(?:${at}|${from}|${to})\s`, 'iu');
  return (
    (small.test(between) || /^\s*$/u.test(between)) &&
    !/[.;:!?,–—]/u.test(between) &&
    between.trim().split(/\s+/u).length <= 4
  );
}

function smallWords(language: string): SmallWords {
  return before[language] ?? before.en;
}

/** All places that a text names; of those that overlap the first, and of these the longest. */
function namedIn(text: string, language: string, stories: Stories): Named[] {
  const words = smallWords(language);
  const leads = hows.map((how) => ({
    how,
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{M}])(?:${words[how]})\s+(?:${articles}\s*)?(?:[\p{L}\p{M}’'-]+\s+){0,2}$`,
      'iu',
    ),
  }));
  const howIs = (start: number, name: string): How => {
    // A name may begin with the small word: “at sea”.
    const lead = text.slice(0, start);
    const own = lead + (/^\S+\s/u.exec(name)?.[0] ?? '');
    return leads.find(({ pattern }) => pattern.test(lead) || pattern.test(own))?.how ?? 'bare';
  };
  const all: Named[] = [];
  for (const { setting, named, homes } of stories.settings) {
    for (const { 0: name, index } of text.matchAll(named)) {
      const home = homes.find(({ pattern }) => pattern.test(name))?.place;
      const how = howIs(index, name);
      all.push({ setting, home, called: '', start: index, end: index + name.length, how });
    }
  }
  const rooms = stories.roomsIn(language);
  for (const { 0: name, index } of rooms === undefined ? [] : text.matchAll(rooms)) {
    const how = howIs(index, name);
    // Such words are many, and mean other things as well where nothing stands before them.
    if (how === 'bare' && !isSubject(text.slice(0, index))) continue;
    const where = { start: index, end: index + name.length, how };
    all.push({ setting: undefined, home: undefined, called: capital(name), ...where });
  }
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Named[] = [];
  for (const one of all) if (one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  return kept;
}

/** Whether what follows is what the whole idea is of, as in “An old market at dawn”. */
function isSubject(lead: string): boolean {
  return new RegExp(String.raw`^(?:${articles}\s+)?(?:[\p{L}\p{M}’'-]+\s+){0,1}$`, 'iu').test(lead);
}
