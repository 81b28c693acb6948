import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bank, Matter, Moment, Words } from './bank.ts';
import type { Kind, LookWords, People } from './people.ts';
import type { Setting, SettingPlace, Settings } from './story-settings.ts';
import { wholeWord } from './sentences.ts';

/** The languages that have a bank; English is the full one, which the others translate in part. */
export const storyLanguages = ['en', 'vi', 'es', 'de', 'fr'] as const;

/** A moment's texts in another language; who speaks is taken from the English one. */
interface Translation extends Omit<Moment, 'lines'> {
  readonly lines?: readonly (readonly [tone: string, line: string])[];
}

/** What a language's file holds, English excepted, whose file is a {@link Bank}. */
interface TranslatedBank {
  readonly language: string;
  readonly words: Words;
  /** By matter, and by the index of the moment there. */
  readonly moments: Readonly<Record<string, Readonly<Record<number, Translation>>>>;
}

/** What looks are made of, in English, with the same in each of the other languages. */
type LookTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A setting with the words that name it, that call for it, and that name one of its places. */
interface KnownSetting {
  readonly setting: Setting;
  readonly named: RegExp;
  readonly pattern: RegExp | undefined;
  readonly homes: readonly { readonly place: SettingPlace; readonly pattern: RegExp }[];
}

/** Everything that the offline writer tells its stories from. */
export class Stories {
  readonly english: Bank;
  readonly banks: readonly Bank[];
  readonly people: People;
  readonly lookWords: LookTable;
  /** Where a story goes that names no place of its own. */
  readonly town: Setting;
  /** Each kind of person with the words that call for it, and the same for settings. */
  readonly kinds: readonly { readonly kind: Kind; readonly pattern: RegExp }[];
  readonly settings: readonly KnownSetting[];
  private readonly rooms: ReadonlyMap<string, RegExp>;
  private readonly originals: ReadonlyMap<string, Matter>;

  constructor(
    english: Bank,
    translations: readonly TranslatedBank[],
    people: People,
    { settings, town, rooms }: Settings,
    lookWords: LookTable,
  ) {
    this.english = english;
    this.banks = [english, ...translations.map((each) => translated(english, each))];
    this.people = people;
    this.lookWords = lookWords;
    this.town = town;
    this.kinds = people.kinds.map((kind) => ({ kind, pattern: wholeWord(kind.words, 'giu') }));
    this.settings = [...settings, town].map((setting) => ({
      setting,
      named: wholeWord(setting.named, 'giu'),
      pattern: setting.words === '' ? undefined : wholeWord(setting.words),
      homes: setting.places.flatMap((place) =>
        place.words === undefined ? [] : [{ place, pattern: wholeWord(place.words) }],
      ),
    }));
    this.rooms = new Map(
      Object.entries(rooms).map(([language, words]) => [language, wholeWord(words, 'giu')]),
    );
    this.originals = new Map(mattersOf(english).map((matter) => [matter.id, matter]));
  }

  /** Words for places without a setting in a language, as its tag begins. */
  roomsIn(language: string): RegExp | undefined {
    return this.rooms.get(language) ?? this.rooms.get('en');
  }

  /** The bank of a BCP 47 tag's language; English for a language without one. */
  bankFor(tag: string): Bank {
    const language = tag.toLowerCase().split(/[-_]/u)[0];
    return this.banks.find((bank) => bank.language === language) ?? this.english;
  }

  /** Whether there is a bank of a BCP 47 tag's language. */
  speaks(tag: string): boolean {
    return /^[a-z]+/iu.exec(tag)?.[0].toLowerCase() === this.bankFor(tag).language;
  }

  /** What looks are made of, in the language of a bank; what a writer has worded stays as it is. */
  lookWordsIn({ language }: Bank): LookWords {
    return (english) => this.lookWords[english]?.[language] ?? english;
  }

  /** The English moment that this one translates. */
  originalOf(matter: Matter, index: number): Moment | undefined {
    return this.originals.get(matter.id)?.moments[index];
  }
}

export function mattersOf(bank: Bank): Matter[] {
  const { whole, story, portrait, creature, list, showcase, explainer } = bank;
  return [whole, ...story, ...portrait, ...creature, ...list, ...showcase, ...explainer];
}

/** Read `resources/stories`: files of ours, which a test holds to these types. */
export async function readStories(folder: string): Promise<Stories> {
  const read = async <T>(name: string): Promise<T> =>
    JSON.parse(await readFile(path.join(folder, `${name}.json`), 'utf8')) as T;
  const [, ...others] = storyLanguages;
  const [english, people, settings, lookWords, ...translations] = await Promise.all([
    read<Bank>('en'),
    read<People>('people'),
    read<Settings>('settings'),
    read<LookTable>('look-words'),
    ...others.map((language) => read<TranslatedBank>(language)),
  ]);
  return new Stories(english, translations, people, settings, lookWords);
}

/** The English bank in another language, cut down to what has been translated. */
function translated(english: Bank, { language, words, moments }: TranslatedBank): Bank {
  const into = (matters: readonly Matter[]): Matter[] =>
    matters.flatMap((matter) => {
      const own = moments[matter.id];
      return own === undefined ? [] : [translatedMatter(matter, own)];
    });
  return {
    language,
    words,
    story: into(english.story),
    portrait: into(english.portrait),
    creature: into(english.creature),
    list: into(english.list),
    showcase: into(english.showcase),
    explainer: into(english.explainer),
    whole: into([english.whole])[0] ?? english.whole,
  };
}

/** Moments without a translation keep their index but are needed nowhere. */
function translatedMatter(matter: Matter, texts: Readonly<Record<number, Translation>>): Matter {
  return {
    ...matter,
    needed: matter.needed.filter((index) => index in texts),
    moments: matter.moments.map((original, index) => {
      const text = texts[index];
      if (text === undefined) return original;
      const lines = (original.lines ?? []).flatMap(([speaker], i) => {
        const line = text.lines?.[i];
        return line === undefined ? [] : [[speaker, ...line] as const];
      });
      return { ...text, lines };
    }),
  };
}
