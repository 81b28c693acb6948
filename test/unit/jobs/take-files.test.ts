import assert from 'node:assert/strict';
import path from 'node:path';
import { takeFiles } from '../../../src/jobs/take-files.ts';
import { recordOf } from './world.ts';

describe('what goes with the clip of a take', () => {
  const at = (name: string): string => path.join(path.sep, 'films', 'videos', 'story', name);
  const clip = at('scene-001.mp4');
  const saved = { state: 'saved' } as const;

  it('is what bears its name', () => {
    const { jobs, files } = takeFiles([recordOf({ file: clip, render: saved })], clip);
    assert.deepEqual(
      jobs.map(({ id }) => id),
      ['job-1'],
    );
    assert.ok([clip, at('scene-001.4k.mp4'), at('scene-001.jpg')].every((one) => files.has(one)));
  });

  it('is no other clip or picture that was moved to such a name', () => {
    const [large, picture] = [at('scene-001.4k.mp4'), at('scene-001.jpg')];
    const { files } = takeFiles(
      [
        recordOf({ file: clip, render: saved, poster: picture }),
        recordOf({ id: 'b', file: at('b.mp4'), render: saved, moved: { clip: large } }),
        recordOf({ id: 'c', file: at('c.png'), render: saved, moved: { clip: picture } }),
      ],
      clip,
    );
    assert.ok(files.has(clip) && !files.has(large) && !files.has(picture), [...files].join());
  });
});
