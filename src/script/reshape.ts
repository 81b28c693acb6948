import { sidesOf } from './loose-scenes.ts';
import type { Block } from './markdown/block-types.ts';
import { endOfLine, lineStart, nextLine } from './markdown/lines.ts';
import { blocksOf } from './markdown/read-blocks.ts';
import { parseScript } from './parse/parse-script.ts';
import type { ParsedScript } from './parse/parsed-script.ts';
import { idComment, isOutlineHeading } from './parse/outline-items.ts';
import { readSeconds } from './parse/scene-fields.ts';

/**
 * The text of a document whose outline is not read as one, in the shape in which it is: without the
 * backslashes, the fence or the indentation that some program has put everywhere, and with headings and
 * rows of a table as the beats that they are. Nothing else is changed. Undefined where no such change
 * gives an outline to which the scenes belong.
 */
export function reshaped(script: ParsedScript): string | undefined {
  const bases = [script.text, unescaped(script), unfenced(script)];
  for (const base of bases) {
    if (base === undefined) continue;
    const read = base === script.text ? script : parseScript(base);
    const shapes = [
      base,
      ...[dedented, unfencedOutline, ofHeadings, ofTable].map((to) => to(read)),
    ];
    for (const text of shapes) {
      if (text !== undefined && text !== script.text && isWhole(parseScript(text), script))
        return text;
    }
  }
  return undefined;
}

/** Whether all that the document had is still read, and its scenes have beats: without any, beats have ids. */
function isWhole(after: ParsedScript, before: ParsedScript): boolean {
  const { outline, scenes } = after;
  if (!after.isScript || outline.length === 0 || scenes.length < before.scenes.length) return false;
  const written = scenes.filter((node) => node.written).length;
  if (written === 0) return outline.filter(({ hasId }) => hasId).length * 2 > outline.length;
  return sidesOf(after).tied.size * 2 > written;
}

function bodyStart({ reading: { layout } }: ParsedScript): number {
  return layout.frontMatter?.end ?? layout.start;
}

/** As some programs export Markdown: all that could be markup has a backslash before it. */
function unescaped(script: ParsedScript): string | undefined {
  const { text } = script;
  const start = bodyStart(script);
  const body = text.slice(start);
  if (!/^[ \t]*\\#/m.test(body)) return undefined;
  return text.slice(0, start) + body.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** The whole body in a fence: that of an answer of a chat, for one. */
function unfenced(script: ParsedScript): string | undefined {
  const start = bodyStart(script);
  const lines = script.text.slice(start).split(/(?<=\n)/);
  const isFence = (line: string): boolean => /^ {0,3}(?:`{3,}|~{3,})/.test(line);
  const first = lines.findIndex(isFence);
  const last = lines.findLastIndex(isFence);
  if (
    first === last ||
    !/^ {0,3}[`~]{3,}[ \t]*(?:markdown|md|te?xt)?\s*$/i.test(lines[first] ?? '')
  ) {
    return undefined;
  }
  return script.text.slice(0, start) + lines.filter((_, i) => i !== first && i !== last).join('');
}

/** The blocks where the outline would be: behind its heading, if there is one, and before the scenes. */
function outlineBlocks({ reading: { layout } }: ParsedScript): Block[] {
  const before = layout.scenes[0]?.start ?? Infinity;
  const blocks = blocksOf(layout).filter(({ start }) => start < before);
  const heading = blocks.findIndex((block) => block.type === 'heading' && isOutlineHeading(block));
  return blocks.slice(heading + 1);
}

/** Indented so deeply that it is code to Markdown. */
function dedented(script: ParsedScript): string | undefined {
  const { text } = script;
  const lines = outlineBlocks(script)
    .filter(({ type }) => type === 'other')
    .flatMap(({ start, end }) => linesFrom(text, lineStart(text, start), end))
    .filter(({ line }) => line.trim() !== '');
  const depth = lines.reduce((least, { line }) => Math.min(least, line.search(/\S/)), Infinity);
  if (lines.length === 0 || depth === 0) return undefined;
  return replaced(
    text,
    lines.map(({ start }) => ({ start, end: start + depth, by: '' })),
  );
}

/** Only the outline in a fence. */
function unfencedOutline(script: ParsedScript): string | undefined {
  const { text } = script;
  const fences = outlineBlocks(script).filter(
    (block) =>
      block.type === 'code' &&
      block.closer === undefined &&
      (idComment.test(block.value) || /^\d{1,4}[.)]\s/m.test(block.value)),
  );
  if (fences.length === 0) return undefined;
  return replaced(
    text,
    fences.flatMap(({ start, end }) => [
      { start: lineStart(text, start), end: nextLine(text, endOfLine(text, start)), by: '' },
      { start: lineStart(text, end), end: endOfLine(text, end), by: '' },
    ]),
  );
}

/** A heading for each beat. */
function ofHeadings(script: ParsedScript): string | undefined {
  const { text } = script;
  const blocks = outlineBlocks(script);
  const end = script.reading.layout.scenes[0]?.start ?? text.length;
  const headings = blocks.filter((block) => block.type === 'heading');
  const changes = headings.flatMap(({ start, rawSpan, raw }, i) => {
    const mark = `${i + 1}. `;
    const own = /^\d{1,4}[.):]?[ \t]+/.exec(raw)?.[0].length ?? 0;
    const below = linesFrom(
      text,
      nextLine(text, endOfLine(text, start)),
      headings[i + 1]?.start ?? end,
    );
    return [
      { start, end: rawSpan.start + own, by: mark },
      ...below
        .filter(({ line }) => line.trim() !== '')
        .map((one) => ({ start: one.start, end: one.start, by: ' '.repeat(mark.length) })),
    ];
  });
  return changes.length === 0 ? undefined : replaced(text, changes);
}

/** So long are cells that say more than a head does. */
const longCell = 60;

/** A row of a table for each beat. */
function ofTable(script: ParsedScript): string | undefined {
  const { text } = script;
  const tables = outlineBlocks(script).filter(
    (block) => block.type === 'paragraph' && /^[ \t]*\|?[ \t:|-]*-[ \t:|-]*$/m.test(block.raw),
  );
  const changes = tables.flatMap(({ start, end }) => {
    const lines = linesFrom(text, lineStart(text, start), end).filter(({ line }) =>
      line.includes('|'),
    );
    const rule = lines.findIndex(({ line }) => /^[ \t:|-]+$/.test(line) && line.includes('-'));
    return lines.map(({ start: at, line }, i) => {
      const whole = { start: at, end: at + line.length };
      const cells = cellsOf(line);
      if (i < rule) return { ...whole, by: `${cells.join(' · ')}\n` };
      return { ...whole, by: i === rule ? '' : beatOfRow(cells, i - rule) };
    });
  });
  return changes.length === 0 ? undefined : replaced(text, changes);
}

function cellsOf(line: string): string[] {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/);
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|')).filter((cell) => cell !== '');
}

function beatOfRow(cells: readonly string[], number: number): string {
  const own = /^\d{1,4}[.)]?$/.test(cells[0] ?? '') && cells.length > 1 ? cells.slice(1) : cells;
  const [title = '', ...fields] = own;
  const isLong = (cell: string): boolean =>
    cell.replace(idComment, '').length > longCell && readSeconds(cell) === undefined;
  const head = [title, ...fields.filter((cell) => !isLong(cell))].join(' · ');
  const mark = `${number}. `;
  const below = fields.filter(isLong).map((cell) => `\n\n${' '.repeat(mark.length)}${cell}`);
  return `${mark}${head}${below.join('')}\n`;
}

interface Line {
  readonly start: number;
  /** Without its end. */
  readonly line: string;
}

function linesFrom(text: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  for (let at = start; at < end;) {
    const to = endOfLine(text, at);
    lines.push({ start: at, line: text.slice(at, to) });
    const next = nextLine(text, to);
    if (next <= at) break;
    at = next;
  }
  return lines;
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

function replaced(text: string, changes: readonly Change[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, by } of [...changes].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + by;
    at = Math.max(at, end);
  }
  return result + text.slice(at);
}
