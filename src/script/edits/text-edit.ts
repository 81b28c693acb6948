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

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}
