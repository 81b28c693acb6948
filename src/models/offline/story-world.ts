import type { Bible, Brief, Character, Place } from '../../script/script-model.ts';
import { isEnglish, roles, type Bank, type Role } from './bank.ts';
import { readIdea, type Idea } from './idea.ts';
import { lookOf, type Kind, type People, type Sex } from './people.ts';
import { hash, pick, shuffled } from './seed.ts';
import type { SettingPlace } from './story-settings.ts';
import type { Stories } from './read-stories.ts';
import { capital, fill, sentence, titleCase, wholePhrase, wholeWord } from './sentences.ts';
import { questionOf } from './topic.ts';

export interface Player extends Character {
  readonly kind: Kind | undefined;
  readonly sex: Sex;
}

export interface Stage extends Place {
  /** What can be used there, unless the writer has made the place up. */
  readonly fixtures: (Pick<SettingPlace, 'way' | 'spot' | 'view'> & { sound: string }) | undefined;
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
  readonly object: { readonly native: string; readonly english: string };
  readonly players: Readonly<Record<Role, Player>>;
  readonly stages: readonly Stage[];
}

export function worldOf(brief: Brief, stories: Stories): StoryWorld {
  const idea = readIdea(brief, stories);
  const bank = stories.bankFor(brief.language);
  const speaks = stories.speaks(brief.language);
  const seed = String(
    hash([idea.text, brief.language, brief.structure, brief.style, brief.instructions].join('\n')),
  );
  const players = castOf(idea, bank, stories.people, seed);
  const object = objectOf(idea, bank, seed);
  const question = questionOf(idea.topic, bank);
  return {
    brief,
    stories,
    bank,
    speaks,
    idea,
    seed,
    title: titleOf(brief, idea, bank, question) || bank.words.untitled,
    premise: premiseOf(idea, bank, players),
    question,
    object,
    players,
    stages: stagesOf(idea, bank),
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
  return { ...world, players, premise: premiseOf(world.idea, world.bank, players) };
}

/** Which role each of the idea's people takes. Nobody is made the opponent unless no role is left. */
function rolesOf({ people }: Idea): Role[] {
  const taken: Role[] = [];
  for (const { kind } of people) {
    const free = (['hero', 'ally', 'elder', 'rival'] as const).filter(
      (role) => !taken.includes(role),
    );
    const wanted = free.find((role) => role === kind?.role && taken.length > 0);
    const role = wanted ?? free[0];
    if (role !== undefined) taken.push(role);
  }
  return taken;
}

function castOf(
  idea: Idea,
  bank: Bank,
  { names, looks }: People,
  seed: string,
): Record<Role, Player> {
  if (idea.tells === 'animals') return animalsOf(idea, bank, looks, seed);
  const people: Partial<Record<Role, Idea['people'][number] | undefined>> = {};
  for (const [index, role] of rolesOf(idea).entries()) people[role] = idea.people[index];
  const taken = new Set(idea.people.map(({ name }) => name));
  const pool = names[bank.language] ?? names.en ?? { f: [], m: [] };
  const free = {
    f: shuffled(pool.f, `${seed}/f`).filter((name) => !taken.has(name)),
    m: shuffled(pool.m, `${seed}/m`).filter((name) => !taken.has(name)),
  };
  const players = {} as Record<Role, Player>;
  for (const [index, role] of roles.entries()) {
    const person = people[role];
    const known = person?.name === undefined ? undefined : sexOfName(person.name, names);
    const sex = person?.sex ?? known ?? ((hash(`${seed}/sex`) + index) % 2 === 0 ? 'f' : 'm');
    players[role] = {
      name: person?.name ?? free[sex].shift() ?? capital(role),
      look: lookOf(looks, role, person?.kind, sex, bank.language, seed),
      voice: bank.words.voices[index] ?? '',
      kind: person?.kind,
      sex,
    };
  }
  return players;
}

/** The animals of an idea, by turns; each is called what it is where it has no name. */
function animalsOf(
  { people }: Idea,
  bank: Bank,
  looks: People['looks'],
  seed: string,
): Record<Role, Player> {
  const taken = new Set<string>();
  const animals = people.map(({ name, kind, sex }): Player => {
    const called = capital(name ?? kind?.creature?.[bank.language] ?? kind?.creature?.en ?? '');
    const names = [called, ...[2, 3, 4].map((n) => `${called} ${n}`)];
    const own = names.find((one) => !taken.has(one)) ?? called;
    taken.add(own);
    const look = lookOf(looks, 'hero', kind, sex ?? 'f', bank.language, seed);
    return { name: own, look, voice: '', kind, sex: sex ?? 'f' };
  });
  return Object.fromEntries(roles.map((role, i) => [role, animals[i % animals.length]])) as Record<
    Role,
    Player
  >;
}

function sexOfName(name: string, names: People['names']): Sex | undefined {
  for (const pool of Object.values(names)) {
    if (pool.f.includes(name)) return 'f';
    if (pool.m.includes(name)) return 'm';
  }
  return undefined;
}

function stagesOf(idea: Idea, bank: Bank): Stage[] {
  const own = [idea.where, idea.when].filter((part) => part !== undefined);
  if (idea.tells === 'things' && !idea.namesSetting) {
    // Where it is the idea does not say, and no place is made up for it.
    return [
      {
        name: capital(idea.where ?? bank.words.somewhere),
        look: own.join(', '),
        fixtures: undefined,
      },
    ];
  }
  return idea.setting.places.map(({ names, look, way, spot, view, sound }) => ({
    name: names[bank.language] ?? names.en,
    look: [...own, look].join(', '),
    fixtures: { way, spot, view, sound: sound[bank.language] ?? sound.en },
  }));
}

function objectOf(idea: Idea, bank: Bank, seed: string): StoryWorld['object'] {
  const { objects } = bank.words;
  const called = objects.find(([, , words]) => wholeWord(words).test(idea.text));
  const own = called ?? (objects.length === 0 ? undefined : pick(objects, `${seed}/object`));
  if (own !== undefined) return { native: own[0], english: own[1] };
  const noun = idea.object ?? idea.setting.object;
  return { native: noun, english: noun };
}

function premiseOf(idea: Idea, bank: Bank, players: Readonly<Record<Role, Player>>): string {
  const { predicate } = idea;
  if (predicate === undefined || !isEnglish(bank)) {
    return sentence(fill(bank.words.premise, { idea: idea.text }));
  }
  const subjects = rolesOf(idea)
    .slice(0, predicate.people)
    .map((role) => players[role].name);
  const last = subjects.pop() ?? '';
  const subject = subjects.length === 0 ? last : `${subjects.join(', ')} and ${last}`;
  return sentence(`${subject} ${predicate.text}`);
}

export function quoted(text: string): string {
  return `“${text.replace(/[.\s]+$/u, '')}”`;
}

/** The idea as a title, a whole phrase; empty where none can be made of it. */
function titleOf(brief: Brief, idea: Idea, bank: Bank, question: string): string {
  if (!isEnglish(bank) || !/^en/iu.test(brief.language)) return capital(wholePhrase(idea.text));
  if (brief.structure === 'list') return titleCase(wholePhrase(idea.text));
  if (brief.structure === 'explainer')
    return question.length <= 72 ? question : titleCase(wholePhrase(idea.topic));
  if (idea.tells === 'things') return titleCase(wholePhrase(idea.text));
  const [person, other] = idea.people;
  const { predicate } = idea;
  if (predicate === undefined && idea.text.split(' ').length <= 6)
    return titleCase(wholePhrase(idea.text));
  if (predicate !== undefined && predicate.people > 1)
    return titleCase(idea.text.split(predicate.text)[0] ?? '').trim();
  if (person?.kind !== undefined && person.name === undefined) {
    const { label } = person.kind;
    if (idea.object !== undefined) return titleCase(`the ${label} and the ${idea.object}`);
    if (other?.kind !== undefined && other.name === undefined && other.kind !== person.kind)
      return titleCase(`the ${label} and the ${other.kind.label}`);
  }
  const whole = wholePhrase(idea.text);
  const isAll = whole.length >= idea.text.length - 4;
  if (!isAll && person?.kind !== undefined && person.name === undefined && person.kind.label !== '')
    return titleCase(`the ${person.kind.label}`);
  return titleCase(whole);
}
