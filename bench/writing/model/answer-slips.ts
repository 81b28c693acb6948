import { seeded } from '../latency.ts';
import type { Asked } from './chat-request.ts';
import { sceneAsked } from './chat-request.ts';

/**
 * One answer in this many slips in what nobody's schema can hold it to: a scene's speech is too long
 * for its seconds, its prompt is short of a look; a list of beats is one off.
 */
const slipsOneIn = 5;

/** A list of fewer beats is counted right. */
const easilyCounted = 6;

/** In a plan one name in this many is a little off. */
const nameOffOneIn = 400;

/** So many times as long as its scene is a speech that is too long, mostly nearer to the lower end. */
const [leastOverrun, mostOverrun] = [1.12, 1.7];

/** What is wrong with one answer, as with those of real models; nothing where they are not to slip. */
export class Slips {
  private readonly random: () => number;
  private readonly slips: boolean;
  private readonly tooLong: boolean;

  /** @param seeds all that the answer depends on; `undefined` for a model that never slips */
  constructor(asked: Asked, seeds: readonly number[] | undefined) {
    this.random = seeded(30, ...(seeds ?? []));
    const slips = this.random() < 1 / slipsOneIn;
    this.slips = seeds !== undefined && slips;
    this.tooLong = sceneAsked(asked) !== undefined && this.random() < 0.5;
    if (seeds === undefined) this.random = () => 1;
  }

  /** Of so many that were asked for, how many there are. */
  count(asked: number): number {
    if (!this.slips || asked < easilyCounted) return asked;
    return this.random() < 0.5 ? asked - 1 : asked + 1;
  }

  /** A name of the bible as it is written this time. */
  name(name: string): string {
    if (this.random() >= 1 / nameOffOneIn) return name;
    const words = name.split(' ');
    return words.length > 1 ? (words.at(-1) ?? name) : `Old ${name}`;
  }

  /**
   * How many words are spoken.
   *
   * @param right how many would be right
   * @param fitting how many can be spoken in the scene at all
   */
  words(right: number, fitting: number): number {
    if (!this.slips || !this.tooLong) return right;
    const more = this.random() ** 2 * (mostOverrun - leastOverrun);
    return Math.ceil(fitting * (leastOverrun + more));
  }

  /** The looks that are restated. */
  looks(all: readonly string[]): readonly string[] {
    return this.slips && !this.tooLong ? all.slice(1) : all;
  }
}
