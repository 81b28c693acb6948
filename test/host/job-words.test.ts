import assert from 'node:assert/strict';
import { formatTime } from '../../src/editor/ui/format.ts';
import { summaryWords } from '../../src/editor/job-list/job-summary.ts';
import { jobIcon, jobTitle, jobWords, nextStep } from '../../src/editor/job-list/job-words.ts';
import { jobStates, type JobView } from '../../src/jobs/job.ts';

describe('what a row of the video jobs says', () => {
  const view = (more: Partial<JobView>): JobView => ({
    id: 'a',
    kind: 'clip',
    take: 1,
    script: 'file:///a.md',
    scene: 12,
    sceneId: 'abcdef',
    title: 'The lamp goes out',
    studio: 'fal',
    state: 'queued',
    paused: false,
    ...more,
  });
  const words = (more: Partial<JobView>, account?: string): string =>
    jobWords(view(more), { stale: false, account });

  it('is its number and title, and how it stands in a few words', () => {
    assert.equal(jobTitle(view({})), '12  The lamp goes out');
    assert.equal(
      words({ state: 'downloading', progress: 0.649, speed: 12_000_000 }),
      '64 % · 12 MB/s',
    );
    assert.equal(words({ state: 'rendering', progress: 0.3 }), '30 % · rendering');
    assert.equal(words({ state: 'rendering', note: 'queue 3' }), 'rendering · queue 3');
    assert.equal(words({ state: 'rendering', ahead: 0 }), 'next in the queue');
    assert.equal(words({ state: 'rendering', ahead: 2 }), 'number 3 in the queue');
    assert.equal(words({ state: 'upscaling', progress: 0.4 }), 'upscaling 40 %');
    assert.equal(words({ state: 'downloading', paused: true, progress: 0.2 }), 'paused · 20 %');
    assert.equal(
      words({ state: 'done', seconds: 8, bytes: 12_400_000, upscaled: '4k' }),
      '8 s · 12.4 MB · 4K',
    );
  });

  it('leaves the length to what stands beside, unless the clip has another', () => {
    const done = view({ state: 'done', seconds: 8, bytes: 12_400_000 });
    const beside = (besideSeconds: number): string =>
      jobWords(done, { stale: false, besideSeconds });
    assert.equal(beside(8), '12.4 MB');
    assert.equal(beside(6), '8 s · 12.4 MB');
  });

  it('is for whom it waits, and until when', () => {
    const waitingUntil = new Date(2026, 0, 1, 14, 32).getTime();
    const time = formatTime(waitingUntil);
    assert.equal(words({ waitingUntil }, 'second'), `waits for “second” until ${time}`);
    assert.equal(words({ waitingUntil }), `waits until ${time}`);
    // A service that is asked again is not waited for by an account.
    const asked = { waitingUntil, note: 'Still moving (404).' };
    const awaited = `Still moving (404). · waits until ${time}`;
    assert.equal(words({ state: 'ready', ...asked }, 'second'), awaited);
    assert.equal(words({ state: 'rendering', ...asked }, 'second'), `rendering · ${awaited}`);
  });

  it('is that a clip was deleted, or a failure made good, and no alarm any more', () => {
    const done = view({ state: 'done', file: '/clip.mp4', seconds: 8 });
    assert.equal(jobWords(done, { stale: true, gone: true }), 'its clip was deleted');
    assert.equal(jobIcon(done, true, true).id, 'trash');
    const over = view({ state: 'failed', error: 'No.', superseded: true });
    assert.equal(jobWords(over, { stale: false }), 'failed · a later try worked');
    assert.equal(jobIcon(over, false).id, 'circle-slash');
    assert.equal(nextStep(over), 'Nothing is left to do: a later try worked.');
  });

  it('has words and an icon for every state, and no two states have both alike', () => {
    const seen = jobStates.map((state) => {
      const icon = jobIcon(view({ state }), false);
      const described = words({ state, error: 'No.', seconds: 8 });
      assert.notEqual(described, '', state);
      return `${icon.id} ${described}`;
    });
    assert.equal(new Set(seen).size, jobStates.length);
  });

  it('sums up a batch of renders', () => {
    const helps = view({ state: 'failed', retry: 'helps' });
    const summary = { succeeded: 7, failed: 0, skipped: 0, bytes: 84e6, milliseconds: 187_000 };
    assert.equal(summaryWords({ ...summary, jobs: [] }), '7 clips are here (84 MB, took 3 min).');
    const money = { currency: 'USD', amount: 2.8 };
    assert.equal(
      summaryWords({
        ...summary,
        ...{ succeeded: 1, failed: 2, skipped: 3, money },
        jobs: [helps, helps],
      }),
      'One clip is here (84 MB, took 3 min, $2.80 by the price list). 2 failed. 3 cancelled. Nothing is lost: each can be retried.',
    );
    assert.equal(summaryWords({ ...summary, succeeded: 0, skipped: 2, jobs: [] }), undefined);
    const told = (jobs: JobView[]): string =>
      summaryWords({ ...summary, failed: 2, jobs })?.split('failed. ')[1] ?? '';
    const asks = view({ state: 'failed', retry: 'asks' });
    assert.equal(
      told([helps, asks]),
      'Nothing is lost: 1 can be retried as it is; of the others the list says what would help.',
    );
    assert.equal(told([asks, asks]), 'Nothing is lost: the list says of each what would help.');
  });
});
