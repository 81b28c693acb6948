import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { plain, plainMarkdown } from '../../../../src/editor/ui/plain.ts';

/** Longer messages are cut by VS Code, anywhere. */
const longestMessage = 1000;

/** What could be a link to VS Code, or to any kin of its parser that allows more than it does. */
const link = /\[[^\]]*\]\(\s*[a-z][a-z0-9+.-]*:/iu;
const icon = /\$\([a-z0-9~-]+\)/iu;

/** Texts in which links and pictures are likely. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('[', ']', '(', ')', '](', '$', '$(', '$(zap)', '\\', '<', '>', '`', '*', '_'),
      fc.constantFrom('command:', 'https://a.example/', 'file:///etc/', 'www.a.example', 'a@b.cd'),
      fc.constantFrom(' ', '\n', '\r\n', '"', '&', '&amp;', '&#40;', '#', '1.', '- ', '!', '|'),
      fc.constantFrom('[a](command:x)', '[a](https://b.c "d")', '![a](b)', '<command:x>', '<b>'),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

const letters = (text: string): string => text.replaceAll(/\s/gu, '');

describe('words that are shown as they stand', () => {
  it('are no link, wherever the message is cut', () => {
    fc.assert(
      fc.property(hostile, fc.nat(longestMessage), (text, cut) => {
        const shown = plain(text);
        for (const message of [shown, `${shown.slice(0, cut)}...`]) {
          assert.doesNotMatch(message.replaceAll(/\r\n|\n|\r/gu, ' ').trim(), link);
        }
      }),
    );
  });

  it('are no picture', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.doesNotMatch(plain(text), icon);
      }),
    );
  });

  it('can be read as before, and are the same where there is nothing to be seen in them', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.equal(letters(plain(text)), letters(text));
      }),
    );
    const message = 'Scene 3 (8 s) cost $4: see https://a.example/b?c=[d] (or not). “$ x” [1] {2}';
    assert.equal(plain(message), message);
  });

  it('stay words when the parts of a message are put together', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        assert.doesNotMatch(plain(`${one}](${other}`), link);
      }),
    );
  });
});

describe('words in Markdown', () => {
  it('are paragraphs of the same text, and nothing else', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = text
          .split(/\r\n|[\r\n]/u)
          .map((line) => line.trim())
          .filter((line) => line !== '');
        const { children } = fromMarkdown(plainMarkdown(text));
        const found = children.map((block) => {
          assert.equal(block.type, 'paragraph');
          return block.children.map((node) => {
            if (node.type === 'break') return '\n';
            assert.equal(node.type, 'text');
            return node.value;
          });
        });
        assert.deepEqual(found.flat().join(''), lines.join('\n'));
      }),
    );
  });

  it('have no sign in them that another Markdown could make a link of', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const rest = plainMarkdown(text).replaceAll(/&#\d+;|\\\n/gu, '');
        assert.doesNotMatch(rest, /[!-/:-@[-`{-~]/u);
      }),
    );
  });
});
