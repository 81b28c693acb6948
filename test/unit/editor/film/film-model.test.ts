import assert from 'node:assert/strict';
import { filmView, type CellClip } from '../../../../src/editor/film/film-model.ts';
import { cellAt, cellOf, placeOf, storyCells } from '../../../../src/editor/script/story-cells.ts';
import { idleProgress, ProgressModel } from '../../../../src/editor/writing/progress-model.ts';
import { cellsOf } from '../../../../src/editor/writing/progress-cells.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../../src/script/parse/parsed-script.ts';
import type { FilmView, ProgressView } from '../../../../src/webview/protocol.ts';
import { sampleScene, sampleScript } from '../../script/sample.ts';

const uri = 'file:///stories/lamp.md';
const script = (scenes: number, written: readonly number[]): ParsedScript =>
  parseScript(sampleScript(scenes, written));
const nothing: ReadonlyMap<string, CellClip> = new Map();

function film(
  parsed: ParsedScript,
  progress: ProgressView = idleProgress(uri, parsed).view(),
  clips = nothing,
): FilmView {
  return filmView({ script: parsed, progress, clips });
}

function runOver(parsed: ParsedScript): ProgressModel {
  const cells = cellsOf(parsed);
  return new ProgressModel({
    uri,
    title: parsed.title,
    writer: 'a model',
    pace: 'sliding',
    batchSize: 5,
    cells,
  });
}

describe('the film of a script', () => {
  it('has a cell for every beat and scene, in the order of the story, written or planned', () => {
    const { cells, written, total, state } = film(script(4, [0, 2]));
    assert.deepEqual(
      cells.map((cell) => [cell.number, cell.state]),
      [
        [1, 'written'],
        [2, 'planned'],
        [3, 'written'],
        [4, 'planned'],
      ],
    );
    assert.deepEqual([written, total, state], [2, 4, 'idle']);
  });

  it('has first frames and those on their way, and a picture until there is a clip', () => {
    const text = sampleScript(3, [0, 1, 2]).replace(
      '> **MARA',
      '![First frame](a.png)\n\n> **MARA',
    );
    const parsed = parseScript(text);
    const progress = idleProgress(uri, parsed).view();
    const drawing = new Set(parsed.scenes.slice(0, 2).map(({ scene }) => scene.id));
    const of = (clips: ReadonlyMap<string, CellClip>): FilmView =>
      filmView({ script: parsed, progress, clips, stills: 'ask', drawing });
    const { cells, totals, stills } = of(nothing);
    assert.deepEqual(
      cells.map(({ still, redrawing, picture }) => [still, redrawing, picture]),
      [
        ['drawn', true, 'a.png'],
        ['drawing', undefined, undefined],
        [undefined, undefined, undefined],
      ],
    );
    assert.deepEqual([totals?.drawn, totals?.drawing, stills], [1, 1, 'ask']);
    const clip = { state: 'current', file: '/clip.mp4', version: 'job.5' } as const;
    assert.equal(of(new Map([[cells[0]?.id ?? '', clip]])).cells[0]?.picture, 'job.5');
  });

  it('says which clips begin with the last frame of the one before, where they do', () => {
    const parsed = parseScript(sampleScript(4, [0, 1, 2]));
    const progress = idleProgress(uri, parsed).view();
    const of = (chains: boolean): readonly (boolean | undefined)[] =>
      filmView({ script: parsed, progress, clips: nothing, chains }).cells.map(
        ({ goesOn }) => goesOn,
      );
    assert.deepEqual(of(true), [undefined, true, undefined, undefined]);
    assert.deepEqual(of(false), [undefined, undefined, undefined, undefined]);
  });

  it('says what is to be looked at: of what is in the document as it reads, else as the run has it', () => {
    const parsed = script(3, [0, 1]);
    const run = runOver(parsed);
    const ids = parsed.outline.map(({ beat }) => beat.id);
    for (const id of ids) {
      const flags = [{ kind: 'seam', message: `The run says so of ${id}.` }] as const;
      const scene = { ...sampleScene(0), id };
      run.apply({ type: 'sceneWritten', scene, reused: false, milliseconds: 1, flags });
    }
    const of = (...looked: [string, readonly string[]][]) =>
      filmView({
        script: parsed,
        progress: run.view(),
        clips: nothing,
        marks: new Map(looked),
      }).cells.map(({ flags }) => flags?.join());
    const [first = '', second = '', third = ''] = ids;
    const byRun = ids.map((id) => `The run says so of ${id}.`);
    assert.deepEqual(of(), byRun, 'nobody has looked yet');
    assert.deepEqual(of([first, ['It reads so.']], [second, []], [third, ['What is it?']]), [
      'It reads so.',
      undefined,
      byRun[2],
    ]);
    run.stop('done');
    // The third is kept for its batch, and not in the document.
    assert.deepEqual(of([first, ['It reads so.']]), ['It reads so.', undefined, byRun[2]]);
  });

  it('is done once everything is in the document, whatever became of the last run', () => {
    const whole = script(3, [0, 1, 2]);
    const run = runOver(script(3, [0]));
    run.stop('cancelled');
    assert.equal(film(whole).state, 'done');
    assert.equal(film(whole, run.view()).state, 'done');
    run.stop('done');
    assert.equal(film(script(3, [0]), run.view()).state, 'idle', 'a scene was deleted since');
  });

  it('shows of a run what the document does not have yet, and of the document what the run has written', () => {
    const parsed = script(4, [0]);
    const [, second, third] = storyCells(parsed);
    assert.ok(second && third);
    const run = runOver(parsed);
    run.apply({ type: 'scheduled', batches: [[second.key, third.key]] });
    run.apply({ type: 'sceneStarted', id: second.key, attempt: 1 });
    const running = film(parsed, run.view());
    assert.deepEqual(
      running.cells.map(({ state }) => state),
      ['written', 'writing', 'planned', 'planned'],
    );
    assert.equal(running.cells[1]?.batch, 0);
    assert.equal(running.state, 'writing');
    const after = film(script(4, [0, 1]), run.view());
    assert.equal(after.cells[1]?.state, 'written');
  });

  it('does not take a scene for written that only a run says is in the document', () => {
    const parsed = script(2, [0, 1]);
    const run = runOver(parsed);
    run.stop('done');
    assert.equal(film(script(2, [0]), run.view()).cells[1]?.state, 'planned');
  });

  it('has what only a run knows while that is under way, and no scenes that were deleted after it', () => {
    const run = runOver(script(4, [0]));
    const shortened = script(1, [0]);
    assert.equal(film(shortened, run.view()).cells.length, 4);
    run.stop('cancelled');
    const { cells, written, total, state } = film(shortened, run.view());
    assert.deepEqual([cells.length, written, total, state], [1, 1, 1, 'done']);
  });

  it('keeps cells apart that have one id or none, and finds each again', () => {
    const text = sampleScript(3, [0, 1, 2]);
    const parsed = parseScript(text);
    const { span } = parsed.scenes[1] ?? {};
    assert.ok(span);
    const copied = parseScript(
      `${text}\n${text.slice(span.start, span.end)}\n## Scene 9: No id\n\nA wave.\n`,
    );
    const keys = storyCells(copied).map(({ key }) => key);
    assert.equal(new Set(keys).size, 5);
    for (const cell of storyCells(copied)) {
      assert.equal(cellOf(copied, cell.key), cell);
      assert.equal(cellAt(copied, placeOf(copied, cell) ?? -1), cell);
    }
  });

  it('finds the cell of a beat in the outline, too', () => {
    const parsed = script(3, [0]);
    const { span } = parsed.outline[1] ?? {};
    assert.ok(span);
    assert.equal(cellAt(parsed, span.start + 3), storyCells(parsed)[1]);
    assert.equal(cellAt(parsed, 0), undefined);
  });

  it('says of each scene how its clip is, and of all together how many there are', () => {
    const parsed = script(4, [0, 1, 2, 3]);
    const [one, two, three] = storyCells(parsed).map(({ key }) => key);
    assert.ok(one && two && three);
    const clips = new Map<string, CellClip>([
      [one, { state: 'current', file: '/a.mp4', poster: '/a.png', seconds: 7.96, version: '1' }],
      [two, { state: 'stale', file: '/b.mp4', version: '2' }],
      [three, { state: 'running', version: '3' }],
    ]);
    const { cells, totals } = film(parsed, undefined, clips);
    assert.deepEqual(
      cells.map(({ clip, playable, picture, clipSeconds }) => [
        clip,
        playable,
        picture,
        clipSeconds,
      ]),
      [
        ['current', true, '1', 7.96],
        ['stale', true, '2', undefined],
        ['running', undefined, undefined, undefined],
        [undefined, undefined, undefined, undefined],
      ],
    );
    assert.deepEqual(totals, {
      seconds: parsed.scenes.reduce((sum, { scene }) => sum + scene.seconds, 0),
      wanted: parsed.brief.duration,
      drawn: 0,
      drawing: 0,
      rendered: 1,
      stale: 1,
      rendering: 1,
      failed: 0,
    });
  });
});
