import { innerText } from './inner-text.ts';

/** What says that there is none, as a whole text, in the languages that scripts have been seen in. */
const none: ReadonlySet<string> = new Set(
  (
    'null,nil,none,undefined,n/a,not applicable,kein,keine,aucun,aucune,ningún,ningun,ninguna,nessuno,nessuna,' +
    'nenhum,nenhuma,нет,không,không có,không áp dụng,なし,无,無,没有,없음'
  ).split(','),
);

/**
 * Whether a text that may be left out only says that there is nothing: a word for it, marks alone, or
 * nothing at all.
 *
 * @param more further words that say so of what the text is about, in small letters
 */
export function saysNothing(text: string, more?: ReadonlySet<string>): boolean {
  const folded = text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ');
  const said = innerText(folded, /[^\s\p{P}<>]/u).replace(/ ?[/.] ?/gu, '/');
  return said === '' || none.has(said) || more?.has(said) === true;
}
