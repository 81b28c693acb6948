import type { Structure } from '../../script/script-model.ts';
import type { KnowState, PropState, WearState } from './bank.ts';
import type { Slot } from './dramatic-structure.ts';
import { capital, fill } from './sentences.ts';
import type { StoryWorld } from './story-world.ts';

/** What is carried from scene to scene. */
export interface Carried {
  readonly props: PropState;
  readonly knows: KnowState;
  readonly wears: WearState;
}

/** How things stand before the first scene. */
export function atStart(structure: Structure, scenes: number): Carried {
  if (structure !== 'three-act') return { props: 'none', knows: 'viewer', wears: 'plain' };
  return { props: scenes === 1 ? 'hero' : 'absent', knows: 'nothing', wears: 'plain' };
}

/** How things stand after a scene. A later telling of a matter, by others, changes nothing. */
export function after(slot: Slot, before: Carried): Carried {
  if (slot.pass > 0) return before;
  const { index, matter } = slot;
  switch (matter.id) {
    case 'whole':
      return { ...before, props: 'none' };
    case 'incite':
      return index === 0
        ? before
        : { ...before, props: 'hero', knows: index === 3 ? 'shared' : 'hero' };
    case 'threshold':
      return { ...before, props: 'hero', knows: 'shared', wears: 'coat' };
    case 'setbacks':
      return index >= 2 ? { ...before, knows: 'truth' } : before;
    case 'crisis':
      return { ...before, wears: 'worn', ...(index >= 1 ? { props: 'rival' } : {}) };
    case 'plan':
      return { ...before, knows: 'all' };
    case 'climax':
      return index >= 3 ? { ...before, props: 'regained', knows: 'all' } : before;
    case 'resolution':
      return { ...before, wears: 'fresh', ...(index === 1 ? { props: 'given' } : {}) };
    default:
      return before;
  }
}

/** A state as a contract's facts: the day, clothes, props, who knows what. */
export function factsOf(world: StoryWorld, day: number, carried: Carried): string[] {
  const { words } = world.bank;
  const { hero, ally, rival, elder } = world.players;
  const slots = {
    hero: hero.name,
    ally: ally.name,
    rival: rival.name,
    elder: elder.name,
    object: world.object.native,
  };
  return [
    capital(fill(words.day, { day: String(day) })),
    fill(words.wears[carried.wears], slots),
    fill(words.props[carried.props], slots),
    fill(words.knows[carried.knows], slots),
  ];
}
