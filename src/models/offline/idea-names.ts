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
  /^(?:A|An|The|In|On|At|From|After|Before|When|While|How|Why|What|Where|Who|My|Our|Your|His|Her|Their|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|This|That|Un|Une|Le|La|Les|El|Los|Las|Una|En|Dans|Một|Hai|Ba|Bốn|Năm|Ở|Last|Every|Some|No|If)$/u;
/** What stands before a place. */
const toPlaces =
  /(?:^|\s)(?:in|at|from|to|of|near|through|across|around|over|into|leaves?|reach(?:es)?|cross(?:es)?|visits?|ở|tại|về|đến|từ|qua|giữa|en|de|desde|hasta|por|à|aus|nach|von|traverse|quitte|cruza|recorre|durch)\s+$/iu;
/** What stands before a thing. */
const toThings = /(?:^|\s)(?:the|an?|le|la|les|el|los|las|une?|una|that|this|called the)\s+$/iu;
const known =
  /^(?:Amsterdam|Athens|Athen|Bangkok|Barcelona|Beijing|Berlin|Bogotá|Boston|Brooklyn|Brüssel|Brussels|Budapest|Buenos Aires|Cairo|Kairo|Chicago|Copenhagen|Da Nang|Đà Nẵng|Dalat|Đà Lạt|Delhi|Dresden|Dublin|Edinburgh|Florence|Frankfurt|Genf|Geneva|Görlitz|Granada|Hamburg|Hanoi|Hà Nội|Havana|La Habana|Helsinki|Hội An|Hoi An|Hong Kong|Huế|Istanbul|Jerusalem|Köln|Kyoto|Lagos|Leipzig|Lima|Lisbon|Lissabon|Lisboa|London|Londres|Los Angeles|Lyon|Madrid|Marseille|Melbourne|Mexico City|Miami|Milan|Montreal|Moscow|Mumbai|Munich|München|Nairobi|New Orleans|New York|Nice|Osaka|Oslo|Paris|París|Prague|Prag|Reykjavik|Rio|Rome|Rom|Roma|Saigon|Sài Gòn|San Francisco|Santiago|Seoul|Sevilla|Shanghai|Singapore|Stockholm|Sydney|Tokyo|Tokio|Toronto|Valencia|Venice|Venedig|Venise|Vienna|Wien|Warsaw|Zürich|Africa|Afrika|Alaska|Antarctica|Antarktis|Argentina|Australia|Austria|Brazil|Canada|Chile|China|Cuba|Egypt|England|Europe|Europa|Finland|France|Frankreich|Germany|Deutschland|Greece|Greenland|Grönland|Iceland|Island|India|Ireland|Italy|Italien|Japan|Kenya|Mexico|México|Norway|Norwegen|Peru|Poland|Portugal|Russia|Scotland|Spain|Spanien|España|Siberia|Sweden|Switzerland|Texas|Turkey|Ukraine|Việt Nam|Vietnam|Earth|Mars|Moon|Venus|Jupiter|Saturn)$/u;

const year = /(?<![\p{L}\p{N}.,:])(?:the\s+)?((?:1[0-9]|20)\d\ds?)(?![\p{L}\p{N}:%])/u;

/** @param text one with small letters, or its capitals say nothing */
export function findNames(text: string, language: string): Names {
  const people = new Set<string>();
  let where: string | undefined;
  const when = year.exec(text)?.[0];
  for (const match of text.matchAll(
    /(?:named|called|tên là|tên|llamad[oa]|namens|nommée?|appelée?)\s+(\p{Lu}[\p{L}\p{M}'’-]*)/gu,
  )) {
    people.add(match[1] ?? '');
  }
  const isGerman = language.startsWith('de');
  if (/\p{Ll}/u.test(text)) {
    const capitals =
      /(?<![\p{L}\p{M}\p{N}'’-])\p{Lu}[\p{L}\p{M}’'-]*(?: \p{Lu}[\p{Ll}\p{M}’'-]+)*/gu;
    for (const match of text.matchAll(capitals)) {
      const words = match[0].replace(/['’]s$/u, '').split(' ');
      const starts = /(?:^|[.!?:]\s+)$/u.test(text.slice(0, match.index));
      const lead = starts && opening.test(words[0] ?? '') ? (words.shift() ?? '') : '';
      const name = words.join(' ');
      const before = text.slice(0, match.index) + (lead === '' ? '' : `${lead} `);
      const next = text.slice(match.index + match[0].length);
      if (known.test(name)) {
        where ??= name;
      } else if (
        name === '' ||
        // German writes every noun with a capital, so there only a plain introduction tells a name.
        isGerman ||
        people.has(name) ||
        words.every((word) => neither.test(word)) ||
        /^[\s-]\d/u.test(next) ||
        toThings.test(before)
      ) {
        continue;
      } else if (toPlaces.test(before)) {
        where ??= name;
      } else if (words.length > 1 || !starts || isPair(text, name)) {
        people.add(name);
      }
    }
  }
  return { people: [...people].filter((name) => name !== '').slice(0, 4), where, when };
}

/** “Anna and Ben …” */
function isPair(text: string, name: string): boolean {
  return new RegExp(String.raw`^${name} (?:and|và|y|et) \p{Lu}`, 'u').test(text);
}
