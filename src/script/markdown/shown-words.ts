import { memoize } from '../../base/memoize.ts';
import { normaliseLine } from '../normalise-text.ts';
import type { Heading } from './block-types.ts';
import { plainText } from './inline-text.ts';

/**
 * The words of a heading as a reader sees them, in one line: without emphasis, links, comments and other
 * markup, with every kind of space as a plain one, and in the compatible form of their letters. For
 * telling what a heading means; its own text is `raw`.
 */
export const shownWords = memoize(({ raw }: Pick<Heading, 'raw'>): string =>
  // Headings are read anew at every key stroke, and most have nothing to take away.
  isPlain.test(raw)
    ? raw
    : normaliseLine(plainText(withoutAttributes(raw)).normalize('NFKC').replace(/\s/gu, ' ')),
);

/** `{#up}`, `{: .scene}`, `{-}`, as Pandoc, kramdown and exports of word processors write them behind headings. */
export const attributesAtEnd = /(?<!\\)\{:?\s*(?:[#.][^{}\s]|-\s*\}|[a-z][\w-]*=)[^{}]*\}?$/iu;

export function withoutAttributes(raw: string): string {
  return raw.endsWith('}') ? raw.replace(attributesAtEnd, '').trimEnd() : raw;
}

const isPlain = /^(?:[\w:.,'’!?-]+(?: [\w:.,'’!?-]+)*)?$/;
