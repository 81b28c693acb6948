/**
 * Words as they stand, for where VS Code reads more into a text than its letters: `[x](command:…)` in
 * notifications and in the prompts of input boxes is a link that runs a command, and `$(zap)` in quick
 * picks, prompts and the status bar is a picture. A blank between the two signs that either of them
 * hangs on is all that it takes; what is copied from there has nothing in it that cannot be seen.
 */
export function plain(text: string): string {
  return text.replaceAll('](', '] (').replaceAll('$(', '$ (');
}

/**
 * The same for Markdown. Every sign that means anything there, or begins a link by itself as `:` and
 * `.` do in an address, goes in as a character reference, which is never read as syntax. Each line of
 * the text stays a line of its own.
 */
export function plainMarkdown(text: string): string {
  return text
    .split(/\r\n|[\r\n]/u)
    .map((line) => line.trim().replace(/[!-/:-@[-`{-~]/gu, (sign) => `&#${sign.charCodeAt(0)};`))
    .filter((line) => line !== '')
    .join('\\\n');
}
