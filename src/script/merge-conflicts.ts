import { t } from '../base/l10n.ts';
import type { Block, Span } from './markdown/block-types.ts';
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

/**
 * The conflicts of a document, each by the line that it begins with.
 *
 * @param blocks the document's top-level blocks; asked for only where lines look like it
 */
export function mergeConflicts(text: string, blocks: () => readonly Block[]): Problem[] {
  if (!mayHave(text)) return [];
  return spansOf(markersIn(text), text, blocks).map((span) =>
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

/** Looked for at every key stroke. */
function mayHave(text: string): boolean {
  return ['<<<<<<<', '>>>>>>>', '\n======='].some((marker) => text.includes(marker));
}

interface Marker extends Span {
  readonly sign: string;
}

function markersIn(text: string): Marker[] {
  const lines = text.matchAll(/^(?:([<>|])\1{6}(?:[ \t][^\r\n]*)?|={7})[ \t]*$/gmu);
  return Array.from(lines, ({ 0: line, index }) => ({
    start: index,
    end: index + line.trimEnd().length,
    sign: line.charAt(0),
  }));
}

function spansOf(markers: readonly Marker[], text: string, blocks: () => readonly Block[]): Span[] {
  const found: Span[] = [];
  let open: Marker[] = [];
  const blockAt = (at: number): Block | undefined =>
    blocks().findLast(({ start, end }) => start <= at && at < end);
  /** Of a conflict that somebody has resolved in part. */
  const leave = (): void => {
    found.push(...open.filter((marker) => isLeftOver(marker, blockAt(marker.start), text)));
    open = [];
  };
  for (const marker of markers) {
    if (marker.sign === '<') leave();
    open.push(marker);
    const [first] = open;
    if (marker.sign !== '>' || first?.sign !== '<') continue;
    const around = blockAt(first.start);
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
