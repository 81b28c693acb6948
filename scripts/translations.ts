// The translations of what a person reads: l10n/bundle.l10n.vi.json beside l10n/bundle.l10n.json, and
// package.nls.vi.json beside package.nls.json. Each has the keys of its English file, in their order.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

type Texts = Readonly<Record<string, string>>;

/** One file of translations. */
export interface Translation {
  /** From the root of the repository, such as `l10n/bundle.l10n.vi.json`. */
  readonly name: string;
  /** Such as `vi`. */
  readonly language: string;
  readonly english: Texts;
  readonly texts: Texts;
}

/** Every translation that is there, by language. */
export function translations(): Translation[] {
  return ['l10n/bundle.l10n', 'package.nls'].flatMap((base) =>
    globSync(`${base}.*.json`, { cwd: root }).map((name) => ({
      name: name.replaceAll(path.sep, '/'),
      language: path.basename(name).slice(path.basename(base).length + 1, -'.json'.length),
      english: textsIn(`${base}.json`),
      texts: textsIn(name),
    })),
  );
}

/** The keys that it has no words for yet, with the English where that is not the key itself. */
export function missingIn({ english, texts }: Translation): string[] {
  return Object.entries(english).flatMap(([key, text]) => {
    if (texts[key] !== undefined) return [];
    const shown = JSON.stringify(key);
    return [key === text ? shown : `${shown}: ${JSON.stringify(text)}`];
  });
}

/**
 * What does not hold of a translation, as `key: what`: keys that English does not have, empty texts,
 * and parts that are no words and have to be the same in any language.
 */
export function faultsOf({ english, texts }: Translation): string[] {
  return Object.entries(texts).flatMap(([key, text]) => {
    const original = english[key];
    if (original === undefined) return [`${key}: English does not have this`];
    if (text.trim() === '') return [`${key}: empty`];
    return Object.entries(parts).flatMap(([what, pattern]) => {
      const wanted = found(original, pattern);
      const got = found(text, pattern);
      return wanted === got ? [] : [`${key}: ${what} ${got || 'none'} for ${wanted || 'none'}`];
    });
  });
}

/** What stays as it is, and how often, in whatever order. */
const parts: Readonly<Record<string, RegExp>> = {
  placeholders: /\{\d+\}/g,
  icons: /\$\([\w~-]+\)/g,
  links: /\]\([^)]*\)/g,
  code: /`[^`]*`/g,
  settings: /#?\bscenewright(?:\.[a-z]\w*)+#?/gi,
  addresses: /https?:\/\/[^\s“”"`,)]*[\w/]/g,
  'bold marks': /\*\*/g,
  lines: /\n/g,
  'space at the edge': /^\s+|\s+$/g,
};

function found(text: string, pattern: RegExp): string {
  const all = [...text.matchAll(pattern)].map(([part]) => part);
  return all.sort().join(' ');
}

/** Drop what English no longer has, and put the rest into its order. */
export function tidyTranslations(): void {
  for (const { name, english, texts } of translations()) {
    const kept = Object.keys(english).flatMap((key) =>
      texts[key] === undefined ? [] : [[key, texts[key]] as const],
    );
    const file = path.join(root, name);
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
  }
}

/** What is still to be translated, a paragraph for each file; empty where nothing is. */
export function stillToTranslate(): string {
  return translations()
    .flatMap((translation) => {
      const missing = missingIn(translation);
      if (missing.length === 0) return [];
      const list = missing.map((text) => `  ${text}`).join('\n');
      return [`${translation.name} has no words for:\n${list}\n`];
    })
    .join('\n');
}

function textsIn(name: string): Texts {
  return JSON.parse(readFileSync(path.join(root, name), 'utf8')) as Texts;
}
