import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sentText } from '../../../../src/editor/sent/sent-text.ts';
import type { SentOrder } from '../../../../src/editor/sent/what-is-sent.ts';

const order: SentOrder = {
  prompt: 'A dark room.\n\nMara: yellow coat.',
  seconds: 8,
  aspect: '16:9',
  firstFrame: '/film/media/stairs.png',
  references: [{ name: 'Mara', file: '/film/media/mara.png' }],
  asked: 'the seed 7',
  dropped: ['the last frame: the model does not take this'],
  problems: [],
  studio: 'fal · fal-ai/veo3.1',
};

const short = (file: string): string => file.replace('/film/', '');

describe('the page that shows an order', () => {
  it('is read from top to bottom', () => {
    assert.equal(
      sentText('Scene 4: The lamp', order, short).text,
      `# Scene 4: The lamp

This is what fal · fal-ai/veo3.1 gets.

8 s · 16:9 · the seed 7

## Prompt

\`\`\`text
A dark room.

Mara: yellow coat.
\`\`\`

## Pictures

- First frame: media/stairs.png
- Mara: media/mara.png

## Left out

- the last frame: the model does not take this
`,
    );
  });

  it('says first what stands against the order', () => {
    const { text } = sentText('Scene 4', { ...order, problems: ['x.png is not there.'] }, short);
    assert.match(
      text,
      /^# Scene 4\n\nThis.*\n\n> \*\*As it is, nothing would be ordered\.\*\* x\.png/u,
    );
  });

  it('has the words of strangers as words, and links exactly where files are named', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '](command:x)',
        '![](https://a.example/x.png)',
        '```\n# Not mine',
        '<b>',
        '\r\n## No',
      ),
    );
    fc.assert(
      fc.property(words, words, words, (title, name, prompt) => {
        const { text, links } = sentText(
          title,
          { ...order, prompt, references: [{ name, file: '/film/a.png' }] },
          short,
        );
        assert.deepEqual(
          links.map(({ start, end }) => text.slice(start, end)),
          ['media/stairs.png', 'a.png'],
        );
        assert.ok(text.includes(`text\n${prompt}\n`), 'the prompt is as it is sent');
        const outside = text.replace(`text\n${prompt}\n`, '');
        const headings = outside.split('\n').filter((line) => /^#{1,6} /u.test(line));
        assert.deepEqual(headings.slice(1), ['## Prompt', '## Pictures', '## Left out']);
        assert.doesNotMatch(outside, /(?<!\\)<b>|(?<!\\)\[\]\(/u);
      }),
    );
  });
});
