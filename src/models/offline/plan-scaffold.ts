import type { Bible, Brief } from '../../script/script-model.ts';
import type { BeatAnswer, BeatLength, CoreAnswer } from '../answer-schemas.ts';
import { roles } from './bank.ts';
import { after, atStart, changesIn, sinceCut, type Carried } from './carried-state.ts';
import { at } from './seed.ts';
import { layOut, type Slot } from './dramatic-structure.ts';
import { castingsOf, countWord, itemsOf } from './slots.ts';
import { momentName, tellingOf, takesOf, tell, type Told } from './tell.ts';
import { capital, fill, sentence } from './sentences.ts';
import type { Stories } from './read-stories.ts';
import { staging } from './staging.ts';
import { worldOf, type StoryWorld } from './story-world.ts';
import { roomFor, thingAt } from './things-met.ts';

/** A whole plan, of which each stage of planning is given its part. */
export interface Scaffold {
  readonly core: CoreAnswer;
  readonly beats: readonly BeatAnswer[];
}

/** The plan of a brief's script of so many scenes, at least 1. The same every time. */
export function planScaffold(brief: Brief, scenes: number, stories: Stories): Scaffold {
  const world = worldOf(brief, stories);
  const items = itemsOf(world, scenes);
  const slots = layOut(
    brief.structure,
    scenes,
    items,
    world.bank,
    tellingOf(world),
    world.seed,
  ).map((slot) =>
    // Animals take turns, wherever there are several.
    world.idea.tells === 'animals' ? { ...slot, pass: slot.unit % castingsOf(world) } : slot,
  );
  const units = staging(world, slots);
  const titles = new Set<string>();
  const takes = takesOf(world);
  const tellings = new Map<string, number>();
  const nths = slots.map((slot) => {
    const name = momentName(slot);
    const nth = tellings.get(name) ?? 0;
    tellings.set(name, nth + 1);
    return nth;
  });
  const all = slots.map((slot, i) => {
    const thing = thingAt(world, momentName(slot), at(nths, i));
    return tell(world, { ...slot, thing }, at(units, slot.unit).stage, scenes);
  });
  const usual = all.reduce((sum, told) => sum + extentOf(told), 0) / all.length;
  const cast = new Set<string>();
  const places = new Set<string>();
  let before: Carried = atStart(world, scenes);

  const beats = slots.map((slot, i): BeatAnswer => {
    const { stage, day, part } = at(units, slot.unit);
    const told = at(all, i);
    const nth = at(nths, i);
    const room = roomFor(world, slot.matter, slot.index);
    // Of another thing it is another beat.
    const again = room === 0 ? nth : Math.floor(nth / room);
    const time = world.bank.words.time[part];
    const isFirst = i === 0;
    const since = sinceCut(world, day, {
      another: !isFirst && day !== at(units, at(slots, i - 1).unit).day,
      begins: isFirst ? before : undefined,
    });
    const now = after(slot, before);
    const changes = changesIn(world, before, now);
    before = now;
    for (const name of told.cast) cast.add(name);
    places.add(stage.name);
    return {
      title: uniqueTitle(titles, told, nth + 1, world),
      place: stage.name,
      time,
      cast: [...told.cast],
      summary: takes.vary(told.summary, momentName(slot), again),
      cut: isFirst || !continues(at(slots, i - 1), slot) ? (since ?? true) : false,
      changes,
      length: lengthOf(extentOf(told) / usual),
    };
  });

  const bible = bibleOf(world, cast, places);
  return {
    core: {
      title: world.title,
      logline: loglineOf(world, items, cast),
      characters: bible.characters.map(({ name, look, voice }) => ({ name, look, voice })),
      places: bible.places.map(({ name, look }) => ({ name, look })),
      opening: null,
    },
    beats,
  };
}

/** How many words a moment shows and says. */
function extentOf({ action, lines, narration }: Told): number {
  const said = [...lines.map(({ line }) => line), ...narration];
  return [action, ...said].join(' ').split(/\s+/u).length;
}

function lengthOf(share: number): BeatLength {
  if (share < 0.85) return 'short';
  return share > 1.2 ? 'long' : 'usual';
}

/** The story in a sentence or two; an opponent who never appears is left out of it. */
function loglineOf(world: StoryWorld, items: number, cast: ReadonlySet<string>): string {
  const { structure } = world.brief;
  const { hero, rival } = world.players;
  if (!world.speaks) return sentence(world.idea.text);
  if (structure === 'three-act' && world.idea.tells !== 'people') return world.premise;
  if (structure === 'three-act' && !cast.has(rival.name)) return world.premise;
  const { logline, showcase } = world.bank.words;
  const isShown = structure === 'list' && world.idea.listKind !== 'acts';
  return fill(isShown ? showcase.logline : logline[structure], {
    premise: world.premise,
    question: world.question,
    topic: capital(world.idea.topic),
    count: countWord(world, items),
    hero: hero.name,
    rival: rival.name,
  });
}

/** Whether `next` goes on where `slot` ends, with no cut in place or time. */
function continues(slot: Slot, next: Slot): boolean {
  return next.unit === slot.unit && next.index === slot.index + 1;
}

/**
 * A title that no other beat has: with the name of whose story it is this time, or else with a number.
 *
 * @param taken is added to
 * @param time how often the moment has been told by now
 */
function uniqueTitle(
  taken: Set<string>,
  { title, lead }: Told,
  time: number,
  world: StoryWorld,
): string {
  const isOthers = world.brief.structure === 'three-act' && lead !== world.players.hero.name;
  const candidates = isOthers ? [title, `${title}: ${lead}`] : [title];
  let free = candidates.find((one) => !taken.has(one));
  for (let count = Math.max(2, time); free === undefined; count++) {
    if (!taken.has(`${title} (${count})`)) free = `${title} (${count})`;
  }
  taken.add(free);
  return free;
}

/**
 * The people and places that the beats need. People are listed in the order of their roles and
 * without a gap, so that a scene finds each role again, however the writer renames its player.
 */
function bibleOf(world: StoryWorld, cast: ReadonlySet<string>, places: ReadonlySet<string>): Bible {
  const last = roles.findLastIndex((role) => cast.has(world.players[role].name));
  const isLarge = world.others.length > 0;
  const players = [
    ...roles.slice(0, isLarge ? roles.length : last + 1).map((role) => world.players[role]),
    ...world.others,
  ];
  return {
    characters: players.filter(
      ({ name }, i) => players.findIndex((one) => one.name === name) === i,
    ),
    places: world.stages.filter(({ name }) => places.has(name)),
  };
}
