import { seeded } from '../latency.ts';

/** Makes up phrases of a story, no two alike: the same ones for the same seeds. */
export class Phrases {
  private readonly random: () => number;

  constructor(...seeds: readonly number[]) {
    this.random = seeded(...seeds);
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.random() * values.length)];
    if (value === undefined) throw new Error('There is nothing to pick from.');
    return value;
  }

  /** Two or three words. */
  title(): string {
    return `The ${this.pick(adjectives)} ${this.pick(things)}`;
  }

  /** Such as `the old rope by the stair`. */
  thing(): string {
    return `the ${this.pick(adjectives)} ${this.pick(things)} ${this.pick(where)}`;
  }

  /** One of about fifteen words. */
  sentence(who: string): string {
    return `${who} ${this.pick(verbs)} ${this.thing()} and ${this.pick(verbs)} ${this.thing()}.`;
  }

  sentences(who: readonly string[], count: number): string {
    return Array.from({ length: count }, () => this.sentence(this.pick(who))).join(' ');
  }

  /** What somebody says, of exactly so many words, at least 3. */
  speech(words: number): string {
    const said = ['Mind'];
    while (said.length < words - 1) {
      if (said.length > 1) said.push('and');
      said.push(...this.thing().split(' '));
    }
    return `${said.slice(0, words - 1).join(' ')}, please.`;
  }

  /** Such as `drily`. */
  tone(): string {
    return this.pick(tones);
  }

  /** Something small that can be held. */
  object(): string {
    return `${this.pick(adjectives)} ${this.pick(things)}`;
  }
}

// None of these is a word of a look, so that a prompt without the looks is known to be without.
const verbs = words(
  'lifts turns carries opens closes cleans watches mends counts touches hides paints drops finds winds fills folds lights pulls pushes',
);
const adjectives = words(
  'old wet bright broken heavy empty quiet cold small green rusty narrow painted torn warm crooked silver dusty plain last',
);
const things = words(
  'lamp rope ladder window rail kettle mirror boat door letter chair map wick bucket shelf key bell clock crate stair hook lantern chest oar net stone feather brush candle tin',
);
const where = [
  'by the stair',
  'under the window',
  'behind the door',
  'near the water',
  'on the ledge',
  'at the table',
  'below the light',
  'beside the stove',
];
const tones = words('softly slowly drily firmly kindly');

function words(list: string): readonly string[] {
  return list.split(' ');
}
