import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import '../../../support/fake-vscode.ts';
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
    running = false,
  ): readonly (readonly [string, string | undefined, string | undefined])[] {
    const text = sampleScript(3, written);
    const script = parseScript(text);
    const document = { uri: 'file:///a.md', positionAt: (at: number) => at };
    const lenses = new ScriptCodeLenses(
      { isScript: () => true, read: () => script },
      { of: () => clips, onDidChange: new Emitter<void>().event },
      { get: () => ({ running }) as never, onDidFinish: new Emitter<never>().event },
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
      shown([], [], true).map(([, , words]) => words),
      ['$(graph) 0 of 3 written · 0 with a clip'],
    );
  });
});
