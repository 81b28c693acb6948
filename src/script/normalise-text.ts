/**
 * What may stand in the script's values. Whatever a model or a file hands in is brought into one of
 * three shapes before it is written, and read values have the same shapes, so that reading gives
 * back what was written.
 *
 * In all of them every kind of line end counts as `\n`, tabs count as spaces, runs of spaces are one
 * space, and control characters, byte order marks and broken surrogates are gone. Other Unicode
 * spaces (the no-break space of French typography above all) stay within a line.
 */

// eslint-disable-next-line no-control-regex -- taking control characters out is the purpose
const controls = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufeff]/g;
const lineEnds = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/** What any of the steps below would change. Most texts have nothing of it. */
// eslint-disable-next-line no-control-regex -- looking for control characters is the purpose
const untidy = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\ufeff]| {2}|^\s|\s$/;

function clean(text: string): string[] {
  if (!untidy.test(text)) return [text];
  return text
    .toWellFormed()
    .replace(lineEnds, '\n')
    .replace(controls, '')
    .replace(/[ \t]+/g, ' ')
    .split('\n')
    .map((line) => line.trim());
}

/** One line: line ends count as spaces. For titles and names. */
export function normaliseLine(text: string): string {
  return normaliseLines(text).replaceAll('\n', ' ');
}

/** Lines without empty ones between them. For speech, sound, summaries and contracts. */
export function normaliseLines(text: string): string {
  return clean(text)
    .filter((line) => line !== '')
    .join('\n');
}

/** Paragraphs parted by exactly one empty line. For action and prompts. */
export function normaliseProse(text: string): string {
  return clean(text)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
}

/** The same, each paragraph on one line: of what a model wraps at will. For its answers. */
export function normaliseParagraphs(text: string): string {
  return normaliseProse(text).split('\n\n').map(normaliseLine).join('\n\n');
}

/**
 * Fill lines up to `width` characters, parting only between the given words. A word that is longer
 * than a line stands on a line of its own.
 */
export function wrapWords(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of partsOf(words)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** Words with the mark that stands behind a space after them, as French has it, or that ends a comment. */
function partsOf(words: readonly string[]): string[] {
  const parts: string[] = [];
  for (const word of words) {
    const last = parts.at(-1);
    if (last !== undefined && /^(?:[?!:;»]|-->)$/u.test(word))
      parts[parts.length - 1] = `${last} ${word}`;
    else parts.push(word);
  }
  return parts;
}
