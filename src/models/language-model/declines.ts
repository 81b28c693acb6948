/** The longest text that is nothing but a no, in characters; whoever tells a story needs more. */
const longestNo = 700;

/** “I am sorry” and “unfortunately”, at the beginning of a text; in the languages that models speak best. */
const sorry = inAnyScript(
  `^(?:${[
    String.raw`(?:i(?:'m| am) )?(?:(?:very|so|really|truly) )?sorry\b|i apologi[sz]e\b|unfortunately\b|my apologies\b`,
    String.raw`(?:es )?tut mir (?:sehr )?leid|entschuldigung|leider\b|(?:je suis )?désolée?\b|malheureusement\b`,
    String.raw`lo (?:siento|lamento)\b|lamentablemente\b|desculpe?\b|sinto muito\b|infelizmente\b|lamento\b`,
    String.raw`mi dispiace\b|purtroppo\b|het spijt me\b|helaas\b|przykro mi\b|niestety\b|przepraszam\b`,
    String.raw`извините|простите|к сожалению|на жаль|вибачте|üzgünüm|maalesef|xin lỗi|rất tiếc|tôi rất tiếc`,
    String.raw`maaf\b|mohon maaf|beklager|tyvärr|ursäkta|valitettavasti|bohužel|sajnos|îmi pare rău|λυπάμαι`,
    String.raw`(?:非常|很)?(?:抱歉|對不起|对不起|遗憾|遺憾)|申し訳|すみません|残念ながら|죄송|유감|ขออภัย|ขอโทษ|آسف|عذر|क्षमा|माफ़`,
  ].join('|')})`,
);

/** “I cannot write this”, at the beginning or behind that. */
const cannot = inAnyScript(
  [
    String.raw`\bi(?:'m| am)? (?:can't|cannot|can not|won't|will not|unable to|not able to|must decline)\b.{0,40}\b(?:help|assist|write|create|continue|comply|do|provide|generate|produce|fulfill?|engage)\b`,
    String.raw`\bi (?:must|have to|need to) (?:decline|refuse)\b|\bagainst my (?:guidelines|policy|policies|programming)\b|\bas an ai\b`,
    String.raw`\bkann (?:ich )?.{0,60}\bnicht\b|\bje ne peux pas\b|\bje ne suis pas en mesure\b|\bno puedo\b|\bnão posso\b|\bnon posso\b`,
    String.raw`\bkan (?:ik )?.{0,60}\bniet\b|\bnie mogę\b|не могу|не можу|yapamam|yardımcı olamam|yazamam|không thể|tidak (?:dapat|bisa)`,
    String.raw`kan (?:jeg |jag )?(?:ikke|inte)|nemohu|nem tudok|nu pot\b|δεν μπορώ|en voi\b`,
    String.raw`我?(?:不能|无法|無法|不便)|(?:でき|いたしかね|お手伝いでき)|수 없|ไม่สามารถ|لا (?:أستطيع|يمكنني)|नहीं (?:कर|लिख)`,
  ].join('|'),
);

/** What a story has and a no has not: somebody speaks, or is told of by another. */
const tells = /["“”«»„「」『』]|^\s*(?:#|\*\*|INT\.|EXT\.)/mu;

/** Whether a text is a polite no instead of an answer, as far as its words tell. */
export function isDecline(text: string): boolean {
  const answer = text.trim().replaceAll('’', "'");
  if (answer === '' || answer.length > longestNo || /[{[]/u.test(answer) || tells.test(answer)) {
    return false;
  }
  const beginning = answer.slice(0, 160);
  const apology = sorry.exec(beginning);
  if (apology === null) return cannot.exec(beginning.slice(0, 90))?.index === 0;
  // A bare “Sorry” may begin anything.
  return (answer.length > 12 && answer.length < 60) || cannot.test(answer);
}

/** The no among what was given in the place of an answer, such as `{"error": "I cannot write this."}`. */
export function declineAmong(value: unknown): string | undefined {
  const texts: string[] = [];
  collect(value, texts, 0);
  const long = texts.filter((text) => text.trim().length >= 20);
  const noes = long.filter(isDecline);
  // Somebody in a story may say so, too; nothing else is said where it is the answer.
  return noes.length > 0 && noes.length * 2 > long.length ? noes[0] : undefined;
}

function collect(value: unknown, texts: string[], depth: number): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'object' && value !== null && depth < 3 && texts.length < 50) {
    for (const inner of Object.values(value)) collect(inner, texts, depth + 1);
  }
}

/** An expression in which the border of a word is one also beside letters that English has not. */
function inAnyScript(source: string): RegExp {
  const border = String.raw`(?:(?<!\p{L})(?=\p{L})|(?<=\p{L})(?!\p{L}))`;
  return new RegExp(source.replaceAll(String.raw`\b`, border), 'iu');
}
