import { lazily } from '../base/lazily.ts';
import { memoize } from '../base/memoize.ts';
import { isWithin } from './kept-outside.ts';
import { isLone, type LoneItem, type Span } from './markdown/block-types.ts';
import { blocksOf } from './markdown/read-blocks.ts';
import type { Piece } from './markdown/read-piece.ts';
import { shiftedSpan } from './markdown/shift-blocks.ts';
import type { ParsedScript } from './parse/parsed-script.ts';

/**
 * Comments with ids that some program has made text of: word processors and converters escape them
 * (`\<!-- scene: k3f9x2 --\>`, `&lt;!-- … --&gt;`) or set dashes, other kinds of Markdown have comments of
 * their own (`%% scene: k3f9x2 %%`, `{/* … *\/}`). Clips are found by these ids.
 */
export interface EscapedId extends Span {
  readonly of: 'scene' | 'beat';
  /** The comment as it was. */
  readonly comment: string;
}

const label = /(?<![\p{L}\p{N}])(scene|id)\s?:\s?([a-z0-9]{6})(?![\p{L}\p{N}])/giu;
const opening =
  /(?:(?:\\?<|&lt;|&#(?:60|x3c);)\s?\\?!\s?(?:\\?[-–—]){1,3}|%%|\{\/\*|^\[(?:\/\/|comment|_)?\]:\s?#?\s?["'(<])\s*$/imu;
const closing =
  /^(?<said>(?:\s*[·•∙|,;/–-]\s*|\s+)take\b[^<>\\&%*\r\n]{0,80}?)?\s*(?:(?:\\?[-–—]){1,3}\s?(?:\\?>|&gt;|&#(?:62|x3e);)|%%|\*\/\}|["')>](?=\s*$))/imu;
/** A comment that is read; that of a beat also with dashes. */
const read = { scene: /^<!--[^]*-->$/u, id: /^<!(?:--|[–—])[^]*(?:--|[–—])>$/u };

/** The ids of a script that cannot be read so; none of those that it has in a comment as well. */
export const escapedIds = memoize(({ scenes, outline, reading }: ParsedScript) => {
  const { layout } = reading;
  const known = lazily(() => ({
    scene: new Set(scenes.map(({ id }) => id)),
    beat: new Set(outline.map(({ beat, hasId }) => (hasId ? beat.id : undefined))),
  }));
  const found: EscapedId[] = [];
  for (const { at, piece } of layout.pieces) {
    for (const { id, ...one } of idsIn(piece)) {
      if (known()[one.of].has(id)) continue;
      found.push({ ...one, ...shiftedSpan(one, at) });
    }
    if (found.length >= most) break;
  }
  if (found.length === 0) return found;
  const code = blocksOf(layout).filter(({ type }) => type === 'code' || type === 'html');
  return found.slice(0, most).filter(({ start }) => !isWithin(code, start));
});

/** What looks like one, and which id it has. */
type SeenId = EscapedId & { readonly id: string };

/**
 * What looks like one in a piece, whose offsets count from its own. None goes on over the end of a piece,
 * behind which a heading follows an empty line, nor over that of an item.
 */
const idsIn = memoize(({ source, blocks }: Piece): readonly SeenId[] => {
  const found: SeenId[] = [];
  let done = 0;
  const add = (ids: readonly SeenId[], at: number): void => {
    for (const one of ids) found.push({ ...one, ...shiftedSpan(one, at) });
  };
  for (const block of blocks) {
    for (const { start, own } of block.type === 'list' ? block.items : []) {
      if (!isLone(own)) continue;
      const at = start - own.start;
      add(idsInText(source.slice(done, at)), done);
      add(idsInItem(own), at);
      done = at + own.source.length;
    }
  }
  add(idsInText(source.slice(done)), done);
  return found;
});

/** An outline is one piece with hundreds of them, of which a key stroke changes one. */
const idsInItem = memoize(({ source }: LoneItem) => idsInText(source));

function idsInText(text: string): SeenId[] {
  const found: SeenId[] = [];
  for (const { 0: said, 1: word = '', 2: id = '', index } of text.matchAll(label)) {
    const kind = word.toLowerCase() === 'scene' ? 'scene' : 'id';
    const lead = opening.exec(text.slice(Math.max(0, index - reach), index))?.[0];
    const tail = closing.exec(text.slice(index + said.length, index + said.length + 2 * reach));
    if (lead === undefined || !tail) continue;
    const start = index - lead.length;
    const end = index + said.length + tail[0].length;
    const isEscaped = text.charAt(start - 1) === '\\';
    if (!isEscaped && read[kind].test(text.slice(start, end))) continue;
    // As code it is spoken of.
    if (text.charAt(start - 1) === '`') continue;
    found.push({
      id: id.toLowerCase(),
      of: kind === 'scene' ? 'scene' : 'beat',
      start: isEscaped ? start - 1 : start,
      end,
      comment: `<!-- ${kind}: ${id.toLowerCase()}${tail.groups?.said ?? ''} -->`,
    });
  }
  return found;
}

/** No script has more scenes whose ids a writer would look at one by one. */
const most = 1000;
/** A comment with an id is no longer before and behind it, in UTF-16 code units. */
const reach = 60;
