import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { Uri } from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import { upscaledPath } from '../../../../src/jobs/paths.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { pictureHash } from '../../../../src/script/picture-text.ts';
import { forgetSettings, setInFile } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { JobIndex } = await import('../../../../src/editor/jobs/job-index.ts');
const { staleJobs } = await import('../../../../src/editor/jobs/scene-clips.ts');
const { clipsToJoin, doubtsAmong, doubtWords, filesOf, gapsOf, staleAmong } =
  await import('../../../../src/editor/render/clips-to-join.ts');

/** A take of the one scene. */
interface Made {
  /** `here` with its clip, `gone` without it, or under way. */
  readonly state: 'here' | 'gone' | 'coming' | 'failed';
  /** Of the scene as it stood before it was changed. */
  readonly isOld: boolean;
  readonly isEnlarged: boolean;
}

const made: fc.Arbitrary<Made> = fc.record({
  state: fc.constantFrom('here', 'here', 'here', 'gone', 'coming', 'failed'),
  isOld: fc.boolean(),
  isEnlarged: fc.boolean(),
});

describe('the clips that a script is joined of', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-join-'));
    setInFile('scenewright.downloads.folder', 'global', '.');
    setInFile('scenewright.video.provider', 'global', 'sample');
  });
  afterEach(async () => {
    forgetSettings();
    await rm(folder, { recursive: true });
  });

  it('are told of as changed, as sketches and as unknown, each by what is known of it', () => {
    const take = { take: 1, takes: [], staleTakes: [1], state: 'stale', file: '/a.mp4' } as const;
    const job = { id: 'job' } as JobRecord;
    const clips: SceneClip[] = [
      { ...take, job },
      { ...take, job, isOnlySketch: true },
      { state: 'current', file: '/c.mp4', takes: [], take: 1 },
      { state: 'current', file: '/d.mp4', takes: [], take: 1, job },
      { state: 'none', takes: [] },
    ];
    const doubts = doubtsAmong(clips);
    assert.deepEqual(doubts, { changed: [1], sketched: [2], unknown: [3] });
    assert.deepEqual(doubtWords(doubts), [
      'Scene 1 has changed since its clip was rendered.',
      'These clips are sketches, which the studio that is chosen now has not made: 2.',
      'What these clips were made from is not known, as they were not ordered here: 3.',
    ]);
    assert.deepEqual(
      doubtWords({ ...doubts, changed: [], sketched: [] }),
      [],
      'no question of its own',
    );
    assert.deepEqual(doubtWords({ changed: [1, 4], sketched: [], unknown: [] }), [
      'Scenes 1 and 4 have changed since their clips were rendered.',
    ]);
  });

  it('are the takes that it names, else the newest that are here, and stale by the same', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(made, { maxLength: 4 }),
        fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
        async (takes, chosen) => {
          const place = await mkdtemp(path.join(folder, 'script-'));
          const text = sampleScript(1, [0]);
          const mark = ` · take: ${chosen ?? ''} -->`;
          const script = parseScript(
            chosen === undefined ? text : text.replace(/(<!-- scene: \w+) -->/u, `$1${mark}`),
          );
          const [node] = script.scenes;
          assert.ok(node);
          assert.equal(node.take, chosen);
          const { style, aspect } = script.brief;
          const hash = pictureHash(node.scene, script.bible, style, aspect);
          const fileOf = (index: number): string =>
            path.join(place, index === 0 ? 'scene-001.mp4' : `scene-001.take-${index + 1}.mp4`);
          const records: JobRecord[] = [];
          for (const [index, { state, isOld, isEnlarged }] of takes.entries()) {
            const file = fileOf(index);
            if (state === 'here') await writeFile(file, '');
            const hasLarge = state === 'here' && isEnlarged;
            if (hasLarge) await writeFile(upscaledPath(file), '');
            const told = { here: 'saved', gone: 'saved', coming: 'accepted', failed: 'failed' };
            records.push({
              ...{ id: `${index + 1}`, script: 'file:///story.md', createdAt: index },
              ...{ scene: node.scene, file, studio: 'sample', posterTried: true },
              orders: [
                { kind: 'render', state: told[state] },
                ...(hasLarge ? [{ kind: 'upscale', state: 'saved' }] : []),
              ],
              pictureHash: isOld ? 'before' : hash,
            } as unknown as JobRecord);
          }
          const nothing = new Emitter<never>().event;
          const index = new JobIndex({
            records: () => records,
            onDidChange: nothing,
            onDidRemove: nothing,
          });
          const uri = {
            fsPath: path.join(place, 'story.md'),
            toString: () => 'file:///story.md',
          } as unknown as Uri;
          const clips = clipsToJoin(script, uri, index);

          const here = [...takes.keys()].filter((one) => takes[one]?.state === 'here');
          const counting = here.find((one) => one + 1 === chosen) ?? here.at(-1);
          const take = counting === undefined ? undefined : takes[counting];
          if (counting === undefined || take === undefined) {
            assert.deepEqual(gapsOf(script, clips), { unrendered: [1], unwritten: 0 });
            assert.deepEqual(staleAmong(clips), []);
            return;
          }
          const file = fileOf(counting);
          assert.deepEqual(gapsOf(script, clips), { unrendered: [], unwritten: 0 });
          assert.deepEqual(filesOf(clips), [take.isEnlarged ? upscaledPath(file) : file]);
          // Another take that is on its way, or did not come, makes it neither older nor newer.
          assert.deepEqual(staleAmong(clips), take.isOld ? [1] : []);
          const stale = take.isOld ? [`${counting + 1}`] : [];
          assert.deepEqual([...staleJobs(script, uri, clips)], stale);
        },
      ),
      { numRuns: 150 },
    ));
});
