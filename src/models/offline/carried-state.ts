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
export function atStart({ brief, idea }: StoryWorld, scenes: number): Carried {
  if (brief.structure !== 'three-act' || idea.tells !== 'people')
    return { props: 'none', knows: 'viewer', wears: 'plain' };
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

/** What has become different from one state to another, as facts. */
export function changesIn(world: StoryWorld, before: Carried, now: Carried): string[] {
  const stood = new Set(factsOf(world, before));
  return factsOf(world, now).filter((fact) => !stood.has(fact));
}

/** What a cut leaves out and changes: that another day has come, and what the story begins with. */
export function sinceCut(
  world: StoryWorld,
  day: number,
  { another, begins }: { readonly another: boolean; readonly begins?: Carried | undefined },
): string | null {
  const told = [
    ...(another ? [capital(fill(world.bank.words.day, { day: String(day) }))] : []),
    ...(begins === undefined ? [] : factsOf(world, begins)),
  ];
  return told.length === 0 ? null : told.join('; ');
}

/** A state as facts: clothes, props, who knows what. */
function factsOf(world: StoryWorld, carried: Carried): string[] {
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
    words.wears[carried.wears],
    words.props[carried.props],
    words.knows[carried.knows],
  ].flatMap((fact) => (fact === undefined ? [] : [fill(fact, slots)]));
}
