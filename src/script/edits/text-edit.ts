/** Replace the text between two UTF-16 offsets. All edits of one list refer to the same old text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Apply edits that do not overlap. Insertions at one place come out in the order of the list.
 *
 * @throws RangeError for overlapping edits or offsets outside the text: a defect of the caller.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of inOrder(edits)) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) {
      throw new RangeError(`Edit ${edit.start}–${edit.end} overlaps another or leaves the text.`);
    }
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** The same change with as few edits as possible: what touches becomes one, no-ops go. */
export function tidyEdits(edits: readonly TextEdit[]): TextEdit[] {
  const tidy: TextEdit[] = [];
  for (const edit of inOrder(edits)) {
    if (edit.start === edit.end && edit.text === '') continue;
    const last = tidy.at(-1);
    if (last?.end === edit.start) {
      tidy[tidy.length - 1] = { start: last.start, end: edit.end, text: last.text + edit.text };
    } else {
      tidy.push(edit);
    }
  }
  return tidy;
}

/** Without what would be put into a place that goes. */
export function withoutLost(edits: readonly TextEdit[]): TextEdit[] {
  const gone = edits.filter(({ start, end }) => start < end);
  return edits.filter(
    ({ start, end }) => start < end || !gone.some((one) => one.start < start && start < one.end),
  );
}

/**
 * The same as two changes one after the other, as edits of the first text.
 *
 * @param second edits of what the first ones make of the text
 */
export function composeEdits(
  text: string,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let put = '';
  for (const piece of changedPieces(
    changedPieces([{ start: 0, end: text.length }], first),
    second,
  )) {
    if (typeof piece === 'string') put += piece;
    else {
      edits.push({ start: at, end: piece.start, text: put });
      [at, put] = [piece.end, ''];
    }
  }
  return tidyEdits([...edits, { start: at, end: text.length, text: put }]);
}

/** What a text consists of: words of its own, and what is left of another one. */
type Piece = string | { readonly start: number; readonly end: number };

function changedPieces(pieces: readonly Piece[], edits: readonly TextEdit[]): Piece[] {
  const changed: Piece[] = [];
  let at = 0;
  for (const edit of inOrder(edits)) {
    changed.push(...partOf(pieces, at, edit.start), edit.text);
    at = edit.end;
  }
  return [...changed, ...partOf(pieces, at, Infinity)];
}

function partOf(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const part: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const length = typeof piece === 'string' ? piece.length : piece.end - piece.start;
    const [first, last] = [Math.max(0, from - at), Math.min(length, to - at)];
    at += length;
    if (first >= last) continue;
    part.push(
      typeof piece === 'string'
        ? piece.slice(first, last)
        : { start: piece.start + first, end: piece.start + last },
    );
  }
  return part;
}

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}
