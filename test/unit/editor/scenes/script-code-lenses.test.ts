import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { forgetSettings, setInFile } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { ScriptCodeLenses } = await import('../../../../src/editor/scenes/script-code-lenses.ts');

describe('what stands above the title and the outline', () => {
  const none: SceneClip = { state: 'none', takes: [] };
  const take = { take: 1, state: 'here', file: 'a.mp4' } as const;
  const here: SceneClip = {
    state: 'current',
    takes: [take],
    take: 1,
    file: 'a.mp4',
    current: take,
  };

  /** The commands and words, each with the heading that it stands above. */
  function shown(
    written: readonly number[],
    clips: readonly SceneClip[],
    { running = false, chains = true } = {},
  ): readonly (readonly [string, string | undefined, string | undefined])[] {
    const text = sampleScript(3, written);
    const script = parseScript(text);
    const document = { uri: 'file:///a.md', positionAt: (at: number) => at };
    const lenses = new ScriptCodeLenses(
      { isScript: () => true, read: () => script },
      { of: () => clips, onDidChange: new Emitter<void>().event },
      { get: () => ({ running }) as never, onDidFinish: new Emitter<never>().event },
      { chains: () => chains, onDidLearn: new Emitter<void>().event },
    );
    const found = lenses.provideCodeLenses(document as unknown as TextDocument);
    return found.map(({ range, command }) => {
      const at = range.start as unknown as number;
      const [line = ''] = text.slice(at).trimStart().split('\n');
      return [line, command?.command, command?.title];
    });
  }

  const title = '# The Last Lamp';
  const outline = '## Outline';

  it('is what is to be written and rendered, and the whole film once there is a clip', () => {
    assert.deepEqual(shown([0, 1], [here, none]), [
      [title, 'scenewright.writeScenes', '$(edit-sparkle) Write Missing (1)'],
      [title, 'scenewright.renderScenes', '$(device-camera-video) Render Missing or Stale (1)'],
      [title, 'scenewright.assembleVideo', '$(combine) Assemble Video'],
      [outline, 'scenewright.showProgress', '$(graph) 2 of 3 written · 1 with a clip'],
    ]);
  });

  it('offers nothing that is done, or being done', () => {
    assert.deepEqual(
      shown([0, 1, 2], [here, here, here]).map(([, command]) => command),
      ['scenewright.assembleVideo', 'scenewright.showProgress'],
    );
    assert.deepEqual(
      shown([], [], { running: true }).map(([, , words]) => words),
      ['$(graph) 0 of 3 written · 0 with a clip'],
    );
  });

  describe('where first frames are required', () => {
    before(() => {
      setInFile('scenewright.video.stills', 'global', 'required');
    });
    after(forgetSettings);

    const words = (clips: readonly SceneClip[], chains: boolean): (string | undefined)[] =>
      shown([0, 1, 2], clips, { chains })
        .filter(([at]) => at === title)
        .map(([, , said]) => said);

    it('is the stills that are missing, and only clips that would be ordered', () => {
      assert.deepEqual(words([none, none, none], true), ['$(paintcan) Draw Missing Stills (2)']);
      // The second goes on from the first, whose clip is here.
      assert.deepEqual(words([here, none, none], true), [
        '$(paintcan) Draw Missing Stills (1)',
        '$(device-camera-video) Render Missing or Stale (1)',
        '$(combine) Assemble Video',
      ]);
      assert.deepEqual(words([here, none, none], false), [
        '$(paintcan) Draw Missing Stills (2)',
        '$(combine) Assemble Video',
      ]);
    });
  });
});
