import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Enclosure } from '../../../src/base/enclosure/enclosure.ts';
import { PartFile, discardPartOf, partOf, promotePart } from '../../../src/downloads/part-file.ts';
import { bootTime, readSidecar, sidecarOf, writeSidecar } from '../../../src/downloads/sidecar.ts';

const info = { key: 'job-1', validator: '"v1"', total: 100 };

describe('a clip on its way', () => {
  let folder: string;
  let file: string;
  let inside: Enclosure;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-part-'));
    file = path.join(folder, 'clip.mp4');
    inside = new Enclosure(folder);
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const begin = async (stretches: readonly (readonly [number, number])[]): Promise<PartFile> => {
    const part = await PartFile.open(inside, file, 'job-1');
    await part.restart(info);
    for (const [from, to] of stretches) await part.write(Buffer.alloc(to - from, 7), from);
    return part;
  };

  const reopen = async (key = 'job-1'): Promise<{ holes: unknown; bytes: number }> => {
    const part = await PartFile.open(inside, file, key);
    await part.close();
    return { holes: part.holes(100), bytes: part.bytes };
  };

  it('is put together in any order', async () => {
    const part = await begin([
      [60, 100],
      [0, 30],
    ]);
    assert.deepEqual(part.holes(), [[30, 60]]);
    assert.equal(part.isWhole, false);
    await part.write(Buffer.alloc(30, 7), 30);
    assert.equal(part.isWhole, true);
    await part.close();
    assert.ok((await readFile(partOf(file))).equals(Buffer.alloc(100, 7)));
  });

  it('is taken up where it was, with all its holes', async () => {
    const part = await begin([
      [60, 80],
      [0, 30],
    ]);
    await part.keep();
    await part.close();
    assert.deepEqual(await reopen(), {
      holes: [
        [30, 60],
        [80, 100],
      ],
      bytes: 50,
    });
  });

  it('is taken up after a crash, but for what was just being noted', async () => {
    const part = await begin([
      [0, 30],
      [60, 80],
    ]);
    await part.close();
    await appendFile(sidecarOf(file), '80-9');
    await truncate(partOf(file), 100);
    assert.deepEqual((await reopen()).bytes, 50);
  });

  it('is begun anew for another render', async () => {
    const part = await begin([[0, 30]]);
    await part.keep();
    await part.close();
    assert.equal((await reopen('job-2')).bytes, 0);
    assert.equal((await stat(partOf(file))).size, 0);
  });

  it('is not believed to be longer than it is', async () => {
    const part = await begin([[0, 90]]);
    await part.keep();
    await part.close();
    await truncate(partOf(file), 40);
    assert.deepEqual(await reopen(), { holes: [[40, 100]], bytes: 40 });
  });

  for (const [name, text] of [
    ['torn', '{"key":"job-1","validator":"\\"v1'],
    [
      'without a checksum where one should be',
      '{"key":"job-1","validator":"a","digest":null}\n0-9\n',
    ],
    [
      'of a checksum nobody knows',
      '{"key":"job-1","validator":"a","digest":{"algorithm":"x"}}\n0-9\n',
    ],
    ['of the wrong shape', '{"key":"job-1","validator":"x","total":100}\n0-x\n'],
    ['of another kind', '[0,100]\n0-100\n'],
    ['missing', undefined],
  ] as const) {
    it(`is begun anew when what is known about it is ${name}`, async () => {
      await writeFile(partOf(file), Buffer.alloc(100));
      if (text !== undefined) await writeFile(sidecarOf(file), text);
      assert.equal((await reopen()).bytes, 0);
    });
  }

  it('is begun anew after a power cut, unless all had reached the disk', async () => {
    const part = await begin([[0, 30]]);
    await part.close();
    const known = await readSidecar(inside, file);
    assert.ok(known);
    assert.equal(known.boot, bootTime());
    const before = { ...known, boot: (known.boot ?? 0) - 1000 };
    await (await writeSidecar(inside, file, before, false)).close();
    assert.equal(await readSidecar(inside, file), undefined);
    assert.equal((await reopen()).bytes, 0);

    const again = await begin([[0, 30]]);
    await again.keep();
    await again.close();
    assert.equal((await readSidecar(inside, file))?.boot, undefined);
    assert.equal((await reopen()).bytes, 30);
  });

  it('is not taken for safe any more once it goes on', async () => {
    const part = await begin([[0, 30]]);
    await part.keep();
    await part.close();
    const next = await PartFile.open(inside, file, 'job-1');
    await next.resume();
    await next.close();
    assert.notEqual((await readSidecar(inside, file))?.boot, undefined);
  });

  it('takes its place in one step, and none that anything has', async () => {
    await writeFile(file, 'older');
    const part = await begin([[0, 100]]);
    await part.close();
    assert.equal(await promotePart(inside, file), false);
    assert.equal(await readFile(file, 'utf8'), 'older');
    await rm(file);
    assert.equal(await promotePart(inside, file), true);
    assert.ok((await readFile(file)).equals(Buffer.alloc(100, 7)));
    await assert.rejects(stat(sidecarOf(file)), { code: 'ENOENT' });
    await assert.rejects(stat(partOf(file)), { code: 'ENOENT' });
  });

  it('is forgotten only with its own render', async () => {
    const part = await begin([[0, 30]]);
    await part.close();
    await discardPartOf(inside, file, 'job-2');
    assert.equal((await reopen()).bytes, 30);
    await discardPartOf(inside, file, 'job-1');
    await assert.rejects(stat(partOf(file)), { code: 'ENOENT' });
  });
});
