import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isTemporary, sweepStorage } from '../../../src/base/leftovers.ts';

describe('what a killed editor left in our storage', () => {
  let folder: string;
  const old = new Date(Date.now() - 48 * 60 * 60 * 1000);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-storage-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is taken away where it is half written and old, and nothing else', async () => {
    const scenes = path.join(folder, 'scenes', 'of-a-script');
    await mkdir(scenes, { recursive: true });
    const names = ['a.json', 'a.json.0123456789ab.tmp', 'a.json.tmp', 'b.json.ba9876543210.tmp'];
    for (const name of names) await writeFile(path.join(scenes, name), '');
    for (const name of names.slice(0, 3)) await utimes(path.join(scenes, name), old, old);
    await sweepStorage(folder);
    assert.deepEqual((await readdir(scenes)).sort(), ['a.json', 'a.json.tmp', names[3]]);
  });

  it('is not looked for behind links', async function () {
    if (process.platform === 'win32') this.skip();
    const outside = await mkdtemp(path.join(tmpdir(), 'scenewright-outside-'));
    const file = path.join(outside, 'x.0123456789ab.tmp');
    await writeFile(file, '');
    await utimes(file, old, old);
    await symlink(outside, path.join(folder, 'linked'));
    await sweepStorage(folder);
    assert.deepEqual(await readdir(outside), ['x.0123456789ab.tmp']);
    await rm(outside, { recursive: true });
  });

  it('is known by its name', () => {
    assert.ok(isTemporary('video.mp4.0123456789ab.tmp.clips', 'video.mp4'));
    assert.ok(!isTemporary('other.mp4.0123456789ab.tmp', 'video.mp4'));
    assert.ok(!isTemporary('video.mp4.tmp', 'video.mp4'));
  });
});
