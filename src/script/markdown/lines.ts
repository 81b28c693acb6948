/** Where the line at `start` ends, without its line end. */
export function lineEnd(text: string, start: number): number {
  const found = text.indexOf('\n', start);
  if (found === -1) return text.length;
  return found > start && text.charCodeAt(found - 1) === 13 ? found - 1 : found;
}

/** Where the line after the one that ends at `end` starts. */
export function nextLine(text: string, end: number): number {
  return text.charCodeAt(end) === 13 ? end + 2 : end + 1;
}

export function isBlankLine(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code !== 32 && code !== 9) return false;
  }
  return true;
}

/** Where the line at `start` ends, whatever ends it: a document may have the line ends of old Macs. */
export function endOfLine(text: string, start: number): number {
  const ends = /[\r\n]|$/g;
  ends.lastIndex = start;
  return ends.exec(text)?.index ?? text.length;
}

/** Where the line starts that `at` is in, whatever ends the one before. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !'\r\n'.includes(text.charAt(start - 1))) start--;
  return start;
}

/**
 * The same text in memory of its own. A part of a text keeps the whole of it in memory, and what is
 * read from one version of a document may outlive hundreds of them.
 */
export function ownCopy(part: string): string {
  return ` ${part}`.slice(1);
}
