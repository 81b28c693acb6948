import { isEnglish, type Bank } from './bank.ts';
import { capital, fill } from './sentences.ts';

/** Words that a question begins with, in the languages of the banks. */
export const asking =
  /^(?:how|why|what|where|when|who|which|vì sao|tại sao|làm sao|làm thế nào|por qué|cómo|qué|cuándo|warum|wie|was|wieso|weshalb|pourquoi|comment|qu['’]est-ce)(?!\p{L})/iu;

/** Verbs that an English “how … works” ends with. */
const howVerbs =
  /^how\s+(.+?)\s+(works?|functions?|forms?|grows?|spreads?|moves?|happens?|starts?|sleeps?|learns?|lives?|sees?|thinks?)$/iu;

/** The topic as a question: “how vaccines work” asks “How do vaccines work?”. */
export function questionOf(topic: string, bank: Bank): string {
  const plain = topic.replace(/[.!\s]+$/u, '');
  if (/[?？]$/u.test(plain)) return capital(plain);
  if (isEnglish(bank)) return englishQuestion(plain) ?? asked(plain, bank);
  // Spanish, French and Vietnamese questions keep their order of words; German ones do not.
  if (asking.test(plain) && bank.language !== 'de') {
    if (bank.language === 'es') return `¿${capital(plain)}?`;
    return bank.language === 'fr' ? `${capital(plain)} ?` : `${capital(plain)}?`;
  }
  return asked(plain, bank);
}

function asked(topic: string, bank: Bank): string {
  return capital(fill(bank.words.question, { topic: capital(topic) }));
}

function englishQuestion(topic: string): string | undefined {
  const how = howVerbs.exec(topic);
  if (how?.[1] !== undefined && how[2] !== undefined) {
    const one = /[^s]s$/iu.test(how[2]);
    return `How ${one ? 'does' : 'do'} ${how[1]} ${one ? how[2].slice(0, -1) : how[2]}?`;
  }
  const to = /^how to\s+(.+)$/iu.exec(topic)?.[1];
  if (to !== undefined) return `How do you ${to}?`;
  const be = /^(why|how|when|where)\s+(.+?)\s+(is|are|was|were|can|cannot)\s+(.+)$/iu.exec(topic);
  if (be !== null) {
    const [, ask = '', who = '', verb = '', rest = ''] = be;
    return `${capital(ask)} ${verb} ${who} ${rest}?`;
  }
  return /^(?:what|who) (?:is|are)\b/iu.test(topic) ? `${capital(topic)}?` : undefined;
}

/** What it is about, as a noun: “vaccines” for “how vaccines work”; “this” where there is none. */
export function subjectOf(topic: string, bank: Bank): string {
  const how = isEnglish(bank) ? howVerbs.exec(topic)?.[1] : undefined;
  if (how !== undefined) return how;
  const noun = !asking.test(topic) && !/[?？]/u.test(topic) && topic.split(' ').length <= 4;
  return noun ? topic : bank.words.this;
}
