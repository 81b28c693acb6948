import type { Structure } from '../../script/script-model.ts';
import { readTopic } from './idea-count.ts';

/** The languages whose words are read. */
const languages = ['en', 'de', 'es', 'fr', 'vi'];

/** What lists are made of; three sisters who find a door are none. */
const listed =
  /(?:^|[^\p{L}])(?:mistakes|reasons|ways|tips|tricks|steps|things|facts|rules|signs|habits|lessons|myths|secrets|hacks|questions|ideas|places|books|films|movies|songs|foods|recipes|exercises|inventions|discoveries|animals|cities|countries|moments|fehler\p{L}*|gründe|tipps|schritte|dinge|fakten|regeln|zeichen|gewohnheiten|fragen|orte|bücher|wege|möglichkeiten|errores|razones|maneras|formas|consejos|trucos|pasos|cosas|datos|reglas|señales|hábitos|lecciones|mitos|preguntas|lugares|erreurs|raisons|façons|manières|conseils|astuces|étapes|choses|faits|règles|signes|habitudes|leçons|mythes|lieux|sai lầm|lý do|cách|mẹo|bước|điều|sự thật|quy tắc|dấu hiệu|thói quen|bài học|câu hỏi|địa điểm)(?![\p{L}])/iu;

/** How things go on that are counted in lists: “five bridges that changed Europe”, “three knives every cook needs”. */
const things =
  /(?<!\p{L})(?:that changed|(?:every|any|all) .*(?:needs?|should|must|loves?)|(?:you|we|everybody|everyone) (?:should|must|needs?|can|will|never)|worth \p{L}+ing|to (?:see|visit|try|read|watch|know|avoid|taste|hear)|of (?:all time|the (?:world|century|year|\p{L}+ (?:coast|sea|mountains|desert|forest|sky)))|die .* verändert haben|für jede[nsmr]?|(?:die|das) (?:man|jeder?|alle) .*(?:sollte|muss|müssen|kennt)n?|der welt|que cambiaron|que (?:todo|hay que)|para (?:ver|leer|visitar)|imprescindibles|del mundo|qui ont changé|à (?:voir|lire|visiter|connaître)|que (?:tout|chacun) .*doi[tv]|du monde|incontournables|làm thay đổi|nên (?:xem|đọc|biết|thử|đến)|của thế giới|trên thế giới)(?!\p{L})/iu;

const explained =
  /^(?:(?:please\s+)?explain|understanding|how\s+(?:to|do|does|did|is|are|can)\b|how\s+.+\s+works?\W*$|why\s|what\s+(?:is|are|makes)\s|erklär|wie\s+(?:man|funktionier\p{L}*|entsteh\p{L}*|macht)|wie\s+.+\s+(?:funktioniert|entsteht)\W*$|warum\s|wieso\s|was\s+(?:ist|sind)\s|explica|cómo\s|por\s+qué\s|qué\s+(?:es|son)\s|expliqu|comment\s|pourquoi\s|qu['’]est-ce\s|giải thích|làm thế nào|tại sao|vì sao)/iu;

/**
 * The structure that an idea asks for by its words: a list where it counts what lists are made of, an
 * explainer where it asks how or why, else a story. Only a first choice, for the writer to change.
 */
export function structureIn(idea: string): Structure {
  const text = idea.trim();
  const isList = languages.some((language) => {
    const { count, topic } = readTopic(text, language);
    // What is counted stands at the beginning, not where the story goes.
    if (count === undefined) return false;
    return (
      listed.test(topic.split(/\s+/u).slice(0, 3).join(' ')) || (count > 2 && things.test(topic))
    );
  });
  if (isList) return 'list';
  return explained.test(text) ? 'explainer' : 'three-act';
}
