import { continuations } from '../story.ts';
import type { Story } from '../story.ts';
import { Phrases } from './answer-phrases.ts';
import { people, settings } from './lighthouse-bible.ts';
import type { Person } from './lighthouse-bible.ts';

/** Of so many beats one takes a garment or a thing in hand to another state. */
const changesOneIn = 4;

/** So many shots in a row have the same time of day, about. */
const timeLasts = 7;

const times = ['dawn', 'morning', 'noon', 'dusk', 'night'];

/**
 * How the story goes, beat by beat and by number, from 1. Whoever plans a part of it knows the same,
 * so that parts that are planned side by side agree.
 */
export class StoryCourse {
  readonly continues: readonly boolean[];
  private readonly seed: number;

  constructor(story: Story) {
    this.seed = story.seed;
    this.continues = continuations(story);
  }

  goesOn(beat: number): boolean {
    return this.continues[beat - 1] === true;
  }

  place(beat: number): string {
    return this.phrases(1, this.headOf(beat)).pick(settings).name;
  }

  time(beat: number): string {
    return times[Math.floor(this.headOf(beat) / timeLasts) % times.length] ?? 'night';
  }

  /** Who is seen: mostly one or two. */
  cast(beat: number): readonly Person[] {
    const phrases = this.phrases(2, beat);
    const others = people.slice(1);
    if (phrases.chance(0.35)) return [phrases.pick(people)];
    const second = phrases.pick(others);
    if (phrases.chance(0.75)) return [people[0] ?? second, second];
    return people.filter((person) => person !== phrases.pick(others));
  }

  /** How things stand when a beat is over: about those who are given, and about things. */
  facts(beat: number, cast: readonly Person[]): string[] {
    return [
      ...cast.flatMap((person) => [
        `${person.name}: ${person.garment} ${this.wear(beat, person)}`,
        `${person.name}: ${this.held(beat, person)}`,
      ]),
      ...(cast.length > 1 ? [`the lamp: ${this.stage(beat, 90) % 2 === 0 ? 'lit' : 'dark'}`] : []),
    ];
  }

  /** What of the {@link facts} a beat changes. */
  changes(beat: number, cast: readonly Person[]): string[] {
    const before = new Set(this.facts(beat - 1, cast));
    return this.facts(beat, cast).filter((fact) => !before.has(fact));
  }

  phrases(purpose: number, beat: number): Phrases {
    return new Phrases(purpose, this.seed, beat);
  }

  private wear(beat: number, person: Person): string {
    const states = ['dry', 'soaked', 'torn', 'sooty', 'brushed'];
    return states[this.stage(beat, people.indexOf(person)) % states.length] ?? 'dry';
  }

  private held(beat: number, person: Person): string {
    const index = people.indexOf(person);
    return `the ${new Phrases(4, this.seed, index, this.stage(beat + 2, index)).object()}`;
  }

  /** Counts how often something has changed. */
  private stage(beat: number, what: number): number {
    return Math.floor((beat + what) / changesOneIn);
  }

  /** The first of the beats that go on from each other up to this one. */
  private headOf(beat: number): number {
    let head = beat;
    while (this.goesOn(head)) head--;
    return head;
  }
}
