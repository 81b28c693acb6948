import { memoize } from '../base/memoize.ts';
import { type Fact, factKey, fold, readState, type State, subjectKey } from './contract-facts.ts';
import type { Beat } from './script-model.ts';

/**
 * How things stand along an outline. A contract says what is different where its beat begins and
 * where it ends; everything else is as the beats before have left it:
 *
 * - What is said of a thing takes the place of what was said of it before.
 * - What is said of somebody adds to it, since nobody says all of a person every time: the coat, the
 *   burnt hand, who knows what. Where two things contradict each other, the later one counts.
 * - What is said of nobody by name holds until the next beat has begun.
 *
 * Saying a thing again changes nothing, so a contract may as well say all of it every time.
 */

/** How things stand where a beat begins and ends, as far as they concern it. */
export interface Standing {
  readonly beat: Beat;
  readonly entry: State;
  readonly exit: State;
}

/**
 * The standing of each beat of an outline, in its order. What concerns a beat: all that its own
 * contract says, the people in its cast, and of all other things those that it speaks of and then
 * those that were spoken of last.
 */
export const standingsOf = memoize((outline: readonly Beat[]): readonly Standing[] => {
  const standing = new StandingFacts(outline.flatMap(({ cast }) => cast));
  return outline.map((beat) => {
    const opening = readState(beat.contract.entry);
    const closing = readState(beat.contract.exit);
    standing.begin(opening.facts);
    const concern = concernOf(beat, [...opening.facts, ...closing.facts]);
    const facts = standing.concerning(concern);
    standing.end(closing.facts);
    return {
      beat,
      entry: { since: opening.since, facts },
      exit: { since: '', facts: standing.concerning(concern) },
    };
  });
});

/** All that stands behind the last of these beats, what was spoken of last at the end. */
export function factsAfter(outline: readonly Beat[]): readonly Fact[] {
  const standing = new StandingFacts(outline.flatMap(({ cast }) => cast));
  for (const { contract } of outline) {
    standing.begin(readState(contract.entry).facts);
    standing.end(readState(contract.exit).facts);
  }
  return standing.all;
}

/** So many subjects are remembered; beyond that, those not spoken of for longest are forgotten. */
const mostSubjects = 300;

/** So much is remembered of each; beyond that, what was said first is forgotten. */
const mostOfSubject = 5;

/** So many things concern a beat that are nobody of its cast. */
const mostThings = 12;

interface Concern {
  readonly cast: ReadonlySet<string>;
  /** Keys of what the contract itself speaks of. */
  readonly own: ReadonlySet<string>;
  /** Folded text of what happens. */
  readonly text: string;
}

function concernOf({ title, summary, cast, contract }: Beat, said: readonly Fact[]): Concern {
  return {
    cast: new Set(cast.map(subjectKey)),
    own: new Set(said.map(({ subject }) => subjectKey(subject))),
    text: fold([title, summary, contract.handOff].join('\n')),
  };
}

interface Remembered {
  readonly facts: readonly Fact[];
  /** Key of whom it is about, or to whom it belongs; empty where it is nobody who is ever seen. */
  readonly person: string;
}

/** How things stand at one moment, from beat to beat. */
export class StandingFacts {
  private readonly people: Set<string>;
  /** By key of the subject, what was spoken of last at the end. */
  private readonly bySubject = new Map<string, Remembered>();
  private unnamed: readonly Fact[] = [];

  /** @param names of all who are ever seen; they are only of concern where they are */
  constructor(names: readonly string[]) {
    this.people = new Set(names.map(subjectKey));
  }

  get all(): readonly Fact[] {
    return [...[...this.bySubject.values()].flatMap(({ facts }) => facts), ...this.unnamed];
  }

  /** These are people too, who were not known of before. */
  meet(names: readonly string[]): void {
    for (const name of names) this.people.add(subjectKey(name));
  }

  /** A beat begins, with what the cut before it has changed. */
  begin(facts: readonly Fact[]): void {
    const unnamed = this.say(facts);
    if (unnamed.length > 0) this.unnamed = unnamed;
  }

  /** A beat ends, with what it has changed. */
  end(facts: readonly Fact[]): void {
    this.unnamed = this.say(facts);
  }

  /** Whether anything is known of a fact's subject. */
  knows({ subject }: Fact): boolean {
    return this.bySubject.has(subjectKey(subject));
  }

  /** Whether a fact stands. */
  has(fact: Fact): boolean {
    const known = this.bySubject.get(subjectKey(fact.subject))?.facts ?? [];
    return known.some((one) => factKey(one) === factKey(fact));
  }

  /** Those of the facts that say anything new; what is said of nobody by name always does. */
  news(facts: readonly Fact[]): Fact[] {
    return [...bySubject(facts)].flatMap(([key, said]) => {
      if (key === '') return said;
      const known = this.bySubject.get(key)?.facts.map(factKey) ?? [];
      const again = repeated(known, said.map(factKey));
      if (this.people.has(key)) return said.slice(again);
      // Of a thing of which anything is new all is said, or the rest would be forgotten.
      return again === said.length && again === known.length ? [] : said;
    });
  }

  concerning({ cast, own, text }: Concern): Fact[] {
    const always: Fact[] = [];
    const things: { readonly facts: readonly Fact[]; readonly named: boolean }[] = [];
    for (const [key, { facts, person }] of this.bySubject) {
      if (own.has(key) || cast.has(person)) always.push(...facts);
      else if (person === '') things.push({ facts, named: text.includes(key) });
    }
    const room = Math.max(0, mostThings - things.filter(({ named }) => named).length);
    const others = things.filter(({ named }) => !named);
    const old = new Set(others.slice(0, Math.max(0, others.length - room)));
    return [
      ...always,
      ...things.filter((thing) => !old.has(thing)).flatMap(({ facts }) => facts),
      ...this.unnamed,
    ];
  }

  /** @returns what is said of nobody by name */
  private say(facts: readonly Fact[]): readonly Fact[] {
    const groups = bySubject(facts);
    for (const [key, said] of groups) {
      if (key === '') continue;
      const again = new Set(said.map(factKey));
      const before = this.people.has(key) ? (this.bySubject.get(key)?.facts ?? []) : [];
      const stays = before.filter((fact) => !again.has(factKey(fact)));
      this.bySubject.delete(key);
      this.bySubject.set(key, {
        facts: [...stays, ...said].slice(-mostOfSubject),
        person: this.personOf(key),
      });
      const [oldest] = this.bySubject.keys();
      if (this.bySubject.size > mostSubjects && oldest !== undefined) this.bySubject.delete(oldest);
    }
    return groups.get('') ?? [];
  }

  /** `Mara`, and the owner of `Mara's coat`. */
  private personOf(key: string): string {
    if (this.people.has(key)) return key;
    const [, owner = ''] = /^(.+?)['’]s?\s/u.exec(key) ?? [];
    return this.people.has(owner) ? owner : '';
  }
}

/** Facts by the key of their subject, each once. */
function bySubject(facts: readonly Fact[]): Map<string, Fact[]> {
  const once = new Map(facts.map((fact) => [factKey(fact), fact] as const).reverse());
  return Map.groupBy([...once.values()].reverse(), ({ subject }) => subjectKey(subject));
}

/**
 * How many of the first things said are the last ones known, in the same order. What had been said
 * before those is said anew on purpose: somebody who was soaked is dry again.
 */
function repeated(known: readonly string[], said: readonly string[]): number {
  for (let count = Math.min(known.length, said.length); count > 0; count--) {
    const last = known.slice(-count);
    if (last.every((one, i) => one === said[i])) return count;
  }
  return 0;
}
