import { hash } from './seed.ts';
import { fill } from './sentences.ts';
import type { Role } from './bank.ts';

export type Sex = 'f' | 'm';

/** A kind of person that ideas speak of. */
export interface Kind {
  /** What it is called in English, for titles and looks. */
  readonly label: string;
  /** Words for it in English, Vietnamese, Spanish, German and French, joined by `|`. */
  readonly words: string;
  readonly sex?: Sex;
  /** Years, or none for what has no age in years. */
  readonly age?: number;
  readonly clothes?: string;
  /** The role in the drama that the word itself suggests. */
  readonly role?: Role;
  /** Body, instead of a human one. */
  readonly body?: string;
  /** An animal, which neither speaks nor has hands, and what it is called where it has no name. */
  readonly creature?: Readonly<Record<string, string>>;
}

/** Women's and men's choices of something. */
export type BySex = Readonly<Record<Sex, readonly string[]>>;

/** Who may play in a story, and what they look like; see `resources/stories/people.json`. */
export interface People {
  readonly kinds: readonly Kind[];
  /** Names that are known as such where an idea has them, in all languages. */
  readonly given: BySex;
  /** Given names by language. */
  readonly names: Readonly<Record<string, BySex>>;
  readonly looks: {
    readonly builds: readonly string[];
    readonly hair: BySex;
    /** For stories in Vietnamese. */
    readonly darkHair: BySex;
    /** From 55 years on. */
    readonly greyHair: BySex;
    readonly faces: readonly string[];
    readonly clothes: readonly string[];
  };
}

/** Years for a role whose person the idea leaves open. */
const usualAge: Readonly<Record<Role, number>> = { hero: 34, ally: 27, rival: 48, elder: 71 };

/** What a look is called in the language of a script; see `resources/stories/look-words.json`. */
export type LookWords = (english: string) => string;

/**
 * A look that does not drift: build, age, hair, face and clothes, in a dozen words. Two
 * people of one story never share a build, hair, face or coat, as each role counts on from the seed.
 */
export function lookOf(
  { builds, hair, darkHair, greyHair, faces, clothes }: People['looks'],
  role: Role,
  index: number,
  kind: Kind | undefined,
  sex: Sex,
  language: string,
  seed: string,
  say: LookWords,
): string {
  if (kind?.body !== undefined) return say(kind.body);
  const from = <T>(list: readonly T[], part: string): T =>
    list[(hash(`${seed}/${part}`) + index) % list.length] as T;
  const base = kind?.age ?? usualAge[role];
  const age = base + (hash(`${seed}/age/${index}`) % 5);
  const heads = age >= 55 ? greyHair : language === 'vi' ? darkHair : hair;
  const noun = age < 18 ? { f: 'girl', m: 'boy' }[sex] : { f: 'woman', m: 'man' }[sex];
  const dress = kind?.clothes ?? from(clothes, 'clothes');
  const body = { build: say(from(builds, 'build')), noun: say(noun), age: String(age) };
  const rest = [from(heads[sex], 'hair'), from(faces, 'face'), dress];
  return [fill(say('{build} {noun} of {age}'), body), ...rest.map(say)].join(', ');
}
