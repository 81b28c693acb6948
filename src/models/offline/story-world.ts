import type { Bible, Brief, Character, Place } from '../../script/script-model.ts';
import { isEnglish, roles, type Bank, type Role } from './bank.ts';
import { readIdea, type Idea } from './idea.ts';
import type { Person } from './idea-people.ts';
import { lookOf, type Kind, type LookWords, type People, type Sex } from './people.ts';
import { at, hash, pick, shuffled } from './seed.ts';
import type { Air, SettingPlace } from './story-settings.ts';
import type { Stories } from './read-stories.ts';
import { capital, fill, sentence, wholeWord, withinSentence } from './sentences.ts';
import { titleOf } from './story-title.ts';
import { questionOf } from './topic.ts';

export interface Player extends Character {
  readonly kind: Kind | undefined;
  /** Not known of somebody of whom the idea says nothing but an unusual name. */
  readonly sex: Sex | undefined;
}

export interface Stage extends Place {
  /** What can be used there, unless the writer has made the place up. */
  readonly fixtures:
    | (Pick<SettingPlace, 'way' | 'spot' | 'view'> & { readonly sound: string; readonly air: Air })
    | undefined;
}

/** A part of the way that a story goes. */
export interface Leg {
  readonly stages: readonly Stage[];
  /** The very place that the idea names: the leg begins and ends there, and has its height there. */
  readonly home: Stage | undefined;
}

/** Everything about a script that follows from its brief alone, however many scenes it has. */
export interface StoryWorld {
  readonly brief: Brief;
  readonly stories: Stories;
  readonly bank: Bank;
  /** Whether the bank speaks the script's language; if not, what is said is left to the writer. */
  readonly speaks: boolean;
  readonly idea: Idea;
  readonly seed: string;
  readonly title: string;
  readonly premise: string;
  readonly question: string;
  /** The thing that all of it is about; only stands in for one where the idea names none. */
  readonly object: {
    readonly native: string;
    readonly english: string;
    readonly isOwn: boolean;
  };
  readonly players: Readonly<Record<Role, Player>>;
  /** People of the idea beyond those who have a role: they stand in for others. */
  readonly others: readonly Player[];
  /** All places, by the parts of the way; at least one of each. */
  readonly legs: readonly Leg[];
  readonly stages: readonly Stage[];
}

export function worldOf(brief: Brief, stories: Stories): StoryWorld {
  const idea = readIdea(brief, stories);
  const bank = stories.bankFor(brief.language);
  const speaks = stories.speaks(brief.language);
  const seed = String(
    hash([idea.text, brief.language, brief.structure, brief.style, brief.instructions].join('\n')),
  );
  const say = stories.lookWordsIn(bank);
  const { players, others } = castOf(idea, bank, stories.people, seed, say);
  const object = objectOf(idea, bank, stories, seed);
  const question = questionOf(idea.topic, bank);
  const legs = legsOf(idea, bank, say);
  return {
    brief,
    stories,
    bank,
    speaks,
    idea,
    seed,
    title: titleOf(brief, idea, bank, question) || bank.words.untitled,
    premise: premiseOf(idea, bank, { players, others }),
    question,
    object,
    players,
    others,
    legs,
    stages: legs.flatMap(({ stages }) => stages),
  };
}

/** The same world with the names and looks that the writer's bible has by now. */
export function withBible(world: StoryWorld, bible: Bible): StoryWorld {
  const { tells, people } = world.idea;
  // One animal may play all the roles.
  const players = Object.fromEntries(
    roles.map((role, index) => {
      const known = bible.characters[tells === 'animals' ? index % people.length : index];
      return [
        role,
        known === undefined ? world.players[role] : { ...world.players[role], ...known },
      ];
    }),
  ) as Record<Role, Player>;
  const others = world.others.map((one, i) => ({ ...one, ...bible.characters[roles.length + i] }));
  return {
    ...world,
    players,
    others,
    premise: premiseOf(world.idea, world.bank, { players, others }),
  };
}

/**
 * Which role each of the idea's people takes; none where their roles are taken. Nobody is made the opponent
 * but who is called so.
 */
function rolesOf({ people }: Idea): (Role | undefined)[] {
  const taken: Role[] = [];
  return people.map(({ kind }) => {
    const free = (['hero', 'ally', 'elder'] as const).filter((role) => !taken.includes(role));
    // Of two of a kind nobody is against the other.
    const isOther = kind?.role === 'rival' && kind !== people[0]?.kind;
    const isRival = isOther && taken.length > 0 && !taken.includes('rival');
    const wanted = free.find((role) => role === kind?.role && taken.length > 0);
    const role = isRival ? 'rival' : (wanted ?? free[0]);
    if (role !== undefined) taken.push(role);
    return role;
  });
}

function castOf(
  idea: Idea,
  bank: Bank,
  { names, looks }: People,
  seed: string,
  say: LookWords,
): Pick<StoryWorld, 'players' | 'others'> {
  if (idea.tells === 'animals')
    return { players: animalsOf(idea, bank, looks, seed, say), others: [] };
  const people: Partial<Record<Role, Idea['people'][number] | undefined>> = {};
  const taken = rolesOf(idea);
  for (const [index, role] of taken.entries())
    if (role !== undefined) people[role] = idea.people[index];
  const nth = new Map<Kind, number>();
  const named = new Set(idea.people.map(({ name }) => name));
  const pool = names[bank.language] ?? names.en ?? { f: [], m: [] };
  const free = {
    f: shuffled(pool.f, `${seed}/f`).filter((name) => !named.has(name)),
    m: shuffled(pool.m, `${seed}/m`).filter((name) => !named.has(name)),
  };
  const playerOf = (role: Role, index: number, person: Person | undefined): Player => {
    const byChance = (hash(`${seed}/sex`) + index) % 2 === 0 ? 'f' : 'm';
    // Who is named and no more, or not even that, is described by nobody but the writer.
    const isBare = idea.isVague || (person?.name !== undefined && person.kind === undefined);
    const sex = person?.sex ?? (isBare ? undefined : byChance);
    const look =
      sex === undefined
        ? ''
        : lookOf(looks, role, index, person?.kind, sex, bank.language, seed, say);
    return {
      name:
        person?.name ??
        (idea.isVague ? at(unknowns, index) : (free[sex ?? byChance].shift() ?? capital(role))),
      look: toldApart(look, person?.kind, nth, say),
      voice: bank.words.voices[index % bank.words.voices.length] ?? '',
      kind: person?.kind,
      sex,
    };
  };
  const players = {} as Record<Role, Player>;
  for (const [index, role] of roles.entries()) players[role] = playerOf(role, index, people[role]);
  const others = idea.people
    .filter((_, index) => taken[index] === undefined)
    .map((person, i) => playerOf('ally', roles.length + i, person));
  return { players, others };
}

/** Blanks for names, which read alike in all languages. */
const unknowns = ['X', 'Y', 'Z', 'W'];

/** Bodies that are the same for all of a kind have a mark of their own from the second one on. */
function toldApart(
  look: string,
  kind: Kind | undefined,
  nth: Map<Kind, number>,
  say: LookWords,
): string {
  if (kind?.body === undefined) return look;
  const count = nth.get(kind) ?? 0;
  nth.set(kind, count + 1);
  return count === 0 ? look : `${look}, ${say(at(marks, count - 1))}`;
}

export const marks = ['a blue stripe on one side', 'a yellow stripe on one side', 'a green patch'];

/** The animals of an idea, by turns; each is called what it is where it has no name. */
function animalsOf(
  { people }: Idea,
  bank: Bank,
  looks: People['looks'],
  seed: string,
  say: LookWords,
): Record<Role, Player> {
  const taken = new Set<string>();
  const nth = new Map<Kind, number>();
  const animals = people.map(({ name, kind, sex }): Player => {
    const called = capital(name ?? kind?.creature?.[bank.language] ?? kind?.creature?.en ?? '');
    const names = [called, ...[2, 3, 4].map((n) => `${called} ${n}`)];
    const own = names.find((one) => !taken.has(one)) ?? called;
    taken.add(own);
    const body = lookOf(looks, 'hero', 0, kind, sex ?? 'f', bank.language, seed, say);
    const look = toldApart(body, kind, nth, say);
    return { name: own, look, voice: '', kind, sex };
  });
  return Object.fromEntries(roles.map((role, i) => [role, animals[i % animals.length]])) as Record<
    Role,
    Player
  >;
}

function legsOf(idea: Idea, bank: Bank, say: LookWords): Leg[] {
  const own = [idea.where, idea.when].filter((part) => part !== undefined);
  const bare = (name: string): Leg => ({
    stages: [{ name: capital(name), look: own.join(', '), fixtures: undefined }],
    home: undefined,
  });
  // Where it is the idea does not say, and no place is made up for it.
  if (idea.tells === 'things' && !idea.namesSetting)
    return [bare(idea.where ?? bank.words.somewhere)];
  return idea.grounds.map(({ setting, home, called }) => {
    if (setting === undefined) return bare(called);
    const stages = setting.places.map(({ names, look, way, spot, view, sound }) => ({
      name: names[bank.language] ?? names.en,
      look: [...own, say(look)].join(', '),
      fixtures: { way, spot, view, sound: sound[bank.language] ?? sound.en, air: setting.air },
    }));
    return { stages, home: home === undefined ? undefined : stages[setting.places.indexOf(home)] };
  });
}

function objectOf(idea: Idea, bank: Bank, { town }: Stories, seed: string): StoryWorld['object'] {
  const { objects } = bank.words;
  const called = objects.find(([, , words]) => wholeWord(words).test(idea.text));
  const own = called ?? (objects.length === 0 ? undefined : pick(objects, `${seed}/object`));
  if (own !== undefined) return { native: own[0], english: own[1], isOwn: called !== undefined };
  const noun = idea.object ?? idea.grounds[0].setting?.object ?? town.object;
  return { native: noun, english: noun, isOwn: idea.object !== undefined };
}

function premiseOf(
  idea: Idea,
  bank: Bank,
  { players, others }: Pick<StoryWorld, 'players' | 'others'>,
): string {
  const { predicate } = idea;
  if (predicate?.isWhole !== true || !isEnglish(bank)) {
    return sentence(fill(bank.words.premise, { idea: idea.text }));
  }
  const subjects = rolesOf(idea)
    .slice(0, predicate.people)
    .flatMap((role, i) => (role === undefined ? (others[i - 3]?.name ?? []) : players[role].name))
    .map((name) => nameWithin(idea, name));
  const last = subjects.pop() ?? '';
  const subject = subjects.length === 0 ? last : `${subjects.join(', ')} and ${last}`;
  return sentence(`${subject} ${predicate.text}`);
}

/** The name of somebody as it stands within a sentence; only animals and things are called what they are. */
export function nameWithin({ tells }: Idea, name: string): string {
  return tells === 'animals' ? withinSentence(name) : name;
}

/** In the quotation marks of a bank's language. */
export function quoted(text: string, { language }: Bank): string {
  const [open, close] = marksOf[language] ?? ['“', '”'];
  return open + text.replace(/[.\s]+$/u, '') + close;
}

const marksOf: Readonly<Record<string, readonly [string, string]>> = {
  de: ['„', '“'],
  es: ['«', '»'],
  fr: ['« ', ' »'],
};
