import { memoize } from '../base/memoize.ts';
import { type Span, touches } from './markdown/block-types.ts';
import { type KnownNames, type Named, named } from './names.ts';
import { unspaced } from './near-names.ts';
import type { ParsedScript } from './parse/parsed-script.ts';
import type { Bible, Character, Place } from './script-model.ts';

/**
 * A prompt may name a character or place by `@Wren` instead of describing it: its look is said once, in
 * the front matter, and stands in its place when the prompt is sent.
 */
export interface Mention {
  readonly entry: Pick<Character | Place, 'name' | 'look'>;
  /** With the `@`. */
  readonly span: Span;
}

/** The mentions in a text, in order; lines may be wrapped within a name. */
export function mentionsIn(text: string, bible: Bible): Mention[] {
  return namedIn(text, bible).flatMap(({ name, span }) => {
    const entry = named(bible.characters, name) ?? named(bible.places, name);
    return entry === undefined ? [] : [{ entry, span }];
  });
}

/** Names behind an `@`, on one line each, with the places of both. */
export function namedIn(text: string, known: KnownNames): { name: string; span: Span }[] {
  const pattern = text.includes('@') ? patternOf(known) : undefined;
  if (pattern === undefined) return [];
  return [...text.matchAll(pattern)].map(({ 0: all, 1: name = '', index }) => ({
    name: name.replace(/\s+/gu, ' '),
    span: { start: index, end: index + all.length },
  }));
}

/** The mention at an offset of a document, within a prompt. */
export function mentionAt(
  { text, scenes, bible }: ParsedScript,
  offset: number,
): Mention | undefined {
  const prompt = scenes.map(({ promptSpan }) => promptSpan).find((span) => touches(span, offset));
  if (prompt === undefined) return undefined;
  const { start } = prompt;
  return mentionsIn(text.slice(start, prompt.end), bible)
    .map(({ entry, span }) => ({
      entry,
      span: { start: start + span.start, end: start + span.end },
    }))
    .find(({ span }) => touches(span, offset));
}

/** The prompt as it is sent: each name with its look where it stands first, and without the `@`. */
export function withMentions(prompt: string, bible: Bible): string {
  const described = new Set<object>();
  let at = 0;
  let text = '';
  for (const { entry, span } of mentionsIn(prompt, bible)) {
    // The look of `@Mara's coat` has no place there; who is in the cast is described behind the prompt.
    const isOwner = /^['’]s?(?!\p{L})/u.test(prompt.slice(span.end));
    const look = described.has(entry) || isOwner ? '' : entry.look;
    if (!isOwner) described.add(entry);
    text += `${prompt.slice(at, span.start)}${entry.name}${look === '' ? '' : ` (${look})`}`;
    at = span.end;
  }
  return text + prompt.slice(at);
}

/** All names of a bible behind an `@`, longest first, so that `@Mara Voss` is not Mara. */
const patternOf = memoize(({ characters, places }: KnownNames) => {
  const names = [...characters, ...places].map(({ name }: Named) => name);
  const known = names.filter((name) => name !== '');
  if (known.length === 0) return undefined;
  const border = String.raw`\p{L}\p{M}\p{N}`;
  const sources = known
    .sort((a, b) => b.length - a.length)
    .map((name) => {
      const source = name
        .replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')
        .replace(/\s+/gu, String.raw`\s+`);
      // Where words are not parted, what follows a name says nothing of where it ends.
      return unspaced.test(name) ? source : `${source}(?![${border}])`;
    });
  return new RegExp(`(?<![${border}.@])@(${sources.join('|')})`, 'giu');
});
