import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The language that is nobody's: English that can be read, told from English, and a third longer. */
export const pseudoTag = 'qps-ploc';

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const accented = 'àƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÀßÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ';

/** What is no words: placeholders, icons, addresses of links, code, names of settings. */
const untouched =
  /\{\d+\}|\$\([\w~-]+\)|\]\([^)]*\)|`[^`]*`|#?\bscenewright(?:\.[a-z]\w*)+#?|https?:\/\/\S+|\n/gi;

/** `Write Scenes` as `⟦Ŵŕîţé Šçéñéš ···⟧`. */
export function pseudo(text: string): string {
  let words = '';
  let end = 0;
  for (const { 0: part, index } of text.matchAll(untouched)) {
    words += inAccents(text.slice(end, index)) + part;
    end = index + part.length;
  }
  words += inAccents(text.slice(end));
  const longer = Math.ceil(text.length * 0.35);
  return text.startsWith(' ') ? ` ⟦${words.trimStart()}⟧` : `⟦${words} ${'·'.repeat(longer)}⟧`;
}

/** Our name, and units that `Intl` and the whole world know. */
const names = 'Scenewright sec seconds kB MB';

/** Words of a text that are not in the pseudo-language, nor among those of `known`. */
export function untranslated(text: string, known: string): readonly string[] {
  const others = new Set(wordsOf(`${known} ${names}`));
  return wordsOf(outsideOfBrackets(text)).filter((word) => !others.has(word));
}

function wordsOf(text: string): string[] {
  return text.match(/\p{L}{2,}/gu) ?? [];
}

/** Brackets may hold brackets: words are put into words. */
function outsideOfBrackets(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/gu, ' ');
  }
  return rest;
}

/** The messages and the manifest's texts in it. */
export function pseudoTranslations(): { bundle: Texts; manifest: Texts } {
  return { bundle: pseudoOf('l10n/bundle.l10n.json'), manifest: pseudoOf('package.nls.json') };
}

type Texts = Record<string, string>;

function pseudoOf(name: string): Texts {
  const texts = JSON.parse(readFileSync(path.join(root, name), 'utf8')) as Texts;
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudo(text)]));
}

function inAccents(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => accented.charAt(plain.indexOf(letter)));
}
