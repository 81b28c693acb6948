import { t } from '../../base/l10n.ts';
import { labelWords } from '../parse/label-table.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import { aspects, structures } from '../script-model.ts';
import type { Offer, Offers } from './offer.ts';

/** What the keys of a script's front matter mean; those of lists with what they begin with. */
const keys = (): readonly Offer[] => [
  key('title', t('The same as the heading; the heading counts where they differ')),
  key('idea', t('What the video is about')),
  key('duration', t('Length of the finished video: seconds, or “3 min”')),
  key('language', t('What is told in, and the labels')),
  key('style', t('The look of the picture; it goes into every prompt')),
  key('aspect', t('Shape of the picture')),
  key('seed', t('What every render begins from, where the model takes one')),
  key('structure', t('How the story is built')),
  key('instructions', t('Anything else the writer model should observe')),
  key('logline', t('The story in a sentence or two')),
  key(
    'characters',
    t('Who is seen, with the looks that must not drift'),
    'characters:\n  - name: ',
  ),
  key('places', t('Where it plays, with the looks that must not drift'), 'places:\n  - name: '),
];

const entryKeys = (list: string): readonly Offer[] => [
  key('name', t('How prompts, lines and speakers name it')),
  key('look', t('What must not drift from clip to clip')),
  ...(list === 'characters' ? [key('voice', t('How somebody speaks'))] : []),
  key('picture', t('Pictures that show it, relative to the script')),
  key('seed', t('What new pictures of it begin from')),
];

function key(label: string, detail: string, text = `${label}: `): Offer {
  return { label, text, kind: 'key', detail };
}

const values: Readonly<Record<string, () => readonly Offer[]>> = {
  aspect: () => aspects.map((label) => ({ label, text: `'${label}'`, kind: 'value' })),
  structure: () => structures.map((label) => ({ label, kind: 'value' })),
  language: () =>
    Object.keys(labelWords).map((label) => ({ label, kind: 'value', ...nameOf(label) })),
};

function nameOf(tag: string): { readonly detail?: string } {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
  return name === undefined ? {} : { detail: name };
}

/**
 * Keys that the front matter does not have yet, and values of those that have only some.
 *
 * @param line as far as the cursor
 * @returns nothing outside of front matter
 */
export function frontMatterOffers(
  { text, reading }: ParsedScript,
  line: string,
  offset: number,
): Offers | undefined {
  const { frontMatter } = reading.layout;
  if (frontMatter === undefined || offset < frontMatter.start + 4 || offset > frontMatter.end - 3)
    return undefined;
  const source = text.slice(frontMatter.start, frontMatter.end);
  const before = text.slice(frontMatter.start, offset - line.length);
  const [, named = '', begun] = /^(\w+):[ \t]+(['"]?[^\s'"]*)$/u.exec(line) ?? [];
  if (begun !== undefined) {
    const offers = values[named]?.();
    return offers && { typed: begun.length, offers };
  }
  if (/^[a-z]*$/iu.test(line)) {
    const missing = keys().filter(({ label }) => !hasKey(source, label, ''));
    return { typed: line.length, offers: missing };
  }
  const [, typed] = /^[ \t]+(?:-[ \t]+)?([a-z]*)$/iu.exec(line) ?? [];
  const list = [...before.matchAll(/^(\w+):/gmu)].at(-1)?.[1] ?? '';
  if (typed === undefined || (list !== 'characters' && list !== 'places')) return undefined;
  const entry = line.includes('-') ? '' : (before.split(/^[ \t]*-/mu).at(-1) ?? '');
  const missing = entryKeys(list).filter(({ label }) => !hasKey(entry, label, '[ \\t]*'));
  return { typed: typed.length, offers: missing };
}

function hasKey(source: string, name: string, indent: string): boolean {
  return new RegExp(`^${indent}${name}:`, 'mu').test(source);
}
