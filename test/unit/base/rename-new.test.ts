import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { renameNew } from '../../../src/base/files.ts';

describe('renaming to a name that nothing has', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-rename-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('moves the file, and nothing that has the name already', async () => {
    const [from, to] = [path.join(folder, 'a.part'), path.join(folder, 'a')];
    await writeFile(from, 'one');
    await renameNew(from, to);
    assert.deepEqual(await readdir(folder), ['a']);
    await writeFile(from, 'two');
    await assert.rejects(renameNew(from, to), { code: 'EEXIST' });
    assert.equal(await readFile(to, 'utf8'), 'one');
    assert.equal(await readFile(from, 'utf8'), 'two');
  });

  it('leaves nothing at the name where it fails behind a disk without hard links', async () => {
    // A folder cannot be linked, as on such a disk, nor be put over the file that keeps the name.
    await mkdir(path.join(folder, 'a.part'));
    await assert.rejects(renameNew(path.join(folder, 'a.part'), path.join(folder, 'a')));
    assert.deepEqual(await readdir(folder), ['a.part']);
  });
});
