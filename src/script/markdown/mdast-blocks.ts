import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Block } from './block-types.ts';
import { codeCloser, codeValue, htmlCloser, itemAsRead, withLineFeeds } from './block-types.ts';
import { unseen, hideNesting } from './hide-nesting.ts';

/** Inline markup is read separately, and only where there is any: most of the time goes there. */
const blocksOnly = {
  disable: {
    null: [
      'attention',
      'autolink',
      'characterEscape',
      'characterReference',
      'codeText',
      'hardBreakEscape',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
    ],
  },
};

/**
 * The blocks of any Markdown, read by the full parser.
 *
 * @param base Added to every offset.
 */
export function mdastBlocks(source: string, base: number): Block[] {
  // The parser would take a byte order mark away and count all offsets without it.
  if (source.startsWith('\ufeff')) return mdastBlocks(`\n${source}`, base - 1);
  const seen = hideNesting(source);
  const tree = fromMarkdown(seen, { extensions: [blocksOnly] });
  return tree.children.map((node) => toBlock(node, seen, base));
}

/**
 * Blocks within blocks are read to this depth, which is less than where their source is hidden.
 * Nothing of a script is nested nearly as deeply.
 */
const maxDepth = 20;

function toBlock(node: RootContent, source: string, base: number, depth = 0): Block {
  const [start, end] = trimmedOffsets(node, source);
  const span = { start: start + base, end: end + base };
  // What stood there has been hidden from the parser, and must not be taken for a text.
  if (!isContainer(node) && source.slice(start, end).includes(unseen)) {
    return { type: 'other', ...span };
  }
  const children = (nodes: readonly RootContent[]): Block[] =>
    depth < maxDepth ? nodes.map((child) => toBlock(child, source, base, depth + 1)) : [];
  switch (node.type) {
    case 'heading': {
      const first = node.children[0];
      const last = node.children.at(-1);
      const rawSpan =
        first && last
          ? { start: offsets(first)[0] + base, end: offsets(last)[1] + base }
          : { start: span.end, end: span.end };
      return { type: 'heading', ...span, depth: node.depth, raw: rawText(node.children), rawSpan };
    }
    case 'paragraph':
      return { type: 'paragraph', ...span, raw: rawText(node.children) };
    case 'blockquote':
      return { type: 'quote', ...span, children: children(node.children) };
    case 'list': {
      const items = node.children.map((item, i) => {
        const next = node.children[i + 1];
        const [itemStart, itemEnd] = trimmedOffsets(item, source, next && offsets(next)[0]);
        return itemAsRead({
          start: itemStart + base,
          end: itemEnd + base,
          children: children(item.children),
        });
      });
      return { type: 'list', ...span, ordered: node.ordered === true, items };
    }
    case 'code': {
      const own = source.slice(start, end);
      if (!/^[`~]/.test(own)) return { type: 'other', ...span };
      const closer = codeCloser(own);
      return {
        type: 'code',
        ...span,
        info: node.lang ?? '',
        value: codeValue(node.value),
        ...(closer === undefined ? {} : { closer }),
      };
    }
    case 'html': {
      const closer = htmlCloser(node.value);
      const raw = withLineFeeds(node.value);
      return {
        type: 'html',
        ...span,
        // What is closed ends where its span does.
        raw: closer === undefined ? raw.replace(/[ \t\n]+$/, '') : raw,
        ...(closer === undefined ? {} : { closer }),
      };
    }
    default:
      return { type: 'other', ...span };
  }
}

function isContainer({ type }: Nodes): boolean {
  return type === 'blockquote' || type === 'list';
}

function rawText(children: readonly PhrasingContent[]): string {
  return children
    .map((child) => (child.type === 'text' ? withLineFeeds(child.value) : '\\\n'))
    .join('');
}

function offsets(node: Nodes): [start: number, end: number] {
  return [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
}

/**
 * Without the white space that an open fence or comment takes in, depending on what follows.
 *
 * @param most where the next item begins: one whose fence is left open reaches into the mark of that
 */
function trimmedOffsets(
  node: Nodes,
  source: string,
  most = Infinity,
): [start: number, end: number] {
  const [start, end] = offsets(node);
  let last = Math.min(end, most);
  while (last > start && ' \t\r\n'.includes(source.charAt(last - 1))) last--;
  return [start, last];
}
