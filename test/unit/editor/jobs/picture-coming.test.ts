import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import '../../../support/fake-vscode.ts';
import { Emitter } from '../../../../src/base/events.ts';
import type { PictureSubject } from '../../../../src/editor/jobs/job-index.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import type { OrderState } from '../../../../src/jobs/order.ts';
import { recordOf, sceneOf } from '../../jobs/world.ts';

const { JobIndex } = await import('../../../../src/editor/jobs/job-index.ts');
const { pictureComing } = await import('../../../../src/editor/jobs/picture-coming.ts');

const address = 'file:///films/story.md';
const script = { fsPath: '/films/story.md', toString: () => address } as unknown as Uri;
const scene = sceneOf(1);
const still: PictureSubject = { kind: 'still', id: scene.id };

/** A job of the picture of a scene or of somebody. */
function job(state: OrderState, more: Partial<JobRecord> = {}): JobRecord {
  return recordOf({
    ...{ id: 'a', script: script.toString(), drawing: 'still', scene, posterTried: true },
    file: '/films/videos/story/pictures/scene-001.png',
    orders: [{ kind: 'picture', state, attempt: 0, accounts: [] }],
    ...more,
  });
}

function coming(
  records: readonly JobRecord[],
  subject = still,
  has: readonly string[] = [],
): string | undefined {
  const none = new Emitter<never>().event;
  const jobs = new JobIndex({ records: () => [...records], onDidChange: none, onDidRemove: none });
  return pictureComing(script, jobs, subject, has)?.id;
}

describe('a picture of a script that is on its way', () => {
  it('is one that is ordered, may be, or is still at its service, until that has ended without it', () => {
    for (const state of ['queued', 'submitting', 'accepted', 'ready', 'unclear'] as const) {
      assert.equal(coming([job(state)]), 'a', state);
    }
    for (const state of ['failed', 'cancelled', 'expired'] as const) {
      assert.equal(coming([job(state)]), undefined, state);
    }
  });

  it('is on its way until the script has it, or somebody has been told that it does not take it', () => {
    const here = job('saved');
    assert.equal(coming([here]), 'a');
    assert.equal(coming([here], still, ['other.png']), 'a');
    assert.equal(coming([here], still, ['videos/story/pictures/scene-001.png']), undefined);
    assert.equal(coming([{ ...here, settled: true }]), undefined);
  });

  it('is the one of that scene, of somebody or of a place, in that script alone', () => {
    const mara = { ...scene, title: 'Mára  Lind' };
    const sheet = job('queued', { drawing: 'character', scene: mara });
    assert.equal(coming([sheet], { kind: 'character', name: 'mára lind' }), 'a');
    assert.equal(coming([sheet], { kind: 'place', name: 'Mára Lind' }), undefined);
    assert.equal(coming([sheet]), undefined);
    assert.equal(coming([job('queued', { script: 'file:///films/other.md' })]), undefined);
    assert.equal(coming([job('queued', { scene: sceneOf(2) })]), undefined);
    assert.equal(coming([recordOf({ script: script.toString(), scene })]), undefined, 'a clip');
  });
});
