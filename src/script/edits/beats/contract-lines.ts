import { endOfLine, lineStart, nextLine } from '../../markdown/lines.ts';
import type { Span } from '../../markdown/block-types.ts';
import { contractLabel } from '../../parse/beat-contract.ts';
import type { BeatNode } from '../../parse/outline-section.ts';
import { idComment } from '../../parse/outline-items.ts';
import type { Contract } from '../../script-model.ts';

/** A line of a beat's contract, which may be wrapped. */
export interface ContractLine {
  readonly key: keyof Contract;
  /** From the start of its first line to the end of its last. */
  readonly span: Span;
  /** Its lines without the indentation of the first. */
  readonly lines: readonly string[];
  /** Where its label stands, from the bullet's words on to those that it tells. */
  readonly label: Span;
}

const bullet = /^([ \t>]*)(?:[-*+]|\d{1,9}[.)])[ \t]+/;

/** The lines of a contract as they stand; one that holds the id of its beat is none of them. */
export function contractLines(text: string, { span, head }: BeatNode): ContractLine[] {
  const found: ContractLine[] = [];
  const end = span.start + text.slice(span.start, span.end).trimEnd().length;
  for (let at = nextLine(text, endOfLine(text, head.end)); at < end;) {
    const to = endOfLine(text, at);
    const source = text.slice(at, to);
    const [mark, lead = ''] = bullet.exec(source) ?? [];
    const about = mark === undefined ? undefined : contractLabel(source.slice(mark.length));
    const last = mark === undefined ? to : endOfItem(text, to, end);
    if (mark !== undefined && about !== undefined && !idComment.test(text.slice(at, last))) {
      const from = lineStart(text, at);
      const label = { start: at + mark.length, end: at + mark.length + about.length };
      const lines = text.slice(from, last).split(/\r\n|\n|\r/);
      const unindented = lines.map((line) => withoutIndent(line, lead.length));
      found.push({ key: about.key, span: { start: from, end: last }, lines: unindented, label });
    }
    at = nextLine(text, last);
  }
  return found;
}

/** Where the last line of an item ends that begins with a line. */
function endOfItem(text: string, first: number, end: number): number {
  let last = first;
  while (last < end) {
    const from = nextLine(text, last);
    const to = endOfLine(text, from);
    const line = text.slice(from, to);
    if (from >= end || /^[ \t>]*$/.test(line) || bullet.test(line)) break;
    last = to;
  }
  return last;
}

function withoutIndent(line: string, most: number): string {
  const lead = /^[ \t>]*/.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(lead, most));
}
