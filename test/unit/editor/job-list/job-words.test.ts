import assert from 'node:assert/strict';
import type { JobState, JobView } from '../../../../src/jobs/job.ts';
import { refusals } from '../../../../src/net/refusal-reasons.ts';
import { ServerName } from '../../../../src/net/server-name.ts';
import '../../../support/fake-vscode.ts';

const { jobWords } = await import('../../../../src/editor/job-list/job-words.ts');

/** What is seen of a row in a side bar of usual width, in characters. */
const seen = 40;

function beginning(state: JobState, more: Partial<JobView>): string {
  const view: JobView = {
    ...{ id: 'a', kind: 'clip', take: 1, script: 'file:///a.md', scene: 1, sceneId: 'abcdef' },
    ...{ title: 'The lamp goes out', studio: 'fal', state, paused: false },
    ...more,
  };
  return jobWords(view, { stale: false, account: 'The account of the whole team' }).slice(0, seen);
}

describe('what is seen of a job in a narrow row', () => {
  const waitingUntil = Date.UTC(2026, 10, 29, 14, 5);
  const server = new ServerName('queue.a-service-with-a-long-name.example.com');
  const tooMany = server.say(refusals['rate-limit'](' (429)').reason);

  it('is why it failed', () => {
    const error = server.say(refusals.key(' (401)').reason);
    assert.match(beginning('failed', { error }), /The key was refused/);
  });

  it('is why it waits, before until when and for which account', () => {
    assert.match(
      beginning('queued', { note: tooMany, waitingUntil }),
      /^Too many requests at once/,
    );
    assert.match(
      beginning('rendering', { note: tooMany, waitingUntil, progress: 0.4 }),
      /Too many requests/,
    );
    assert.match(beginning('ready', { note: tooMany, waitingUntil }), /^Too many requests at once/);
  });

  it('is for whom it waits where there is nothing else to tell', () => {
    assert.match(beginning('queued', { waitingUntil }), /^waits for “The account of the whole/);
    assert.equal(beginning('queued', {}), 'queued');
  });
});
