import type { Block, Span } from '../../markdown/block-types.ts';
import { lineStart } from '../../markdown/lines.ts';
import { blocksOf } from '../../markdown/read-blocks.ts';
import type { ParsedScript, SceneNode } from '../../parse/parsed-script.ts';
import { isFrameBlock } from '../../parse/scene-frames.ts';
import type { PartKind } from '../../parse/scene-section.ts';
import type { TextEdit } from '../text-edit.ts';

/** A block of a scene where it stands in the document, from the start of its first line. */
export interface Piece extends Span {
  readonly block: Block;
  readonly kinds: readonly PartKind[];
  /** It shows what the clip begins or ends with, and tells nothing. */
  readonly isFrame: boolean;
}

/** What tells of a scene what is seen and heard. */
const telling: readonly PartKind[] = ['action', 'dialogue', 'narration', 'sound'];

/** The blocks of a scene up to the writer's notes, and behind them those. */
export function piecesOf(
  { text, reading }: ParsedScript,
  { parts, section }: SceneNode,
): { readonly parts: readonly Piece[]; readonly notes: readonly Piece[] } {
  const first = section.index + 1;
  const blocks = blocksOf(reading.layout).slice(first, first + section.content.blocks.length);
  const pieces = blocks.map((block, i): Piece => {
    const part = parts[i];
    return {
      block,
      start: lineStart(text, block.start),
      end: block.end,
      kinds: part?.kinds ?? [],
      isFrame: part !== undefined && isFrameBlock(part.block),
    };
  });
  return { parts: pieces.slice(0, parts.length), notes: pieces.slice(parts.length) };
}

/** Whether a block tells something of its scene, and is not only its prompt. */
export function tells({ kinds }: Piece): boolean {
  return kinds.some((kind) => telling.includes(kind));
}

export function isPromptPiece({ kinds }: Piece): boolean {
  return kinds.length > 0 && kinds.every((kind) => kind === 'prompt');
}

/** Take some of a scene's blocks away, each run of them with the blank lines that part it from the others. */
export function takeAway(all: readonly Piece[], gone: ReadonlySet<Piece>): TextEdit[] {
  const edits: TextEdit[] = [];
  for (let i = 0; i < all.length; i++) {
    const first = all[i];
    if (first === undefined || !gone.has(first)) continue;
    let last = first;
    for (let next = all[i + 1]; next && gone.has(next); next = all[i + 1]) {
      last = next;
      i++;
    }
    const next = all[i + 1];
    const before = all[all.indexOf(first) - 1];
    if (next) edits.push({ start: first.start, end: next.start, text: '' });
    else edits.push({ start: before?.end ?? first.start, end: last.end, text: '' });
  }
  return edits;
}

/** The sources of blocks, parted by an empty line; each followed by one. */
export function sourcesOf(text: string, pieces: readonly Piece[], eol: string): string {
  return pieces.map(({ start, end }) => text.slice(start, end) + eol + eol).join('');
}
