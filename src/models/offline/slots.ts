import { isEnglish, roles, type Role } from './bank.ts';
import { itemsFor, type Slot } from './dramatic-structure.ts';
import { hash } from './seed.ts';
import { capital, fill } from './sentences.ts';
import { subjectOf } from './topic.ts';
import { nameWithin, quoted, type Player, type Stage, type StoryWorld } from './story-world.ts';

/**
 * Who plays whom when a long script tells a matter again: first it is the friend's story, then the
 * old one's, then the opponent's. Subplots mirror the main plot in this way in any long drama.
 */
const castings: readonly Readonly<Record<Role, Role>>[] = [
  { hero: 'hero', ally: 'ally', rival: 'rival', elder: 'elder' },
  { hero: 'ally', ally: 'hero', rival: 'rival', elder: 'elder' },
  { hero: 'ally', ally: 'elder', rival: 'rival', elder: 'hero' },
  { hero: 'rival', ally: 'elder', rival: 'hero', elder: 'ally' },
];

/** Parts of a story of which the plan says what they change for whom; the same people play them. */
const steady = new Set('whole incite threshold setbacks crisis plan climax resolution'.split(' '));

/** Who of more people than there are roles stands in where, as indices; early in every story. */
const standIns: Readonly<Record<string, Partial<Record<Role, number>>>> = {
  trials: { elder: 0, ally: 1 },
  setup: { ally: 2 },
  debate: { elder: 1, ally: 3 },
  dark: { elder: 2 },
};

/** Of a cast that is larger than the roles, those who have none take the part of a friend or an elder. */
function standIn({ others }: StoryWorld, role: Role, matter: string): Player | undefined {
  if (others.length === 0 || role === 'hero' || role === 'rival' || steady.has(matter))
    return undefined;
  const known = standIns[matter]?.[role];
  if (known !== undefined) return others[known];
  // Nobody plays two parts in one matter.
  const turn = (hash(matter) + (role === 'ally' ? 0 : 1)) % (others.length + 1);
  return others[turn];
}

/** Who plays a role in the given telling of a matter. */
export function playerOf(world: StoryWorld, role: Role, pass: number, matter: string): Player {
  if (world.idea.tells === 'animals') {
    return world.players[roles[(roles.indexOf(role) + pass) % roles.length] ?? role];
  }
  const played = castings[pass % castings.length]?.[role] ?? role;
  return standIn(world, played, matter) ?? world.players[played];
}

/** In how many ways the roles can be given to the players. */
export function castingsOf({ idea }: StoryWorld): number {
  return idea.tells === 'animals' ? Math.max(1, idea.people.length) : castings.length;
}

/** Which telling of a matter it is, and of which items. */
export interface Counted extends Pick<Slot, 'pass' | 'from' | 'to'> {
  readonly matter: Pick<Slot['matter'], 'id'>;
}

/** How many items the script counts, whatever its length. */
export function itemsOf(world: StoryWorld, scenes: number): number {
  return itemsFor(world.brief.structure, scenes, world.idea.count);
}

/** Values for the slots of the banks' texts, by name. */
export type Slots = Readonly<Record<string, string>>;

/** The names of those who play in a matter, and their English pronouns. */
export function peopleSlots(world: StoryWorld, pass: number, matter: string): Slots {
  const slots: Record<string, string> = {};
  for (const role of roles) {
    const { name, sex } = playerOf(world, role, pass, matter);
    slots[role] = nameWithin(world.idea, name);
    slots[`${role}.his`] = sex === undefined ? 'their' : sex === 'f' ? 'her' : 'his';
    slots[`${role}.him`] = sex === undefined ? 'them' : sex === 'f' ? 'her' : 'him';
  }
  return slots;
}

export function slotsOf(world: StoryWorld, telling: Counted, stage: Stage, scenes: number): Slots {
  const { words } = world.bank;
  const items = itemsOf(world, scenes);
  const explains = world.brief.structure === 'explainer';
  const ranked = world.idea.listKind === 'acts' ? words : words.showcase;
  const topic = world.idea.topic
    .replace(/[.!?\s]+$/u, '')
    .replace(/^(?:A|An|The)(?= )/u, (article) => article.toLowerCase());
  return {
    ...peopleSlots(world, telling.pass, telling.matter.id),
    way: stage.fixtures?.way ?? 'the way in',
    spot: stage.fixtures?.spot ?? 'a low ledge',
    view: stage.fixtures?.view ?? 'the far side',
    object: world.object.native,
    premise: world.premise,
    idea: quoted(world.idea.text, world.bank),
    question: world.question,
    topic,
    subject: subjectOf(topic, world.bank),
    count: countWord(world, items),
    n: numberOf(world, telling, items),
    item: itemName(world, telling),
    rank: explains
      ? rank(words.stages, words.lastStage, telling, items)
      : rank(ranked.ranks, ranked.lastRank, telling, items),
  };
}

const numberWords = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** The number of items, in English as a word where that is usual. */
export function countWord(world: StoryWorld, items: number): string {
  return (isEnglish(world.bank) ? numberWords[items - 1] : undefined) ?? String(items);
}

function numberOf(
  world: StoryWorld,
  { from, to }: Pick<Counted, 'from' | 'to'>,
  items: number,
): string {
  const [low, high] = world.idea.countdown ? [items + 1 - to, items + 1 - from] : [from, to];
  return low === high ? String(low) : `${low}–${high}`;
}

/** What makes an item worth its place: the tension rises, the last one is kept for the end. */
function rank(
  ranks: readonly string[],
  last: string,
  { from, to }: Counted,
  items: number,
): string {
  if (to >= items) return last;
  const place =
    items - 1 <= ranks.length ? from - 1 : Math.floor(((from - 1) * ranks.length) / (items - 1));
  return ranks[Math.max(0, place) % ranks.length] ?? last;
}

const singular: readonly (readonly [RegExp, string])[] = [
  [/^(?:people|men|women|children|series|species|news)$/iu, ''],
  [/ies$/iu, 'y'],
  [/(ss|sh|ch|x)es$/iu, '$1'],
  [/([^s])s$/iu, '$1'],
];

/** What is counted: the last word before “of”, “for” and their like, or the first one of several. */
function nounOf(topic: string): string {
  const phrase = topic.split(
    / (?:of|for|to|in|on|at|from|with|that|who|which|every|you|we|i)(?= |$)/iu,
  )[0];
  const last = /[\p{L}-]+$/u.exec(phrase?.trim() ?? '')?.[0] ?? '';
  if (/s$/iu.test(last)) return last;
  const words = topic.split(' ').slice(0, 3);
  return words.find((word) => /^\p{L}{3,}s$/iu.test(word)) ?? last;
}

/** “7 habits of calm people” counts habits, so its third is “Habit 3”. */
export function itemName(world: StoryWorld, telling: Counted): string {
  if (telling.from === 0) return '';
  const { words } = world.bank;
  const n = numberOf(world, telling, world.idea.count ?? telling.to);
  const explains = world.brief.structure === 'explainer';
  const noun = world.idea.count === undefined ? '' : nounOf(world.idea.topic);
  if (!explains && isEnglish(world.bank) && /s$/iu.test(noun)) {
    for (const [ending, replacement] of singular) {
      if (!ending.test(noun)) continue;
      if (replacement === '') break;
      const one = telling.from === telling.to;
      return `${capital(one ? noun.replace(ending, replacement) : noun)} ${n}`;
    }
  }
  const { item } = world.idea.listKind === 'acts' ? words : words.showcase;
  return fill(explains ? words.step : item, { n });
}
