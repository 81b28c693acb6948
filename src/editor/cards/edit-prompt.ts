import type { TextEdit } from '../../script/edits/text-edit.ts';
import { codeCloser, codeValue, withLineFeeds } from '../../script/markdown/block-types.ts';
import type { SceneNode } from '../../script/parse/parsed-script.ts';
import { smallestEdit } from '../../webview/prompt-card/text-edits.ts';

/**
 * Put a text into a scene's block of code in place of the one that stands there, and change nothing else.
 *
 * @param before what stands between the fences, with line feeds alone
 * @returns nothing where no prompt of the scene says that, or where the new text would end its fence
 */
export function editPrompt(
  text: string,
  { parts, section: { at } }: SceneNode,
  before: string,
  after: string,
): readonly TextEdit[] | undefined {
  for (const { block, kinds } of parts) {
    if (block.type !== 'code' || !kinds.includes('prompt')) continue;
    if (block.value !== codeValue(before)) continue;
    const start = at + block.start;
    const source = text.slice(start, at + block.end);
    const { head, inner, foot } = partsOfFence(source);
    const eol = /\r\n|\n|\r/u.exec(head)?.[0] ?? '\n';
    // Each line of a fence that is itself indented is indented as far.
    const indent = /(?<=^|[\r\n])[ \t]*$/u.exec(text.slice(0, start))?.[0] ?? '';
    const lines = after === '' ? [] : after.split('\n').map((line) => `${indent}${line}`);
    if (codeCloser([withLineFeeds(head).trimEnd(), ...lines].join('\n')) === undefined)
      return undefined;
    const isEnded = inner === '' && foot !== '';
    const edit = smallestEdit(inner, lines.join(eol) + (isEnded && after !== '' ? eol : ''));
    if (edit === undefined) return [];
    const from = start + head.length + edit.offset;
    return [{ start: from, end: from + edit.length, text: edit.newText }];
  }
  return undefined;
}

/** What opens a fenced block, what it says, and what closes it, if anything does. */
function partsOfFence(source: string): {
  readonly head: string;
  readonly inner: string;
  readonly foot: string;
} {
  const head = /^[^\r\n]*(?:\r\n|\n|\r)?/u.exec(source)?.[0] ?? '';
  const rest = source.slice(head.length);
  if (codeCloser(source) !== undefined) return { head, inner: rest, foot: '' };
  const foot = /(?:^|\r\n|\n|\r)[^\r\n]*(?:\r\n|\n|\r)?$/u.exec(rest)?.[0] ?? '';
  return { head, inner: rest.slice(0, rest.length - foot.length), foot };
}
