import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { untiedScenes } from '../../../src/script/untied-scenes.ts';

const beats = ['Up', 'Lamp out', 'Down'];
const outline = `## Outline

${beats.map((title, i) => `${i + 1}. **${title}** · 8 s · Lamp room, night · Mara <!-- id: aaaaa${i + 1} -->`).join('\n')}

`;

/** A script that is written by hand, without prompts, whose second scene is headed like that. */
function scriptWith(heading: string, plan = outline): string {
  const body = (words: string): string => `\n*Lamp room · night · Mara · 8 s*\n\n${words}\n\n`;
  return `---
scenewright: 1
characters: [{ name: Mara, look: thirty }]
places: [{ name: Lamp room, look: round }]
---

# The lamp

${plan}## Scene 1: Up
<!-- scene: aaaaa1 -->
${body('She climbs.')}${heading}
${body('She stops.')}## Scene 3: Down
<!-- scene: aaaaa3 -->
${body('She goes.')}`;
}

const headings: readonly string[] = [
  ...[
    '## ~~Scene 2~~: Lamp out',
    '~~Scene 2~~: Lamp out',
    '## S01E02',
    '## S01E02: Lamp out',
    'S01E02',
  ],
  ...['## S1:E2 Lamp out', '## 1x02 Lamp out', '## Act 1, Scene 2: Lamp out', '## Act I Scene ii'],
  ...['.LAMP ROOM', '.LAMP ROOM - NIGHT', '## .LAMP ROOM - NIGHT', 'INT. LAMP ROOM - NIGHT'],
  ...['**INT. LAMP ROOM - NIGHT**', '2. INT. LAMP ROOM - NIGHT', 'FADE IN:', '## Sc. 2: Lamp out'],
  ...['## SC 2', '## #2', '## #2 Lamp out', '## 2', '## 2. Lamp out', '## 02 — Lamp out'],
  ...['## Clip 2: Lamp out', '## Part 2: Lamp out', '## Panel 2', '## Lamp out', '## Lamp out (2)'],
  ...['## Lamp out [2]', '## Scene 2; Lamp out', '## Scene 2, Lamp out', '## Scene 2 → Lamp out'],
  ...['## Scene 2 / Lamp out', '## Scene the second: Lamp out', '## Second scene: Lamp out'],
  ...['## 2nd Scene: Lamp out', '== Scene 2: Lamp out ==', 'h2. Scene 2: Lamp out'],
  ...[
    '- [ ] Scene 2: Lamp out',
    '＃＃ Scene 2: Lamp out',
    '//Scene 2: Lamp out',
    '[Scene 2: Lamp out]',
  ],
  ...['[[Scene 2: Lamp out]]', '(Scene 2)', '--- Scene 2: Lamp out ---', '*** SCENE 2 ***'],
  ...['SCENE TWO', 'Scene Two: Lamp out', '**Scene 2: Lamp out**', '##Scene 2: Lamp out'],
];

/** Codes of problems that say where a scene seems to be. */
const told = /^(?:damaged-heading|scene-without-heading|untied-scene)$/;

describe('the heading of a scene as somebody types it', () => {
  for (const heading of headings) {
    it(`is read or told of, so that the scene is not written again: ${heading}`, () => {
      const text = scriptWith(heading);
      const script = parseScript(text);
      const [untied] = untiedScenes(script);
      if (!untied) {
        assert.equal(script.scenes.length, 3);
        assert.match(script.scenes[1]?.scene.title ?? '', /^(?:Lamp out|LAMP ROOM - NIGHT|)$/);
        return;
      }
      const found = reviewScript(script).find(({ code }) => told.test(code));
      assert.ok(found);
      const [fix] = fixesFor(found, [8], script.bible);
      assert.ok(fix);
      const tied = parseScript(applyEdits(text, editsOf(script, fix)));
      assert.deepEqual(
        tied.scenes.map(({ id }) => id),
        ['aaaaa1', 'aaaaa2', 'aaaaa3'],
      );
      assert.ok(tied.scenes[1]?.scene.action.endsWith('She stops.'));
    });
  }

  it('is told of also where nothing of the outline is left and no scene has a prompt', () => {
    const text = scriptWith('## One', '').replace(/## Scene \d: .*\n<!-- .*/g, '## Another');
    const script = parseScript(text);
    assert.equal(script.scenes.length, 0);
    assert.deepEqual(
      untiedScenes(script).map(({ kind }) => kind),
      ['outline'],
    );
  });

  it('is none where the words are about a scene, or a scene stands there in full', () => {
    for (const heading of [
      '## Scene 2, where she falls',
      '## S01E02 notes',
      '## ~~Scene 2 notes~~',
    ]) {
      assert.equal(parseScript(scriptWith(heading)).scenes.length, 2, heading);
    }
    assert.deepEqual(untiedScenes(parseScript(scriptWith('## Scene 2: Lamp out'))), []);
  });
});
