import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RewriteJournal, type Rewrite } from '../../../../src/writing/journal/rewrite-journal.ts';
import { sceneFromAnswer } from '../../../../src/writing/run/scene-from-answer.ts';
import { beatOf, planOf, sceneAnswer } from '../writing-support.ts';

describe('rewrites kept on disk', () => {
  const scene = sceneFromAnswer(sceneAnswer('đèn “biển” 🏮'), beatOf(1), planOf(1).bible);
  const rewrite: Rewrite = {
    id: '7b0a3c1e-55e4-4d3f-9c3c-0d6b1f0f2f10',
    script: 'file:///scripts/lamp.md',
    scene,
    instruction: 'Mưa rơi',
    before: '## Scene 1: The lamp\r\n',
    at: 1_000,
  };
  const later = { ...rewrite, id: '0c5d2b1e-7a41-4a3b-8c2e-1d6b1f0f2f11', at: 2_000 };
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rewrites-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('come back to another process just as they were', async () => {
    await new RewriteJournal(folder).put(rewrite);
    assert.deepEqual(await new RewriteJournal(folder).of(scene.id), [rewrite]);
    assert.deepEqual(await new RewriteJournal(folder).of('s00002'), []);
  });

  it('stand beside each other, the last one first, until each is removed', async () => {
    const kept = new RewriteJournal(path.join(folder, 'not', 'made', 'yet'));
    assert.deepEqual(await kept.of(scene.id), []);
    await kept.decided(rewrite, rewrite.script);
    await kept.put(later);
    await kept.put(rewrite);
    assert.deepEqual(await kept.of(scene.id), [later, rewrite]);
    await kept.decided(later, later.script);
    assert.deepEqual(await kept.of(scene.id), [rewrite]);
  });

  it('count as none where the file is torn, foreign or another one’s', async () => {
    const kept = new RewriteJournal(folder);
    await kept.put(rewrite);
    const [name = ''] = await readdir(folder);
    const file = path.join(folder, name);
    const whole = await readFile(file, 'utf8');
    const other = JSON.stringify({ version: 1, ...later });
    for (const text of ['', whole.slice(0, -9), '[]', '{"version":1}', other]) {
      await writeFile(file, text);
      assert.deepEqual(await kept.of(scene.id), [], text);
    }
    await writeFile(file, whole);
    assert.deepEqual(await kept.of(scene.id), [rewrite]);
  });

  it('are not forgotten by their window when the disk does not take them', async () => {
    const blocked = path.join(folder, 'file');
    await writeFile(blocked, '');
    const kept = new RewriteJournal(blocked);
    await assert.rejects(kept.put(rewrite));
    assert.deepEqual(await kept.of(scene.id), [rewrite]);
    await rm(blocked);
    await kept.decided(rewrite, rewrite.script);
    assert.deepEqual(await kept.of(scene.id), []);
  });

  it('stay for their own script, whatever is decided where it was not found', async () => {
    const kept = new RewriteJournal(folder);
    await kept.put(rewrite);
    await kept.decided(rewrite, 'file:///scripts/copy.md');
    assert.deepEqual(await kept.of(scene.id), [
      { ...rewrite, decidedIn: ['file:///scripts/copy.md'] },
    ]);
    await kept.decided(rewrite, rewrite.script);
    assert.deepEqual(await kept.of(scene.id), []);
  });

  it('go along with a script that is renamed, also while somebody looks at them', async () => {
    const kept = new RewriteJournal(folder);
    await kept.put(rewrite);
    await kept.put({ ...later, script: 'file:///scripts/other.md' });
    const renamed = 'file:///scripts/renamed.md';
    await kept.moved((script) => (script === rewrite.script ? renamed : undefined));
    assert.deepEqual(
      (await kept.of(scene.id)).map(({ script }) => script),
      ['file:///scripts/other.md', renamed],
    );
    await kept.decided(rewrite, renamed);
    assert.equal((await kept.of(scene.id)).length, 1);
  });

  it('never leave the folder', async () => {
    const kept = new RewriteJournal(path.join(folder, 'kept'));
    await assert.rejects(kept.put({ ...rewrite, id: '../outside' }));
    await assert.rejects(kept.decided({ ...rewrite, id: '../outside' }, rewrite.script));
    assert.deepEqual(await readdir(folder), []);
  });
});
