import assert from 'node:assert/strict';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { forgetSettings, setInFile } from '../../../support/fake-vscode.ts';
import { recordOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';

const { nextFor } = await import('../../../../src/editor/scenes/next-step.ts');

/** The second scene goes on from the first without a cut; the third has its first frame where `drawn` says so. */
function next(clips: readonly Partial<SceneClip>[], { drawn = false, chains = true } = {}): string {
  const text = sampleScript(3, [0, 1, 2]);
  const third = text.lastIndexOf('> **');
  const framed = `${text.slice(0, third)}![First frame](a.png)\n\n${text.slice(third)}`;
  const found = clips.map((clip): SceneClip => ({ state: 'none', takes: [], ...clip }));
  return nextFor(parseScript(drawn ? framed : text), found, { chains: () => chains });
}

const none = {};
const coming = { stillJob: recordOf({ id: 'still' }) };
const current = {
  state: 'current',
  file: '/scene.mp4',
  current: { take: 1, state: 'here', file: '/scene.mp4' },
} as const;
const rendering = { state: 'running' } as const;

describe('what a script needs next', () => {
  after(forgetSettings);

  it('is its clips, where nobody requires stills', () => {
    setInFile('scenewright.video.stills', 'global', 'ask');
    assert.equal(next([none, none, coming]), 'render');
    assert.equal(next([current, current, current]), 'assemble');
  });

  describe('where first frames are required', () => {
    before(() => {
      setInFile('scenewright.video.stills', 'global', 'required');
    });

    it('is stills, as long as one is missing that is not on its way and nothing can be rendered', () => {
      assert.equal(next([none, none, none]), 'draw');
      assert.equal(next([coming, none, none]), 'draw');
      assert.equal(next([current, current, none]), 'draw');
    });

    it('is waiting, once all that are needed are on their way', () => {
      // What goes on without a cut from what is not there needs none, and waits as well.
      assert.equal(next([coming, none, coming]), 'stillsComing');
      assert.equal(next([current, current, coming]), 'stillsComing');
      assert.equal(next([coming, none, coming], { chains: false }), 'draw');
      assert.equal(next([coming, coming, coming], { chains: false }), 'stillsComing');
    });

    it('is the clips of scenes that have one, or go on from a clip that is here or on its way', () => {
      assert.equal(next([none, none, none], { drawn: true }), 'render');
      for (const before of [current, rendering, { ...current, state: 'stale' } as const]) {
        assert.equal(next([before, none, none]), 'render');
        assert.equal(next([before, none, none], { chains: false }), 'draw');
      }
      assert.equal(next([current, current, current]), 'assemble');
    });
  });
});
