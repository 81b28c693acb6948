import assert from 'node:assert/strict';
import fc from 'fast-check';
import { insertPlan } from '../../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { renumberScenes } from '../../../src/script/edits/scenes/renumber-scenes.ts';
import { replaceScene, setAside } from '../../../src/script/edits/replace-scene.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { blocksOf } from '../../../src/script/markdown/read-blocks.ts';
import { normaliseScene } from '../../../src/script/normalise-scene.ts';
import { parseScript, readingOf } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import type { Scene } from '../../../src/script/script-model.ts';
import { scenes } from './arbitraries.ts';
import { samplePlan, sampleScene, sampleScript } from './sample.ts';

/** Blocks that a writer puts between those of a scene; `KEEP` marks what has to survive. */
const blocks = {
  comment: '<!-- KEEP: too loud? -->',
  'comment of many lines': '<!--\nKEEP\n\nlouder\n-->',
  list: '- KEEP\n- reshoot',
  'list with nested material': '* reshoot\n\n  <!-- KEEP -->\n\n  > quote\n\n  ```\n  code\n  ```',
  'numbered list': '1. KEEP\n2. reshoot',
  'indented list': '   - KEEP\n   - reshoot',
  'check boxes': '- [ ] KEEP\n- [x] horn',
  'check box among bullets': '- a horn\n- [ ] KEEP',
  image: '![KEEP](still.png)',
  'image by reference': '![KEEP][photo]',
  'image that leads somewhere': '[![KEEP](still.png)](https://example.com)',
  'image of HTML': '<img src="KEEP.png">',
  'image in words': 'Far out ![KEEP](still.png) a light.',
  'comment in words': 'Far out <!-- KEEP --> a light.',
  player: 'See <video src="KEEP.mp4"></video> this.',
  'footnote and its reference': 'The coat[^1] is yellow.\n\n[^1]: KEEP in all films.',
  'reference to a footnote': 'The coat[^KEEP] is yellow.',
  table: '| KEEP | b |\n| --- | :-: |\n| 1 | 2 |',
  'table without outer bars': 'KEEP | b\n--- | ---\n1 | 2',
  'table behind words': 'As follows:\n| KEEP | b |\n| --- | --- |\n| 1 | 2 |',
  alert: '> [!NOTE]\n> KEEP the horn.',
  callout: '> [!todo]- KEEP\n> the horn',
  'second prompt': '```prompt\nKEEP: the same by day.\n```',
  'prompt of tildes': '~~~~prompt\nKEEP ~~~ by day.\n~~~~',
  code: '```js\nKEEP()\n```',
  'indented code': '    KEEP()',
  rule: '***\n\n<!-- KEEP -->',
  'link definition': '[KEEP]: https://example.com',
  'list in a quote': '> **MARA**: Yes.\n>\n> - KEEP\n> - b',
  'code in a quote': '> **MARA**: Yes.\n>\n> ```\n> KEEP\n> ```',
  'quote in a quote': '> > KEEP\n>\n> **MARA**: Yes.',
  'comment in a quote': '> **MARA**: Yes. <!-- KEEP --> No.',
  'comment between speeches': '> **MARA**: Yes.\n>\n> <!-- KEEP -->\n>\n> **MARA**: No.',
  'image in a quote': '> **MARA**: Yes.\n>\n> ![KEEP](a.png)',
  'heading in a quote': '> **MARA**: Yes.\n>\n> ## KEEP',
  'comment in a narration': '**Narration:** Nobody <!-- KEEP --> knew.',
  'comment in a sound': '**Sound:** Wind. <!-- KEEP -->',
} as const;

const anyBlock = fc
  .constantFrom(...Object.keys(blocks))
  .map((name) => [name, blocks[name as keyof typeof blocks]] as const);

function times(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** A script of two scenes with a block put behind the `at`-th block of the second. */
function withBlock(block: string, at: number): string {
  const text = sampleScript(2, [0, 1]);
  const script = parseScript(text);
  const section = script.scenes[1]?.section;
  assert.ok(section);
  // Behind the heading's id, where the section begins to be the writer's.
  const places = blocksOf(readingOf(script).layout).slice(
    section.index + 1,
    section.index + 1 + section.content.blocks.length,
  );
  const place = places[at % places.length];
  assert.ok(place);
  return `${text.slice(0, place.end)}\n\n${block}${text.slice(place.end)}`;
}

function rewritten(
  text: string,
  values: Partial<Scene>,
): { before: ParsedScript; scene: Scene; after: ParsedScript } {
  const before = parseScript(text);
  const old = before.scenes[1]?.scene;
  assert.ok(old);
  const scene = { ...old, ...values };
  const after = parseScript(applyEdits(text, replaceScene(before, scene)));
  return { before, scene: normaliseScene(scene, before.bible), after };
}

const everything = { ...sampleScene(7), id: 's00001', title: 'Anew' };

describe("the writer's own material in a scene that is written anew", () => {
  for (const [name, block] of Object.entries(blocks)) {
    it(`is kept once, and read as no part of it: ${name}`, () => {
      for (let at = 0; at < 9; at++) {
        const text = withBlock(block, at).replaceAll('\n', at % 2 === 0 ? '\n' : '\r\n');
        const { scene, after } = rewritten(text, everything);
        assert.equal(times(after.text, 'KEEP'), times(text, 'KEEP'), after.text);
        assert.deepEqual(after.scenes[1]?.scene, scene, after.text);
        assert.deepEqual(replaceScene(after, scene), [], 'twice is once');
        assert.equal(after.scenes.length, 2);
        // Whatever is written after that.
        const again = rewritten(after.text, {
          ...everything,
          action: 'Once more.',
          dialogue: [],
          prompt: '',
        });
        assert.equal(times(again.after.text, 'KEEP'), times(text, 'KEEP'), again.after.text);
        assert.deepEqual(again.after.scenes[1]?.scene, again.scene, again.after.text);
      }
    });
  }

  it('is kept in bullets with fields that do not count, beside the line that does', () => {
    const fields = '- Location: behind the KEEP\n- Time: the hour of KEEP';
    for (const kept of ['', '\r']) {
      const sample = sampleScript(2, [0, 1]).replaceAll('\n', `${kept}\n`);
      const [line = ''] = [...sample.matchAll(/^\*Lamp room.*\*\r?$/gm)].at(-1) ?? [];
      const at = sample.lastIndexOf(line) + line.length;
      const text = `${sample.slice(0, at)}\n\n${fields}${sample.slice(at)}`;
      assert.match(parseScript(text).scenes[1]?.scene.action ?? '', /behind the KEEP/);
      const { scene, after } = rewritten(text, everything);
      assert.equal(times(after.text, 'KEEP'), 2, after.text);
      assert.deepEqual(after.scenes[1]?.scene, scene, after.text);
    }
  });

  it('is kept whatever stands beside it and whatever is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyBlock, fc.nat(12)), { minLength: 1, maxLength: 4 }),
        scenes({ min: 1, max: 1 }),
        ([first, ...more], [given]) => {
          assert.ok(first && given);
          const [[, block], at] = first;
          let text = withBlock(block, at);
          for (const [[, another], place] of more) {
            const script = parseScript(text);
            const section = script.scenes[1]?.section;
            assert.ok(section);
            const there = blocksOf(readingOf(script).layout)[
              section.index + 1 + (place % section.content.blocks.length)
            ];
            assert.ok(there);
            text = `${text.slice(0, there.end)}\n\n${another}${text.slice(there.end)}`;
          }
          const { scene, after } = rewritten(text, { ...given, id: 's00001' });
          assert.equal(
            times(after.text, 'KEEP') - times(JSON.stringify(scene), 'KEEP'),
            times(text, 'KEEP'),
            after.text,
          );
          assert.deepEqual(after.scenes[1]?.scene, scene, after.text);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is told of where it is part of the scene no more', () => {
    const told = (name: keyof typeof blocks, at: number): unknown => {
      const script = parseScript(withBlock(blocks[name], at));
      return setAside(script, everything);
    };
    assert.deepEqual(told('list', 1), { lists: 1, prompts: 0 });
    assert.deepEqual(told('second prompt', 1), { lists: 0, prompts: 2 });
    for (const name of ['comment', 'check boxes', 'image', 'alert', 'table', 'code'] as const)
      assert.deepEqual(told(name, 1), { lists: 0, prompts: 0 }, name);
    const script = parseScript(withBlock(blocks.list, 1));
    const sound = { ...(script.scenes[1]?.scene ?? everything), sound: 'Rain.' };
    assert.deepEqual(setAside(script, sound), { lists: 0, prompts: 0 }, 'the action stays');
  });

  it('is kept in a heading whose title changes', () => {
    const heading = '## Scene 1: The ![KEEP](a.png) lamp <!-- KEEP? --> goes out[^KEEP]';
    for (const id of ['\n<!-- scene: s00000 -->', ' <!-- scene: s00000 --> and <!-- KEEP --> on']) {
      const text = `---\nscenewright: 1\n---\n\n${heading}${id}\n\nMara runs.\n`;
      const before = parseScript(text);
      const scene = { ...sampleScene(0), title: 'The flood' };
      const after = parseScript(applyEdits(text, replaceScene(before, scene)));
      assert.equal(times(after.text, 'KEEP'), times(text, 'KEEP'), after.text);
      assert.deepEqual(after.scenes[0]?.scene, scene);
    }
    const titled = parseScript('---\nscenewright: 1\n---\n\n# Draft <!-- KEEP -->\n');
    const planned = parseScript(applyEdits(titled.text, insertPlan(titled, samplePlan(1), '')));
    assert.equal(times(planned.text, 'KEEP'), 1);
    assert.equal(planned.title, 'The Last Lamp');
  });

  it('is kept where a batch fills in a scene that it is noted under', () => {
    const notes = Object.entries(blocks).filter(([name, block]) => {
      // A sound that stands there already stays.
      if (name === 'comment in a sound') return false;
      const text = `---\nscenewright: 1\n---\n\n## Scene 1\n\n${block}\n`;
      return parseScript(text).scenes[0]?.written === false;
    });
    assert.ok(notes.length > 10, 'what tells nothing makes no scene');
    for (const [name, block] of notes) {
      const text = `---\nscenewright: 1\n---\n\n## Scene 1\n<!-- scene: s00000 -->\n\n${block}\n`;
      const script = parseScript(text);
      const after = parseScript(applyEdits(text, insertScenes(script, [sampleScene(0)])));
      assert.equal(times(after.text, 'KEEP'), times(text, 'KEEP'), name);
      assert.deepEqual(after.scenes[0]?.scene, sampleScene(0), name);
    }
  });

  it('is kept where scenes are numbered', () => {
    for (const block of Object.values(blocks)) {
      const text = withBlock(block, 3).replace('## Scene 2:', '## Scene 7:');
      const after = applyEdits(text, renumberScenes(parseScript(text)));
      assert.equal(after, text.replace('## Scene 7:', '## Scene 2:'));
    }
  });

  it('keeps what a fence says behind the word prompt', () => {
    const text = sampleScript(1, [0]).replace('```prompt', '```prompt seed=7');
    const scene = { ...sampleScene(0), prompt: 'New.' };
    const after = applyEdits(text, replaceScene(parseScript(text), scene));
    assert.match(after, /\n```prompt seed=7\nNew\.\n```/);
  });

  it('is no part of what services are told', () => {
    const told = (block: string): Scene | undefined =>
      parseScript(withBlock(block, 1)).scenes[1]?.scene;
    const plain = parseScript(sampleScript(2, [0, 1])).scenes[1]?.scene;
    for (const name of [
      'check boxes',
      'image',
      'image by reference',
      'table',
      'alert',
      'callout',
    ] as const) {
      assert.deepEqual(told(blocks[name]), plain, name);
    }
    assert.match(told(blocks['reference to a footnote'])?.action ?? '', /^The coat is yellow\.$/m);
  });
});
