/** The text on one line, with single spaces. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A name as the script can hold it: one line without commas, which part the names of a cast. */
export function nameOf(text: string): string {
  return oneLine(text.replace(/[,;]/g, ' '));
}

/** The form in which two spellings of the same name are equal. */
export function foldName(name: string): string {
  return nameOf(name).normalize('NFC').toLowerCase();
}

/** Prose whose paragraphs are parted by exactly one empty line. */
export function paragraphs(text: string): string {
  return text
    .split(/\r?\n\s*\n/)
    .map(oneLine)
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Numbers, sorted and without repeats, as ranges: `1–10, 12 and 14`. */
export function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let start = 0; start < numbers.length;) {
    let end = start;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end++;
    parts.push(start === end ? `${numbers[start]}` : `${numbers[start]}–${numbers[end]}`);
    start = end + 1;
  }
  return parts.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
