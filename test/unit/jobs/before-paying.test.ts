import assert from 'node:assert/strict';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { failure } from '../../support/failure.ts';
import { smallDisk, unmount } from '../downloads/small-disk.ts';
import { World, untilState } from './world.ts';

describe('before a clip is paid for, its place', () => {
  let world: World;
  let story: string;

  beforeEach(async () => {
    world = await World.make();
    story = path.join(world.folder, 'videos/story');
  });

  afterEach(async () => {
    await world.close();
  });

  /** What stands against an order, which then has not gone out. */
  const refused = async (file?: string): Promise<string> => {
    const manager = await world.opened();
    const orders = world
      .orders(3)
      .map((order) => (file === undefined ? order : { ...order, file }));
    const error = await failure(manager.enqueue(orders));
    assert.equal(error.code, 'disk');
    assert.match(error.message, /Nothing was ordered\./);
    assert.doesNotMatch(error.message, /\bE[A-Z]{4,}\b/, 'no word of the system');
    assert.deepEqual([manager.records(), world.studio.submitted], [[], []]);
    return error.message;
  };

  it('is made and tried, and nothing of that stays but the folder', async () => {
    const server = await world.serving(mp4(1000));
    try {
      const manager = await world.opened();
      world.studio.onSubmit = async ({ jobId }) => {
        assert.deepEqual(await readdir(story), []);
        return { remoteId: jobId };
      };
      const [view] = await manager.enqueue([world.order(1)]);
      await untilState(manager, view?.id ?? '', 'done');
    } finally {
      await server.close();
    }
  });

  it('is named where a file is in the way of its folder', async () => {
    await writeFile(path.join(world.folder, 'videos'), 'notes');
    assert.match(await refused(), /videos is no folder/);
  });

  it('is named where a file is in the way of the folder of the script', async () => {
    await mkdir(path.dirname(story));
    await writeFile(story, 'notes');
    assert.match(await refused(), /story is no folder/);
  });

  it('is named where a folder has its name', async () => {
    await mkdir(path.join(story, 'scene-002.mp4'), { recursive: true });
    assert.match(await refused(), /scene-002\.mp4 is a folder/);
  });

  it('is named where it is behind a link that leads out', async () => {
    const elsewhere = path.join(world.folder, '../', `${path.basename(world.folder)}-other`);
    await mkdir(elsewhere);
    await symlink(elsewhere, path.join(world.folder, 'videos'));
    assert.match(await refused(), /leads out of it/);
    assert.deepEqual(await readdir(elsewhere), []);
    await rm(elsewhere, { recursive: true });
  });

  it('is named where it is behind a link that leads nowhere', async () => {
    await symlink(path.join(world.folder, 'gone'), path.join(world.folder, 'videos'));
    assert.match(await refused(), /leads nowhere/);
  });

  it('may be behind a link that stays inside, also on another disk', async function () {
    const disk = path.join(world.folder, 'disk');
    await mkdir(disk);
    if (!smallDisk(disk, '3m')) this.skip();
    await symlink(disk, path.join(world.folder, 'videos'));
    const server = await world.serving(mp4(1000));
    try {
      const manager = await world.opened();
      const [view] = await manager.enqueue([world.order(1)]);
      await untilState(manager, view?.id ?? '', 'done');
    } finally {
      await server.close();
      unmount(disk);
    }
  });

  it('is named where its disk is full', async function () {
    const disk = path.join(world.folder, 'videos');
    await mkdir(disk);
    if (!smallDisk(disk, '64k')) this.skip();
    try {
      await writeFile(path.join(disk, 'filler'), Buffer.alloc(40_000));
      assert.match(await refused(), /disk is full/);
      assert.deepEqual(await readdir(story), []);
    } finally {
      unmount(disk);
    }
  });

  it('is named where it can only be read', async function () {
    const disk = path.join(world.folder, 'videos');
    await mkdir(disk);
    if (!smallDisk(disk, '64k,ro')) this.skip();
    try {
      const manager = await world.opened();
      const error = await failure(manager.enqueue(world.orders(2)));
      assert.match(error.message, /cannot be written \(EROFS\).+Nothing was ordered/);
      assert.deepEqual(world.studio.submitted, []);
    } finally {
      unmount(disk);
    }
  });

  it('is named where a clip on its way would have too long a name', async () => {
    const name = `${'x'.repeat(230)}.mp4`;
    assert.match(await refused(path.join(story, name)), /is too long for this disk/);
  });

  it('is tried once more when its order goes out: nothing is ordered that cannot be kept', async () => {
    const manager = await world.opened();
    world.studio.prepare = async () => {
      await rm(story, { recursive: true, force: true });
      await writeFile(story, 'in the way by now');
    };
    const [view] = await manager.enqueue([world.order(1)]);
    const { error = '' } = await untilState(manager, view?.id ?? '', 'failed');
    assert.match(error, /story is no folder.+Nothing was ordered/);
    assert.deepEqual(world.studio.submitted, []);
  });

  it('is made anew where its folder was removed meanwhile', async () => {
    const server = await world.serving(mp4(1000));
    try {
      const manager = await world.opened();
      world.studio.prepare = () => rm(path.dirname(story), { recursive: true, force: true });
      const [view] = await manager.enqueue([world.order(1)]);
      await untilState(manager, view?.id ?? '', 'done');
    } finally {
      await server.close();
    }
  });
});
