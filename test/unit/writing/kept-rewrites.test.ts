import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KeptAnswersOnDisk } from '../../../src/writing/kept/kept-answers.ts';
import { KeptRewrites, type Rewrite } from '../../../src/writing/kept/kept-rewrites.ts';
import { sceneFromAnswer } from '../../../src/writing/scene.ts';
import { beatOf, planOf, sceneAnswer } from './support.ts';

describe('rewrites kept on disk', () => {
  const scene = sceneFromAnswer(sceneAnswer('đèn “biển” 🏮'), beatOf(1), planOf(1).bible);
  const rewrite: Rewrite = { scene, instruction: 'Mưa rơi', before: '## Scene 1: The lamp\r\n' };
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rewrites-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const opened = (): KeptRewrites => new KeptRewrites(new KeptAnswersOnDisk(folder));

  it('come back to another process just as they were', async () => {
    await opened().put(rewrite);
    assert.deepEqual(await opened().get(scene.id), rewrite);
    assert.equal(await opened().get('s00002'), undefined);
  });

  it('replace an earlier one of the same scene, and are gone once removed', async () => {
    const kept = opened();
    await kept.put(rewrite);
    await kept.put({ ...rewrite, instruction: 'Snow' });
    assert.equal((await kept.get(scene.id))?.instruction, 'Snow');
    await kept.remove(scene.id);
    await kept.remove(scene.id);
    assert.equal(await kept.get(scene.id), undefined);
    assert.deepEqual(await readdir(folder), []);
  });

  it('count as none where the file is torn, foreign or of another scene', async () => {
    const kept = opened();
    await kept.put(rewrite);
    const [name = ''] = await readdir(folder);
    const file = path.join(folder, name);
    const whole = await readFile(file, 'utf8');
    const other = JSON.stringify({ version: 1, ...rewrite, scene: { ...scene, id: 's00002' } });
    for (const text of ['', whole.slice(0, -9), '[]', '{"version":1}', other]) {
      await writeFile(file, text);
      assert.equal(await kept.get(scene.id), undefined, text);
    }
    await writeFile(file, whole);
    assert.deepEqual(await kept.get(scene.id), rewrite);
  });

  it('never leave the folder, whatever an id says', async () => {
    const id = '../../outside';
    await opened().put({ ...rewrite, scene: { ...scene, id } });
    assert.equal((await opened().get(id))?.scene.id, id);
    assert.match((await readdir(folder)).join(), /^[0-9a-f]{64}\.json$/u);
  });
});
