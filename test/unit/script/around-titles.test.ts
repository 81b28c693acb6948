import assert from 'node:assert/strict';
import fc from 'fast-check';
import { renumberScenes } from '../../../src/script/edits/scenes/renumber-scenes.ts';
import { moveScene } from '../../../src/script/edits/scenes/move-scene.ts';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { asTitle, ownTitle, titleParts } from '../../../src/script/parse/title-parts.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';

const front = '---\nscenewright: 1\nduration: 16\n---\n\n';

function script(heading: string, line = ''): string {
  const outline =
    '## Outline\n\n1. **Up** · 8 s <!-- id: aaaaa1 -->\n2. **Down** · 8 s <!-- id: bbbbb2 -->\n\n';
  const other = '## Scene 2: Down\n<!-- scene: bbbbb2 -->\n\nShe goes.\n';
  return `${front}${outline}${heading}\n<!-- scene: aaaaa1 -->\n\n${line}She waits.\n\n${other}`;
}

const forms: Record<string, number | undefined> = {
  '## Scene 1: Up (12 s)': 12,
  '## Scene 1: Up [12s]': 12,
  '## Scene 1: Up（12秒）': 12,
  '## Scene 1: Up (about 12 seconds)': 12,
  '## Scene 1: Up (0:00–0:12)': 12,
  '## Scene 1: Up (00:01:08 - 00:01:20)': 12,
  '## Scene 1: Up (3-15s)': 12,
  '## Scene 1: Up (3-15秒，12秒)': 12,
  '## Scene 1: Up · 12 s': 12,
  '## Scene 1: Up | 12s': 12,
  '## Scene 1: Up — 12 s': 12,
  '## Scene 1: Up - 12 seconds': 12,
  '## Scene 1: Up `12s`': 12,
  '## Scene 1: Up *(12 s)*': 12,
  '## Scene 1 (12 s): Up': 12,
  '## Scene 1 [12 s] Up': 12,
  '## Scene 1 (0:08–0:20) — Up': 12,
  '## Scene 1 — 0:08–0:20 — Up': 12,
  '## [12 s] Scene 1: Up': 12,
  '## **Scene 1: Up (12 s)**': 12,
  '## **Scene 1: Up (12 s)** {#scene-1:-up}': 12,
  '## Scene 1: Up (12 s) {#up}': 12,
  '## Scene 1: Up {#up .quiet key=1}': undefined,
  '## Scene 1: Up {: #up}': undefined,
  '## Scene 1: Up ^up-1': undefined,
  '## 🎬 Scene 1: Up': undefined,
  '## ✅ Scene 1: Up (12 s)': 12,
  '## [x] Scene 1: Up': undefined,
  '## Scene 1/2: Up': undefined,
  '## Scene 1 of 2: Up': undefined,
  '## Up (12 s)': 12,
  '## (12 s) Up': 12,
};

describe('what stands around the title of a scene', () => {
  for (const [heading, seconds = 8] of Object.entries(forms)) {
    it(`is no part of it, and says its seconds: ${heading}`, () => {
      const { scenes } = parseScript(script(heading));
      assert.deepEqual(
        scenes.map(({ scene }) => [scene.title, scene.seconds]),
        [
          ['Up', seconds],
          ['Down', 8],
        ],
      );
    });
    it(`stays when the title changes, and says new seconds: ${heading}`, () => {
      const text = script(heading);
      const scene = parseScript(text).scenes[0]?.scene;
      assert.ok(scene);
      const around = heading.replace('Up', '');
      const wanted = { ...scene, title: 'Far (old)' };
      const renamed = applyEdits(text, replaceScene(parseScript(text), wanted));
      assert.deepEqual(parseScript(renamed).scenes[0]?.scene, wanted, renamed);
      for (const part of around.match(
        /\{[^}]*\}|\^\S+|[([]?\d+ ?s\b|0:00–0:12|🎬|✅|\[x\]|\/2| of 2/g,
      ) ?? [])
        assert.ok(renamed.includes(part), renamed);
      const longer = { ...wanted, seconds: 5 };
      const after = applyEdits(renamed, replaceScene(parseScript(renamed), longer));
      assert.deepEqual(parseScript(after).scenes[0]?.scene, longer, after);
      const told = reviewScript(parseScript(after)).map(({ code }) => code);
      if (!heading.includes('**')) assert.ok(!told.includes('unread-seconds'), after);
    });
    it(`stays when scenes are moved and numbered: ${heading}`, () => {
      const text = script(heading);
      const moved = applyEdits(text, moveScene(parseScript(text), 0, 1) ?? []);
      const after = applyEdits(moved, renumberScenes(parseScript(moved)));
      // Headings of another shape keep their numbers, which are the writer's.
      const own = heading.replace(/^## Scene 1(?!\/| of)/, '## Scene 2');
      assert.ok(after.includes(`${own}\n`), after);
      assert.equal(parseScript(after).scenes[1]?.scene.title, 'Up');
    });
  }

  it('is a problem where the line says other seconds, which one click settles', () => {
    const text = script('## Scene 1: Up (12 s)', '*Roof · night · Mara · 8 s*\n\n');
    const [problem] = reviewScript(parseScript(text)).filter(
      ({ code }) => code === 'unread-seconds',
    );
    assert.ok(problem);
    assert.equal(text.slice(problem.span.start, problem.span.end), '12 s');
    const [fix] = fixesFor(problem, [8], parseScript(text).bible);
    assert.ok(fix);
    const after = parseScript(applyEdits(text, editsOf(parseScript(text), fix)));
    assert.deepEqual([after.scenes[0]?.scene.seconds, after.outline[0]?.beat.seconds], [12, 12]);
    assert.ok(!reviewScript(after).some(({ code }) => code === 'unread-seconds'));
  });

  for (const title of [
    ...['Up (old)', 'Apollo 13', 'Psalm (2:12)', 'Room 12', 'Seven seconds', 'Up {curly}', '2 ^ 3'],
    ...['The 12 s', 'Up, 12 s', 'Take 12 - 14', 'Up (12)', 'x^2', '7 seconds', 'Mara: 12 s'],
  ])
    it(`is not what only looks a little like it: ${title}`, () => {
      assert.equal(ownTitle(title), title);
    });

  it('is read in beats as well', () => {
    for (const head of [
      ...['Up (12 s)', '**Up** (12 s)', '**Up (12 s)**', '**Up** – 12 s', 'Up (0:08–0:20)'],
      ...['[12 s] Up', '**Up {#up}** · 12 s', '**Up (9 s)** · 12 s'],
    ]) {
      const text = `${front}## Outline\n\n1. ${head}\n`;
      const [beat] = parseScript(text).outline.map(({ beat }) => beat);
      assert.deepEqual([beat?.title, beat?.seconds, beat?.summary], ['Up', 12, ''], head);
    }
  });

  it('does not keep a heading from being the outline or the title', () => {
    const text = `${front.replace('duration: 16\n', '')}# Film {#top}\n\n## Outline {#outline}\n\n1. Up\n`;
    const read = parseScript(text);
    assert.deepEqual([read.title, read.outline.length], ['Film', 1]);
  });

  it('is never taken from a title that is written so that it stays', () => {
    const word = fc.constantFrom(
      ...[
        'Up',
        '(12 s)',
        '[0:00–0:12]',
        '{#up}',
        '^up',
        '·',
        '—',
        '-',
        '|',
        '12 s',
        '(old)',
        ':',
        '`',
        '*',
      ],
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const scene = parseScript(script('## Scene 1: Up')).scenes[0]?.scene;
        assert.ok(scene);
        const title = words.join(' ');
        const text = script('## Scene 1: Up');
        const after = applyEdits(text, replaceScene(parseScript(text), { ...scene, title }));
        const read = parseScript(after).scenes[0]?.scene;
        assert.deepEqual([read?.title, read?.seconds], [title, 8], after);
        const again = asTitle(ownTitle('Up'));
        assert.deepEqual(titleParts(again).span, { start: 0, end: again.length });
      }),
      { numRuns: 300 },
    );
  });
});
