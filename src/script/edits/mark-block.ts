import type { Span } from '../markdown/block-types.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import type { TextEdit } from './text-edit.ts';

/** Marks blocks of scenes as what they are meant to be. Where none stands exactly there any more, nothing changes. */

/** Quote a block: its speeches are read then. */
export function quoteBlock(script: ParsedScript, at: Span): TextEdit[] {
  if (!isBlock(script, at)) return [];
  const lines = script.text.slice(at.start, at.end).matchAll(/(?<=^|\r\n|\n|\r(?!\n))/g);
  return [...lines].map(({ index }) => {
    const start = at.start + index;
    return { start, end: start, text: '> ' };
  });
}

/** Have a code block say that it is the prompt. */
export function makePrompt(script: ParsedScript, at: Span): TextEdit[] {
  const fence = /^([`~]{3,}[ \t]*)([^\s`]*)/.exec(script.text.slice(at.start, at.end));
  if (!fence || !isBlock(script, at)) return [];
  const [, mark = '', info = ''] = fence;
  const start = at.start + mark.length;
  return [{ start, end: start + info.length, text: 'prompt' }];
}

function isBlock({ scenes }: ParsedScript, { start, end }: Span): boolean {
  return scenes.some(({ section: { at }, parts }) =>
    parts.some(({ block }) => at + block.start === start && at + block.end === end),
  );
}
