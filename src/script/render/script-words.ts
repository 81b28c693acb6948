import { memoize } from '../../base/memoize.ts';
import { sameName } from '../names.ts';
import { type LabelLanguage, labelWords, type WrittenName } from '../parse/label-table.ts';
import { labelLanguage, wordsFor } from '../parse/label-words.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { behind, type Colon } from '../parse/paragraph-lead.ts';
import { noWords, type UsedWords, wordsInScene, wordsInUse } from './used-words.ts';

/** The words that are written into a script: labels, headings, and the colons behind them. */
export interface ScriptWords {
  /** What is written for each; behind the first, others that would do where that is somebody's name. */
  readonly labels: Readonly<Record<Exclude<WrittenName, 'scene'>, readonly string[]>>;
  /** A scene's heading as far as its title, with `#` for the number: `Scene #: `. */
  readonly heading: string;
  readonly colon: Colon;
}

/**
 * The words that belong into a script: those that it has already, and for what it has no word for yet those of
 * the language of most of them. A script without any has those of its own language, and of English where
 * that has none.
 */
export const wordsOf = memoize((script: ParsedScript): ScriptWords => {
  const used = wordsInUse(script);
  return choose(used, languageOf(used, labelLanguage(script.brief.language) ?? 'en'));
});

/** The same for one scene of it, whose own words go before those of the others. */
export function wordsOfScene(script: ParsedScript, node: SceneNode): ScriptWords {
  const { labels, heading, colon } = wordsOf(script);
  const own = wordsInScene(script.text, node);
  const named = mapped(labels, (name, list) => [...own.labels[name].slice(0, 1), ...list]);
  return { labels: named, heading, colon: own.colons[0] ?? colon };
}

/** A scene as a script's own headings call it, with its title or without: `Szene 4: Der Turm`. */
export function sceneLabel(script: ParsedScript, number: number, title = ''): string {
  return headingLead(wordsOf(script), number, title) + title;
}

/** A scene's heading as far as its title. */
export function headingLead({ heading }: ScriptWords, number: number, title: string): string {
  const form = title === '' ? heading.replace(/[^\p{L}\p{M}#]+$/u, '') : heading;
  return form.replace('#', () => String(number));
}

/** The words of a language. */
export function wordsOfLanguage(language: LabelLanguage): ScriptWords {
  return choose(noWords(), language);
}

const colonOf: Readonly<Partial<Record<LabelLanguage, Colon>>> = {
  fr: '\u00a0:',
  ja: '：',
  zh: '：',
  'zh-Hant': '：',
};

function choose(used: UsedWords, language: LabelLanguage): ScriptWords {
  const colon = used.colons[0] ?? colonOf[language] ?? ':';
  const [form = ''] = wordsFor('scene', language);
  return {
    labels: mapped(used.labels, (name, [own]) => [
      ...(own === undefined ? [] : [own]),
      ...wordsFor(name, language),
      ...wordsFor(name, 'en'),
    ]),
    heading: used.headings[0] ?? form + behind(colon),
    colon,
  };
}

/** The language that has most of the words; of several the script's own, or English. */
function languageOf(used: UsedWords, own: LabelLanguage): LabelLanguage {
  const all = Object.keys(labelWords) as LabelLanguage[];
  let [best, most] = [own, 0];
  for (const language of [own, 'en' as const, ...all]) {
    const count = sharedWith(used, language);
    if (count > most) [best, most] = [language, count];
  }
  return best;
}

function sharedWith({ labels, headings }: UsedWords, language: LabelLanguage): number {
  const shared = Object.entries(labels).filter(([name, [word = '']]) => {
    const teller = name === 'narration' ? wordsFor('teller', language) : [];
    const words = [...wordsFor(name as WrittenName, language), ...teller];
    return words.some((one) => sameName(one, word));
  });
  const [heading = ''] = headings;
  const isHeading = wordsFor('scene', language).some((form) =>
    sameName(lettersOf(form), lettersOf(heading)),
  );
  return shared.length + (isHeading ? 1 : 0);
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{M}]/gu, '');
}

function mapped<Name extends string>(
  lists: Readonly<Record<Name, readonly string[]>>,
  to: (name: Name, list: readonly string[]) => readonly string[],
): Record<Name, readonly string[]> {
  const pairs = Object.entries<readonly string[]>(lists);
  return Object.fromEntries(pairs.map(([name, list]) => [name, to(name as Name, list)])) as Record<
    Name,
    readonly string[]
  >;
}
