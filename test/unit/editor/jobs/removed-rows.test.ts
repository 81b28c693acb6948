import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PicturesOfScript } from '../../../../src/editor/jobs/picture-contents.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import { clipFileOf, hasClip } from '../../../../src/jobs/job-state.ts';
import { takesOf } from '../../../../src/jobs/takes.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { pictureHash } from '../../../../src/script/picture-text.ts';
import '../../../support/fake-vscode.ts';
import { recordOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';

const { clipAmong } = await import('../../../../src/editor/jobs/scene-clips.ts');

const script = parseScript(sampleScript(1, [0]));
const [node] = script.scenes;
assert.ok(node);
const { style, aspect } = script.brief;
const now = pictureHash(node.scene, script.bible, style, aspect);

const render = fc.record({
  state: fc.constantFrom('saved', 'failed', 'expired', 'unclear', 'cancelled'),
  isAsNow: fc.boolean(),
  isThere: fc.boolean(),
});

interface Shown {
  readonly records: readonly JobRecord[];
  readonly disk: ReadonlySet<string>;
}

function clipOf({ records, disk }: Shown) {
  assert.ok(node);
  const looks = {
    has: (file: string) => disk.has(file),
    namesIn: () => new Map(),
    isMoved: () => false,
    isVideo: () => true,
  };
  const takes = takesOf(records, undefined, looks);
  const moment = {
    studio: () => 'fake' as never,
    pictures: {} as PicturesOfScript,
    stillOf: () => undefined,
  };
  return clipAmong(script, node, { records, takes }, moment, undefined);
}

/** As the manager takes a job off the list: what is known of a clip that is here stays. */
function without({ records, disk }: Shown, removed: JobRecord): Shown {
  const stays = hasClip(removed) && disk.has(clipFileOf(removed));
  return { records: records.filter((one) => stays || one !== removed), disk };
}

describe('a scene whose job is taken off the list', () => {
  it('never becomes one whose render failed, and keeps the clip that it has', () => {
    let withClip = 0;
    fc.assert(
      fc.property(fc.array(render, { minLength: 1, maxLength: 6 }), (renders) => {
        const records = renders.map(({ state, isAsNow }, i) =>
          recordOf({
            id: `job-${i}`,
            createdAt: i,
            scene: node.scene,
            file: `/films/scene-001${i === 0 ? '' : `.take-${i + 1}`}.mp4`,
            pictureHash: isAsNow ? now : 'other',
            posterTried: true,
            render: { state: state },
          }),
        );
        const files = records.flatMap((one, i) => (renders[i]?.isThere === true ? [one.file] : []));
        const shown = { records, disk: new Set(files) };
        const before = clipOf(shown);
        withClip += Number(before.file !== undefined);
        for (const removed of records) {
          const after = clipOf(without(shown, removed));
          assert.equal(after.file, before.file);
          if (before.file === undefined || before.state === 'failed') continue;
          assert.equal(after.state, before.state, `without ${removed.id}`);
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(withClip > 50);
  });
});
