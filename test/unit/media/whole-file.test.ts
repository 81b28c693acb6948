import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Enclosure } from '../../../src/base/enclosure/enclosure.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { makeWhole } from '../../../src/media/whole-file.ts';

describe('a file that is made whole', () => {
  let folder: string;
  let output: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-whole-'));
    output = path.join(folder, 'video.mp4');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('takes its place at the end, and what was there stays until then', async () => {
    await writeFile(output, 'old');
    const answer = await makeWhole(output, new Enclosure(folder), async (part) => {
      await writeFile(part, 'new');
      assert.equal(await readFile(output, 'utf8'), 'old');
      return 7;
    });
    assert.equal(answer, 7);
    assert.equal(await readFile(output, 'utf8'), 'new');
    assert.deepEqual(await readdir(folder), ['video.mp4']);
  });

  it('is not there at all when making it fails', async () => {
    const failing = makeWhole(output, new Enclosure(folder), async (part) => {
      await writeFile(part, 'half');
      throw new Error('no');
    });
    await assert.rejects(failing, /^Error: no$/);
    assert.deepEqual(await readdir(folder), []);
  });

  it('is an error about the disk where it cannot be put', async () => {
    await mkdir(output);
    await assert.rejects(
      makeWhole(output, new Enclosure(folder), (part) => writeFile(part, 'new')),
      (error) => error instanceof ScenewrightError && error.code === 'disk',
    );
    assert.deepEqual(await readdir(folder), ['video.mp4']);
  });

  it('takes away what a killed editor has left, but nothing that is fresh or not its own', async () => {
    const old = new Date(Date.now() - 48 * 60 * 60 * 1000);
    const age = (name: string): Promise<void> => utimes(path.join(folder, name), old, old);
    const leftovers = ['video.mp4.0123456789ab.tmp', 'video.mp4.0123456789ab.tmp.clips'];
    await writeFile(path.join(folder, leftovers[0] ?? ''), '');
    await mkdir(path.join(folder, leftovers[1] ?? ''));
    const others = ['video.mp4.tmp', 'other.mp4.0123456789ab.tmp', 'video.mp4.fedcba987654.tmp'];
    for (const name of others) await writeFile(path.join(folder, name), '');
    for (const name of [...leftovers, ...others.slice(0, 2)]) await age(name);
    await makeWhole(output, new Enclosure(folder), (part) => writeFile(part, 'new'));
    assert.deepEqual((await readdir(folder)).sort(), [...others, 'video.mp4'].sort());
  });
});
