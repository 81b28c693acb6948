import assert from 'node:assert/strict';
import fc from 'fast-check';
import { insertScene } from '../../../src/script/edits/scenes/insert-scene.ts';
import { renumberOutline } from '../../../src/script/edits/beats/item-number.ts';
import { mergeScenes } from '../../../src/script/edits/scenes/merge-scenes.ts';
import { moveScene } from '../../../src/script/edits/scenes/move-scene.ts';
import { renumberScenes } from '../../../src/script/edits/scenes/renumber-scenes.ts';
import { splitScene } from '../../../src/script/edits/scenes/split-scene.ts';
import { applyEdits, type TextEdit } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { markdown } from './arbitraries.ts';
import { mutatedScript } from './mutations.ts';
import { outlineChanges } from './outline-changes.ts';
import { sampleScript } from './sample.ts';
import { changes } from './scene-changes.ts';

const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const idsOf = ({ scenes }: ParsedScript): (string | undefined)[] => scenes.map(({ id }) => id);
const beatsOf = ({ outline }: ParsedScript): string[] => outline.map(({ beat }) => beat.id);

/** Words that only the writer can have put there, each another. */
const own = (kind: string, i: number): string => `${kind}${i}x`;

/** A script with what writers put into one: comments, tables, pictures, notes and sections of their own. */
function writersScript(count: number, notes: readonly number[], eol: string): string {
  let text = sampleScript(count, all(count));
  for (const i of all(count)) {
    const n = i + 1;
    text = text
      .replace(`horn number ${n} sounds.`, (found) => {
        const table = `| ${own('table', i)} | b |\n|---|---|\n| 1 | 2 |`;
        return `${found}\n\n<!-- ${own('comment', i)} -->\n\n![${own('picture', i)}](a.png)\n\n${table}`;
      })
      .replace(`Beat ${n}**`, () => `Beat ${n} ${own('title', i)}**`)
      .replace(`## Scene ${n}: Beat ${n}`, (found) => `${found} ${own('title', i)}`)
      .replace(`the ${n}th time`, (found) => `${found} ${own('summary', i)}`);
    if (!notes.includes(i)) continue;
    text = text.replace(
      `shot ${n}.\n\`\`\``,
      (found) => `${found}\n\n### Notes\n\n${own('note', i)}`,
    );
  }
  return text.replaceAll('\n', eol);
}

function wordsOf(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(/[a-z]+\d+x/g), ([word]) => word));
}

/** What takes a change back. */
function undone(before: string, edits: readonly TextEdit[]): TextEdit[] {
  let moved = 0;
  return [...edits]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ start, end, text }) => {
      const at = start + moved;
      moved += text.length - (end - start);
      return { start: at, end: at + text.length, text: before.slice(start, end) };
    });
}

const at = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const step = fc.record({
  kind: fc.constantFrom('insert', 'split', 'merge', 'move' as const),
  a: at,
  b: at,
});

describe('scenes that are put in, split, merged, moved and renumbered', () => {
  it('have the ids that are expected, in their order, and lose nothing of the writer’s', () => {
    let done = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 11 }),
        fc.array(fc.nat(10), { maxLength: 3 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(step, { minLength: 1, maxLength: 5 }),
        (count, notes, eol, steps) => {
          let text = writersScript(count, notes, eol);
          const words = wordsOf(text);
          const total = (script: ParsedScript): number =>
            script.scenes.reduce((sum, { scene }) => sum + scene.seconds, 0);
          for (const { kind, a, b } of steps) {
            const script = parseScript(text);
            const ids = idsOf(script);
            const index = Math.floor(a * ids.length);
            const node = script.scenes[index];
            assert.ok(node);
            let edits: readonly TextEdit[] | undefined;
            let expected = ids;
            let more = 0;
            if (kind === 'insert') {
              const behind = Math.floor(a * (ids.length + 1));
              const put = insertScene(script, behind, { title: 'New', seconds: 5 });
              assert.ok(put, 'no scene could be put in');
              edits = put.edits;
              expected = ids.toSpliced(behind, 0, put.id);
              more = 5;
            } else if (kind === 'split') {
              const offset = node.span.start + Math.floor(b * (node.span.end - node.span.start));
              const split = splitScene(script, node, offset);
              edits = split?.edits;
              if (split) expected = ids.toSpliced(index + 1, 0, split.id);
            } else if (kind === 'merge') {
              const merged = mergeScenes(script, node);
              if (index < ids.length - 1) assert.ok(merged, `${index} was not merged`);
              edits = merged?.edits;
              if (merged) expected = ids.toSpliced(index + 1, 1);
            } else {
              const to = Math.floor(b * ids.length);
              edits = moveScene(script, index, to);
              assert.ok(edits, `${index} was not moved to ${to}`);
              expected = ids.toSpliced(index, 1).toSpliced(to, 0, node.id);
            }
            if (edits === undefined) continue;
            done++;
            const now = applyEdits(text, edits);
            const after = parseScript(now);
            assert.deepEqual(idsOf(after), expected);
            assert.deepEqual(beatsOf(after), expected);
            assert.deepEqual(
              after.scenes.map(({ number }) => number),
              all(expected.length).map((i) => i + 1),
            );
            const marks = now.match(/^ *\d+(?=\. \*\*)/gm)?.map(Number);
            assert.deepEqual(
              marks,
              all(expected.length).map((i) => i + 1),
            );
            assert.equal(total(after), total(script) + more);
            assert.deepEqual(
              after.outline.map(({ beat }) => beat.seconds),
              after.scenes.map(({ scene }) => scene.seconds),
            );
            if (eol === '\r\n') assert.doesNotMatch(now, /(?<!\r)\n/);
            else assert.doesNotMatch(now, /\r/);
            assert.equal(applyEdits(now, undone(text, edits)), text);
            text = now;
          }
          const left = wordsOf(text);
          for (const word of words) assert.ok(left.has(word), `${word} is lost:\n${text}`);
        },
      ),
      { numRuns: 60 },
    );
    assert.ok(done > 60);
  });

  for (const [shape, change] of [...Object.entries(outlineChanges), ...Object.entries(changes)]) {
    it(`say the same in a script of another shape, or stay as they are: ${shape}`, () => {
      const text = change(sampleScript(4, all(4)));
      const script = parseScript(text);
      const node = script.scenes[1];
      if (node === undefined) return;
      const middle = text.indexOf('Far out', node.span.start);
      for (const done of [
        insertScene(script, 2, { title: 'New', seconds: 5 }),
        splitScene(script, node, middle),
        mergeScenes(script, node),
      ]) {
        if (done === undefined) continue;
        const now = applyEdits(text, done.edits);
        assert.ok(idsOf(parseScript(now)).includes(done.id));
        assert.equal(applyEdits(now, undone(text, done.edits)), text);
      }
    });
  }

  it('throw for no document, whoever made it', () => {
    fc.assert(
      fc.property(fc.oneof(mutatedScript, markdown), at, at, (text, a, b) => {
        const script = parseScript(text);
        const node = script.scenes[Math.floor(a * script.scenes.length)];
        insertScene(script, Math.floor(a * (script.scenes.length + 1)), { title: '', seconds: 8 });
        renumberOutline(script);
        if (node === undefined) return;
        splitScene(script, node, Math.floor(b * text.length));
        mergeScenes(script, node);
      }),
    );
  });

  const sectionOf = (text: string, id: string): string => {
    const node = parseScript(text).scenes.find((one) => one.id === id);
    return node === undefined ? '' : text.slice(node.span.start, node.span.end).trim();
  };

  it('are split between two who speak, and share out what they tell and how long', () => {
    const text = sampleScript(2, all(2));
    const script = parseScript(text);
    const [node] = script.scenes;
    assert.ok(node);
    const split = (words: string, lengths?: readonly number[]) => {
      const done = splitScene(script, node, text.indexOf(words), {
        newId: () => 'newone',
        ...(lengths ? { lengths } : {}),
      });
      assert.ok(done);
      return applyEdits(text, done.edits);
    };
    const now = split('Then when?');
    assert.equal(
      sectionOf(now, 's00000'),
      `## Scene 1: Beat 1
<!-- scene: s00000 -->

*Lamp room · night · Mara, Old Tom · 5 s*

Mara stops on the last step.

Far out, horn number 1 sounds.

> **MARA** (whispering): Not tonight.

\`\`\`prompt
A dark lamp room, moonlight on huge glass lenses, shot 1.
\`\`\``,
    );
    assert.equal(
      sectionOf(now, 'newone'),
      `## Scene 2: Beat 1 (2)
<!-- scene: newone -->

*Lamp room · night · Mara, Old Tom · 3 s*

> **OLD TOM**: Then when?

**Narration:** Nobody had seen the lamp go out before.

**Sound:** Wind, a far horn.`,
    );
    const { outline } = parseScript(now);
    assert.deepEqual(
      outline.map(({ beat }) => beat.contract),
      [
        { entry: 'Mara on the stairs, yellow coat.', exit: '', handOff: '', continues: false },
        {
          entry: '',
          exit: 'Mara at the window.',
          handOff: 'The horn of the ship.',
          continues: true,
        },
        outline[2]?.beat.contract,
      ],
    );
    assert.equal(outline[2]?.beat.contract.continues, true);
    // Two lengths of the studio, where they add up.
    assert.match(sectionOf(split('Then when?', [4, 6]), 'newone'), /· 4 s\*/);
  });

  it('are not split where one of the two would tell nothing', () => {
    const text = sampleScript(2, all(2));
    const script = parseScript(text);
    const [node] = script.scenes;
    assert.ok(node);
    for (const words of ['## Scene 1', 'Lamp room · night', 'Mara stops', 'A dark lamp room']) {
      const offset: number = text.indexOf(words, node.span.start) + 2;
      assert.equal(splitScene(script, node, offset), undefined, words);
    }
  });

  const frame = (name: string): string => `![${name}](${name.replace(' ', '')}.png)\n\n`;

  it('begin and end with the pictures that they began and ended with', () => {
    const text = sampleScript(2, all(2)).replaceAll(
      'Mara stops',
      `${frame('First frame')}${frame('Last frame')}Mara stops`,
    );
    const script = parseScript(text);
    const [node] = script.scenes;
    assert.ok(node);
    const split = splitScene(script, node, text.indexOf('Far out'));
    assert.ok(split);
    const [a, b] = parseScript(applyEdits(text, split.edits)).scenes;
    assert.equal(a?.scene.firstFrame, 'Firstframe.png');
    assert.equal(a.scene.lastFrame, undefined);
    assert.equal(b?.scene.firstFrame, undefined);
    assert.equal(b?.scene.lastFrame, 'Lastframe.png');
    const merged = mergeScenes(script, node);
    assert.ok(merged);
    const now = applyEdits(text, merged.edits);
    assert.equal(now.match(/Lastframe\.png/g)?.length, 2);
    assert.match(now, /!\[Scene 1: Last frame\]/);
  });

  it('keep the take that counts with the id, and leave none to the other', () => {
    const text = sampleScript(2, all(2)).replace('s00000 -->\n\n*', 's00000 · take: 3 -->\n\n*');
    const script = parseScript(text);
    const [node] = script.scenes;
    assert.ok(node);
    for (const done of [
      splitScene(script, node, text.indexOf('Far out')),
      mergeScenes(script, node),
    ]) {
      assert.ok(done);
      const { scenes } = parseScript(applyEdits(text, done.edits));
      assert.deepEqual(
        scenes.map(({ take }) => take),
        scenes.map((_, i) => (i === 0 ? 3 : undefined)),
      );
    }
  });

  it('begin with a cut where another scene comes before them', () => {
    const text = sampleScript(3, all(3)).replace(
      '2. **Beat 2** · 8 s · … ·',
      '2. **Beat 2** · 8 s · Lamp room, night ·',
    );
    const said = text.replace(/(Beat 2\*\*[^]*?Hand-off: .*)/, '$1\n   - Continues: yes');
    for (const before of [sampleScript(3, all(3)), said]) {
      const script = parseScript(before);
      assert.equal(script.outline[1]?.beat.contract.continues, true);
      const put = insertScene(script, 1, { title: 'New', seconds: 4 });
      assert.ok(put);
      const after = parseScript(applyEdits(before, put.edits)).outline;
      assert.deepEqual(
        after.map(({ beat }) => [beat.title, beat.contract.continues]),
        [
          ['Beat 1', false],
          ['New', false],
          ['Beat 2', false],
          ['Beat 3', false],
        ],
      );
      const moved = moveScene(script, 0, 2);
      assert.ok(moved);
      const [first] = parseScript(applyEdits(before, moved)).outline;
      assert.deepEqual([first?.beat.title, first?.beat.contract.continues], ['Beat 2', false]);
      assert.equal(first?.beat.place, 'Lamp room');
    }
  });

  it('change no line that stays what it is', () => {
    const text = sampleScript(3, all(3));
    const script = parseScript(text);
    const [node] = script.scenes;
    assert.ok(node);
    const done = mergeScenes(script, node);
    assert.ok(done);
    const gone = done.edits.map(({ start, end }) => text.slice(start, end)).join('');
    assert.doesNotMatch(gone, /horn number/);
  });

  it('are numbered as they stand, in headings and in the outline', () => {
    const text = sampleScript(3, all(3))
      .replace('## Scene 2:', '## Scene 7:')
      .replace(/^2\. /m, '5. ');
    const script = parseScript(text);
    const now = applyEdits(text, [...renumberScenes(script), ...renumberOutline(script)]);
    assert.equal(now, sampleScript(3, all(3)));
    const ones = text.replace(/^\d\. /gm, '1. ');
    assert.deepEqual(renumberOutline(parseScript(ones)), []);
  });
});
