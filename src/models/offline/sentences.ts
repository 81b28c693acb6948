/** Put values into the slots of a template; a slot without a value stays as it is. */
export function fill(template: string, slots: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-z.]+)\}/gu, (whole, name: string) => slots[name] ?? whole);
}

/** The text with its first letter in upper case, also after an opening quotation mark. */
export function capital(text: string): string {
  return text.replace(
    /^([“"'«‘¿¡]*)(\p{Ll})/u,
    (_, quote: string, letter: string) => quote + letter.toUpperCase(),
  );
}

/** What a name that is none may begin with, in any of the languages: an article, or a Vietnamese classifier. */
const called =
  /^(?:the|an?|der|die|das|el|la|le|l’|chú|con|cá|chim|sư tử|bạch tuộc|quả|bong bóng|thuyền|chiếc|đám|ngôi|cái|gấu|hòn|ngọn|hạt)(?:(?<=’)|\s)/iu;

/** The name of an animal or thing as it stands within a sentence: “the cat”, and “Milo” as it is. */
export function withinSentence(name: string): string {
  return called.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** The text as a sentence: capital first, and a full stop unless it ends with a mark already. */
export function sentence(text: string): string {
  const trimmed = capital(text.trim());
  return trimmed === '' || /[.!?…:。！？]["”’»)\]]*$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** The first sentence of a text, with its mark. */
export function firstSentence(text: string): string {
  return /^.*?[.!?…](?=["”’»)\]]*(?:\s|$))["”’»)\]]*/su.exec(text)?.[0] ?? text;
}

/** Any of the words, joined by `|`, as a whole word; `\b` knows no letters beyond ASCII. */
export function wholeWord(words: string, flags = 'iu'): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, flags);
}

const smallWords = /^(?:a|an|the|and|or|of|in|on|at|to|for|from|with|by|who|that)$/u;

/** English title case. */
export function titleCase(text: string): string {
  return text
    .split(' ')
    .map((word, index) => (index > 0 && smallWords.test(word) ? word : capital(word)))
    .join(' ');
}

/** Words that a new part of a sentence begins with. */
const joining =
  /\s(?:when|who|that|which|because|while|until|after|before|and|but|where|as|so|if|als|wenn|weil|während|bis|und|aber|qui|que|quand|lorsque|pendant|avant|après|et|mais|où|quien|cuando|mientras|donde|y|pero|porque|khi|mà|vì|nhưng|và)(?=\s)/giu;

/** Small words that a title must not end with. */
const dangling =
  /(?: (?:a|an|the|and|or|of|in|on|to|for|with|who|that|un|una|el|la|los|las|y|con|de|del|en|ein|eine|einen|der|die|das|und|mit|im|une|le|les|des|et|avec|à))+$/iu;

/**
 * The text as a title: all of it where it is short enough, or else its beginning up to where a part of
 * the sentence ends; nothing where there is no such place. No mark stands at the end.
 *
 * @param longest signs that it may have
 */
export function wholePhrase(text: string, longest = 72): string {
  const plain = text.replace(/[\s.,;:!…—–-]+$/u, '');
  if (Array.from(plain).length <= longest) return plain;
  const start = Array.from(plain).slice(0, longest).join('');
  const marks = [...start.matchAll(/[,;:.!?](?=\s)|\s[–—-]\s|[、。，；：！？]/gu)];
  const joints = [...start.matchAll(joining)];
  for (const cuts of [marks, joints]) {
    const end = cuts.findLast(({ index }) => index >= 8)?.index;
    if (end !== undefined) return start.slice(0, end).replace(dangling, '').trim();
  }
  return '';
}
