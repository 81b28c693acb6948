import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Reviewed, ScriptReview } from '../../../../src/editor/script/script-review.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { fixesFor } from '../../../../src/script/problems/fixes.ts';
import { Memento } from '../../../support/fake-vscode.ts';
import { idOf } from '../../script/arbitraries.ts';
import { sampleScript } from '../../script/sample.ts';

const { ScriptReview: Review } = await import('../../../../src/editor/script/script-review.ts');

const action =
  'Mara carries the tin up the spiral stairs, counts the steps aloud, and stops where the light should fall.';
const long = `${'We have talked about nothing else for all of this endless night. '.repeat(4)}Go.`;

/** Its second scene tells the first one again, though its beat does not ask for that, and has too many words. */
const script = sampleScript(3, [0, 1, 2])
  .replaceAll('Nobody had seen the lamp go out before.', 'Wind.')
  .replace('for the 2th time and finds that the lamp is dead', 'down to strangers who land in rain')
  .replace(/Far out, horn number [12] sounds\./g, action)
  .replace(/(Scene 2[\s\S]*?)Then when\?/, `$1${long}`);
const second = idOf(1);

describe('what there is to be looked at in a script', () => {
  let state: vscode.Memento;
  let review: ScriptReview;
  let document: vscode.TextDocument;

  /** As the window finds it once it is opened again. */
  const reload = (): void => {
    review = new Review(state);
    document = {} as vscode.TextDocument;
  };
  const look = (text: string): Reviewed => review.look(document, parseScript(text));
  const marksOf = (text: string): readonly string[] => look(text).marks.get(second) ?? [];
  const codesOf = (text: string): string[] =>
    look(text)
      .problems.filter(({ about }) => about.id === second)
      .map(({ code }) => code)
      .sort();

  beforeEach(() => {
    state = new Memento() as unknown as vscode.Memento;
    reload();
  });

  it('is told in Problems with its reason, of each scene once', () => {
    assert.deepEqual(codesOf(script), ['scene-duplicate', 'speech-too-long']);
    assert.equal(marksOf(script).length, 2);
    const problem = look(script).problems.find(({ code }) => code === 'scene-duplicate');
    assert.equal(problem?.message, 'Scene 2 is to be looked at. It tells scene 1 again.');
    assert.equal(problem.severity, 'information');
    const { heading } = parseScript(script).scenes[1] ?? {};
    assert.deepEqual(problem.span, heading);
  });

  it('can be written anew, with what the check would tell the model, or left as it is', () => {
    for (const code of ['scene-duplicate', 'speech-too-long'] as const) {
      const problem = look(script).problems.find((one) => one.code === code);
      const fixes = problem ? fixesFor(problem, []) : [];
      const accept = fixes.at(-1);
      assert.deepEqual([accept?.kind, accept && 'id' in accept && accept.id], ['accept', second]);
      const instructions = fixes.flatMap((fix) =>
        fix.kind === 'rewrite' ? [fix.instruction] : [],
      );
      assert.equal(
        instructions.some((text) => text.includes('over again')),
        code === 'scene-duplicate',
      );
    }
  });

  for (const [mark, left] of [
    ['duplicate', ['speech-too-long']],
    ['spoken', ['scene-duplicate']],
    [undefined, []],
  ] as const) {
    it(`is over once the writer says that it is fine, also after a reload: ${mark ?? 'all'}`, async () => {
      const accepted = { sceneId: second, ...(mark === undefined ? {} : { mark }) };
      await review.accept(document, parseScript(script), accepted);
      for (const when of [() => undefined, reload]) {
        when();
        assert.deepEqual(codesOf(script), left);
        assert.equal(marksOf(script).length, left.length);
        assert.ok(look(script).marks.has(second), 'it was looked at');
      }
    });
  }

  it('comes back where the scene that was fine says something else, and goes where the check is content', async () => {
    await review.accept(document, parseScript(script), { sceneId: second });
    const at = script.lastIndexOf(action);
    const other = `${script.slice(0, at)}Now ${script.slice(at)}`;
    assert.equal(marksOf(other).length, 2);
    const mended = `${script.slice(0, at)}It rains on strangers.${script.slice(at + action.length)}`;
    assert.deepEqual(codesOf(mended.replace(long, 'Then when?')), []);
  });

  it('is what a run was told of a scene, for as long as that and the one before it read so', async () => {
    const flag = {
      kind: 'seam',
      message: 'It does not go with the scene before it: the coat.',
    } as const;
    const third = idOf(2);
    const told = (text: string): readonly string[] =>
      (look(text).marks.get(third) ?? []).filter((words) => words === flag.message);
    await review.tell(parseScript(script), new Map([[third, [flag]]]));
    reload();
    assert.deepEqual(told(script), [flag.message]);
    assert.deepEqual(told(script.replace('number 3', 'number three')), []);
    assert.deepEqual(told(script.replace(long, 'Then when?')), []);
    assert.deepEqual(told(script.replace(action, `Now ${action}`)), [flag.message]);
    assert.deepEqual(told(script.replace('title: ', 'title: New ')), [flag.message]);
    await review.accept(document, parseScript(script), { sceneId: third });
    reload();
    assert.deepEqual(told(script), []);
  });

  it('is a prompt that was made for another action, until one of them is another or it is fine', async () => {
    const plain = sampleScript(3, [0, 1, 2]);
    const third = idOf(2);
    const words = ['Its action has changed since its prompt was made, and the prompt has not.'];
    const told = (text: string): readonly string[] =>
      (look(text).marks.get(third) ?? []).filter((one) => words.includes(one));
    const edited = plain.replace('horn number 3 sounds', 'horn number 3 is silent');
    assert.deepEqual(told(edited), [], 'nobody knows what the prompt was made for');
    await review.tell(parseScript(plain), new Map([[third, []]]));
    reload();
    assert.deepEqual(told(plain.replace('Far out, horn', 'far out: Horn')), []);
    assert.deepEqual(
      told(plain.replace(/Not tonight\./g, 'Tonight.')),
      [],
      'what is said is not seen',
    );
    assert.deepEqual(told(edited), words);
    const problem = look(edited).problems.find(({ code }) => code === 'scene-prompt');
    assert.ok(problem);
    assert.deepEqual(problem.span, parseScript(edited).scenes[2]?.promptSpan);
    assert.deepEqual(
      fixesFor(problem, []).map(({ kind }) => kind),
      ['rewrite', 'accept'],
    );
    const both = edited.replace('glass lenses, shot 3', 'glass lenses in silence, shot 3');
    assert.deepEqual(told(both), [], 'the prompt was made for what stands there now');
    assert.deepEqual(told(both.replace('is silent', 'is heard')), words);
    await review.accept(document, parseScript(both.replace('is silent', 'is heard')), {
      sceneId: third,
      mark: 'prompt',
    });
    assert.deepEqual(told(both.replace('is silent', 'is heard')), []);
  });

  it('is told anew of a scene that a later run writes again', async () => {
    const flag = (message: string) => ({ kind: 'seam' as const, message });
    const ids = new Map([[second, [flag('The old coat.')]]]);
    await review.tell(parseScript(script), ids);
    await review.tell(parseScript(script), new Map([[second, [flag('The new coat.')]]]));
    assert.deepEqual(
      marksOf(script).filter((words) => words.includes('coat')),
      ['The new coat.'],
    );
  });

  it('comes back with the text that it was said of, as with an undo', async () => {
    const flag = { kind: 'seam' as const, message: 'The old coat.' };
    const plain = sampleScript(3, [0, 1, 2]);
    const edited = plain.replace('horn number 2 sounds', 'horn number 2 is silent');
    const anew = edited.replace('glass lenses, shot 2', 'glass lenses in silence, shot 2');
    await review.tell(parseScript(plain), new Map([[second, [flag]]]));
    const [before, once] = [marksOf(plain), marksOf(edited)];
    assert.ok(before.includes(flag.message));
    assert.equal(once.filter((words) => words.includes('its prompt was made')).length, 1);
    // Its prompt is made anew by hand, and by a run that puts the scene in.
    assert.deepEqual(marksOf(anew), []);
    await review.tell(parseScript(anew), new Map([[second, []]]));
    for (const when of [() => undefined, reload]) {
      when();
      assert.deepEqual(marksOf(anew), []);
      assert.deepEqual(marksOf(edited), once);
      assert.deepEqual(marksOf(plain), before);
      assert.deepEqual(marksOf(anew), []);
    }
  });
});
