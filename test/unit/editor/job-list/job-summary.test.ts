import assert from 'node:assert/strict';
import type { JobView } from '../../../../src/jobs/job.ts';
import { answerWith, commands, notifications } from '../../../support/fake-vscode.ts';

const { tellSummary } = await import('../../../../src/editor/job-list/job-summary.ts');

function done(id: string, more: Partial<JobView> = {}): JobView {
  return {
    ...{ id, kind: 'clip', take: 1, script: 'file:///a.md', scene: 1, sceneId: 'abcdef' },
    ...{ title: 'The lamp goes out', studio: 'fal', state: 'done', paused: false },
    ...more,
  };
}

describe('what is told when the last clip is here', () => {
  const called: [string, object][] = [];
  const parts = ['scenewright.jobs.open', 'scenewright.assembleVideo'].map((id) =>
    commands.registerCommand(id, (argument) =>
      Promise.resolve(called.push([id, argument as object])),
    ),
  );

  beforeEach(() => {
    called.length = 0;
    notifications.length = 0;
  });
  after(() => {
    for (const part of parts) part.dispose();
    answerWith(undefined);
  });

  /** The one button under it, which is clicked. */
  const buttonOf = async (jobs: readonly JobView[]): Promise<string | undefined> => {
    const { length: succeeded } = jobs;
    const tell = () =>
      tellSummary(
        { succeeded, failed: 0, skipped: 0, bytes: 1, milliseconds: 1, jobs },
        { info: () => undefined } as never,
        {} as never,
      );
    answerWith(undefined);
    await tell();
    const [button, ...others] = notifications.at(-1)?.buttons ?? [];
    assert.deepEqual(others, []);
    answerWith(button);
    await tell();
    return button;
  };

  it('leads on: to the one clip, or to the film of several', async () => {
    assert.equal(await buttonOf([done('a')]), 'Open Clip');
    assert.equal(await buttonOf([done('a'), done('p', { kind: 'picture' })]), 'Open Clip');
    assert.deepEqual(
      called.map(([id, argument]) => [id, 'job' in argument && argument.job]),
      Array(2).fill(['scenewright.jobs.open', 'a']),
    );
    assert.equal(await buttonOf([done('a'), done('b')]), 'Assemble Video');
    assert.equal(called.at(-1)?.[0], 'scenewright.assembleVideo');
  });

  it('leads nowhere where that would be a guess', async () => {
    assert.equal(await buttonOf([done('a'), done('b', { script: 'file:///b.md' })]), undefined);
    assert.equal(await buttonOf([done('p', { kind: 'picture' })]), undefined);
    assert.deepEqual(called, []);
  });
});
