import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Thumbnails } from '../../../../src/editor/film/thumbnails.ts';

const webp = Buffer.from('RIFF....WEBPVP8 small');
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

describe('thumbnails', () => {
  let folder: string;
  let source: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'thumbnails-'));
    source = path.join(folder, 'scene-001.png');
    await writeFile(source, 'a picture');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = (): Thumbnails => new Thumbnails(path.join(folder, 'small'));

  it('are made once, and found again by whoever comes later', async () => {
    const thumbnails = open();
    const asked = await thumbnails.of(source);
    assert.ok(asked && asked.file === undefined);
    const file = await thumbnails.put(asked.key, webp);
    assert.ok(file);
    assert.deepEqual(await readFile(file), webp);
    assert.deepEqual(await thumbnails.of(source), { key: asked.key, file });
    assert.deepEqual(await open().of(source), { key: asked.key, file });
  });

  it('are others once the file is another', async () => {
    const thumbnails = open();
    const { key = '' } = (await thumbnails.of(source)) ?? {};
    await thumbnails.put(key, jpeg);
    await writeFile(source, 'another picture');
    const after = await thumbnails.of(source);
    assert.ok(after && after.key !== key && after.file === undefined);
    await utimes(source, 1, 1);
    assert.notEqual((await thumbnails.of(source))?.key, after.key);
  });

  it('are not there for a file that is not there, or is a folder', async () => {
    assert.equal(await open().of(path.join(folder, 'gone.png')), undefined);
    assert.equal(await open().of(folder), undefined);
  });

  it('are taken only where they were asked for, once, small and as pictures', async () => {
    const thumbnails = open();
    const { key = '' } = (await thumbnails.of(source)) ?? {};
    const large = Buffer.concat([webp, Buffer.alloc(20_000)]);
    for (const bytes of [large, Buffer.from('<svg onload=alert(1)>'), Buffer.alloc(0)]) {
      assert.equal(await thumbnails.put(key, bytes), undefined);
    }
    assert.equal(await thumbnails.put('../../extension', webp), undefined);
    assert.equal(await thumbnails.put('a'.repeat(40), webp), undefined);
    assert.deepEqual(await readdir(folder), ['scene-001.png'], 'nothing was written');
    assert.ok(await thumbnails.put(key, webp));
    assert.equal(await thumbnails.put(key, jpeg), undefined, 'a second one');
    assert.deepEqual(await readdir(path.join(folder, 'small')), [`${key}.webp`]);
  });

  it('are kept in a bounded number, the newest ones', async () => {
    const thumbnails = new Thumbnails(path.join(folder, 'small'), 3);
    const keys: string[] = [];
    for (let i = 0; i < 5; i++) {
      const file = path.join(folder, `${i}.png`);
      await writeFile(file, String(i));
      const { key = '' } = (await thumbnails.of(file)) ?? {};
      const put = await thumbnails.put(key, webp);
      assert.ok(put);
      await utimes(put, 1000 + i, 1000 + i);
      keys.push(key);
    }
    const names = async () => (await readdir(path.join(folder, 'small'))).sort();
    assert.deepEqual(
      await names(),
      keys
        .slice(2)
        .map((key) => `${key}.webp`)
        .sort(),
    );
    await new Thumbnails(path.join(folder, 'small'), 1).of(source);
    assert.deepEqual(await names(), [`${keys[4] ?? ''}.webp`]);
  });
});
