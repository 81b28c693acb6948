import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Scene } from '../../../src/script/model.ts';
import { KeptScenesOnDisk } from '../../../src/writing/kept/kept.ts';
import { sceneFromAnswer } from '../../../src/writing/scene.ts';
import { beatOf, planOf, sceneAnswer } from './support.ts';

const scene: Scene = sceneFromAnswer(sceneAnswer('đèn “biển” 🏮'), beatOf(1), planOf(1).bible);

describe('scenes kept on disk', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'kept-')), 'not', 'made', 'yet');
    file = path.join(folder, `${scene.id}.json`);
  });
  afterEach(() => rm(path.resolve(folder, '../../..'), { recursive: true }));

  it('come back to another process just as they were', async () => {
    await new KeptScenesOnDisk(folder).put(scene.id, 'h', scene);
    assert.deepEqual(await new KeptScenesOnDisk(folder).get(scene.id, 'h'), scene);
    assert.deepEqual(await readdir(folder), [`${scene.id}.json`], 'no temporary file stays');
  });

  it('are not given out for another question', async () => {
    const kept = new KeptScenesOnDisk(folder);
    await kept.put(scene.id, 'h', scene);
    assert.equal(await kept.get(scene.id, 'other'), undefined);
    assert.equal(await kept.get('abc123', 'h'), undefined);
  });

  it('are gone once removed, and removing nothing is fine', async () => {
    const kept = new KeptScenesOnDisk(folder);
    await kept.remove(scene.id);
    await kept.put(scene.id, 'h', scene);
    await kept.remove(scene.id);
    assert.equal(await kept.get(scene.id, 'h'), undefined);
  });

  it('replace an earlier one of the same id', async () => {
    const kept = new KeptScenesOnDisk(folder);
    await kept.put(scene.id, 'h', scene);
    await kept.put(scene.id, 'i', { ...scene, title: 'Later' });
    assert.equal((await kept.get(scene.id, 'i'))?.title, 'Later');
  });

  it('count as absent when the file is torn, foreign or of another id', async () => {
    const kept = new KeptScenesOnDisk(folder);
    await kept.put(scene.id, 'h', scene);
    const whole = await readFile(file, 'utf8');
    const other = JSON.stringify({ version: 1, hash: 'h', scene: { ...scene, id: 'abc123' } });
    const later = whole.replace('"version":1', '"version":2');
    for (const text of ['', whole.slice(0, -9), '[]', 'hello', '{"version":1}', other, later]) {
      await writeFile(file, text);
      assert.equal(await kept.get(scene.id, 'h'), undefined, text);
    }
    await writeFile(file, whole);
    assert.deepEqual(await kept.get(scene.id, 'h'), scene);
  });

  it('say so when the folder cannot be written', async () => {
    const blocked = path.resolve(folder, '../../..', 'file');
    await writeFile(blocked, '');
    await assert.rejects(new KeptScenesOnDisk(blocked).put(scene.id, 'h', scene));
  });

  it('never leave the folder, whatever an id says', async () => {
    const kept = new KeptScenesOnDisk(folder);
    const outside = path.resolve(folder, '..', 'precious.json');
    await kept.put(scene.id, 'h', scene);
    await writeFile(outside, 'mine');
    await kept.remove('../precious');
    assert.equal(await kept.get('../precious', 'h'), undefined);
    await assert.rejects(kept.put('../precious', 'h', scene));
    assert.equal(await readFile(outside, 'utf8'), 'mine');
  });
});
