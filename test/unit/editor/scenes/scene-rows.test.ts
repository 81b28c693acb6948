import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import '../../../support/fake-vscode.ts';
import { recordOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';

const { rowsOf, toRedraw } = await import('../../../../src/editor/scenes/scene-rows.ts');

const uri = { toString: () => 'file:///story.md' } as unknown as Uri;

function rows(
  text: string,
  clips: readonly SceneClip[] = [],
  marks: ReadonlyMap<string, readonly string[]> = new Map(),
): ReturnType<typeof rowsOf> {
  return rowsOf(uri, parseScript(text), clips, new Map(), marks);
}

describe('what is drawn anew of the list of scenes', () => {
  const text = sampleScript(3, [0, 1]);

  it('is nothing where no row says anything else', () => {
    assert.deepEqual(toRedraw(rows(text), rows(text.replace('Far out', 'Far off'))), []);
  });

  it('is the row of a scene whose clip is there, with what commands do by it', () => {
    const drawn = rows(text);
    const clips: SceneClip[] = [
      { state: 'none', takes: [] },
      { state: 'current', takes: [] },
    ];
    const [row, ...others] = toRedraw(drawn, rows(text, clips)) ?? [];
    assert.deepEqual(others, []);
    assert.equal(row, drawn[1]);
    assert.deepEqual([row?.clip, row?.scenes], ['current', [2]]);
    assert.deepEqual(drawn, rows(text, clips));
  });

  it('is the row of a scene whose still is ordered, is here or is taken out of the script', () => {
    const drawn = rows(text);
    const stillJob = recordOf({ id: 'still' });
    const clips: SceneClip[] = [{ state: 'none', takes: [], stillJob }];
    const framed = text.replace('> **MARA', '![First frame](a.png)\n\n> **MARA');
    for (const [now, still] of [
      [rows(text, clips), 'coming'],
      [rows(framed), 'drawn'],
      [rows(framed, clips), 'coming'],
      [rows(text), 'none'],
    ] as const) {
      assert.deepEqual(
        toRedraw(drawn, now)?.map((row) => [row.position, row.still]),
        [[1, still]],
      );
    }
  });

  it('is the row of a scene that is to be looked at by now, and again once it is not', () => {
    const drawn = rows(text);
    const marked = new Map([[String(drawn[0]?.sceneId), ['It tells scene 2 again.']]]);
    const [row, ...others] = toRedraw(drawn, rows(text, [], marked)) ?? [];
    assert.deepEqual([row, others], [drawn[0], []]);
    assert.deepEqual(row?.marks, ['It tells scene 2 again.']);
    assert.deepEqual(toRedraw(drawn, rows(text, [], marked)), []);
    assert.deepEqual(toRedraw(drawn, rows(text)), [drawn[0]]);
    assert.deepEqual(drawn[0]?.marks, []);
  });

  it('is all of them where scenes are others, were moved, are written or are of another script', () => {
    const drawn = rows(text);
    const moved = text.replaceAll(String(drawn[0]?.sceneId), 'zzzzzz');
    for (const other of [moved, sampleScript(4, [0, 1]), sampleScript(3, [0, 1, 2])]) {
      assert.equal(toRedraw(rows(other), drawn), undefined);
    }
    const elsewhere = drawn.map((row) => ({
      ...row,
      uri: { toString: () => 'other' } as unknown as Uri,
    }));
    assert.equal(toRedraw(drawn, elsewhere), undefined);
  });

  it('is all of them where many are others', () => {
    const many = rows(sampleScript(150, []));
    const later = many.map((row) => ({ ...row, seconds: row.seconds + 1 }));
    assert.equal(toRedraw(many, later), undefined);
    const few = many.map((row, i) => (i < 99 ? { ...row, seconds: row.seconds + 1 } : row));
    assert.equal(toRedraw(many, few)?.length, 99);
  });
});
