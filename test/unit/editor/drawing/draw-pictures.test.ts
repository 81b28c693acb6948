import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pLimit from 'p-limit';
import type { TextDocument } from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import type { Caller } from '../../../../src/editor/commands/caller.ts';
import type { DrawingOrder, DrawingTools } from '../../../../src/editor/drawing/draw-pictures.ts';
import type { JobRecord, NewJob } from '../../../../src/jobs/job.ts';
import { sumOf } from '../../../../src/money/money.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { forgetSettings, setInFile } from '../../../support/fake-vscode.ts';
import { recordOf, sceneOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';

const { JobIndex } = await import('../../../../src/editor/jobs/job-index.ts');
const { drawPictures } = await import('../../../../src/editor/drawing/draw-pictures.ts');

const code: Caller = { interactive: false, trusted: true, confirmed: false };
const sure: Caller = { interactive: false, trusted: true, confirmed: true };

/** Mara and Old Tom in the lamp room, and nobody has a picture. */
const script = parseScript(sampleScript(2, [0, 1]));
const all = { kind: 'stills', scenes: undefined } as const;

describe('an order of pictures', () => {
  let folder: string;
  let records: JobRecord[];
  let ordered: NewJob[];
  /** So many pictures the model takes. */
  let most: number;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-drawing-'));
    setInFile('scenewright.downloads.folder', 'global', 'videos');
    setInFile('scenewright.pictures.price', 'global', 0);
    records = [];
    ordered = [];
    most = 3;
  });
  afterEach(async () => {
    forgetSettings();
    await rm(folder, { recursive: true });
  });

  const address = 'file:///story.md';

  async function draw(order: DrawingOrder, caller = code): Promise<readonly string[]> {
    const none = new Emitter<never>().event;
    const studio = {
      ...{ id: 'animatic', label: 'Animatic' },
      capabilities: () => Promise.resolve({ aspects: ['16:9'], references: most }),
    };
    const tools = {
      oneByOne: pLimit(1),
      scripts: { parse: () => script },
      manager: {
        enqueue: (jobs: readonly NewJob[]) => {
          ordered.push(...jobs);
          return Promise.resolve(jobs.map((_, index) => ({ id: `new-${index}` })));
        },
      },
      jobs: new JobIndex({
        records: () => records,
        onDidChange: none,
        onDidRemove: none,
      }),
      budget: { bill: () => ({ ordered: sumOf([]), expected: sumOf([]), budget: 0 }) },
      chosenDrawing: () => Promise.resolve({ studio, accounts: [] }),
      studio: { chainsForSure: () => Promise.resolve(false) },
    } as unknown as DrawingTools;
    const uri = { fsPath: path.join(folder, 'story.md'), toString: () => address };
    return await drawPictures(tools, { uri } as unknown as TextDocument, order, caller);
  }

  /** A picture of somebody or of a scene is on its way. */
  const comes = (id: string, more: Partial<JobRecord>): void => {
    const orders = [{ kind: 'picture', state: 'accepted', attempt: 0, accounts: [] }] as const;
    records.push(recordOf({ id, script: address, orders, ...more }));
  };

  it('is of what has none and of which none is on its way, and says what is at work on all', async () => {
    const [first] = script.scenes;
    comes('still', { drawing: 'still', scene: first?.scene ?? sceneOf(1) });
    assert.deepEqual(await draw(all), ['still', 'new-0']);
    assert.deepEqual(
      ordered.map(({ number }) => number),
      [2],
    );
    await assert.rejects(draw({ ...all, instruction: 'By night' }), /still being drawn as it was/u);
    assert.equal(ordered.length, 1);
  });

  it('is of stills that wait for the pictures of whom they show, which are still being drawn', async () => {
    comes('sheet', { drawing: 'character', scene: { ...sceneOf(1), title: 'Old Tom' } });
    assert.equal((await draw(all)).length, 2);
    for (const { sheets, prompt } of ordered) {
      assert.deepEqual(sheets, ['sheet']);
      assert.match(prompt, /come with this show, in order: Old Tom[.;]/u);
    }
    // Sheets are made after no other one.
    ordered = [];
    const names = script.bible.characters.map(({ name }) => name);
    assert.equal((await draw({ kind: 'sheets', names })).length, names.length);
    assert.equal(ordered.length, names.length - 1);
    assert.ok(ordered.every(({ sheets }) => sheets === undefined));
  });

  it('says of whom the model takes no picture any more, also where that is still being drawn', async () => {
    most = 0;
    comes('sheet', { drawing: 'character', scene: { ...sceneOf(1), title: 'Old Tom' } });
    await assert.rejects(draw(all), /does not take these pictures .*: Old Tom\./u);
    assert.equal((await draw(all, sure)).length, 2);
    assert.ok(ordered.every(({ sheets }) => sheets === undefined));
  });
});
