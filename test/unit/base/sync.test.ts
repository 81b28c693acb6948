import assert from 'node:assert/strict';
import promises, { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeFileAtomic } from '../../../src/base/files.ts';
import { syncFile, syncFolder } from '../../../src/base/sync.ts';

const systemError = (code: string): Error =>
  Object.assign(new Error(`${code}: no`), { code, syscall: 'fsync' });

describe('writing through to the disk', () => {
  const { open: realOpen } = promises;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-sync-'));
  });

  afterEach(async () => {
    promises.open = realOpen;
    syncBuiltinESMExports();
    await rm(folder, { recursive: true, force: true });
  });

  /** A file system on which this goes wrong with folders, or with files. */
  function fails(where: 'folder-open' | 'folder' | 'file', code: string): void {
    promises.open = async (...args: Parameters<typeof realOpen>): Promise<FileHandle> => {
      const isFolder = args[0] === folder;
      if (isFolder && where === 'folder-open') throw systemError(code);
      const handle = await realOpen(...args);
      if (where === (isFolder ? 'folder' : 'file')) {
        handle.sync = handle.datasync = () => Promise.reject(systemError(code));
      }
      return handle;
    };
    syncBuiltinESMExports();
  }

  // As network shares, shared folders of virtual machines and file systems in user space answer.
  for (const code of ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM', 'EACCES', 'EISDIR']) {
    for (const where of ['folder', 'folder-open'] as const) {
      it(`is left alone where folders cannot (${where}: ${code})`, async function () {
        if (process.platform === 'win32') this.skip();
        fails(where, code);
        await writeFileAtomic(path.join(folder, 'record.json'), '{}');
        assert.equal(await readFile(path.join(folder, 'record.json'), 'utf8'), '{}');
      });
    }
  }

  for (const code of ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']) {
    it(`is left alone where files cannot (${code})`, async () => {
      fails('file', code);
      await writeFileAtomic(path.join(folder, 'record.json'), '{}');
      const handle = await open(path.join(folder, 'record.json'), 'r+');
      await syncFile(handle, 'content');
      await handle.close();
    });
  }

  for (const code of ['EIO', 'ENOSPC', 'EDQUOT']) {
    for (const where of ['folder', 'file'] as const) {
      it(`is an error where the disk is broken or full (${where}: ${code})`, async function () {
        if (process.platform === 'win32') this.skip();
        fails(where, code);
        await assert.rejects(writeFileAtomic(path.join(folder, 'record.json'), '{}'), { code });
      });
    }
  }

  it('is an error where a file may not be written through', async () => {
    fails('file', 'EPERM');
    await assert.rejects(writeFileAtomic(path.join(folder, 'record.json'), '{}'), {
      code: 'EPERM',
    });
  });

  it('is left alone on a real file system that has no way for folders', async function () {
    if (process.platform !== 'linux') this.skip();
    const handle = await open('/proc', 'r');
    await assert.rejects(handle.sync(), { code: 'EINVAL' }).finally(() => handle.close());
    await syncFolder('/proc');
  });
});
