import type { Beat, DialogueLine } from '../../script/script-model.ts';
import {
  roles,
  type Bank,
  type Matter,
  type Moment,
  type Role,
  type Step,
  type Take,
} from './bank.ts';
import {
  castingsOf,
  itemName,
  itemsOf,
  peopleSlots,
  playerOf,
  slotsOf,
  type Slots,
} from './slots.ts';
import type { Slot } from './dramatic-structure.ts';
import { at } from './seed.ts';
import { capital, fill, firstSentence, sentence } from './sentences.ts';
import { Takes } from './takes.ts';
import type { Stage, StoryWorld } from './story-world.ts';
import { beside, besideIt, roomFor, thingSlots, withoutThing } from './things-met.ts';

/** A moment of the banks, told of this world's people in one of its places. */
export interface Told {
  /** The step of the structure; `undefined` for a beat that the banks do not know. */
  readonly step: Step | undefined;
  /** How often it has been told before, by others of the cast. */
  readonly pass: number;
  readonly title: string;
  readonly summary: string;
  readonly action: string;
  readonly lines: readonly DialogueLine[];
  readonly narration: readonly string[];
  readonly note: string;
  /** What is to be seen, in English. */
  readonly picture: string;
  /** Those who are seen, in the order of their roles. */
  readonly cast: readonly string[];
  /** Whose story it is this time. */
  readonly lead: string;
  /** How it is staged where the same has been told before, a sentence each. */
  readonly takes: readonly string[];
  /** The name of the item, such as “Habit 3”; empty outside lists and explanations. */
  readonly item: string;
}

export type Telling = Pick<Slot, 'matter' | 'moment' | 'index' | 'pass' | 'from' | 'to'> & {
  /** The number of the thing that it tells of; see `things-met.ts`. */
  readonly thing: number;
};

/** The name of a moment, whoever plays in it. */
export function momentName({
  matter,
  index,
  from,
  to,
}: Pick<Slot, 'matter' | 'index' | 'from' | 'to'>): string {
  return [matter.id, index, from, to].join('/');
}

export function tell(world: StoryWorld, telling: Telling, stage: Stage, scenes: number): Told {
  return tellWith(world, telling, slotsOf(world, telling, stage, scenes));
}

function tellWith(world: StoryWorld, telling: Telling, slots: Slots): Told {
  const { moment, matter, index, pass } = telling;
  const original = world.stories.originalOf(matter, index) ?? moment;
  const name = momentName(telling);
  const met = (bank: Bank): Slots => thingSlots(world, bank, name, telling.thing);
  const englishSlots = {
    ...slots,
    // By these the prompt names people.
    ...Object.fromEntries(roles.map((one) => [one, playerOf(world, one, pass, matter.id).name])),
    object: world.object.english,
    ...met(world.stories.english),
  };
  const own = { ...slots, ...met(world.bank) };
  const put = (text: string): string => fill(text, own);
  const isOfThings = roomFor(world, matter, index) > 0;
  const meanwhile = isOfThings ? besideIt(world, name, telling.thing) : '';
  return {
    step: matter.step,
    pass,
    title: capital(put(moment.title)),
    summary: tidy(put(moment.summary)),
    action: withBeside(tidy(put(moment.action)), meanwhile),
    lines: (moment.lines ?? []).map(([role, tone, line]) => ({
      speaker: playerOf(world, role, pass, matter.id).name,
      tone: put(tone),
      line: put(line),
    })),
    narration: narrationOf(moment, telling.from).map((text) => tidy(put(text))),
    note: moment.note === undefined ? '' : sentence(put(moment.note)),
    picture: firstSentence(tidy(fill(original.action, englishSlots))),
    cast: rolesIn(original).map((role) => playerOf(world, role, pass, matter.id).name),
    lead: playerOf(world, 'hero', pass, matter.id).name,
    takes: [],
    item: itemName(world, telling),
  };
}

/** What is said of an item, or outside of lists: no two that follow each other are told in the same words. */
function narrationOf({ narration = [], otherwise = [] }: Moment, item: number): readonly string[] {
  return at([narration, ...otherwise], Math.max(0, item - 1));
}

/** The last sentence leads over, so that what is beside it stands before that. */
function withBeside(action: string, meanwhile: string): string {
  const first = firstSentence(action);
  return [first, meanwhile, action.slice(first.length).trim()]
    .filter((part) => part !== '')
    .join(' ');
}

/**
 * The moment that a beat was made from, found by its summary, so that scenes may be moved, inserted
 * and removed in the outline; `undefined` for a beat that somebody has rewritten or another model
 * has planned.
 */
export function recognise(
  world: StoryWorld,
  beat: Beat,
  stage: Stage,
  scenes: number,
): Told | undefined {
  const { summary, again } = takesOf(world).plain(beat.summary);
  const { template, number } = withoutThing(world, summary);
  const numbers = numbersIn(world, `${beat.title} ${summary}`, scenes);
  let best: Told | undefined;
  for (let pass = 0; pass < castingsOf(world); pass++) {
    const first = { matter: { id: '' }, pass };
    const plain = slotsOf(world, { ...first, from: 0, to: 0 }, stage, scenes);
    const counting = slotsOf(world, { ...first, ...numbers }, stage, scenes);
    for (const matter of mattersOf(world)) {
      const counted = matter.step === 'item' || matter.step === 'how';
      const usual = counted ? counting : plain;
      const slots =
        world.others.length === 0 ? usual : { ...usual, ...peopleSlots(world, pass, matter.id) };
      for (const [index, moment] of matter.moments.entries()) {
        // The idea itself may be of such a thing: “The cat chases a reflection”.
        const read = roomFor(world, matter, index) > 0 ? template : summary;
        if (tidy(fill(moment.summary, slots)) !== read) continue;
        const range = counted ? numbers : { from: 0, to: 0 };
        const told = {
          ...tellWith(world, { matter, moment, index, pass, thing: number, ...range }, slots),
          takes: again === undefined ? [] : [staged(world, again, { matter, index, ...range })],
        };
        if (best === undefined || likeness(told, beat) > likeness(best, beat)) best = told;
      }
    }
  }
  return best;
}

/** A summary that names nobody fits every casting; the cast and the title tell which one it is. */
function likeness(told: Told, beat: Beat): number {
  const sameCast = [...told.cast].sort().join() === [...beat.cast].sort().join();
  return (sameCast ? 2 : 0) + (beat.title.startsWith(`${told.title}: ${told.lead}`) ? 1 : 0);
}

function mattersOf(world: StoryWorld): readonly Matter[] {
  const own = tellingOf(world);
  return world.brief.structure === 'three-act' ? [world.bank.whole, ...own] : own;
}

/** What a script is told from. */
export function tellingOf(world: StoryWorld): readonly Matter[] {
  const { bank, idea, brief } = world;
  if (brief.structure === 'explainer') return bank.explainer;
  if (brief.structure === 'list') {
    if (idea.listKind === 'acts') return bank.list;
    const others = idea.listKind === 'things' ? 'show-claim' : 'show-thing';
    return bank.showcase.filter(({ id }) => id !== others);
  }
  if (idea.tells === 'animals') return bank.creature;
  if (idea.tells === 'things') return bank.portrait;
  return bank.story.filter(({ needs }) => needs === undefined || has(world, needs));
}

/** Whether there is around what a matter needs. */
function has({ idea, stages }: StoryWorld, needs: NonNullable<Matter['needs']>): boolean {
  const isTown = stages.every(({ fixtures }) => fixtures?.air === 'town');
  if (needs === 'people') return isTown;
  return idea.sky.picture === '' && stages.every(({ fixtures }) => fixtures?.air !== 'space');
}

/** In which ways it can be told again. */
export function takesFor(world: StoryWorld): readonly Take[] {
  return hasPeople(world) ? world.bank.words.takes : world.bank.words.views;
}

/** Whether anybody is seen. */
function hasPeople({ idea, brief }: StoryWorld): boolean {
  return brief.structure === 'list' ? idea.listKind === 'acts' : idea.tells === 'people';
}

/** The sentence by which a moment that is told again is staged in another way. */
function staged(
  world: StoryWorld,
  { nth, take }: NonNullable<ReturnType<Takes['plain']>['again']>,
  moment: Parameters<typeof momentName>[0],
): string {
  return hasPeople(world) ? take[1] : beside(world, momentName(moment), nth, take);
}

export function takesOf(world: StoryWorld): Takes {
  return new Takes(takesFor(world));
}

/** The items that a beat names, such as 3 in “Habit 3: without it”. */
function numbersIn(world: StoryWorld, text: string, scenes: number): { from: number; to: number } {
  const digits = /(\d+)(?:–(\d+))?/u.exec(text);
  const from = Number(digits?.[1] ?? 0);
  const to = Number(digits?.[2] ?? from);
  if (!world.idea.countdown) return { from, to };
  const last = itemsOf(world, scenes) + 1;
  return { from: last - to, to: last - from };
}

/** First letters of all sentences in upper case, for slots at their beginning. */
function tidy(text: string): string {
  return sentence(text.replace(/(?<=[.!?…]\s)\p{Ll}/gu, (letter) => letter.toUpperCase()));
}

function rolesIn(moment: Moment): Role[] {
  return roles.filter(
    (role) =>
      new RegExp(`\\{${role}[.}]`, 'u').test(moment.action) ||
      (moment.lines ?? []).some(([speaker]) => speaker === role),
  );
}
