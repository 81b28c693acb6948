import { type Block, itemAsRead, type ListItem } from './block-types.ts';
import { lineEnd } from './lines.ts';

const plainStart = /[^\s#>+\-*=_`~<[\d]|\*{1,2}[^\s*]|_[^\s_]|\d+(?![\d.)])|\d+[.)](?=[^\s])/y;

/** Where a line ends without the spaces at its end. */
export function ownEnd(text: string, start: number, end: number): number {
  let own = end;
  while (own > start && text.charCodeAt(own - 1) === 32) own--;
  return own;
}

/** Two spaces or more at the end of a line keep the line end, as a backslash there does. */
export function keepsEnd(end: number, lineEnd: number): boolean {
  return lineEnd - end >= 2;
}

/** A line of a paragraph, without spaces at its end, that cannot be or become anything else. */
export function isPlain(text: string, start: number, end: number): boolean {
  if (start >= end) return false;
  plainStart.lastIndex = start;
  if (!plainStart.test(text)) return false;
  return !text.slice(start, end).includes('\t');
}

/** A comment of one line, of an id or of a few words. */
export function plainComment(text: string, start: number, end: number): Block | undefined {
  const raw = text.slice(start, end);
  return /^<!-- [\w:,. ]* -->$/.test(raw) ? { type: 'html', start, end, raw } : undefined;
}

/** A line of a container, without the container's own marks. */
export interface InnerLine {
  readonly start: number;
  readonly end: number;
}

/** Paragraphs, and where allowed bullets of one paragraph each; nothing for any other shape. */
export function innerBlocks(
  text: string,
  lines: readonly (InnerLine | undefined)[],
  bullets: boolean,
): Block[] | undefined {
  const blocks: Block[] = [];
  let raw = '';
  let open: InnerLine | undefined;
  let bulletStart = -1;
  let items: ListItem[] = [];

  const closeParagraph = (): void => {
    if (!open) return;
    const paragraph = { type: 'paragraph' as const, ...open, raw };
    if (bulletStart === -1) blocks.push(paragraph);
    else items.push(itemAsRead({ start: bulletStart, end: open.end, children: [paragraph] }));
    open = undefined;
    raw = '';
    bulletStart = -1;
  };
  const closeList = (): void => {
    const [first, last] = [items[0], items.at(-1)];
    if (!first || !last) return;
    blocks.push({ type: 'list', start: first.start, end: last.end, ordered: false, items });
    items = [];
  };

  for (const line of lines) {
    if (!line) {
      closeParagraph();
      continue;
    }
    let { start } = line;
    // A comment on a line of its own ends the paragraph before it.
    const comment = bulletStart === -1 ? plainComment(text, start, line.end) : undefined;
    if (comment && lineEnd(text, line.end) === line.end) {
      closeParagraph();
      closeList();
      blocks.push(comment);
      continue;
    }
    const isBullet = text.startsWith('- ', start);
    const isMore = text.startsWith('  ', start);
    if (isBullet || isMore) start += 2;
    if (!isPlain(text, start, line.end)) return undefined;
    if (isBullet) {
      if (!bullets) return undefined;
      closeParagraph();
      bulletStart = line.start;
    } else if (isMore !== (open !== undefined && bulletStart !== -1)) {
      return undefined;
    } else if (!open) {
      closeList();
    }
    if (open) raw += keepsEnd(open.end, lineEnd(text, open.end)) ? '\\\n' : '\n';
    raw += text.slice(start, line.end);
    open = { start: open?.start ?? start, end: line.end };
  }
  closeParagraph();
  closeList();
  return blocks;
}
