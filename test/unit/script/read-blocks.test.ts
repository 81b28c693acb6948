import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatter } from 'micromark-extension-frontmatter';
import { type Block, itemAsRead } from '../../../src/script/markdown/block-types.ts';
import { blocksOf, readBlocks } from '../../../src/script/markdown/read-blocks.ts';
import { mdastBlocks } from '../../../src/script/markdown/mdast-blocks.ts';
import { childrenOf } from '../../../src/script/markdown/shift-blocks.ts';
import { markdown } from './arbitraries.ts';

/** What the full parser makes of the whole text at once. */
function byFullParser(text: string, from: number): Block[] {
  const blocks = mdastBlocks(text.slice(from), from);
  const last = blocks.at(-1);
  if (last && (last.type === 'code' || last.type === 'html') && last.closer !== undefined) {
    blocks[blocks.length - 1] = { ...last, end: text.length };
  }
  return blocks;
}

/** A block with all that is in it where it stands, however its items are kept. */
function whole(block: Block): Block {
  if (block.type === 'quote') return { ...block, children: block.children.map(whole) };
  if (block.type !== 'list') return block;
  const items = block.items.map((item) => {
    const { start, end } = item;
    return itemAsRead({ start, end, children: childrenOf(item).map(whole) });
  });
  return { ...block, items };
}

describe('the block structure of a document', () => {
  it('is exactly what the full Markdown parser sees, for any Markdown', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const read = readBlocks(text);
        const from = read.frontMatter?.end ?? read.start;
        assert.deepEqual(blocksOf(read).map(whole), byFullParser(text, from).map(whole));
      }),
      {
        numRuns: 1000,
        examples: [
          ['1. One <!-- id: aaaaa1 -->\n    ```\n1986. A year\n'],
          ['<!--\n\n# Gliederung\n   <!-- id: aaaaa7 --> \n'],
        ],
      },
    );
  });

  it('has front matter exactly where the front matter extension sees it', () => {
    const rows = fc.constantFrom('---', '--- ', '----', ' ---', '', 'title: x', '# T', '---\t');
    const texts = fc
      .tuple(fc.array(rows, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'))
      .map(([parts, eol]) => parts.join(eol));
    fc.assert(
      fc.property(texts, (text) => {
        const tree = fromMarkdown(text, {
          extensions: [frontmatter()],
          mdastExtensions: [frontmatterFromMarkdown()],
        });
        const first = tree.children[0];
        const expected =
          first?.type === 'yaml'
            ? { end: first.position?.end.offset, value: first.value }
            : undefined;
        const found = readBlocks(text).frontMatter;
        const actual = found && {
          end: found.end,
          value: text.slice(found.content.start, found.content.end).replace(/\r?\n$/, ''),
        };
        assert.deepEqual(actual, expected);
      }),
    );
  });
});
