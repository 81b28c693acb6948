import type { Span } from '../../markdown/block-types.ts';
import { applyEdits, type TextEdit } from '../text-edit.ts';

/** Where a block goes: right before another one, or right behind it. */
type Target = { readonly before: Span } | { readonly behind: Span };

/**
 * Move a block of whole lines to another place. It stays as it is, but for the edits that lie in it; so does
 * everything else, and the blank lines that part blocks part them again.
 *
 * @param block from the start of its first line to the end of its last
 * @param inner edits of the whole text; those in the block are done to it
 */
export function moveBlock(
  text: string,
  block: Span,
  target: Target,
  eol: string,
  inner: readonly TextEdit[],
): TextEdit[] {
  const gapBefore = text.slice(startOfGap(text, block.start), block.start);
  const gapBehind = text.slice(block.end, endOfGap(text, block.end));
  const isLast = block.end + gapBehind.length === text.length;
  // Of two gaps the larger one stays: what parts a block from a heading is more than what parts two items.
  const staysBehind = isLast || lines(gapBehind) > lines(gapBefore);
  const gone = staysBehind
    ? { start: block.start - gapBefore.length, end: block.end }
    : { start: block.start, end: block.end + gapBehind.length };
  const gap = staysBehind ? gapBefore : gapBehind;
  const parting = lines(gap) === 0 ? eol : gap;
  const isInner = ({ start, end }: TextEdit): boolean => block.start <= start && end <= block.end;
  const own = inner.filter(isInner).map((edit) => ({
    ...edit,
    start: edit.start - block.start,
    end: edit.end - block.start,
  }));
  const body = applyEdits(text.slice(block.start, block.end), own);
  const at = 'before' in target ? target.before.start : target.behind.end;
  const put = 'before' in target ? body + parting : parting + body;
  return [
    ...inner.filter((edit) => !isInner(edit)),
    { ...gone, text: '' },
    { start: at, end: at, text: put },
  ];
}

function startOfGap(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start--;
  // The block before ends with its line, whatever blanks stand behind its words.
  return start === 0 || start === at ? start : start + blanks(text, start);
}

function endOfGap(text: string, at: number): number {
  let end = at;
  while (end < text.length && /\s/.test(text.charAt(end))) end++;
  if (end === text.length) return end;
  // What the next line is indented by is its own.
  while (end > at && /[ \t]/.test(text.charAt(end - 1))) end--;
  return end;
}

function blanks(text: string, at: number): number {
  return /^[ \t]*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0;
}

function lines(gap: string): number {
  return gap.match(/\r\n|\n|\r/g)?.length ?? 0;
}
