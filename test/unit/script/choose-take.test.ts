import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assignMissingIds } from '../../../src/script/edits/assign-ids.ts';
import { chooseTake } from '../../../src/script/edits/choose-take.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { giveNewIds } from '../../../src/script/edits/new-ids.ts';
import { renumberScenes } from '../../../src/script/edits/scenes/renumber-scenes.ts';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { applyEdits, type TextEdit } from '../../../src/script/edits/text-edit.ts';
import { tieScenes } from '../../../src/script/edits/tie-scenes.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
import { newSceneId } from '../../../src/script/scene-ids.ts';
import { idOf } from './arbitraries.ts';
import { mutatedScript } from './mutations.ts';
import { sampleScene, sampleScript } from './sample.ts';

const text = sampleScript(3, [0, 1, 2]);
const [first = '', second = ''] = parseScript(text).scenes.map(({ id }) => id);

function after(script: ParsedScript, edits: readonly TextEdit[]): ParsedScript {
  return parseScript(applyEdits(script.text, edits));
}

/** The script with the comment of its first scene in other words. */
function saying(words: string): ParsedScript {
  return parseScript(text.replace(`<!-- scene: ${first} -->`, words));
}

function chosen(take: number): ParsedScript {
  const script = parseScript(text);
  return after(script, chooseTake(script, first, take));
}

describe('the take that counts', () => {
  it('is read in any spelling, and none keeps a scene from its id', () => {
    const spellings: readonly (readonly [string, number | undefined])[] = [
      [`<!-- scene: ${first} · take: 2 -->`, 2],
      [`<!-- scene: ${first} take: 2 -->`, 2],
      [`<!--scene:${first},take:2-->`, 2],
      [`<!-- scene: ${first}; take: 12 -->`, 12],
      [`<!-- scene: ${first} | Take 3 -->`, 3],
      [`<!-- scene: ${first}  ·  take =  3 -->`, 3],
      [`<!-- scene: ${first} · take:\n2 -->`, 2],
      [`<!-- scene: ${first} · take: 2, the rain is better -->`, 2],
      [`<!-- scene: ${first} · take: two -->`, undefined],
      [`<!-- scene: ${first} · take: 0 -->`, undefined],
      [`<!-- scene: ${first} · take: 2b -->`, undefined],
      [`<!-- scene: ${first} · take: -->`, undefined],
      [`<!-- scene: ${first} -->`, undefined],
    ];
    for (const [words, take] of spellings) {
      const [node] = saying(words).scenes;
      assert.equal(node?.id, first, words);
      assert.equal(node.take, take, words);
      assert.equal(node.written, true);
    }
  });

  it('is no take, nor an id, in other words of the writer', () => {
    for (const words of [
      '<!-- scene: lovely, at night -->',
      '<!-- scene: lovely taken by surprise -->',
      `\\<!-- scene: ${first} · take: 2 -->`,
    ]) {
      assert.equal(saying(words).scenes[0]?.id, undefined, words);
    }
  });

  it('is a problem where it is no number, which one click takes away', () => {
    const script = saying(`<!-- scene: ${first} · take: two -->`);
    const problem = script.problems.find(({ code }) => code === 'take-not-a-number');
    assert.ok(problem);
    assert.equal(script.text.slice(problem.span.start, problem.span.end), ' · take: two');
    const [fix, ...others] = fixesFor(problem, []);
    assert.ok(fix);
    assert.deepEqual(others, []);
    assert.equal(applyEdits(script.text, editsOf(script, fix)), text);
  });

  it('is chosen and left open again by the smallest edits there are', () => {
    const script = parseScript(text);
    const edits = chooseTake(script, first, 2);
    assert.deepEqual(
      edits.map(({ start, end, text: put }) => [end - start, put]),
      [[0, ' · take: 2']],
    );
    const two = after(script, edits);
    assert.deepEqual(chooseTake(two, first, 2), []);
    const other = chooseTake(two, first, 13);
    assert.deepEqual(
      other.map(({ start, end, text: put }) => [end - start, put]),
      [[1, '13']],
    );
    assert.equal(after(two, other).scenes[0]?.take, 13);
    assert.equal(applyEdits(two.text, chooseTake(two, first, undefined)), text);
    assert.deepEqual(chooseTake(script, first, undefined), []);
    assert.deepEqual(chooseTake(script, 'nobody', 2), []);
  });

  it('leaves what the writer has put behind it', () => {
    const script = saying(`<!-- scene: ${first} ; take 2, the rain is better -->`);
    assert.match(
      applyEdits(script.text, chooseTake(script, first, 3)),
      /; take 3, the rain is better -->/,
    );
    const open = after(script, chooseTake(script, first, undefined));
    assert.match(open.text, new RegExp(`<!-- scene: ${first} --> <!-- the rain is better -->`));
    assert.deepEqual([open.scenes[0]?.id, open.scenes[0]?.take], [first, undefined]);
    const [, ...others] = script.scenes;
    assert.deepEqual(
      open.scenes.slice(1).map(({ scene }) => scene),
      others.map(({ scene }) => scene),
    );
  });

  it('takes the id along with nothing, whatever stands behind it', () => {
    for (const behind of [', the rain is better', ' (the nice one)', ' ,', ': 3', '']) {
      const script = saying(`<!-- scene: ${first} · take: 2${behind} -->`);
      assert.equal(script.scenes[0]?.take, 2, behind);
      const open = after(script, chooseTake(script, first, undefined));
      assert.deepEqual([open.scenes[0]?.id, open.scenes[0]?.take], [first, undefined], behind);
      const twins = parseScript(
        `${script.text}\n\n${script.text.slice(script.scenes[0].span.start)}`,
      );
      const apart = after(twins, giveNewIds(twins, first));
      const ids = apart.scenes.map(({ scene }) => scene.id);
      assert.equal(apart.scenes.filter(({ id }) => id === undefined).length, 0, behind);
      assert.equal(ids.filter((id) => id === first).length, 1, behind);
    }
  });

  it('stays through rewriting, renumbering, moving, renaming and all that is put in', () => {
    const script = chosen(2);
    const rewritten = { ...sampleScene(0), id: first, action: 'It is day.', title: 'Day' };
    const bare = applyEdits(text, chooseTake(parseScript(text), second, 5)).replace(
      /<!-- id: \w{6} -->/g,
      '',
    );
    const [head = '', ...sections] = script.text.split(/(?=^## Scene)/m);
    const moved = parseScript([head, ...sections.reverse()].join(''));
    for (const [what, now] of [
      ['rewritten', after(script, replaceScene(script, rewritten))],
      ['renumbered', after(moved, renumberScenes(moved))],
      ['put in', after(script, insertScenes(script, [{ ...sampleScene(2), id: idOf(77) }]))],
      ['put in again', after(script, insertScenes(script, [rewritten]))],
    ] as const) {
      assert.equal(now.scenes.find(({ id }) => id === first)?.take, 2, what);
    }
    const loose = parseScript(bare);
    const tied = after(loose, [...assignMissingIds(loose, newSceneId)]);
    assert.equal(tied.scenes.find(({ id }) => id === second)?.take, 5);
    const again = after(tied, tieScenes(tied));
    assert.equal(again.scenes.find(({ id }) => id === second)?.take, 5);
  });

  it('stays with the scene that keeps its clips where a copy gets an id of its own', () => {
    const script = chosen(2);
    const [own] = script.scenes;
    assert.ok(own);
    const copy = script.text.slice(own.span.start, own.span.end).replace(/(## .*)/, '$1 again');
    const twins = parseScript(`${script.text}\n\n${copy}`);
    const now = after(twins, giveNewIds(twins, first));
    assert.deepEqual(
      now.scenes.map(({ id, take }) => [id === first, take]),
      [
        [true, 2],
        [false, undefined],
        [false, undefined],
        [false, undefined],
      ],
    );
    assert.equal(new Set(now.scenes.map(({ id }) => id)).size, 4);
  });

  it('is all that choosing changes, in any document', () => {
    fc.assert(
      fc.property(mutatedScript, fc.nat(30), fc.nat(3000), (source, index, number) => {
        const before = parseScript(source);
        const node = before.scenes[index % Math.max(1, before.scenes.length)];
        if (node?.id === undefined) return;
        const { id } = node;
        const take = number === 0 ? undefined : number;
        const now = after(before, chooseTake(before, id, take));
        const seen = ({ scenes }: ParsedScript): unknown =>
          scenes.map(({ scene, take: has }) => ({ scene, has: scene.id === id ? undefined : has }));
        assert.deepEqual(seen(now), seen(before));
        for (const one of now.scenes) if (one.id === id) assert.equal(one.take, take);
        const back = after(now, chooseTake(now, id, undefined));
        if (node.takeSpan === undefined) assert.equal(back.text, source);
      }),
    );
  });
});
