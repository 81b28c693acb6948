import type { Block, List, ListItem, Quote } from '../markdown/block-types.ts';
import { isDelimiterRow } from '../markdown/inline-text.ts';

/**
 * What in a scene is the writer's own and tells nothing of it, though its Markdown is that of what does:
 * check boxes, alerts, footnotes and tables, as Git hosts know them.
 */
export function isOwnBlock(block: Block): boolean {
  switch (block.type) {
    case 'paragraph':
      return isFootnote(block.raw);
    case 'list':
      return isChecklist(block);
    case 'quote':
      return isAlert(block);
    default:
      return block.type === 'html' || block.type === 'other';
  }
}

/** `[^1]: She wore this in the first film.` */
function isFootnote(raw: string): boolean {
  return /^\[\^[^\s[\]\\]+\]:/.test(raw);
}

function isChecklist({ items }: List): boolean {
  return items.length > 0 && items.every(isCheckbox);
}

/** `- [ ] Ask Tom about the horn`. */
export function isCheckbox({
  own: {
    children: [first],
  },
}: ListItem): boolean {
  return first?.type === 'paragraph' && /^\[[ xX]\](?:\s|$)/.test(first.raw);
}

/** `> [!NOTE]`, the same with a title, and what people wrote before that was there: `> **Note:** …`. */
function isAlert({ children: [first] }: Quote): boolean {
  return (
    first?.type === 'paragraph' &&
    (/^\[![\p{L}\d-]+\](?:[+-]?\s|[+-]?$)/u.test(first.raw) || older.test(first.raw))
  );
}

const older =
  /^(\*\*|__)(?:note|tip|important|warning|caution|hinweis|achtung|nota|remarque)(?::\1|\1:|\1\s)/i;

/** A paragraph without the table that it ends with, and the table; `|` parts its cells. */
export function splitTable(raw: string): { text: string; table: string } {
  const lines = raw.includes('|') ? raw.split('\n') : [];
  const row = lines.findIndex(
    (line, i) =>
      isDelimiterRow(line) && i > 0 && cellsOf(lines[i - 1] ?? '').length === cellsOf(line).length,
  );
  if (row === -1) return { text: raw, table: '' };
  const text = lines.slice(0, row - 1).join('\n');
  return { text: text.replace(/\\$/, ''), table: lines.slice(row - 1).join('\n') };
}

/** The sources of a row's cells. */
export function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}
