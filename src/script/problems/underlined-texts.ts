import { memoize } from '../../base/memoize.ts';
import { contains, type Heading } from '../markdown/block-types.ts';
import type { Piece } from '../markdown/read-piece.ts';
import { shiftedSpan } from '../markdown/shift-blocks.ts';
import { speakerNames } from '../normalise-scene.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import { readsAsAction } from '../parse/told-paragraph.ts';
import type { UnreadForm } from './unread-forms.ts';

/**
 * Texts of scenes that a line of hyphens or equals signs right beneath them makes headings of, though it was
 * to part what stands above it from what follows: the scene ends there.
 */
export function underlinedTexts({ reading, scenes, outline }: ParsedScript): UnreadForm[] {
  const first = scenes[0]?.span.start ?? Infinity;
  const found = reading.layout.pieces.flatMap(({ at, piece }) =>
    underlinedIn(piece).map((one) => ({ ...one, ...shiftedSpan(one, at) })),
  );
  if (found.length === 0) return [];
  const known = new Set(scenes.map(({ heading }) => heading.start));
  const names = speakerNames([], reading.names);
  return found.flatMap(({ start, end, raw, words, eol }): UnreadForm[] => {
    const isHeading =
      start < first ||
      known.has(start) ||
      start === reading.layout.title?.start ||
      outline.some(({ span }) => contains(span, start));
    const isText =
      raw.includes('\n') || /[.…。]["'”’»)*_]*$/u.test(raw) || !readsAsAction(raw, names);
    return isHeading || !isText
      ? []
      : [{ start, end, tells: 'heading', text: () => `${words}${eol}${eol}---` }];
  });
}

interface Underlined extends Heading {
  /** The source of what stands above the line. */
  readonly words: string;
  readonly eol: string;
}

const underlinedIn = memoize(({ source, blocks }: Piece): readonly Underlined[] =>
  blocks.flatMap((block): Underlined[] => {
    if (block.type !== 'heading') return [];
    const [line, eol = '\n'] =
      /(\r\n|\n|\r)[ \t]*[-=]+[ \t]*$/.exec(source.slice(block.start, block.end)) ?? [];
    if (line === undefined) return [];
    return [{ ...block, words: source.slice(block.start, block.end - line.length), eol }];
  }),
);
