/** A part of a text that is replaced; counted in UTF-16 code units. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly newText: string;
}

/**
 * The one edit that makes `after` of `before` and touches the fewest whole characters; `undefined` where they
 * are the same.
 */
export function smallestEdit(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (isHighSurrogate(before, start - 1)) start--;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  if (end > 0 && isHighSurrogate(before, before.length - end - 1)) end--;
  return {
    offset: start,
    length: before.length - start - end,
    newText: after.slice(start, after.length - end),
  };
}

/** Whether the rest of a character follows, which an editor does not part from it. */
function isHighSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code < 0xdc00;
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce(
    (whole, { offset, length, newText }) =>
      whole.slice(0, offset) + newText + whole.slice(offset + length),
    text,
  );
}

/**
 * What a person has typed into a block of code that a fence ends: a new line that would be that fence
 * is indented so far that it is text. Spaces at the beginning of a line mean nothing in a prompt.
 *
 * @param before the text as it was, whose lines have ended nothing
 */
export function keepInFence(before: string, typed: string): string {
  const known = new Set(before.split('\n'));
  return typed
    .split('\n')
    .map((line) => (isFence.test(line) && !known.has(line) ? `    ${line.trimStart()}` : line))
    .join('\n');
}

const isFence = /^ {0,3}(?:`{3,}|~{3,})[ \t\r]*$/;
