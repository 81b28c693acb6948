import { wholeWord } from './sentences.ts';

/**
 * What a list is made of: something to do or to avoid, something that is said to be so, or things, which are
 * shown. What none of the words below speaks of is a thing.
 */
export type ListKind = 'acts' | 'claims' | 'things';

/** By language, in singular and plural. */
const acts: Readonly<Record<string, string>> = {
  en: "mistakes?|errors?|habits?|ways?|tips?|tricks?|steps?|rules?|hacks?|lessons?|exercises?|routines?|methods?|techniques?|strategies|remedies|rituals?|kindnesses|skills?|moves|gestures|poses|stretches|recipes?|choices|decisions|words to|games|uses|alternatives|excuses|jobs|chores|traps|pitfalls|regrets|principles|don[’']ts?|dos",
  de: '\\p{L}*fehler|\\p{L}*gewohnheit(?:en)?|wege?n?|möglichkeiten|\\p{L}*tipps?|tricks?|\\p{L}*schritte?n?|\\p{L}*regeln?|lektionen|\\p{L}*übungen|methoden|rituale|rezepte|handgriffe|ausreden|fallen|grundsätze',
  es: 'error(?:es)?|hábitos?|maneras?|formas?|consejos?|trucos?|pasos?|reglas?|lecciones|ejercicios?|rutinas?|métodos?|técnicas?|rituales|recetas?|gestos?|excusas?|trampas|principios',
  fr: 'erreurs?|habitudes?|façons?|manières?|conseils?|astuces?|étapes?|règles?|leçons?|exercices?|routines?|méthodes?|techniques?|rituels?|recettes?|gestes?|excuses?|pièges|principes',
  vi: 'sai lầm|lỗi|thói quen|cách|mẹo|bước|quy tắc|nguyên tắc|bài học|bài tập|phương pháp|công thức|việc (?:nên|cần|phải|không)|điều (?:nên|cần|không nên) (?:làm|tránh)',
};
const claims: Readonly<Record<string, string>> = {
  en: 'facts?|myths?|reasons?|signs?|truths?|lies|secrets?|questions?|answers|arguments|theories|symptoms?|causes|misconceptions?|legends|predictions|things|ideas|proverbs|numbers',
  de: 'fakten|tatsachen|mythen|irrtümer|\\p{L}*gründe?n?|anzeichen|zeichen|wahrheiten|lügen|geheimnisse|fragen|argumente|ursachen|legenden|dinge|ideen',
  es: 'datos?|hechos|mitos?|razones|motivos|señales|verdades|mentiras|secretos?|preguntas?|argumentos|causas|síntomas|cosas|ideas',
  fr: 'faits|mythes?|idées reçues|raisons?|signes?|vérités|mensonges|secrets?|questions?|arguments|causes|symptômes|choses|idées',
  vi: 'sự thật|lầm tưởng|lý do|dấu hiệu|bí mật|câu hỏi|nguyên nhân|triệu chứng|điều',
};

/** How many words from its beginning the topic of a list has before it has said what is counted. */
const telling = 5;

/**
 * @param topic what is counted, without its number
 * @param language as its tag begins; English is read in any case
 */
export function readListKind(topic: string, language: string): ListKind {
  const head = topic.split(/\s+/u).slice(0, telling).join(' ');
  // What stands first is what is counted: “signs of bad habits” are signs.
  const found = (['acts', 'claims'] as const).flatMap((kind) => {
    const words = { acts, claims }[kind];
    const all = [words[language], words.en].filter((one) => one !== undefined).join('|');
    const index = wholeWord(all).exec(head)?.index;
    return index === undefined ? [] : [{ kind, index }];
  });
  return found.sort((a, b) => a.index - b.index)[0]?.kind ?? 'things';
}
