import { type TextEdit, tidyEdits } from '../text-edit.ts';

/** Beyond so many pairs of lines it is not looked for what two texts have in common. */
const mostPairs = 1_000_000;

/** The same change without the lines that stay what they are: what is moved past them moves, and they do not. */
export function byLines(text: string, edits: readonly TextEdit[]): TextEdit[] {
  return tidyEdits(tidyEdits(edits).flatMap((edit) => linesOf(text, edit)));
}

function linesOf(text: string, edit: TextEdit): TextEdit[] {
  const before = parted(text.slice(edit.start, edit.end));
  const after = parted(edit.text);
  if (before.length * after.length > mostPairs) return [edit];
  const common = lengthsOf(before, after);
  const edits: TextEdit[] = [];
  let [at, i, j] = [edit.start, 0, 0];
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    if (old !== undefined && old === now) {
      at += old.length;
      i++;
      j++;
    } else if (now === undefined || (old !== undefined && common(i + 1, j) >= common(i, j + 1))) {
      edits.push({ start: at, end: at + (old?.length ?? 0), text: '' });
      at += old?.length ?? 0;
      i++;
    } else {
      edits.push({ start: at, end: at, text: now });
      j++;
    }
  }
  return edits;
}

/** Lines with their ends. */
function parted(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** How many letters the longest run of lines has that two lists share from a line of each on. */
function lengthsOf(
  before: readonly string[],
  after: readonly string[],
): (i: number, j: number) => number {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  const known = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const line = before[i] ?? '';
      table[i * width + j] =
        line === after[j]
          ? line.length + known(i + 1, j + 1)
          : Math.max(known(i + 1, j), known(i, j + 1));
    }
  }
  return known;
}
