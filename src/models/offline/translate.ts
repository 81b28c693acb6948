import type { Bank, Matter, Moment, Words } from './bank.ts';
import { en } from './en.ts';

/** A moment's texts in another language; who speaks is taken from the English one. */
export interface Translation {
  readonly title: string;
  readonly summary: string;
  readonly action: string;
  readonly lines: readonly (readonly [tone: string, line: string])[];
  readonly narration: readonly string[];
  readonly note: string;
}

/** Translations by matter and by the index of the moment there. */
export type Translations = Readonly<Record<string, Readonly<Record<number, Translation>>>>;

/** A moment of a story: `lines` as pairs of tone and line. */
export function scene(
  title: string,
  summary: string,
  action: string,
  lines: Translation['lines'] = [],
  note = '',
): Translation {
  return { title, summary, action, lines, narration: [], note };
}

/** A moment of a list or an explanation. */
export function told(
  title: string,
  summary: string,
  action: string,
  narration: readonly string[],
  note = '',
): Translation {
  return { title, summary, action, lines: [], narration, note };
}

/** The English bank in another language, cut down to what has been translated. */
export function translatedBank(language: string, words: Words, texts: Translations): Bank {
  const into = (matters: readonly Matter[]): Matter[] =>
    matters.flatMap((matter) => {
      const own = texts[matter.id];
      return own === undefined ? [] : [translated(matter, own)];
    });
  return {
    language,
    words,
    story: into(en.story),
    list: into(en.list),
    explainer: into(en.explainer),
    whole: into([en.whole])[0] ?? en.whole,
  };
}

/** Moments without a translation keep their index but are needed nowhere. */
function translated(matter: Matter, texts: Readonly<Record<number, Translation>>): Matter {
  return {
    ...matter,
    needed: matter.needed.filter((index) => index in texts),
    moments: matter.moments.map((original, index) => {
      const text = texts[index];
      return text === undefined ? original : momentOf(original, text);
    }),
  };
}

function momentOf(
  original: Moment,
  { title, summary, action, lines, narration, note }: Translation,
): Moment {
  return {
    title,
    summary,
    action,
    lines: (original.lines ?? []).flatMap(([speaker], i) => {
      const line = lines[i];
      return line === undefined ? [] : [[speaker, ...line] as const];
    }),
    narration,
    ...(note === '' ? {} : { note }),
  };
}
