/**
 * What stands in a text between the marks at both of its ends, which are taken away; empty where it has
 * nothing but those. It goes once there and once back: `/[…]+$/` looks on from each mark within as well,
 * which takes ever more of a long row of them.
 *
 * @param first what it may begin with, one character
 * @param last what it may end with; all of `first` among it
 */
export function innerText(text: string, first: RegExp, last = first): string {
  const start = text.search(first);
  if (start === -1) return '';
  let end = text.length;
  for (let before = end; end > start; end = before) {
    before -= (text.codePointAt(end - 2) ?? 0) > 0xffff ? 2 : 1;
    if (last.test(text.slice(before, end))) break;
  }
  return text.slice(start, end);
}

/** The words of a text without the signs around them: of a heading, `🎬 **Outline:**` is `Outline`. */
export function innerWords(text: string): string {
  return innerText(text, /\p{L}/u, /[\p{L}\p{M}]/u);
}
