import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type TextEdit } from '../../../src/script/edits/text-edit.ts';
import { assignMissingIds } from '../../../src/script/edits/assign-ids.ts';
import { insertPlan } from '../../../src/script/edits/insert-plan.ts';
import { addSpeakers } from '../../../src/script/edits/add-speakers.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { renumberScenes } from '../../../src/script/edits/scenes/renumber-scenes.ts';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { isSceneId } from '../../../src/script/scene-ids.ts';
import type { Beat, Scene } from '../../../src/script/script-model.ts';
import { normaliseScene } from '../../../src/script/normalise-scene.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { isWritten } from '../../../src/script/parse/scene-section.ts';
import { idOf, markdown, scenes } from './arbitraries.ts';
import { mutatedScript } from './mutations.ts';
import { renderNewScript } from '../../../src/script/render/render-new-script.ts';
import { sampleBrief, samplePlan, sampleScene, sampleScript } from './sample.ts';

const anyDocument = fc.oneof(
  { weight: 3, arbitrary: mutatedScript },
  { weight: 1, arbitrary: markdown },
);

function onlyInserts(edits: readonly TextEdit[]): boolean {
  return edits.every(({ start, end, text }) => start === end && text !== '');
}

/** The scenes of a document that have an id, by id; of several with one id the first. */
function byId(parsed: ParsedScript): Map<string, Scene> {
  const found = new Map<string, Scene>();
  for (const { id, scene } of parsed.scenes) {
    if (id !== undefined && !found.has(id)) found.set(id, scene);
  }
  return found;
}

function beatsOf(parsed: ParsedScript): Beat[] {
  return parsed.outline.map(({ beat }) => beat);
}

describe('taking speakers among the characters', () => {
  const speaking = (...speakers: string[]): Scene => ({
    ...sampleScene(1),
    dialogue: speakers.map((speaker) => ({ speaker, tone: '', line: 'Yes.' })),
  });

  it('adds those whom the front matter does not have, once each, and no voices', () => {
    const text = sampleScript(2, [0]);
    const parsed = parseScript(text);
    const scene = speaking('Conductor', 'MARA', 'Tom', 'Radio', 'CONDUCTOR', 'Ida and Bob', '');
    const edits = [...addSpeakers(parsed, [scene]), ...insertScenes(parsed, [scene])];
    const after = parseScript(applyEdits(text, edits));
    assert.deepEqual(
      after.bible.characters.map(({ name }) => name),
      ['Mara', 'Old Tom', 'Conductor', 'Ida', 'Bob'],
    );
    assert.equal(after.scenes[1]?.scene.dialogue[0]?.speaker, 'Conductor');
    assert.deepEqual(addSpeakers(after, [scene]), [], 'twice is once');
  });

  it('leaves a script alone that has no characters, and one whose speakers are all known', () => {
    const bare = parseScript('---\nscenewright: 1\n---\n\n# A\n');
    assert.deepEqual(addSpeakers(bare, [speaking('Conductor')]), []);
    assert.deepEqual(addSpeakers(parseScript(sampleScript(2, [])), [sampleScene(1)]), []);
  });
});

describe('inserting scenes', () => {
  it('only adds text, and every scene can be read afterwards, in any document', () => {
    fc.assert(
      fc.property(anyDocument, scenes({ min: 1, max: 3 }), (text, given) => {
        const before = parseScript(text);
        const edits = insertScenes(before, given);
        assert.ok(onlyInserts(edits));
        const after = parseScript(applyEdits(text, edits));
        const known = byId(before);
        const read = byId(after);
        for (const scene of given) {
          const wanted = normaliseScene(scene, before.bible);
          if (!known.has(scene.id)) assert.deepEqual(read.get(scene.id), wanted);
        }
        for (const [id, scene] of known) {
          if (isWritten(scene)) assert.deepEqual(read.get(id), scene, 'written scenes stay');
        }
        assert.deepEqual(beatsOf(after), beatsOf(before));
        assert.deepEqual(insertScenes(after, given), [], 'twice is once');
      }),
      { numRuns: 150 },
    );
  });

  it('gives the order of the outline, whatever the batches and their order', () => {
    const parted = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7, maxLength: 7 });
    const cuts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 7, maxLength: 7 });
    const together = sampleScript(7, [0, 1, 2, 3, 4, 5, 6]);
    fc.assert(
      fc.property(parted, cuts, (order, sizes) => {
        let text = sampleScript(7, []);
        const left = [...order];
        for (const size of sizes) {
          const batch = left.splice(0, size).map(sampleScene);
          const edits = insertScenes(parseScript(text), batch);
          text = applyEdits(text, edits);
        }
        assert.equal(text, together);
      }),
    );
  });

  it('makes one edit of scenes that land together', () => {
    const parsed = parseScript(sampleScript(8, [0, 1, 7]));
    const edits = insertScenes(parsed, [2, 3, 4, 5, 6].map(sampleScene));
    assert.equal(edits.length, 1);
    assert.equal(edits[0]?.start, edits[0]?.end);
  });

  it('finds the place by id when the writer has renumbered, retitled and moved things', () => {
    const written = sampleScript(4, [0, 2])
      .replace('## Scene 1: Beat 1', 'Scene the first\n---')
      .replace('## Scene 3: Beat 3', '## Scene 99: Another title')
      .replace('## Outline', '## Notes\n\n## Scene ideas\n\nNone.\n\n## Outline');
    const parsed = parseScript(written);
    const text = applyEdits(written, insertScenes(parsed, [sampleScene(1), sampleScene(3)]));
    assert.deepEqual(
      parseScript(text).scenes.map(({ id }) => id),
      [0, 1, 2, 3].map(idOf),
    );
  });

  it('puts scenes that the outline does not know behind the last one, before other sections', () => {
    const start = `${sampleScript(2, [0, 1])}
## Notes

Mine.
`;
    const text = applyEdits(start, insertScenes(parseScript(start), [5, 4].map(sampleScene)));
    assert.deepEqual(
      parseScript(text).scenes.map(({ id, number }) => [id, number]),
      [
        [idOf(0), 1],
        [idOf(1), 2],
        [idOf(5), 3],
        [idOf(4), 4],
      ],
    );
    assert.ok(text.endsWith('\n\n## Notes\n\nMine.\n'));
  });

  it('fills a section that waits for its scene and keeps what the writer typed there', () => {
    const mine = `## Scene 2: My own title
<!-- scene: ${idOf(1)} -->

*Roof · dawn · Mara · 6 s*

**Sound:** Gulls only!
<!-- remember the boots -->
`;
    const start = `${sampleScript(3, [0])}\n${mine}\n## Notes\n`;
    const edits = insertScenes(parseScript(start), [sampleScene(1)]);
    assert.ok(onlyInserts(edits));
    const scene = byId(parseScript(applyEdits(start, edits))).get(idOf(1));
    assert.deepEqual(scene, {
      ...sampleScene(1),
      title: 'My own title',
      place: 'Roof',
      time: 'dawn',
      cast: ['Mara'],
      seconds: 6,
      sound: 'Gulls only!',
    });
  });

  it('completes a bare heading with line and title', () => {
    const start = `${sampleScript(2, [0])}\n## Scene 2\n<!-- scene: ${idOf(1)} -->\n`;
    const text = applyEdits(start, insertScenes(parseScript(start), [sampleScene(1)]));
    assert.equal(text, sampleScript(2, [0, 1]));
  });

  it('closes a fence or comment that is still open at the end, so that it swallows nothing', () => {
    for (const open of [
      '```prompt\nA lamp',
      '~~~~\n## Scene 7: no',
      '<!-- later:\n\n## Scene 8: no',
    ]) {
      const start = `${sampleScript(2, [0])}\n${open}`;
      const text = applyEdits(start, insertScenes(parseScript(start), [sampleScene(1)]));
      assert.ok(text.startsWith(sampleScript(2, [0])));
      assert.deepEqual(
        parseScript(text).scenes.map(({ id }) => id),
        [idOf(0), idOf(1)],
      );
    }
  });

  for (const [what, rest] of [
    ['quotes in quotes', `${'> '.repeat(40)}\n`],
    ['signs without end', `${'&#0;'.repeat(6000)}\n`],
    ['fences that close nothing', '```json\n'.repeat(4000)],
  ] as const) {
    for (const opening of ['```prompt', '~~~', '<!--']) {
      it(`closes a ${opening} that is still open over ${what}`, () => {
        const text = `${sampleScript(2, [0])}\n${opening}\n${rest}`;
        const scene = { ...sampleScene(1), id: 'aaaaa1' };
        const after = parseScript(applyEdits(text, insertScenes(parseScript(text), [scene])));
        assert.deepEqual(byId(after).get('aaaaa1'), normaliseScene(scene, after.bible));
      });
    }
  }

  it('uses the line ends of the document', () => {
    const start = sampleScript(2, [0]).replaceAll('\n', '\r\n');
    const text = applyEdits(start, insertScenes(parseScript(start), [sampleScene(1)]));
    assert.equal(text, sampleScript(2, [0, 1]).replaceAll('\n', '\r\n'));
  });

  it('leaves a written scene alone', () => {
    const text = sampleScript(2, [0, 1]).replace('Mara stops on the last step.', 'I changed this.');
    assert.deepEqual(insertScenes(parseScript(text), [sampleScene(0), sampleScene(1)]), []);
  });
});

describe('inserting a plan', () => {
  it('numbers beats that come in later as those that are there', () => {
    const plan = samplePlan(13);
    const grown = (steps: readonly number[]): string[] => {
      const start = renderNewScript(sampleBrief, 'A title');
      const text = steps.reduce((now, count) => {
        const part = { ...plan, outline: plan.outline.slice(0, count) };
        return applyEdits(now, insertPlan(parseScript(now), part, 'a model'));
      }, start);
      return Array.from(text.matchAll(/^( *\d+\. )\*\*/gm), ([, mark = '']) => mark);
    };
    const numbers = Array.from({ length: 13 }, (_, i) => `${i + 1}. `);
    assert.deepEqual(grown([2, 6, 13]), numbers);
    assert.deepEqual(
      grown([11, 13]),
      numbers.map((mark) => mark.padStart(4)),
    );
  });

  it('keeps beats that stand before any heading, and goes on behind them', () => {
    const beat = '1. **A ship** · 8 s <!-- id: aaaaa3 -->\n';
    for (const text of [
      beat,
      `${beat}### Notes\n- **Rain** · 4 s <!-- id: aaaaa4 -->\n 2. Two\n`,
    ]) {
      const before = parseScript(text);
      const ids = before.outline.map(({ beat: { id } }) => id);
      const after = parseScript(applyEdits(text, insertPlan(before, samplePlan(2), 'a model')));
      assert.equal(ids[0], 'aaaaa3');
      assert.deepEqual(
        after.outline.map(({ beat: { id } }) => id),
        [...ids, idOf(0), idOf(1)],
      );
    }
  });

  it('keeps what the writer has, in any script', () => {
    fc.assert(
      fc.property(anyDocument, (text) => {
        const before = parseScript(text);
        // Plans are for scripts; of what is none, nobody is asked for one.
        fc.pre(before.isScript);
        const story = samplePlan(7);
        const after = parseScript(applyEdits(text, insertPlan(before, story, 'a model')));
        const ids = after.outline.map(({ beat }) => beat.id);
        for (const { id } of story.outline) assert.ok(ids.includes(id), `beat ${id} is there`);
        const kept = before.outline.map(({ beat }) => beat);
        assert.deepEqual(
          after.outline.slice(0, kept.length).map(({ beat }) => beat),
          kept,
        );
        assert.deepEqual(
          after.scenes.map(({ scene }) => scene.prompt),
          before.scenes.map(({ scene }) => scene.prompt),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('puts what the writer should know of it beneath the logline, once, as nobody’s words', () => {
    const start = renderNewScript(sampleBrief, 'New');
    const plan = samplePlan(1);
    const text = applyEdits(start, insertPlan(parseScript(start), plan, 'x', 'Only in *part*.'));
    const parsed = parseScript(text);
    assert.match(text, /\n\n> Only in \\\*part\\\*\.\n\n## Outline/u);
    assert.equal(parsed.logline, plan.logline);
    assert.deepEqual(insertPlan(parsed, plan, 'x', 'Only in *part*.'), []);
  });

  it('keeps comments, unknown keys and entries of the front matter', () => {
    const start = `---
# my notes
scenewright: 1
title: Untitled   # for now
mood: grim
characters: # mine
  - name: mara
    look: as I say # really
# the end
---

# Untitled
`;
    const text = applyEdits(start, insertPlan(parseScript(start), samplePlan(1), 'gpt: "x"'));
    const front = text.slice(0, text.indexOf('\n# The Last Lamp'));
    assert.equal(
      front,
      `---
# my notes
scenewright: 1
title: The Last Lamp   # for now
mood: grim
characters: # mine
  - name: mara
    look: as I say # really
  - name: Old Tom
    look: seventy, white beard
# the end
writer: 'gpt: "x"'
places:
  - name: Lamp room
    look: round, huge glass lenses
---
`,
    );
  });

  it('edits rare shapes of YAML too', () => {
    for (const front of [
      '{scenewright: 1, title: Untitled, characters: [Mara]}',
      'scenewright: 1\ncharacters: [Mara, {name: Tim}]\nplaces: ~ # none yet',
      'scenewright: 1\nplaces: []\ncharacters:\n- Mara\n- name: Tim\n  look: |\n    tall\n\n\nzoom: 1',
      'scenewright: 1\ntitle: >\n  Untitled\nx: &a [1]\ny: *a',
      'scenewright: 1\n? title\n: Untitled\nwriter:\ncharacters:\n...',
      '',
    ]) {
      const start = `---\n${front}${front === '' ? '' : '\n'}---\n\n# Untitled\n`;
      const text = applyEdits(start, insertPlan(parseScript(start), samplePlan(1), 'a model'));
      const parsed = parseScript(text);
      assert.deepEqual(parsed.problems, [], text);
      assert.equal(parsed.title, 'The Last Lamp');
      assert.equal(parsed.writer, 'a model');
      assert.equal(parsed.isScript, true);
      const names = parsed.bible.characters.map(({ name }) => name);
      assert.ok(names.includes('Mara') && names.includes('Old Tom'), text);
      assert.deepEqual(parsed.bible.places, samplePlan(1).bible.places);
      assert.deepEqual(insertPlan(parsed, samplePlan(1), 'a model'), [], 'twice is once');
    }
  });

  it('is read before a list that is too large to be looked into', () => {
    const list = `1. a\n\n   ${'>-\n'.repeat(6000)}`;
    const start = `---\nscenewright: 1\n---\n\n# Untitled\n\n## Outline\n\n${list}`;
    const text = applyEdits(start, insertPlan(parseScript(start), samplePlan(3), 'x'));
    assert.equal(parseScript(text).outline.length, 3);
    assert.ok(text.endsWith(list));
  });

  it('leaves a title alone that the writer has changed', () => {
    const start = sampleScript(1, []).replace('# The Last Lamp', '# My Lamp');
    const text = applyEdits(
      start,
      insertPlan(parseScript(start), { ...samplePlan(1), title: 'Other' }, 'x'),
    );
    assert.equal(parseScript(text).title, 'My Lamp');
    assert.match(text, /^title: The Last Lamp$/m);
  });

  it('loses no part of a plan when the front matter is broken', () => {
    const start = '---\nscenewright: 1\ntitle: [oops\n---\n\n# Untitled\n';
    const text = applyEdits(start, insertPlan(parseScript(start), samplePlan(1), 'x'));
    assert.match(text, /^ {2}- name: Mara$/m);
    assert.equal(parseScript(text.replace('[oops', 'Untitled')).bible.characters.length, 2);
  });
});

describe('replacing a scene', () => {
  it('gives exactly the new values and touches nothing outside its section, in any script', () => {
    fc.assert(
      fc.property(mutatedScript, scenes({ min: 6, max: 6 }), fc.nat(5), (text, given, which) => {
        const before = parseScript(text);
        const scene = { ...sampleScene(which), ...given[which] };
        const node = before.scenes.find(({ id }) => id === scene.id);
        const edits = replaceScene(before, scene);
        if (!node) {
          assert.deepEqual(edits, []);
          return;
        }
        for (const { start, end } of edits) {
          assert.ok(node.span.start <= start && end <= node.span.end);
        }
        const after = parseScript(applyEdits(text, edits));
        assert.deepEqual(byId(after).get(scene.id), normaliseScene(scene, before.bible));
        assert.equal(after.scenes.length, before.scenes.length);
        assert.deepEqual(replaceScene(after, scene), [], 'twice is once');
      }),
      { numRuns: 150 },
    );
  });

  it('gives a title to a heading that has none, and the whole of it to one with words behind its id', () => {
    const titles: [before: string, after: string][] = [
      ['##\n<!-- scene: s00000 -->', '## The lamp\n<!-- scene: s00000 -->'],
      ['## ##\n<!-- scene: s00000 -->', '## The lamp ##\n<!-- scene: s00000 -->'],
      ['## <!-- scene: s00000 -->', '## The lamp <!-- scene: s00000 -->'],
      ['## Old <!-- scene: s00000 --> words', '## The lamp <!-- scene: s00000 -->'],
      ['Old <!-- scene: s00000 -->\nwords\n---', 'The lamp <!-- scene: s00000 -->\n---'],
    ];
    for (const [heading, wanted] of titles) {
      const start = parseScript(`---\nscenewright: 1\n---\n\n${heading}\n\nMara runs.\n`);
      const scene = { ...(start.scenes[0]?.scene ?? sampleScene(0)), title: 'The lamp' };
      const text = applyEdits(start.text, replaceScene(start, scene));
      assert.equal(text, `---\nscenewright: 1\n---\n\n${wanted}\n\nMara runs.\n`);
      assert.deepEqual(parseScript(text).scenes[0]?.scene, scene);
    }
  });

  it('writes a heading anew whose emphasis goes on into its title, and keeps its number', () => {
    for (const [heading, wanted] of [
      ['**Scene 2: Old**', 'Scene 2: The lamp'],
      ['**Scene 2:** Old', 'Scene 2: The lamp'],
      ['*Scene 2* - Old', 'Scene 2 - The lamp'],
      ['**Scene 2: Old ![a](b.png)**', 'Scene 2: The lamp ![a](b.png)'],
      ['**Scene 2: Old** <!-- scene: s00000 -->', 'Scene 2: The lamp <!-- scene: s00000 -->'],
    ] as const) {
      const id = heading.includes('<!--') ? '' : '\n<!-- scene: s00000 -->';
      const text = `---\nscenewright: 1\n---\n\n## ${heading}${id}\n\nMara runs.\n`;
      const start = parseScript(text);
      const scene = { ...(start.scenes[0]?.scene ?? sampleScene(0)), title: 'The lamp' };
      const after = applyEdits(text, replaceScene(start, scene));
      assert.equal(after, text.replace(heading, wanted));
      assert.deepEqual(parseScript(after).scenes[0]?.scene, scene);
    }
  });

  it('takes away what is no more, whatever ends the lines', () => {
    for (const eol of ['\n', '\r\n', '\r']) {
      const text = sampleScript(1, [0]).replaceAll('\n', eol);
      const scene = { ...sampleScene(0), action: 'One paragraph only.' };
      const after = parseScript(applyEdits(text, replaceScene(parseScript(text), scene)));
      assert.deepEqual(after.scenes[0]?.scene, scene, JSON.stringify(eol));
    }
    // A line end of another kind further down is not where this line ends.
    const [head = '', tail = ''] = sampleScript(1, [0]).split('> **MARA**');
    const mixed = `${head.replaceAll('\n', '\r')}> **MARA**${tail}`;
    const scene = { ...sampleScene(0), action: 'One paragraph only.' };
    const after = parseScript(applyEdits(mixed, replaceScene(parseScript(mixed), scene)));
    assert.deepEqual(after.scenes[0]?.scene, scene);
  });

  for (const [where, text] of [
    ['goes on behind it', '## Scene 1: The lamp\n\n<!-- scene: aaaaa1 --> check this\n'],
    ['has it in an underlined heading', 'The lamp <!-- scene: aaaaa1 -->\n---\n'],
    ['underlines the heading', 'The lamp\n---\n<!-- scene: aaaaa1 --> check this\n'],
  ] as const) {
    it(`keeps the id where the writer ${where}`, () => {
      for (const title of ['', 'The flood']) {
        const scene = { ...sampleScene(1), id: 'aaaaa1', title };
        const after = parseScript(applyEdits(text, replaceScene(parseScript(text), scene)));
        assert.deepEqual(
          after.scenes.map(({ id, scene: { action } }) => [id, action]),
          [['aaaaa1', scene.action]],
        );
      }
    });
  }

  it('leaves blocks alone whose value stays, with their markup', () => {
    const text = sampleScript(1, [0])
      .replace('> **MARA**', '<!-- louder? -->\n\n> **MARA**')
      .replace('Mara stops on the last step.', 'Mara *stops* on the last step.');
    const edits = replaceScene(parseScript(text), { ...sampleScene(0), prompt: 'A new prompt.' });
    assert.equal(edits.length, 1);
    assert.equal(
      applyEdits(text, edits),
      text.replace(/```prompt\n.*\n```/, '```prompt\nA new prompt.\n```'),
    );
  });
});

describe('ids and numbers', () => {
  /** Every beat and scene has an id afterwards, and else all is read as before. */
  function checkIds(text: string): void {
    let next = 0;
    const newId = (): string => `n${String(next++).padStart(5, '0')}`;
    const before = parseScript(text);
    const edits = assignMissingIds(before, newId);
    assert.ok(onlyInserts(edits));
    const after = parseScript(applyEdits(text, edits));
    assert.ok(after.outline.every(({ beat, hasId }) => hasId && isSceneId(beat.id)));
    assert.ok(after.scenes.every(({ id }) => id !== undefined && isSceneId(id)));
    const withoutId = (parsed: ParsedScript): unknown[] =>
      beatsOf(parsed).map((beat) => ({ ...beat, id: '' }));
    assert.deepEqual(withoutId(after), withoutId(before));
    assert.deepEqual(
      after.scenes.map(({ scene }) => scene.prompt),
      before.scenes.map(({ scene }) => scene.prompt),
    );
    assert.equal(after.reading.layout.level, before.reading.layout.level);
    assert.deepEqual(assignMissingIds(after, newId), []);
  }

  it('gives every beat and scene an id and changes nothing else, in any script', () => {
    fc.assert(fc.property(anyDocument, checkIds), { numRuns: 150 });
  });

  const beats = '\n1. **One** · 8 s\n2. **Two** · 8 s\n';
  const prompt = '\n```prompt\nA lamp.\n```\n';
  for (const [what, text] of [
    [
      'an outline with ids in the notes of a scene',
      '## Scene 1: The lamp\n### **Outline:**\n10. **Ten** <!-- id: aaaaa4 --> · 8 s · Lamp room,\n',
    ],
    [
      'notes of scenes that are called an outline',
      `## Scene 1: One\n\n### Outline\n${beats}${prompt}`,
    ],
    [
      'an outline that is deeper than its scenes',
      `# T\n\n### Outline\n${beats}\n## Scene 1: One\n${prompt}`,
    ],
    [
      'notes in scenes above the level of the outline',
      `### Outline\n${beats}\n## Scene 1: One\n\nHere.\n\n### Notes\n${prompt}\n## Scene 2: Two\n${prompt}`,
    ],
    [
      'more scenes of another level than those with ids',
      `### Scene 1: A\n<!-- scene: aaaaa1 -->\n${prompt}\n## Scene 2: B\n\n### Notes\n${prompt}\n## Scene 3: C\n`,
    ],
    [
      'scenes with slug lines above the level of the outline',
      `### Outline\n${beats}\n## INT. LAMP ROOM - NIGHT\n\n### Notes\n${prompt}\n## EXT. ROCKS - DAY\n`,
    ],
  ] as const) {
    it(`gives ids that leave everything as it was: ${what}`, () => {
      checkIds(text);
    });
  }

  it('gives a beat and its scene, both typed by hand, one id', () => {
    const start = `---
scenewright: 1
---

## Outline

1. The lamp goes out
2. **A ship** · 6 s

## Scene 1: The lamp goes out

Dark.

## Scene 3: Something else
`;
    let next = 0;
    const text = applyEdits(
      start,
      assignMissingIds(parseScript(start), () => idOf(next++)),
    );
    const parsed = parseScript(text);
    assert.deepEqual(
      parsed.outline.map(({ beat }) => beat.id),
      [idOf(0), idOf(1)],
    );
    assert.deepEqual(
      parsed.scenes.map(({ id }) => id),
      [idOf(0), idOf(2)],
    );
  });

  it('numbers headings in document order and changes nothing else', () => {
    fc.assert(
      fc.property(mutatedScript, (text) => {
        const before = parseScript(text);
        const after = parseScript(applyEdits(text, renumberScenes(before)));
        assert.deepEqual(
          after.scenes.map(({ scene }) => scene),
          before.scenes.map(({ scene }) => scene),
        );
        after.scenes.forEach(({ number }, i) => {
          assert.ok(number === undefined || number === i + 1);
        });
        assert.deepEqual(renumberScenes(after), []);
      }),
    );
  });
});

describe('applying edits', () => {
  it('refuses edits that overlap', () => {
    const edits = [
      { start: 0, end: 3, text: 'x' },
      { start: 2, end: 4, text: 'y' },
    ];
    assert.throws(() => applyEdits('abcdef', edits), RangeError);
    assert.throws(() => applyEdits('ab', [{ start: 1, end: 5, text: '' }]), RangeError);
  });

  it('keeps the order of insertions at one place', () => {
    const edits = ['x', 'y', 'z'].map((text) => ({ start: 1, end: 1, text }));
    assert.equal(applyEdits('ab', edits), 'axyzb');
  });
});
