import { dayParts, type DayPart, type Step } from './bank.ts';
import type { Slot } from './dramatic-structure.ts';
import type { Course } from './idea-hours.ts';
import { at, hash } from './seed.ts';
import type { Stage, StoryWorld } from './story-world.ts';

/** Where and when a unit of scenes plays. */
export interface Unit {
  readonly stage: Stage;
  /** From 1; one night is one day with the morning after it. */
  readonly day: number;
  readonly part: DayPart;
}

/** Where and when each unit plays, as the idea has it. Time only ever goes forward. */
export function staging(world: StoryWorld, slots: readonly Slot[]): Unit[] {
  const first = slots.filter((slot, i) => slot.unit !== slots[i - 1]?.unit);
  const times = timesOf(world, first);
  return first.map((slot, i) => ({
    stage: stageOf(world, slot, i, first.length),
    ...at(times, i),
  }));
}

type Time = Pick<Unit, 'day' | 'part'>;

function timesOf(world: StoryWorld, first: readonly Slot[]): Time[] {
  const { hours } = world.idea;
  if (hours?.kind === 'course') return inCourse(hours, first);
  const ticks =
    world.brief.structure === 'three-act'
      ? openTicks(hours?.start, first, world.seed)
      : // An explanation or a list is one day, told from morning to evening.
        first.map((_, i) => 1 + Math.floor((i * 4) / first.length));
  return ticks.map((tick) => ({
    day: Math.floor(tick / dayParts.length) + 1,
    part: at(dayParts, tick),
  }));
}

/** Steps that want a certain part of the day. */
const wantedTime: Partial<Record<Step, DayPart>> = {
  crisis: 'dusk',
  dark: 'night',
  plan: 'dawn',
  climax: 'night',
  resolution: 'morning',
};

/** From one part of the day to the next, over as many days as it takes. */
function openTicks(start: DayPart | undefined, first: readonly Slot[], seed: string): number[] {
  let tick = start === undefined ? hash(`${seed}/start`) % 2 : dayParts.indexOf(start);
  const opening = at(dayParts, tick);
  return first.map((slot, i) => {
    // The last image rhymes with the first, down to the light.
    const wanted = slot.step === 'closing' ? opening : wantedTime[slot.step];
    if (i > 0) tick = later(tick, wanted, slot.step === first[i - 1]?.step);
    return tick;
  });
}

function later(tick: number, wanted: DayPart | undefined, sameStep: boolean): number {
  let next = tick + 1;
  if (wanted === undefined || sameStep) return next;
  while (at(dayParts, next) !== wanted) next++;
  return next;
}

/** What stands before the story proper, and how it ends. */
const leads = new Set<Step>(['hook', 'setup', 'promise', 'stakes']);
const tails = new Set<Step>(['resolution', 'closing']);

/** Through the parts of a course: the story proper as evenly as its units allow. */
function inCourse({ parts, lead, tail }: Course, first: readonly Slot[]): Time[] {
  const last = parts.length - 1;
  const isLead = ({ step }: Slot): boolean => lead && leads.has(step);
  const isTail = ({ step }: Slot): boolean => tail && tails.has(step);
  const from = lead ? 1 : 0;
  const to = tail ? last - 1 : last;
  const proper = first.filter((slot) => !isLead(slot) && !isTail(slot));
  return first.map((slot) => {
    const share = proper.indexOf(slot) / Math.max(1, proper.length - 1);
    const index = isLead(slot) ? 0 : isTail(slot) ? last : from + Math.round(share * (to - from));
    const whole = Math.floor(index / dayParts.length);
    return { day: whole + 1, part: at(parts, index) };
  });
}

/**
 * Each part of the way opens and closes in one place, comes to its height in another, and wanders between;
 * where the idea names one of the places, it is at all of these, and every other time between.
 */
function stageOf({ legs }: StoryWorld, slot: Slot, unit: number, units: number): Stage {
  const leg = Math.floor((unit * legs.length) / units);
  const { stages, home } = at(legs, leg);
  const first = Math.ceil((leg * units) / legs.length);
  const last = Math.ceil(((leg + 1) * units) / legs.length) - 1;
  // What the idea tells of happens where the idea is.
  const isEdge = unit === first || unit === last || slot.step === 'incite';
  const isHeight = slot.step === 'crisis' || slot.step === 'climax';
  if (home !== undefined) {
    const others = stages.filter((stage) => stage !== home);
    if (isEdge || isHeight || (unit - first) % 2 === 0) return home;
    return at(others, (unit - first - 1) / 2);
  }
  if (isEdge) return at(stages, 0);
  if (isHeight) return at(stages, stages.length - 1 - (slot.unit % 2));
  if (slot.step === 'resolution') return at(stages, 1);
  return at(stages, unit - first);
}
