import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TakenOverError, takeRecords } from '../../../src/jobs/sharing/generations.ts';

describe('the folder of records that an owner takes', () => {
  let root: string;
  /** An owner before this one, who stands still in the middle of taking the records. */
  let before: string;
  /** Left by a crash. */
  let oldest: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'scenewright-generations-'));
    before = path.join(root, 'records-2-bbbbbbbbbbbb');
    oldest = path.join(root, 'records-1-aaaaaaaaaaaa');
    await mkdir(oldest);
    await writeFile(path.join(oldest, 'one.json'), 'one');
  });
  afterEach(() => rm(root, { recursive: true }));

  /** May own, and something happens before the look that has this number, from 1. */
  function meanwhile(look: number, act: () => Promise<unknown>): () => Promise<boolean> {
    let looks = 0;
    return async () => {
      if (++looks === look) await act();
      return true;
    };
  }

  async function all(): Promise<string[]> {
    const names = await readdir(root, { recursive: true });
    return names.filter((name) => name.endsWith('.json')).map((name) => path.basename(name));
  }

  it('has what another owner, going on, moves from one old folder to another', async () => {
    for (const look of [2, 3]) {
      await mkdir(before);
      // What it is in the middle of keeps its folder from being removed.
      await writeFile(path.join(before, 'one.json.abc.tmp'), '');
      await mkdir(path.join(root, 'records-3-cccccccccccc'));
      const mine = await takeRecords(
        root,
        meanwhile(look, async () => {
          const one = path.join(oldest, 'one.json');
          await rename(one, path.join(before, 'one.json')).catch(() => undefined);
        }),
      );
      assert.deepEqual(await readdir(mine), ['one.json']);
      await rename(mine, oldest);
      await rm(before, { recursive: true, force: true });
    }
  });

  it('does without one that is fetched by somebody else this very moment', async () => {
    await mkdir(before);
    const elsewhere = path.join(root, 'elsewhere');
    const mine = await takeRecords(
      root,
      meanwhile(2, () => rename(oldest, elsewhere)),
    );
    assert.deepEqual(await readdir(mine), []);
    assert.deepEqual(await readdir(elsewhere), ['one.json'], 'and nothing is done to it');
  });

  it('is lost in any of its steps to who owns next, and nothing with it', async () => {
    for (let look = 2; look <= 3; look++) {
      await mkdir(before);
      await mkdir(path.join(root, 'records-3-cccccccccccc'));
      await writeFile(path.join(before, 'two.json'), 'two');
      const taking = takeRecords(
        root,
        meanwhile(look, async () => {
          const [newest = ''] = (await readdir(root)).sort().reverse();
          await rename(path.join(root, newest), path.join(root, 'records-5-dddddddddddd'));
        }),
      );
      await assert.rejects(taking, TakenOverError);
      assert.deepEqual((await all()).sort(), ['one.json', 'two.json']);
      const mine = await takeRecords(root, () => Promise.resolve(true));
      assert.deepEqual((await readdir(mine)).sort(), ['one.json', 'two.json']);
      await rm(mine, { recursive: true });
      await mkdir(oldest);
      await writeFile(path.join(oldest, 'one.json'), 'one');
    }
  });
});
