import { t } from '../base/l10n.ts';
import { memoize } from '../base/memoize.ts';
import { limits } from './limits.ts';
import type { Block, Span } from './markdown/block-types.ts';
import { type Blocks, blocksOf } from './markdown/read-blocks.ts';
import type { Piece } from './markdown/read-piece.ts';
import { sceneComment } from './parse/scene-id-comment.ts';
import { idComment } from './parse/outline-items.ts';
import { isPrompt } from './parse/scene-section.ts';
import { problem, type Problem } from './problems/script-problem.ts';

/**
 * What a merge leaves where two versions of a script disagree: both sides, between lines of seven signs
 * (`<<<<<<< ours`, with some settings `||||||| base`, `=======`, `>>>>>>> theirs`). Read as Markdown such a
 * document says things that neither side does: `=======` makes a heading of the beat before it, ids and
 * scenes are there twice. So nothing of it is acted on until it is resolved.
 */

/** The conflicts of a document, each by the line that it begins with. */
export function mergeConflicts(text: string, read: Blocks): Problem[] {
  if (!mayHave(text, read)) return [];
  const spans = spansOf(markersIn(text), text, blocksOf(read));
  return spans
    .slice(0, limits.problems)
    .map((span) =>
      problem(
        'merge-conflict',
        'error',
        span,
        t(
          'Two versions were merged here, and the conflict between them is not resolved. Until it is, nothing is written or rendered of this script.',
        ),
      ),
    );
}

const markerLine = /^(?:([<>|])\1{6}(?:[ \t][^\r\n]*)?|={7})[ \t]*$/mu;

/** Asked at every key stroke, so that only what has changed is looked through. */
function mayHave(text: string, { start, frontMatter, pieces }: Blocks): boolean {
  const head = text.slice(0, frontMatter?.end ?? start);
  return markerLine.test(head) || pieces.some(({ piece }) => hasMarker(piece));
}

const hasMarker = memoize(({ source }: Piece): boolean => markerLine.test(source));

interface Marker extends Span {
  readonly sign: string;
}

function markersIn(text: string): Marker[] {
  const lines = text.matchAll(new RegExp(markerLine, 'gmu'));
  return Array.from(lines, ({ 0: line, index }) => ({
    start: index,
    end: index + line.trimEnd().length,
    sign: line.charAt(0),
  }));
}

function spansOf(markers: readonly Marker[], text: string, blocks: readonly Block[]): Span[] {
  const found: Span[] = [];
  let open: Marker[] = [];
  /** Of a conflict that somebody has resolved in part. */
  const leave = (): void => {
    found.push(...open.filter((marker) => isLeftOver(marker, blockAt(blocks, marker.start), text)));
    open = [];
  };
  for (const marker of markers) {
    if (marker.sign === '<') leave();
    open.push(marker);
    const [first] = open;
    if (marker.sign !== '>' || first?.sign !== '<') continue;
    const around = blockAt(blocks, first.start);
    // As an example in code that is no prompt both sides are mere words.
    const isExample =
      around?.type === 'code' &&
      !isPrompt(around) &&
      around.start < first.start &&
      marker.end <= around.end;
    if (!isExample) found.push(first);
    open = [];
  }
  leave();
  return found.map(({ start, end }) => ({ start, end }));
}

/** The block that holds an offset, found by halves: there may be as many markers as blocks. */
function blockAt(blocks: readonly Block[], at: number): Block | undefined {
  let [from, to] = [0, blocks.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((blocks[middle]?.end ?? Infinity) <= at) from = middle + 1;
    else to = middle;
  }
  const block = blocks[from];
  return block && block.start <= at ? block : undefined;
}

/** Whether a single line is all but surely what is left of a conflict, and no underline, rule or quote. */
function isLeftOver({ start, end, sign }: Marker, block: Block | undefined, text: string): boolean {
  if (block?.type === 'code' || block?.type === 'html') return false;
  if (sign === '<') return true;
  if (sign === '>') {
    const isQuoted = /(?:^|[\r\n])>[^\r\n]*\r?\n$/u.test(
      text.slice(Math.max(0, start - 400), start),
    );
    return !isQuoted && !/^\r?\n>/u.test(text.slice(end, end + 3));
  }
  if (sign === '|') return false;
  // Nobody underlines a beat, or two lines, to have them as a heading.
  if (block?.type === 'list') return true;
  return (
    block?.type === 'heading' &&
    (block.raw.includes('\n') || idComment.test(block.raw) || sceneComment.test(block.raw))
  );
}
