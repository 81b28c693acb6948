import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { memoize } from '../../base/memoize.ts';
import type { Span } from '../markdown/block-types.ts';
import { nameKey, sameName, type KnownNames } from '../names.ts';
import { unspaced } from '../near-names.ts';
import { normaliseLine } from '../normalise-text.ts';
import { parseScript } from '../parse/parse-script.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import { pictureNodes } from '../picture-nodes.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';

/** A character or place, wherever the script names it as the front matter spells it, or in capitals. */
export interface NameNode {
  /** As the front matter has it. */
  readonly name: string;
  readonly span: Span;
}

/** The name of a character or place at an offset of the document. */
export function nameAt(script: ParsedScript, offset: number): NameNode | undefined {
  const line = script.text.lastIndexOf('\n', offset - 1) + 1;
  const end = script.text.indexOf('\n', offset);
  const around = { start: line, end: end === -1 ? script.text.length : end };
  return namesIn(script, around).find(({ span }) => span.start <= offset && offset <= span.end);
}

/** Wherever the script names a character or place: bible, outline, scenes and prompts; in order. */
export function placesOfName(script: ParsedScript, name: string): readonly Span[] {
  return namesIn(script, { start: 0, end: script.text.length })
    .filter((found) => sameName(found.name, name))
    .map(({ span }) => span);
}

/**
 * Give a character or place another name, wherever the script names it: in its cast, dialogue, prompts and all
 * that is told. Longer names that hold it are others; paths and addresses stay.
 *
 * @throws ScenewrightError `bad-input` where another one is called so, or the name cannot stand everywhere
 */
export function renameEdits(script: ParsedScript, name: string, wanted: string): TextEdit[] {
  const to = nameWanted(wanted);
  if (!/^\p{L}[\p{L}\p{M}\p{N} .’-]*$/u.test(to)) {
    throw new ScenewrightError(
      'bad-input',
      t(
        '“{0}” is no name: a name has letters, and between them spaces, dots, hyphens or apostrophes.',
        wanted,
      ),
    );
  }
  const { characters, places } = script.bible;
  const others = [...characters, ...places].filter((one) => !sameName(one.name, name));
  if (others.some((one) => sameName(one.name, to))) {
    throw new ScenewrightError('bad-input', t('The script has a “{0}” already.', to));
  }
  const edits = placesOfName(script, name).map(({ start, end }): TextEdit => {
    const now = script.text.slice(start, end);
    const isCapitals = now === now.toUpperCase() && name !== name.toUpperCase();
    return { start, end, text: isCapitals ? to.toUpperCase() : to };
  });
  const keysOf = ({ bible }: ParsedScript): string =>
    [...bible.characters, ...bible.places].map((one) => nameKey(one.name)).join('\n');
  const after = parseScript(applyEdits(script.text, edits));
  const expected = keysOf(script)
    .split('\n')
    .map((key) => (key === nameKey(name) ? nameKey(to) : key))
    .join('\n');
  if (keysOf(after) !== expected || after.scenes.length !== script.scenes.length) {
    throw new ScenewrightError('bad-input', t('“{0}” cannot be renamed in this script.', name));
  }
  return edits;
}

/** What a character or place is called whom the writer wants to be called so. */
export function nameWanted(wanted: string): string {
  return normaliseLine(wanted).replaceAll("'", '’');
}

function namesIn(script: ParsedScript, { start, end }: Span): NameNode[] {
  const { pattern, byText } = patternOf(script.reading.names);
  if (pattern === undefined) return [];
  const taken = [...pictureNodes(script).map(({ span }) => span), ...addressesIn(script.text)];
  return [...script.text.slice(start, end).matchAll(pattern)].flatMap(({ 0: found, index }) => {
    const span = { start: start + index, end: start + index + found.length };
    const name = byText.get(found.replace(/\s+/gu, ' '));
    const isTaken = taken.some((one) => one.start < span.end && span.start < one.end);
    return name === undefined || isTaken ? [] : [{ name, span }];
  });
}

/** Of links and images. */
const addressesIn = (text: string): Span[] =>
  [...text.matchAll(/(?<=\]\()[^()\s]{1,2000}/gu)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));

/** All names as they are spelled and in capitals, the longest first, so that `Tom` is not in `Old Tom`. */
const patternOf = memoize(({ characters, places }: KnownNames) => {
  const byText = new Map<string, string>();
  for (const { name } of [...characters, ...places]) {
    for (const text of [name, name.toUpperCase()]) {
      if (text !== '' && !byText.has(text)) byText.set(text, name);
    }
  }
  if (byText.size === 0) return { pattern: undefined, byText };
  const before = String.raw`(?<![\p{L}\p{M}\p{N}/\\.-]|[\p{L}\p{N}]_)`;
  const behind = String.raw`(?![\p{L}\p{M}\p{N}/\\]|[._-][\p{L}\p{N}])`;
  const sources = [...byText.keys()]
    .sort((a, b) => b.length - a.length)
    .map((text) => {
      const source = text
        .replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')
        .replace(/\s+/gu, String.raw`[ \t]*(?:[ \t]|\r?\n)[ \t>]*`);
      return unspaced.test(text) ? source : `${before}${source}${behind}`;
    });
  return { pattern: new RegExp(sources.join('|'), 'gu'), byText };
});
