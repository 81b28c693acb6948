import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Scene } from '../../../src/script/script-model.ts';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { normaliseScene } from '../../../src/script/normalise-scene.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { escapeInline, plainText } from '../../../src/script/markdown/inline-text.ts';
import {
  normaliseLine,
  normaliseLines,
  normaliseParagraphs,
  normaliseProse,
} from '../../../src/script/normalise-text.ts';
import { renderScene } from '../../../src/script/render/render-scene.ts';
import { wordsOfLanguage } from '../../../src/script/render/script-words.ts';
import { anyText } from './arbitraries.ts';
import { sampleScene, sampleScript } from './sample.ts';

const nobody = { characters: [], places: [] };

describe('a question to the writer', () => {
  const asked: Scene = normaliseScene(
    { ...sampleScene(0), questions: ['What does Mara want?', 'a -- > b --> c'] },
    nobody,
  );

  it('is a comment of its own, which is nothing that is seen, said or sent', () => {
    const text = renderScene(asked, 1, nobody, wordsOfLanguage('en'));
    assert.match(text, /\n\n<!-- To do: What does Mara want\? -->\n\n/u);
    const [node] = parseScript(text).scenes;
    assert.deepEqual(node?.scene, {
      ...sampleScene(0),
      questions: ['What does Mara want?', 'a – > b –> c'],
    });
  });

  it('stays where the scene is written anew, and one more comes beside it', () => {
    const text = renderScene({ ...asked, questions: ['One?'] }, 1, nobody, wordsOfLanguage('en'));
    const parsed = parseScript(text);
    const again = { ...sampleScene(0), action: 'Another.', questions: ['Two?'] };
    const after = applyEdits(text, replaceScene(parsed, again));
    assert.deepEqual(parseScript(after).scenes[0]?.scene, {
      ...again,
      questions: ['Two?', 'One?'],
    });
  });
});

describe('the look of a script', () => {
  it('is plain Markdown, wrapped at 80 columns, with nothing escaped that need not be', () => {
    const scene = {
      ...sampleScene(0),
      title: 'Lamp #1 (the "last")',
      action:
        "It's 3.5 m high – a tower of glass & brass, snake_case and all; Mara's coat costs $5 < $10. 1 + 1 = 2 - that is all, she says.",
    };
    assert.equal(
      renderScene(scene, 12, nobody, wordsOfLanguage('en')),
      `## Scene 12: Lamp #1 (the "last")
<!-- scene: s00000 -->

*Lamp room · night · Mara, Old Tom · 8 s*

It's 3.5 m high – a tower of glass & brass, snake_case and all; Mara's coat
costs $5 < $10. 1 + 1 = 2 - that is all, she says.

> **MARA** (whispering): Not tonight.
>
> **OLD TOM**: Then when?

**Narration:** Nobody had seen the lamp go out before.

**Sound:** Wind, a far horn.

\`\`\`prompt
A dark lamp room, moonlight on huge glass lenses, shot 1.
\`\`\``,
    );
  });

  it('aligns the outline', () => {
    const text = sampleScript(10, []);
    assert.match(text, /^ 9\. \*\*Beat 9\*\*/m);
    assert.match(text, /^10\. \*\*Beat 10\*\*/m);
    assert.match(text, /^ {4}- Enters: /m);
  });

  it('has no line over 80 columns where there are spaces to wrap at, ids apart', () => {
    const scene = { ...sampleScene(0), prompt: 'word '.repeat(100), narration: 'word '.repeat(60) };
    const rows = renderScene(scene, 1, nobody, wordsOfLanguage('en')).split('\n');
    assert.ok(rows.every((row) => row.length <= 80));
  });

  it('gives the prompt a fence that its own fences cannot close', () => {
    const scene = { ...sampleScene(0), prompt: 'a\n\n````\n\nb' };
    const source = renderScene(scene, 1, nobody, wordsOfLanguage('en'));
    assert.match(source, /^`{5}prompt\na\n\n````\n\nb\n`{5}$/m);
    assert.equal(parseScript(source).scenes[0]?.scene.prompt, scene.prompt);
  });
});

describe('inline Markdown', () => {
  it('shows any line as it was after escaping', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = `x ${normaliseLine(text)}`.trimEnd();
        assert.equal(plainText(escapeInline(line)), line);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads line ends as spaces and hard breaks as line ends', () => {
    assert.equal(plainText('a\nb\\\nc \\* d\\\\\ne'), 'a b\nc * d\\ e');
    assert.equal(plainText('*a*\nb\\\nc<br>d'), 'a b\nc\nd');
  });
});

describe('normalised text', () => {
  it('stays as it is when it is normalised again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const normalise of [normaliseLine, normaliseLines, normaliseProse]) {
          const once = normalise(text);
          assert.equal(normalise(once), once);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('has the shapes that are documented', () => {
    const text = ' a \t b\r\n\r\n\r\n  c\u2028d\u0000 \ud800\n';
    assert.equal(normaliseLine(text), 'a b c d \ufffd');
    assert.equal(normaliseLines(text), 'a b\nc\nd \ufffd');
    assert.equal(normaliseProse(text), 'a b\n\nc\nd \ufffd');
    assert.equal(normaliseParagraphs('  One\ntwo \r\n \r\n\r\nthree\n'), 'One two\n\nthree');
    assert.equal(normaliseLine('Quoi\u00a0?'), 'Quoi\u00a0?');
  });
});
