import { isDelimiterRow, plainText } from '../markdown/inline-text.ts';
import { isPerson } from '../parse/dialogue.ts';
import { shownName } from '../parse/paragraph-lead.ts';
import { cellsOf } from '../parse/own-blocks.ts';
import { isTellingLabel } from '../parse/part-labels.ts';
import { isVoice } from './known-speakers.ts';
import type { FoundForm, SceneSource } from './unread-forms.ts';

const speakers =
  /^(?:character|speaker|who|name|role|voice|figur|sprecher|personnage|personaje|人物|角色|登場人物|nhân vật)s?$/iu;
const spoken =
  /^(?:line|dialogue|dialog|text|says|speech|words|replik|réplique|texte|diálogo|台词|セリフ|lời thoại)s?$/iu;

/** So many rows are looked at. */
const mostRows = 200;

/**
 * A table of what is said or told: `| MARA | Not tonight. |`, with labels over its columns or in the first of
 * them; and lines that begin with `|` alone.
 */
export function tableForm({ blocks, names }: SceneSource, index: number): FoundForm | undefined {
  const block = blocks[index];
  if (block?.type !== 'paragraph') return undefined;
  const lines = block.raw.split(/\\?\n/);
  if (lines.length > mostRows || !lines.every((line) => /^\s*\|/.test(line))) return undefined;
  if (lines.every((line) => !/\|\s*$/.test(line.trim().slice(1)))) {
    const text = lines.map((line) => line.replace(/^\s*\|[ \t]*/, '')).join('\n');
    return /^[^\p{Ll}\n]{2,40}\n/u.test(text) ? { paragraphs: [text], until: index } : undefined;
  }
  const at = lines.findIndex((line) => isDelimiterRow(line));
  // Markdown has no table without a header: where there is nothing beneath it, it is the only row.
  const hasHeader = at === 1 && lines.length > 2;
  const header = hasHeader ? cellsOf(lines[0] ?? '') : [];
  const rows = lines
    .filter((_, i) => i !== at)
    .slice(hasHeader ? 1 : 0)
    .map(cellsOf);
  const who = header.findIndex((cell) => speakers.test(shownName(cell)));
  const said = header.findIndex((cell) => spoken.test(shownName(cell)));
  const labels = header.flatMap((label, i) => (isLabel(label) ? [i] : []));
  const paragraphs = rows.map((cells): string[] | undefined => {
    if (who !== -1 && said !== -1) {
      return [...speech(cells[who], cells[said]), ...others(header, cells, [who, said])];
    }
    if (labels.length > 0) {
      const told = labels.flatMap((i) =>
        cells[i] ? [`**${shownName(header[i] ?? '')}:** ${cells[i]}`] : [],
      );
      return [...told, ...others(header, cells, labels)];
    }
    const [name = '', text = '', ...more] = cells;
    if (text === '' || more.some((cell) => cell !== '')) return undefined;
    const shown = shownName(name);
    if (isLabel(name)) return [`**${shown}:** ${text}`];
    const isSpeaker = shown === shown.toUpperCase() && (isPerson(shown, names) || isVoice(shown));
    return isSpeaker ? speech(name, text) : undefined;
  });
  // Of a table that is only in part one of these nothing is certain.
  const all = paragraphs.filter((row) => row !== undefined);
  return all.length > 0 && all.length === rows.length
    ? { paragraphs: all.flat(), until: index }
    : undefined;
}

/** What else stands in a row, under what its column is called; its number is no text. */
function others(
  header: readonly string[],
  cells: readonly string[],
  told: readonly number[],
): string[] {
  return cells.flatMap((cell, i) => {
    if (told.includes(i) || /^\d*\.?$/.test(cell)) return [];
    const label = shownName(header[i] ?? '');
    return [label === '' ? cell : `${label}: ${cell}`];
  });
}

function speech(name = '', text = ''): string[] {
  if (plainText(text).trim() === '' || shownName(name) === '') return [];
  return [`**${shownName(name).toUpperCase()}:** ${text}`];
}

function isLabel(cell: string): boolean {
  return isTellingLabel(shownName(cell).replace(/[:：]$/u, ''));
}
