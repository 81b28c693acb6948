import assert from 'node:assert/strict';
import { ScenewrightError } from '../../src/base/errors.ts';
import { ProgressModel } from '../../src/editor/progress-model.ts';
import type { Scene } from '../../src/script/model.ts';

const beats = [1, 2, 3, 4].map((number) => ({
  id: `scene${number}`,
  title: `Beat ${number}`,
  seconds: 8,
  written: number === 1,
}));

const sceneOf = (id: string): Scene => ({
  id,
  title: `Title of ${id}`,
  seconds: 8,
  place: '',
  time: '',
  cast: [],
  action: 'It happens.',
  dialogue: [],
  narration: '',
  sound: '',
  prompt: 'It.',
});

describe('what the progress page is shown of a run', () => {
  let now: number;
  let model: ProgressModel;

  beforeEach(() => {
    now = 0;
    model = new ProgressModel(
      { uri: 'file:///a.md', title: 'A', writer: 'model', batchSize: 2, cells: beats },
      () => now,
    );
    model.apply({ type: 'scheduled', batches: [['scene2', 'scene3'], ['scene4']] });
  });

  const states = (): string[] => model.view().cells.map(({ state }) => state);
  const write = (id: string, milliseconds: number): void => {
    model.apply({ type: 'sceneWritten', scene: sceneOf(id), reused: false, milliseconds });
  };

  it('follows each scene from planned over writing and kept into the script', () => {
    assert.deepEqual(states(), ['written', 'planned', 'planned', 'planned']);
    model.apply({ type: 'sceneStarted', id: 'scene2', attempt: 1 });
    model.apply({ type: 'sceneStarted', id: 'scene3', attempt: 2 });
    assert.deepEqual(states(), ['written', 'writing', 'retrying', 'planned']);
    write('scene2', 1000);
    assert.deepEqual(states(), ['written', 'kept', 'retrying', 'planned']);
    write('scene3', 1000);
    model.apply({
      type: 'batchWritten',
      index: 0,
      scenes: [sceneOf('scene2'), sceneOf('scene3')],
    });
    assert.deepEqual(states(), ['written', 'written', 'written', 'planned']);
    assert.equal(model.view().written, 3);
  });

  it('says nothing of the time left before it has measured anything, and then does', () => {
    model.apply({ type: 'sceneStarted', id: 'scene2', attempt: 1 });
    assert.equal(model.view().remainingMs, undefined);
    write('scene2', 1000);
    assert.ok((model.view().remainingMs ?? 0) > 0);
  });

  it('leaves pauses out of the time at work', () => {
    now = 5000;
    model.apply({ type: 'paused' });
    now = 65_000;
    assert.equal(model.view().elapsedMs, 5000);
    assert.equal(model.view().state, 'paused');
    model.apply({ type: 'resumed' });
    now = 66_000;
    assert.equal(model.view().elapsedMs, 6000);
  });

  it('shows the first lines of a scene without repeating its title', () => {
    model.apply({ type: 'sceneStarted', id: 'scene2', attempt: 1 });
    model.apply({ type: 'sceneText', id: 'scene2', text: 'Beat 2\nShe opens the door.' });
    assert.deepEqual(model.view().live, [
      { id: 'scene2', text: 'She opens the door.', attempt: 1 },
    ]);
  });

  it('offers the accounts when it was the key, and another try otherwise', () => {
    model.stop('failed', new ScenewrightError('account', 'The key was refused.'));
    assert.deepEqual(model.view().error, { message: 'The key was refused.', action: 'account' });
    model.stop('failed', new ScenewrightError('network', 'Nothing answers.'));
    assert.deepEqual(model.view().error, { message: 'Nothing answers.', action: 'retry' });
  });

  it('calls nothing “being written” once the run has ended', () => {
    model.apply({ type: 'sceneStarted', id: 'scene2', attempt: 1 });
    model.stop('cancelled');
    assert.deepEqual(states(), ['written', 'planned', 'planned', 'planned']);
    assert.deepEqual(model.view().live, []);
  });

  it('adds up the tokens that the endpoint counted', () => {
    for (const id of ['scene2', 'scene3']) {
      const usage = { inputTokens: 100, outputTokens: 7 };
      model.apply({
        type: 'sceneWritten',
        scene: sceneOf(id),
        reused: false,
        milliseconds: 1,
        usage,
      });
    }
    assert.deepEqual(model.view().tokens, { input: 200, output: 14 });
  });
});
