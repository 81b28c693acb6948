import type { BySex, Sex } from './people.ts';

/** Names in an idea: of people, and of where and when it plays. */
export interface Names {
  readonly people: readonly string[];
  /** A place with a name of its own, such as “Tokyo”. */
  readonly where: string | undefined;
  /** A year or a decade, such as “1944” or “the 1920s”. */
  readonly when: string | undefined;
}

/** Words with a capital that are neither people nor places. */
const neither =
  /^(?:Christmas|Easter|Halloween|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|English|French|German|Spanish|Vietnamese|Chinese|Japanese|American|God|Internet|I|Wi-?Fi|TikTok|YouTube|Instagram|Tết|Noël)$/u;
/** Words at the beginning of a sentence that are no names. */
const opening =
  /^(?:A|An|The|In|On|At|From|After|Before|When|While|How|Why|What|Where|Who|My|Our|Your|His|Her|Their|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|This|That|Un|Une|Le|La|Les|El|Los|Las|Una|En|Dans|Một|Hai|Ba|Bốn|Năm|Ở|Last|Every|Some|No|If|But|And|Or|So|Then|Once|There|Here|Everything|Something|Nothing|Someone|Somebody|Everybody|Nobody|Everyone|People|Kids|Children|Men|Women|Mother|Father|Introducing|Meet|Imagine|Explain|Shall|Two|Twin|Twins|Love|Death|He|She|They|We|You|It|Der|Die|Das|Ein|Eine|Es|Cuando|Quand|Wenn|Als|Khi)$/u;
/** Names that are words as well, where a sentence begins with them. */
const alsoWords =
  /^(?:Rose|Will|Grace|Violet|Olive|Daisy|Lily|Ivy|Ruby|Luna|Mark|Bill|Frank|Eve|Stella|Flora|Nam|Lan|Lâm|Hoa|Linh|Mai|Ngọc|Hương|Tú|Minh|Quang|Thảo|Hùng|Đức)$/u;
/** Nobody is named by more. */
const mostPeople = 8;
/** What stands before a place. */
const toPlaces =
  /(?:^|\s)(?:in|at|from|to|of|near|through|across|around|over|into|leaves?|reach(?:es)?|cross(?:es)?|visits?|ở|tại|về|đến|từ|qua|giữa|en|de|desde|hasta|por|à|aus|nach|von|traverse|quitte|cruza|recorre|durch)\s+$/iu;
/** What stands before a thing. */
const toThings = /(?:^|\s)(?:the|an?|le|la|les|el|los|las|une?|una|that|this|called the)\s+$/iu;
const known =
  /^(?:Amsterdam|Athens|Athen|Bangkok|Barcelona|Beijing|Berlin|Bogotá|Boston|Brooklyn|Brüssel|Brussels|Budapest|Buenos Aires|Cairo|Kairo|Chicago|Copenhagen|Da Nang|Đà Nẵng|Dalat|Đà Lạt|Delhi|Dresden|Dublin|Edinburgh|Florence|Frankfurt|Genf|Geneva|Görlitz|Granada|Hamburg|Hanoi|Hà Nội|Havana|La Habana|Helsinki|Hội An|Hoi An|Hong Kong|Huế|Istanbul|Jerusalem|Köln|Kyoto|Lagos|Leipzig|Lima|Lisbon|Lissabon|Lisboa|London|Londres|Los Angeles|Lyon|Madrid|Marseille|Melbourne|Mexico City|Miami|Milan|Montreal|Moscow|Mumbai|Munich|München|Nairobi|New Orleans|New York|Nice|Osaka|Oslo|Paris|París|Prague|Prag|Reykjavik|Rio|Rome|Rom|Roma|Saigon|Sài Gòn|San Francisco|Santiago|Seoul|Sevilla|Shanghai|Singapore|Stockholm|Sydney|Tokyo|Tokio|Toronto|Valencia|Venice|Venedig|Venise|Vienna|Wien|Warsaw|Zürich|Africa|Afrika|Alaska|Antarctica|Antarktis|Argentina|Australia|Austria|Brazil|Canada|Chile|China|Cuba|Egypt|England|Europe|Europa|Finland|France|Frankreich|Germany|Deutschland|Greece|Greenland|Grönland|Iceland|Island|India|Ireland|Italy|Italien|Japan|Kenya|Mexico|México|Norway|Norwegen|Peru|Poland|Portugal|Russia|Scotland|Spain|Spanien|España|Siberia|Sweden|Switzerland|Texas|Turkey|Ukraine|Việt Nam|Vietnam|Earth|Mars|Moon|Venus|Jupiter|Saturn)$/u;

const year = /(?<![\p{L}\p{N}.,:])(?:the\s+)?((?:1[0-9]|20)\d\ds?)(?![\p{L}\p{N}%]|:\d)/u;

/** Three names or more in a row: “Anna, Ben und Clara”. */
const row =
  /(?<![\p{L}\p{M}\p{N}'’-])\p{Lu}[\p{L}\p{M}’'-]*(?:(?:, | (?:and|&|und|y|e|et|và) )(?:\p{Ll}+ )?\p{Lu}[\p{L}\p{M}’'-]*(?: \p{Lu}[\p{L}\p{M}’'-]*)?){2,}/gu;

/**
 * @param text one with small letters, or its capitals say nothing
 * @param given names that are known as such
 */
export function findNames(text: string, language: string, given: BySex): Names {
  const people = new Set<string>();
  const isGiven = (name: string): boolean => given.f.includes(name) || given.m.includes(name);
  const rows = [...text.matchAll(row)].map(({ 0: all, index }) => ({ start: index, all }));
  // In German only names stand so behind a dash or a colon, or where some of them are known.
  const isNamed = ({ start, all }: { start: number; all: string }): boolean =>
    !isGerman || /[–—:-]\s*$/u.test(text.slice(0, start)) || all.split(/[ ,]+/u).some(isGiven);
  const isGerman = language.startsWith('de');
  const inRow = (index: number): boolean =>
    rows.some((one) => one.start <= index && index < one.start + one.all.length && isNamed(one));
  let where: string | undefined;
  const when = year.exec(text)?.[0];
  for (const match of text.matchAll(
    /(?:named|called|tên là|tên|llamad[oa]|namens|nommée?|appelée?)\s+(\p{Lu}[\p{L}\p{M}'’-]*)/gu,
  )) {
    people.add(match[1] ?? '');
  }
  if (/\p{Ll}/u.test(text)) {
    const capitals =
      /(?<![\p{L}\p{M}\p{N}'’-])\p{Lu}[\p{L}\p{M}’'-]*(?: (?:the )?\p{Lu}[\p{Ll}\p{M}’'-]+)*/gu;
    for (const match of text.matchAll(capitals)) {
      const words = match[0].replace(/['’]s$/u, '').split(' ');
      const starts = /(?:^|[.!?:/]\s+)$/u.test(text.slice(0, match.index));
      // In a row of names, “An” is one.
      const isLead =
        starts &&
        opening.test(words[0] ?? '') &&
        !text.slice(match.index + match[0].length).startsWith(', ');
      const lead = isLead ? (words.shift() ?? '') : '';
      const name = words.join(' ');
      const before = text.slice(0, match.index) + (lead === '' ? '' : `${lead} `);
      const next = text.slice(match.index + match[0].length);
      if (known.test(name)) {
        where ??= name;
      } else if (
        name === '' ||
        // German writes every noun with a capital, so there only what is known as a name is one.
        (isGerman && !inRow(match.index) && !isGiven(words[0] ?? '')) ||
        people.has(name) ||
        words.every((word) => neither.test(word)) ||
        (/^[\s-]\d/u.test(next) && !(toPlaces.test(before) && year.test(next))) ||
        (toThings.test(before) && !inRow(match.index))
      ) {
        continue;
      } else if (toPlaces.test(before)) {
        where ??= name;
      } else if (
        (words.length > 1 && !opening.test(words[0] ?? '')) ||
        !starts ||
        inRow(match.index) ||
        isPair(text, name) ||
        isIntroduced(next, name, isGiven(name))
      ) {
        people.add(name);
      }
    }
  }
  return { people: [...people].filter((name) => name !== '').slice(0, mostPeople), where, when };
}

/** “Poppy, a small bird, …”, “Sarah lost her job”. */
function isIntroduced(next: string, name: string, isGiven: boolean): boolean {
  if (isGiven && (!alsoWords.test(name) || /^, (?:an?|the|une?|ein|eine|una?|một)\s/iu.test(next)))
    return true;
  return (
    /^,? \p{Ll}.*(?<!\p{L})(?:she|he|her|his|him)(?!\p{L})/u.test(next) &&
    !opening.test(name) &&
    !name.endsWith('s')
  );
}

const women =
  'mrs|ms|miss|madame|mme|frau|señora|doña|bà|cô|chị|aunt(?:ie)?|tante|tía|grandma|granny|oma|mamie|abuela|queen|lady|sister';
const men =
  'mr|mister|herr|señor|don|monsieur|ông|anh|chú|uncle|onkel|oncle|tío|grandpa|opa|papi|abuelo|king|lord|brother';

/** What is known of somebody by the name, or by the title before it. */
export function sexOfName(name: string, text: string, pools: readonly BySex[]): Sex | undefined {
  const own = name.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
  for (const [sex, titles] of [
    ['f', women],
    ['m', men],
  ] as const) {
    if (new RegExp(`^(?:${titles})\\.?\\s`, 'iu').test(name)) return sex;
    if (new RegExp(`(?<!\\p{L})(?:${titles})\\.?\\s+${own}(?!\\p{L})`, 'iu').test(text)) return sex;
  }
  const [first = ''] = name.split(' ');
  for (const { f, m } of pools) {
    if (f.includes(first)) return 'f';
    if (m.includes(first)) return 'm';
  }
  return undefined;
}

/** “Anna and Ben …” */
function isPair(text: string, name: string): boolean {
  return new RegExp(String.raw`^${name} (?:and|và|y|et) \p{Lu}`, 'u').test(text);
}
