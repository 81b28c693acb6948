import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../../src/script/parse/parsed-script.ts';
import { applyEdits } from '../../../../src/script/edits/text-edit.ts';
import { insertScenes } from '../../../../src/script/edits/insert-scenes.ts';
import { planOf } from '../../../../src/script/story-order.ts';
import { checkScene } from '../../../../src/writing/checks/scene-checks.ts';
import { SceneMarks, type SceneMark } from '../../../../src/writing/checks/scene-marks.ts';
import { sampleScene, sampleScript } from '../../script/sample.ts';
import { tellings } from '../stories.ts';

const pool = [
  tellings.en?.action ?? '',
  tellings.vi?.action ?? '',
  'Mara carries the tin up the spiral stairs, counts the steps aloud, and stops where the light should fall on her hand.',
  'Old Tom rows past the breakwater with the lantern between his knees, and nobody on the pier looks up at him at all.',
  'Rain.',
];
const spoken = [
  '',
  'Not tonight.',
  'We said that nobody would ever climb up here again alone.',
  'The boat comes at six and it does not wait for keepers or for lamps, Mara, whatever you tell them down there at the harbour office.',
];

/** What a scene says that is put together at random, so that scenes repeat one another. */
const told = fc.record({
  action: fc.nat(pool.length - 1),
  line: fc.nat(spoken.length - 1),
  cast: fc.boolean(),
});

function scriptOf(scenes: readonly { action: number; line: number; cast: boolean }[]): string {
  const text = sampleScript(scenes.length, []);
  const all = scenes.map(({ action, line, cast }, i) => ({
    ...sampleScene(i),
    cast: cast ? ['Mara', 'Old Tom'] : ['Mara'],
    action: pool[action] ?? '',
    narration: '',
    dialogue: spoken[line] ? [{ speaker: 'Mara', tone: '', line: spoken[line] }] : [],
  }));
  // The beats ask for different things: what asks for the same may tell the same.
  const beats = text.replaceAll(
    /climbs the stairs for the (\d+)th time and finds that the lamp is dead/g,
    (_, n) => words(Number(n)),
  );
  return applyEdits(beats, insertScenes(parseScript(beats), all));
}

function words(seed: number): string {
  return Array.from({ length: 9 }, (_, i) => `w${seed * 31 + i}`).join(' ');
}

/** What the checks of a run say of each scene, were it written after those before it. */
function saidByRun(script: ParsedScript): string[] {
  const outline = planOf(script)?.outline ?? [];
  return script.scenes.flatMap(({ scene, written }, i) => {
    const beat = outline.find(({ id }) => id === scene.id);
    if (!written || beat === undefined) return [];
    const { brief, bible, title, logline } = script;
    const finished = script.scenes
      .slice(0, i)
      .filter((one) => one.written)
      .map((one) => one.scene);
    return checkScene(scene, { brief, title, logline, bible, outline, beat, finished })
      .filter(({ kind }) => kind !== 'newcomer')
      .map(({ message }) => `${i}: ${message}`);
  });
}

function shown(marks: readonly SceneMark[]): string[] {
  return marks.map(({ index, message }) => `${index}: ${message}`);
}

describe('what is to be looked at in a script', () => {
  it('is what the checks of a run say of its scenes, whoever has written them', () => {
    let marked = 0;
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 9 }), (scenes) => {
        const script = parseScript(scriptOf(scenes));
        const said = shown(new SceneMarks().of(script)).sort();
        assert.deepEqual(said, saidByRun(script).sort());
        marked += said.length;
      }),
      { numRuns: 60 },
    );
    assert.ok(marked > 50, `only ${marked} marks came up`);
  });

  it('is the same after any edits as from scratch', () => {
    const edits = fc.array(fc.tuple(fc.nat(7), told), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(told, { minLength: 8, maxLength: 8 }), edits, (scenes, changes) => {
        const marks = new SceneMarks();
        const all = [...scenes];
        let script = parseScript(scriptOf(all));
        marks.of(script);
        for (const [at, change] of changes) {
          all[at] = change;
          script = parseScript(scriptOf(all), script);
          assert.deepEqual(marks.of(script), new SceneMarks().of(parseScript(script.text)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stays true where more scenes tell the same than are compared with each', () => {
    const marks = new SceneMarks();
    const same = Array.from({ length: 40 }, () => ({ action: 2, line: 0, cast: true }));
    let script = parseScript(scriptOf(same));
    assert.equal(marks.of(script).length, 39);
    const fewer = same.map((one, i) => (i < 30 ? { ...one, action: 4 } : one));
    script = parseScript(scriptOf(fewer), script);
    assert.deepEqual(
      marks.of(script).map(({ index }) => index),
      [31, 32, 33, 34, 35, 36, 37, 38, 39],
    );
  });

  it('is named by the scene and its text alone: no number, place or other scene is part of it', () => {
    const scenes = [2, 3, 2].map((action) => ({ action, line: 0, cast: true }));
    const keyOf = (text: string): string | undefined =>
      new SceneMarks().of(parseScript(text)).at(-1)?.key;
    const text = scriptOf(scenes);
    const key = keyOf(text);
    assert.ok(key);
    assert.equal(keyOf(text.replace('## Scene 3:', '## Scene 7:')), key);
    assert.equal(keyOf(text.replace('Old Tom rows', 'Old Tom paddles')), key);
    const third = text.lastIndexOf('Mara carries');
    assert.notEqual(keyOf(`${text.slice(0, third)}Slowly, ${text.slice(third)}`), key);
  });
});
