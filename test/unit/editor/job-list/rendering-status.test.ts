import assert from 'node:assert/strict';
import type { JobState, JobView } from '../../../../src/jobs/job.ts';
import '../../../support/fake-vscode.ts';

const { RenderingBatch, renderingWords } =
  await import('../../../../src/editor/job-list/rendering-status.ts');

function view(id: string, state: JobState, more: Partial<JobView> = {}): JobView {
  return {
    ...{ id, kind: 'clip', take: 1, script: 'file:///a.md', scene: 1, sceneId: 'abcdef' },
    ...{ title: 'The lamp goes out', studio: 'fal', state, paused: false },
    ...more,
  };
}

describe('what the status bar says of rendering', () => {
  it('counts what has been under way together, from the first order until the last has ended', () => {
    const batch = new RenderingBatch();
    const words = (): string | undefined => batch.counts && renderingWords(batch.counts);
    batch.follow([view('old', 'done'), view('lost', 'failed')]);
    assert.equal(words(), undefined);
    batch.follow([view('a', 'rendering'), view('b', 'queued'), view('c', 'queued')]);
    assert.equal(words(), 'Rendering 0 of 3');
    batch.follow([view('a', 'done'), view('b', 'failed')]);
    assert.equal(words(), 'Rendering 1 of 3 · 1 failed');
    batch.follow([view('d', 'queued', { kind: 'picture' })]);
    assert.equal(words(), 'Rendering 1 of 4 · 1 failed');
    batch.follow([view('b', 'failed', { superseded: true })]);
    batch.remove(['d']);
    assert.equal(words(), 'Rendering 1 of 3');
    batch.follow([view('c', 'done')]);
    assert.equal(words(), undefined);
    batch.follow([view('e', 'rendering', { kind: 'picture' })]);
    assert.equal(words(), 'Drawing 0 of 1');
  });

  it('is nothing while all that is left is paused, waits for the writer or was taken off the list', () => {
    for (const rest of [{ paused: true }, { held: true } as const]) {
      const batch = new RenderingBatch();
      batch.follow([view('a', 'queued')]);
      batch.follow([view('a', 'queued', rest)]);
      assert.equal(batch.counts, undefined);
    }
    const batch = new RenderingBatch();
    batch.follow([view('a', 'queued')]);
    batch.remove(['a']);
    assert.equal(batch.counts, undefined);
  });
});
