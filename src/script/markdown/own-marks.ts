import type { Nodes } from 'mdast';
import type { Span } from './block-types.ts';
import { parseInline, referencesIn } from './inline-text.ts';

/**
 * What stands in the text of a paragraph or heading and shows no word of it: comments, pictures, players,
 * references to footnotes. The source of each, in the order of the text.
 *
 * @param raw as in `block-types.ts`
 */
export function ownMarks(raw: string): string[] {
  if (!/[[<]|%%/.test(raw)) return [];
  const marks: Span[] = referencesIn(raw);
  const open: Nodes[] = [parseInline(raw)];
  for (let node = open.pop(); node; node = open.pop()) {
    if (isOwn(node)) {
      const { start, end } = spanOf(node);
      if (!marks.some((one) => one.start < end && start < one.end)) marks.push({ start, end });
    } else if ('children' in node) open.push(...node.children);
  }
  const sources: string[] = [];
  let last = 0;
  for (const { start, end } of marks.sort((a, b) => a.start - b.start)) {
    const source = raw.slice(start, end);
    // The end of a player belongs to its beginning.
    if (start === last && source.startsWith('</')) sources.push((sources.pop() ?? '') + source);
    else sources.push(source);
    last = end;
  }
  return sources;
}

function spanOf({ position }: Nodes): Span {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}

function isOwn(node: Nodes): boolean {
  if (node.type === 'image' || node.type === 'imageReference') return true;
  if (node.type === 'html') {
    return /^<(?:!--|\/?(?:img|picture|source|video|audio|track|iframe)\b)/i.test(node.value);
  }
  // A picture that leads somewhere.
  return node.type === 'link' && node.children.length > 0 && node.children.every(isOwn);
}
