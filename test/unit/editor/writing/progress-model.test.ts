import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import { ProgressModel } from '../../../../src/editor/writing/progress-model.ts';
import type { Plan, Scene } from '../../../../src/script/script-model.ts';
import { RunCost } from '../../../../src/writing/run-cost.ts';

const beats = [1, 2, 3, 4].map((number) => ({
  id: `scene${number}`,
  title: `Beat ${number}`,
  seconds: 8,
  written: number === 1,
  continues: false,
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
  let cost: RunCost;

  beforeEach(() => {
    now = 0;
    cost = new RunCost({ price: { input: 1, output: 10 }, budget: 0 });
    model = new ProgressModel(
      {
        uri: 'file:///a.md',
        title: 'A',
        writer: 'model',
        pace: 'sliding',
        batchSize: 2,
        cost,
        cells: beats,
      },
      () => now,
    );
    model.apply({ type: 'scheduled', batches: [['scene2', 'scene3'], ['scene4']] });
  });

  it('notes what was done to get answers at all, beside what the plan was given up on', () => {
    const plan = { title: 'A', logline: '', bible: { characters: [], places: [] }, outline: [] };
    model.apply({ type: 'noted', note: 'The model reads little at once.' });
    model.apply({ type: 'outlined', plan, notes: ['Scenes 3 and 4 were made to agree.'] });
    assert.deepEqual(model.view().notes, [
      'The model reads little at once.',
      'Scenes 3 and 4 were made to agree.',
    ]);
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

  it('tells the tokens and the money so far and in all, once a scene has shown what it takes', () => {
    assert.equal(model.view().tokens, undefined);
    cost.add({ inputTokens: 100_000, outputTokens: 7000 });
    assert.deepEqual(model.view().tokens, { input: 100_000, output: 7000 });
    assert.deepEqual(model.view().money, { spent: 0.17 });
    write('scene2', 1000);
    assert.equal(model.view().tokens?.expected, 321_000);
    assert.ok(Math.abs((model.view().money?.expected ?? 0) - 0.51) < 1e-9);
    model.stop('cancelled');
    assert.deepEqual(model.view().money, { spent: 0.17 }, 'nothing more is to be expected');
  });

  it('names the stage of planning and how far it is, and no time before it is over', () => {
    model.apply({ type: 'planning', stage: 'outline', done: 3, of: 7 });
    assert.deepEqual(model.view().planning, { stage: 'outline', done: 3, of: 7 });
    assert.equal(model.view().remainingMs, undefined);
    const outline = beats.map((beat) => ({ ...beat, contract: { continues: true } }));
    const plan = { title: 'B', outline } as unknown as Plan;
    model.apply({ type: 'outlined', plan, notes: ['Scenes 3 and 4 were made to agree.'] });
    model.apply({ type: 'planned' });
    model.apply({ type: 'scheduled', batches: [['scene2', 'scene3'], ['scene4']] });
    const view = model.view();
    assert.equal(view.planning, undefined);
    assert.deepEqual(view.notes, ['Scenes 3 and 4 were made to agree.']);
    assert.equal(view.title, 'B');
  });

  it('counts a pause that the service asks for down, and reckons with it', () => {
    write('scene2', 1000);
    const before = model.view().remainingMs ?? 0;
    model.apply({ type: 'resting', milliseconds: 12_000 });
    assert.equal(model.view().restingMs, 12_000);
    assert.ok((model.view().remainingMs ?? 0) >= before + 11_999);
    now = 5000;
    assert.equal(model.view().restingMs, 7000);
    now = 13_000;
    assert.equal(model.view().restingMs, undefined);
  });

  it('tells why nobody answers and counts down to the next try, until somebody does or it ends', () => {
    const error = new ScenewrightError('network', 'Nothing answers.', { advice: 'Is it on?' });
    const outage = { type: 'unanswered', error, milliseconds: 20_000 } as const;
    model.apply(outage);
    assert.deepEqual(model.view().outage, { why: 'Nothing answers.', retryInMs: 20_000 });
    now = 5000;
    assert.equal(model.view().outage?.retryInMs, 15_000);
    now = 25_000;
    assert.equal(model.view().outage?.retryInMs, 0);
    model.apply({ type: 'answering' });
    assert.equal(model.view().outage, undefined);
    model.apply(outage);
    model.apply({ type: 'paused' });
    assert.equal(model.view().outage, undefined, 'nothing is tried meanwhile');
    model.apply({ type: 'stopped', reason: 'cancelled' });
    assert.equal(model.view().outage, undefined);
  });

  it('shows how many scenes may be written at once, as the service lets it', () => {
    assert.equal(model.view().places, 2);
    model.apply({ type: 'places', places: 1 });
    assert.equal(model.view().places, 1);
  });

  it('marks what a scene was taken with, also when it is told of after the scene is in the script', () => {
    write('scene2', 1000);
    model.apply({ type: 'batchWritten', index: 0, scenes: [sceneOf('scene2')] });
    model.apply({
      type: 'sceneWritten',
      scene: sceneOf('scene2'),
      reused: true,
      milliseconds: 0,
      flags: [{ kind: 'newcomer', message: 'Ida was not asked for.' }],
    });
    const [, cell] = model.view().cells;
    assert.deepEqual([cell?.state, cell?.flags], ['written', ['Ida was not asked for.']]);
    write('scene2', 1000);
    assert.ok(!('flags' in (model.view().cells[1] ?? {})), 'written again it is as asked');
  });

  it('shows a scene as being mended from the broken seam to its new text', () => {
    write('scene2', 1000);
    model.apply({ type: 'seamBroken', id: 'scene2', why: 'The lamp is lit already.' });
    model.apply({ type: 'sceneStarted', id: 'scene2', attempt: 1 });
    assert.equal(states()[1], 'mending');
    assert.equal(model.view().written, 2, 'it has a text meanwhile');
    write('scene2', 1000);
    assert.equal(states()[1], 'kept');
    model.apply({ type: 'seamBroken', id: 'scene2', why: 'Still.' });
    model.stop('cancelled');
    assert.equal(states()[1], 'kept', 'a rewrite that is cut off loses nothing');
  });

  it('counts batches on when those that are left are told again', () => {
    for (const id of ['scene2', 'scene3']) write(id, 1000);
    model.apply({ type: 'scheduled', batches: [['scene4']] });
    assert.deepEqual(
      model.view().cells.map(({ batch }) => batch),
      [undefined, 0, 0, 1],
    );
  });

  it('lets the time left run down between two events', () => {
    write('scene2', 10_000);
    model.apply({ type: 'sceneStarted', id: 'scene3', attempt: 1 });
    const first = model.view().remainingMs ?? 0;
    now = 900;
    assert.equal(model.view().remainingMs, first - 900);
  });

  it('hands out the same cells as long as none has changed', () => {
    const { cells } = model.view();
    model.apply({ type: 'sceneStarted', id: 'scene3', attempt: 1 });
    const after = model.view().cells;
    assert.notEqual(after, cells);
    assert.equal(after[0], cells[0]);
    assert.equal(model.view().cells, after);
  });

  it('follows what the writer does to the outline meanwhile, and keeps what it knows of the scenes', () => {
    write('scene2', 10);
    const beat = (id: string): Plan['outline'][number] => ({
      id,
      title: `New ${id}`,
      seconds: 6,
      place: '',
      time: '',
      cast: [],
      summary: '',
      contract: { entry: '', exit: '', handOff: '', continues: false },
    });
    model.follow({
      title: 'B',
      logline: '',
      bible: { characters: [], places: [] },
      outline: ['scene1', 'added', 'scene2', 'scene4'].map(beat),
    });
    const { title, cells, total } = model.view();
    assert.equal(title, 'B');
    assert.equal(total, 4);
    assert.deepEqual(states(), ['written', 'planned', 'kept', 'planned']);
    assert.deepEqual(
      cells.map((cell) => cell.title),
      ['Beat 1', 'New added', 'Title of scene2', 'New scene4'],
    );
  });
});
