import { endOfLine } from '../markdown/lines.ts';
import { blocksOf } from '../markdown/read-blocks.ts';
import type { Layout } from '../parse/layout.ts';
import type { TextEdit } from './text-edit.ts';

/** Markdown blocks that go behind one of the document's top-level blocks. */
export interface Insertion {
  /** Index of that block; -1 for the start of the document, behind the front matter. */
  readonly after: number;
  /** With `\n` line ends, and none at the end. */
  readonly blocks: readonly string[];
}

/**
 * Insert blocks with exactly the empty lines that they need around them, as one edit for each place.
 * Insertions at one place keep their order. What the writer left open at the end of the document, a
 * fence or a comment, is closed first: otherwise it would swallow what comes.
 */
export function insertBlocks(
  text: string,
  layout: Layout,
  insertions: readonly Insertion[],
): TextEdit[] {
  const places = new Map<number, string[]>();
  for (const { after, blocks } of insertions) {
    const there = places.get(after);
    if (there) there.push(...blocks);
    else if (blocks.length > 0) places.set(after, [...blocks]);
  }
  return [...places].map(([after, blocks]) => insertAt(text, layout, after, blocks));
}

function insertAt(
  text: string,
  layout: Layout,
  after: number,
  blocks: readonly string[],
): TextEdit {
  const source = blocks.join('\n\n');
  const all = blocksOf(layout);
  const block = all[after];
  if ((block?.type === 'code' || block?.type === 'html') && block.closer !== undefined) {
    const lead = /[\r\n]$/.test(text) ? '' : '\n';
    return at(text.length, `${lead}${block.closer}\n\n${source}\n`);
  }
  const previous = block ?? layout.frontMatter;
  const start = previous ? endOfLine(text, previous.end) : layout.start;
  const gap = text.slice(start, endOfBlankLines(text, start));
  const rest = text.slice(start + gap.length);
  const ends = gap.match(/\r\n|\n|\r/g)?.length ?? 0;
  // Behind a list, what is indented would become part of its last item, and the list itself of one that
  // is too large to be looked into; a comment ends the list.
  const isList = /^ *(?:\d+[.)]|[-+*]) /.test(blocks.at(-1) ?? '');
  const goesOn =
    /^(?: {2}|\t)/.test(rest) || (all[after + 1]?.type === 'other' && /^ ?\d/.test(rest));
  const parting = isList && goesOn ? '\n\n<!-- -->' : '';
  const tail = '\n'.repeat(Math.max(0, (/\S/.test(rest) ? 2 : 1) - ends));
  return at(start, `${previous ? '\n\n' : ''}${source}${parting}${tail}`);
}

function at(place: number, text: string): TextEdit {
  return { start: place, end: place, text };
}

/** Where the line starts that is not blank, or the last one. */
function endOfBlankLines(text: string, start: number): number {
  const line = /[ \t]*(?:\r\n|\n|\r)/y;
  let end = start;
  for (line.lastIndex = start; line.test(text);) end = line.lastIndex;
  return end;
}

/** The edits as the document wants them: with its own line ends, and without empty ones. */
export function withEol(edits: readonly TextEdit[], eol: string): TextEdit[] {
  return edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r?\n/g, eol) }));
}
