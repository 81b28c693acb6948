import assert from 'node:assert/strict';
import '../../../support/fake-vscode.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import type { Take } from '../../../../src/jobs/takes.ts';

const { takesShown } = await import('../../../../src/editor/film/takes-shown.ts');

const job = (more: Partial<JobRecord>): JobRecord => ({ poster: '/p.png', ...more }) as JobRecord;
const here = (take: number, more: Partial<JobRecord> = {}): Take => ({
  take,
  state: 'here',
  file: `/scene-001.take-${take}.mp4`,
  job: job(more),
});

describe('the takes that one can choose from', () => {
  it('are those that are here, with what is known of each, and the one that counts', () => {
    const terms = { address: 'https://example.com', model: 'veo-3' };
    const takes: Take[] = [
      { take: 1, state: 'here', file: '/scene-001.mp4' },
      here(2, { terms, instruction: 'slower' }),
      { take: 3, state: 'coming', job: job({}) },
      here(4),
    ];
    assert.deepEqual(
      takesShown({ takes, take: 4 }, ({ poster }) => poster),
      [
        { take: 1, chosen: false, words: 'from elsewhere' },
        { take: 2, chosen: false, words: 'veo-3 · slower', poster: '/p.png' },
        { take: 4, chosen: true, words: '', poster: '/p.png' },
      ],
    );
  });

  it('are not shown where there is nothing to choose', () => {
    const coming: Take = { take: 2, state: 'coming', job: job({}) };
    for (const takes of [[], [here(1)], [here(1), coming]]) {
      assert.equal(
        takesShown({ takes, take: 1 }, () => undefined),
        undefined,
      );
    }
  });
});
