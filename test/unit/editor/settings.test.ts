import assert from 'node:assert/strict';
import manifest from '../../../package.json' with { type: 'json' };
import { forgetSettings, inFile, setInFile } from '../../support/fake-vscode.ts';

const { settings, Setting, whileOn } = await import('../../../src/editor/settings.ts');

type AnySetting = InstanceType<typeof Setting<unknown>>;

function allOf(tree: object): AnySetting[] {
  return Object.values(tree).flatMap((value: object) =>
    value instanceof Setting ? value : allOf(value),
  );
}

/** Of all groups. */
const properties: Record<string, Range> = Object.fromEntries(
  manifest.contributes.configuration.flatMap((group) => Object.entries<Range>(group.properties)),
);

interface Range {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

describe('the settings', () => {
  afterEach(forgetSettings);

  it('are those of the manifest', () => {
    assert.deepEqual(
      allOf(settings)
        .map(({ key }) => `scenewright.${key}`)
        .sort(),
      Object.keys(properties).sort(),
    );
  });

  it('have numbers in the ranges that the manifest gives them', () => {
    for (const { key, range } of allOf(settings)) {
      const property = properties[`scenewright.${key}`] ?? {};
      // A count that may also be a word is a string with a pattern.
      if (property.pattern !== undefined) {
        const [least, most] = range ?? assert.fail();
        const isTaken = (value: unknown): boolean =>
          new RegExp(property.pattern ?? '', 'u').test(String(value));
        assert.ok(['auto', least, Math.floor(most / 2), most].every(isTaken), key);
        assert.ok(![least - 1, most + 1, 'five', ''].some(isTaken), key);
        continue;
      }
      const number = /^(?:number|integer)$/u.test(property.type ?? '') ? property : undefined;
      assert.equal(range === undefined, number === undefined, key);
      if (number === undefined) continue;
      assert.deepEqual(range, [number.minimum, number.maximum ?? Number.MAX_VALUE], key);
    }
  });

  it('bring numbers into their range, and make counts whole', () => {
    const { batchSize } = settings.writer;
    const { pollSeconds } = settings.video;
    const read = [0, 51, 3.9, 'auto', 'five', undefined].map((value) => {
      setInFile('scenewright.writer.batchSize', 'global', value);
      return batchSize.value;
    });
    assert.deepEqual(read, [1, 50, 3, 'auto', 1, 1]);
    setInFile('scenewright.video.pollSeconds', 'global', 2.5);
    assert.equal(pollSeconds.value, 2.5);
  });

  it('have something for as long as they are on', () => {
    const key = 'scenewright.codeLens';
    const here: string[] = [];
    const make = (): { dispose(): void } => {
      here.push('lens');
      return { dispose: () => void here.pop() };
    };
    setInFile(key, 'global', false);
    const having = whileOn(settings.codeLens, make);
    assert.deepEqual(here, []);
    for (const [isOn, count] of [
      [true, 1],
      [true, 1],
      [false, 0],
      [false, 0],
      [true, 1],
    ] as const) {
      setInFile(key, 'global', isOn);
      assert.equal(here.length, count);
    }
    having.dispose();
    assert.deepEqual(here, []);
    setInFile(key, 'global', true);
    assert.deepEqual(here, [], 'nothing listens any more');
  });

  it('tell when they change, and only then', () => {
    let told = 0;
    const listening = settings.upscale.onDidChange(() => told++);
    setInFile('scenewright.ffmpegPath', 'global', '/usr/bin/ffmpeg');
    assert.equal(told, 0);
    setInFile('scenewright.upscale', 'global', '4k');
    assert.equal(told, 1);
    listening.dispose();
    setInFile('scenewright.upscale', 'global', 'off');
    assert.equal(told, 1);
  });

  it('are set for the user, unless the workspace has a value that goes before it', async () => {
    await settings.video.provider.set('fal');
    assert.equal(inFile('scenewright.video.provider', 'global'), 'fal');
    assert.equal(settings.video.provider.value, 'fal');
    setInFile('scenewright.video.provider', 'workspace', 'gemini');
    await settings.video.provider.set('animatic');
    assert.equal(inFile('scenewright.video.provider', 'workspace'), 'animatic');
    assert.equal(inFile('scenewright.video.provider', 'global'), 'fal');
  });

  it('know whether anybody has set them', () => {
    assert.equal(settings.writer.batchSize.isSet, false);
    setInFile('scenewright.writer.batchSize', 'workspace', 5);
    assert.equal(settings.writer.batchSize.isSet, true);
  });
});
