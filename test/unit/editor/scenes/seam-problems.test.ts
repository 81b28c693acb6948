import assert from 'node:assert/strict';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import { gridBytes } from '../../../../src/media/seam.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import '../../../support/fake-vscode.ts';
import { recordOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';
import { offsetDocument } from './offset-document.ts';

const { seamProblems } = await import('../../../../src/editor/scenes/seam-problems.ts');

/** Scenes with even numbers go on from those before them. */
const script = parseScript(
  sampleScript(
    16,
    Array.from({ length: 16 }, (_, index) => index),
  ),
);

const plain = (value: number): string => Buffer.alloc(gridBytes, value).toString('base64');

/** A clip that is as light as that from its beginning to its end. */
const clip = (value: number, more: Partial<SceneClip> = {}): SceneClip => {
  const edges = { first: plain(value), last: plain(value) };
  const job = recordOf({ render: { state: 'saved' }, frames: { edges } });
  return { state: 'current', takes: [], job, file: job.file, ...more };
};

/** The scenes whose cuts are told of, in the order of their problems. */
function told(clips: readonly SceneClip[]): readonly (string | undefined)[] {
  return seamProblems(offsetDocument, script, clips).map(
    ({ message }) => /the clip of scene (\d+)/.exec(message)?.[1],
  );
}

describe('cuts that are seen where there should be none', () => {
  it('are told of where the clips of both scenes are known and differ', () => {
    assert.deepEqual(told([clip(40), clip(42)]), []);
    assert.deepEqual(told([clip(40), clip(160)]), ['1']);
    const { job = recordOf() } = clip(160);
    assert.deepEqual(told([clip(40), { state: 'none', takes: [], job }]), []);
    assert.deepEqual(told([clip(40), clip(160, { job: recordOf() })]), []);
    assert.deepEqual(told([clip(40)]), []);
  });

  it('are no matter where the script has a cut', () => {
    assert.deepEqual(told([clip(40), clip(40), clip(160), clip(160)]), []);
  });

  it('are five at most, the plainest first', () => {
    const steps = [60, 90, 20, 50, 120, 30, 70, 100];
    const clips = steps.flatMap((step) => [clip(20), clip(20 + step)]);
    assert.deepEqual(told(clips), ['9', '15', '3', '13', '1']);
  });
});
