import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Enclosure } from '../../../src/base/enclosure/enclosure.ts';
import { assembleVideo } from '../../../src/media/assemble.ts';
import { enlarge } from '../../../src/media/enlarge.ts';
import { writeSubtitles } from '../../../src/media/subtitle-files.ts';
import type { Cue } from '../../../src/media/subtitles.ts';
import { failure } from '../../support/failure.ts';
import { writeTinyClip } from './clips.ts';
import { fakeFfmpeg } from './fake-ffmpeg.ts';

const cues: readonly Cue[] = [
  { startMs: 0, endMs: 1000, parts: [{ speaker: 'Mara', lines: ['Up.'] }] },
];

/** What a cloned repository or an unpacked archive may bring into the folder of the clips. */
describe('what is made of clips in a folder with a stranger’s links', function () {
  this.timeout(20_000);
  let root: string;
  let folder: string;
  let output: string;
  let inside: Enclosure;
  let outside: string;
  let precious: string;

  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'scenewright-links-'));
    inside = new Enclosure(root);
    folder = path.join(root, 'videos/story');
    await mkdir(folder, { recursive: true });
    output = path.join(folder, 'story.mp4');
    outside = await mkdtemp(path.join(tmpdir(), 'scenewright-outside-'));
    precious = path.join(outside, 'precious.txt');
    await writeFile(precious, 'precious');
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
    await rm(outside, { recursive: true, force: true });
  });

  async function expectUntouched(): Promise<void> {
    assert.deepEqual(await readdir(outside), ['precious.txt']);
    assert.equal(await readFile(precious, 'utf8'), 'precious');
  }

  /** The folder of the script, or of all clips, is a link that leads out. */
  async function swap(name: string): Promise<void> {
    await rm(path.join(root, name), { recursive: true });
    await symlink(outside, path.join(root, name));
  }

  for (const name of ['videos', 'videos/story']) {
    it(`writes no video where ${name} leads out`, async () => {
      const clip = await writeTinyClip(path.join(root, 'scene-001.mp4'));
      await swap(name);
      const error = await failure(assembleVideo([clip], output, { root }));
      assert.equal(error.code, 'disk');
      assert.match(error.message, /is a link that leads out.*then retry/);
      await expectUntouched();
    });

    it(`writes no subtitles where ${name} leads out, and puts none away`, async () => {
      await swap(name);
      const put: string[] = [];
      const putAway = (file: string): Promise<void> => Promise.resolve(void put.push(file));
      const error = await failure(writeSubtitles(output, cues, inside, putAway));
      assert.match(error.message, /is a link that leads out.*then retry/);
      await expectUntouched();
      assert.deepEqual(put, []);
    });

    it(`writes no enlarged clip where ${name} leads out`, async () => {
      const program = await fakeFfmpeg(root, `fs.writeFileSync(output, 'large');`);
      const clip = await writeTinyClip(path.join(root, 'scene-001.mp4'));
      await swap(name);
      const larger = path.join(folder, 'scene-001.4k.mp4');
      const error = await failure(enlarge(program, clip, larger, { root }));
      assert.match(error.message, /is a link that leads out.*then retry/);
      await expectUntouched();
    });
  }

  it('replaces links in the place of the video and its subtitles', async () => {
    const clip = await writeTinyClip(path.join(folder, 'scene-001.mp4'));
    const names = ['story.mp4', 'story.srt', 'story.vtt'];
    for (const name of names) await symlink(precious, path.join(folder, name));
    await assembleVideo([clip], output, { root });
    await writeSubtitles(output, cues, inside);
    await expectUntouched();
    assert.deepEqual((await readdir(folder)).sort(), ['scene-001.mp4', ...names]);
    assert.match(await readFile(path.join(folder, 'story.srt'), 'utf8'), /Up\./);
  });

  it('does not read older subtitles that never end', async () => {
    await symlink('/dev/zero', path.join(folder, 'story.srt'));
    execFileSync('mkfifo', [path.join(folder, 'story.vtt')]);
    await writeSubtitles(output, cues, inside);
    assert.match(await readFile(path.join(folder, 'story.srt'), 'utf8'), /Up\./);
    assert.match(await readFile(path.join(folder, 'story.vtt'), 'utf8'), /Up\./);
  });

  it('says so where a folder has the name of the video or of subtitles', async () => {
    const clip = await writeTinyClip(path.join(folder, 'scene-001.mp4'));
    await mkdir(output);
    await mkdir(path.join(folder, 'story.srt'));
    const made = await failure(assembleVideo([clip], output, { root }));
    assert.match(made.message, /story\.mp4 is a folder.*Move it away/);
    const keep = (): Promise<void> => Promise.resolve();
    const written = await failure(writeSubtitles(output, cues, inside, keep));
    assert.match(written.message, /story\.srt is a folder.*Move it away/);
  });

  for (const [name, make] of [
    ['a link to somebody’s video', (clip: string) => symlink(path.join(outside, 'own.mp4'), clip)],
    ['a link to a device', (clip: string) => symlink('/dev/zero', clip)],
    ['a link to itself', (clip: string) => symlink(clip, clip)],
    ['a pipe', (clip: string) => Promise.resolve(void execFileSync('mkfifo', [clip]))],
    ['a folder', (clip: string) => mkdir(clip).then(() => undefined)],
  ] as const) {
    it(`takes no clip that is ${name}`, async () => {
      await writeTinyClip(path.join(outside, 'own.mp4'));
      const clip = path.join(folder, 'scene-001.mp4');
      await make(clip);
      const error = await failure(assembleVideo([clip], output, { root }));
      assert.match(error.message, /scene-001\.mp4 is a link that leads out.*or no file.*Remove it/);
      const program = await fakeFfmpeg(root, `fs.writeFileSync(output, 'large');`);
      const larger = path.join(folder, 'scene-001.4k.mp4');
      await assert.rejects(enlarge(program, clip, larger, { root }), { code: 'bad-input' });
      assert.deepEqual(await readdir(folder), ['scene-001.mp4']);
    });
  }

  it('takes a clip behind a link that stays inside', async () => {
    await writeTinyClip(path.join(root, 'elsewhere.mp4'));
    const clip = path.join(folder, 'scene-001.mp4');
    await symlink(path.join(root, 'elsewhere.mp4'), clip);
    assert.equal((await assembleVideo([clip], output, { root })).clips, 1);
  });

  it('takes away what a killed editor left, but never what a link among it leads to', async () => {
    const clip = await writeTinyClip(path.join(folder, 'scene-001.mp4'));
    await symlink(outside, `${output}.0123456789ab.tmp`);
    const old = new Date(Date.now() - 48 * 60 * 60 * 1000).toISOString();
    execFileSync('touch', ['-h', '-d', old, `${output}.0123456789ab.tmp`]);
    await assembleVideo([clip], output, { root });
    assert.deepEqual((await readdir(folder)).sort(), ['scene-001.mp4', 'story.mp4']);
    await expectUntouched();
  });

  it('puts nothing in place that took the place of what was being made', async () => {
    const clip = await writeTinyClip(path.join(folder, 'scene-001.mp4'), { width: 64 });
    const program = await fakeFfmpeg(
      root,
      `fs.copyFileSync(${JSON.stringify(path.join(root, 'big.mp4'))}, ${JSON.stringify(precious)} + '.mp4');
       fs.symlinkSync(${JSON.stringify(precious)} + '.mp4', output);`,
    );
    await writeTinyClip(path.join(root, 'big.mp4'), { width: 2160, height: 2160 });
    const larger = path.join(folder, 'scene-001.4k.mp4');
    const error = await failure(enlarge(program, clip, larger, { root }));
    assert.match(error.message, /is a link/);
    assert.deepEqual(await readdir(folder), ['scene-001.mp4']);
  });
});
