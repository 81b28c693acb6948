import type { Bank, Matter, Take } from './bank.ts';
import { at, hash } from './seed.ts';
import { capital, fill } from './sentences.ts';
import type { StoryWorld } from './story-world.ts';

/**
 * What animals come upon and what pictures of things show: stories of these have few turns and no words, so
 * that a long one tells the same turn often, each time of another thing (the slot `{thing}`), while
 * something else happens beside it (`{stir}`).
 */

/** The things of a bank that fit what the idea tells of. */
function thingsIn({ words }: Bank, { idea }: StoryWorld): readonly string[] {
  return idea.tells === 'people' ? [] : words.things[idea.tells];
}

/** How often a moment can be told before a thing comes again; 0 for one without things. */
export function roomFor(world: StoryWorld, { moments }: Matter, index: number): number {
  const has = moments[index]?.summary.includes('{thing}') === true;
  return has ? thingsIn(world.bank, world).length : 0;
}

/** The number of the thing that a moment tells of when it is told for the `nth` time, from 0. */
export function thingAt(world: StoryWorld, moment: string, nth: number): number {
  return (hash(`${world.seed}/${moment}`) + nth) % Math.max(1, thingsIn(world.bank, world).length);
}

/** Values for the slots, in the words of a bank. */
export function thingSlots(
  world: StoryWorld,
  bank: Bank,
  moment: string,
  number: number,
): Readonly<Record<'thing' | 'stir', string>> {
  const things = thingsIn(bank, world);
  if (things.length === 0) return { thing: '', stir: '' };
  const [stir] = stirsFor(world, bank, moment, number);
  return { thing: at(things, number), stir };
}

/** Three different things that happen beside it; all of them others for the next number. */
function stirsFor(
  { seed }: StoryWorld,
  { words: { stirs } }: Bank,
  moment: string,
  number: number,
): [string, string, string] {
  const start = hash(`${seed}/${moment}/stir`);
  const first = (start >>> 5) % (stirs.length - 1);
  const second = (first + 1 + ((start >>> 10) % (stirs.length - 2))) % (stirs.length - 1);
  const stirAt = (gap: number): string => at(stirs, start + number + gap);
  return [stirAt(0), stirAt(1 + first), stirAt(1 + second)];
}

/** A sentence of how it is shown, and of what happens meanwhile: another one for each thing. */
export function besideIt(world: StoryWorld, moment: string, number: number): string {
  const { views } = world.bank.words;
  return beside(world, moment, number, at(views, hash(`${world.seed}/${moment}/view`) + number));
}

/** The same with a way to show it. */
export function beside(world: StoryWorld, moment: string, number: number, [view]: Take): string {
  const [, stir, more] = stirsFor(world, world.bank, moment, number);
  return capital(fill(world.bank.words.beside, { view, stir, more }));
}

/** A summary with its slot in the place of the thing that it tells of, and the number of that. */
export function withoutThing(
  world: StoryWorld,
  summary: string,
): { readonly template: string; readonly number: number } {
  const things = thingsIn(world.bank, world);
  const found = things
    .map((thing, number) => ({ thing, number, start: summary.lastIndexOf(thing) }))
    .filter(({ start }) => start >= 0)
    // Of two things of which one is in the other's words, the longer one is meant.
    .sort((a, b) => b.thing.length - a.thing.length)[0];
  if (found === undefined) return { template: summary, number: 0 };
  const { thing, number, start } = found;
  const template = `${summary.slice(0, start)}{thing}${summary.slice(start + thing.length)}`;
  return { template, number };
}
