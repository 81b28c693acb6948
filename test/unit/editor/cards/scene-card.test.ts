import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TextDocument } from 'vscode';
import type { CardTools, SceneCard } from '../../../../src/editor/cards/scene-card.ts';
import type { ClipState, SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import type { JobRecord, JobView } from '../../../../src/jobs/job.ts';
import type { Take } from '../../../../src/jobs/takes.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { recordOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';
import '../../../support/fake-vscode.ts';

const { cardMaker } = await import('../../../../src/editor/cards/scene-card.ts');

/** A script of one written scene, in a folder of its own. */
const script = parseScript(sampleScript(2, [0]));

describe('the card of a scene', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-card-'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  /** The card where the scene stands with its clip like this. */
  function card(
    clip: Partial<SceneClip> & Pick<SceneClip, 'state'>,
    view?: Partial<JobView>,
    number = 1,
  ): SceneCard | undefined {
    const uri = { fsPath: path.join(folder, 'lamp.md') };
    const tools: CardTools = {
      scripts: { read: () => script },
      clips: { of: () => [{ takes: [], ...clip }] },
      view: () => view as JobView | undefined,
      studio: { priceOf: () => ({ currency: 'USD', perSecond: 0.1 }) as never },
    };
    return cardMaker(tools, { uri } as unknown as TextDocument)(number);
  }

  const job = (more: Partial<JobRecord> = {}): JobRecord => recordOf({ id: 'job', ...more });

  it('names the one thing to do next, and never a second order of what may have been taken', () => {
    const next = (state: ClipState, view?: Partial<JobView>): string | undefined =>
      card({ state, job: job() }, view)?.next;
    assert.equal(next('none'), 'render');
    assert.equal(next('stale'), 'render');
    assert.equal(next('running'), 'follow');
    assert.equal(next('current'), undefined);
    assert.equal(next('failed', { state: 'unclear', stage: 'submit' }), 'decide');
    assert.equal(next('failed', { state: 'failed', stage: 'download' }), 'fetch');
    assert.equal(next('failed', { state: 'failed', stage: 'poll' }), 'fetch');
    assert.equal(next('failed', { state: 'failed', stage: 'submit' }), 'render');
  });

  it('says what a clip would cost only where there is one to render', () => {
    assert.ok(card({ state: 'none' })?.priceToCome);
    assert.equal(card({ state: 'current' })?.priceToCome, undefined);
  });

  it('shows the picture that is there: that of the job, else one beside the clip', async () => {
    const clip = path.join(folder, 'scene-001.mp4');
    const beside = path.join(folder, 'scene-001.png');
    const poster = path.join(folder, 'poster.png');
    const shown = (): SceneCard | undefined =>
      card({
        ...{ state: 'current', file: clip, job: job({ poster }) },
        takes: [
          { take: 1, state: 'here', file: clip },
          { take: 2, state: 'coming' },
          { take: 3, state: 'over' },
        ],
      });
    assert.equal(shown()?.picture, undefined);
    await writeFile(beside, '');
    assert.equal(shown()?.picture, beside);
    await writeFile(poster, '');
    assert.equal(shown()?.picture, poster);
    assert.deepEqual([shown()?.clip, shown()?.takes], [clip, 1]);
  });

  it('shows no clip and no picture from outside of the workspace folder', async () => {
    const outside = await mkdtemp(path.join(tmpdir(), 'scenewright-outside-'));
    const file = path.join(outside, 'scene-001.mp4');
    const poster = path.join(outside, 'scene-001.png');
    await writeFile(poster, '');
    const dots = path.join(folder, 'x') + `/../../${path.basename(outside)}/scene-001.png`;
    for (const one of [poster, dots]) {
      const shown = card({ state: 'current', file, job: job({ poster: one }) });
      assert.deepEqual([shown?.clip, shown?.picture], [undefined, undefined]);
    }
    await rm(outside, { recursive: true });
  });

  it('has a take to choose, and none to render, where one that shows the scene as it reads is here', () => {
    const current: Take = { take: 2, state: 'here' };
    const shown = card({ state: 'stale', current });
    assert.deepEqual([shown?.next, shown?.current, shown?.priceToCome], ['choose', 2, undefined]);
  });

  it('is none where the document has no such scene', () => {
    assert.equal(card({ state: 'none' }, undefined, 2), undefined);
    assert.equal(card({ state: 'none' }, undefined, 0), undefined);
  });
});
