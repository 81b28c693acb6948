import assert from 'node:assert/strict';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Scene } from '../../../../src/script/script-model.ts';
import { AnswerJournals } from '../../../../src/writing/journal/answer-journal.ts';
import { type SceneJournal, SceneJournals } from '../../../../src/writing/journal/scene-journal.ts';
import { sceneFromAnswer } from '../../../../src/writing/run/scene-from-answer.ts';
import { beatOf, planOf, sceneAnswer } from '../writing-support.ts';

const scene: Scene = sceneFromAnswer(sceneAnswer('đèn “biển” 🏮'), beatOf(1), planOf(1).bible);

describe('scenes kept on disk', () => {
  let place: string;
  let folder: string;
  let script: string;
  let kept: SceneJournal;

  const fresh = (of = script): SceneJournal => new SceneJournals(folder).of(() => of);

  beforeEach(async () => {
    place = await mkdtemp(path.join(tmpdir(), 'kept-'));
    folder = path.join(place, 'not', 'made', 'yet');
    script = path.join(place, 'lamp.md');
    await writeFile(script, `1. A beat <!-- scene: ${scene.id} -->\n`);
    kept = fresh();
  });
  afterEach(() => rm(place, { recursive: true }));

  it('come back to another process just as they were', async () => {
    await kept.put(scene.id, 'h', scene);
    assert.deepEqual(await fresh().get(scene.id, 'h'), scene);
    assert.equal((await readdir(folder)).length, 1, 'no temporary file stays');
  });

  it('are not given out for another question', async () => {
    await kept.put(scene.id, 'h', scene);
    assert.equal(await kept.get(scene.id, 'other'), undefined);
    assert.equal(await kept.get('abc123', 'h'), undefined);
  });

  it('are gone once removed, whatever they were asked for, and removing nothing is fine', async () => {
    await kept.remove(scene.id);
    await kept.put(scene.id, 'h', scene);
    await kept.put(scene.id, 'i', scene);
    await kept.remove(scene.id);
    assert.equal(await kept.get(scene.id, 'h'), undefined);
    assert.deepEqual(await readdir(folder), []);
  });

  it('stand beside each other when a scene is asked for in other words', async () => {
    await kept.put(scene.id, 'h', scene);
    await kept.put(scene.id, 'i', { ...scene, title: 'Later' });
    assert.equal((await kept.get(scene.id, 'h'))?.title, scene.title);
    assert.equal((await kept.get(scene.id, 'i'))?.title, 'Later');
  });

  it('count as absent when the file is torn, foreign or of another id', async () => {
    await kept.put(scene.id, 'h', scene);
    const [name = ''] = await readdir(folder);
    const file = path.join(folder, name);
    const whole = await readFile(file, 'utf8');
    const other = whole.replace(`"id":"${scene.id}"`, '"id":"abc123"');
    const later = whole.replace('"version":2', '"version":3');
    for (const text of ['', whole.slice(0, -9), '[]', 'hello', '{"version":2}', other, later]) {
      await writeFile(file, text);
      assert.equal(await kept.get(scene.id, 'h'), undefined, text);
    }
    await writeFile(file, whole);
    assert.deepEqual(await kept.get(scene.id, 'h'), scene);
  });

  it('say so when the folder cannot be written', async () => {
    const blocked = path.join(place, 'file');
    await writeFile(blocked, '');
    await assert.rejects(new SceneJournals(blocked).of(() => script).put(scene.id, 'h', scene));
  });

  it('never leave the folder, whatever an id says', async () => {
    const outside = path.resolve(folder, '..', 'precious.json');
    await kept.put(scene.id, 'h', scene);
    await writeFile(outside, 'mine');
    await kept.remove('../precious');
    assert.equal(await kept.get('../precious', 'h'), undefined);
    await assert.rejects(kept.put('../precious', 'h', scene));
    assert.equal(await readFile(outside, 'utf8'), 'mine');
  });

  describe('of a script that has a copy', () => {
    let copy: string;

    beforeEach(async () => {
      copy = path.join(place, 'copy.md');
      await writeFile(copy, await readFile(script));
      await kept.put(scene.id, 'h', scene);
    });

    it('are neither taken nor removed by the copy', async () => {
      const ofCopy = fresh(copy);
      assert.equal(await ofCopy.get(scene.id, 'h'), undefined);
      await ofCopy.put(scene.id, 'h', { ...scene, title: 'Of the copy' });
      await ofCopy.remove(scene.id);
      assert.deepEqual(await fresh().get(scene.id, 'h'), scene);
    });

    it('are the same by every way to the same file', async () => {
      const link = path.join(place, 'link.md');
      await symlink(script, link);
      assert.deepEqual(await fresh(link).get(scene.id, 'h'), scene);
    });

    it('are found by a script that was moved behind our back, and by that one only', async () => {
      const moved = path.join(place, 'moved.md');
      await rename(script, moved);
      assert.deepEqual(await fresh(moved).get(scene.id, 'h'), scene);
      assert.equal(await fresh(moved).get(scene.id, 'other'), undefined);
    });

    it('are not taken from elsewhere again by who has them, and wait for who comes back', async () => {
      const moved = path.join(place, 'moved.md');
      await rename(script, moved);
      await fresh(moved).remove(scene.id);
      assert.equal(await fresh(moved).get(scene.id, 'h'), undefined);
      await rename(moved, script);
      assert.deepEqual(await fresh().get(scene.id, 'h'), scene);
    });

    it('are found where another script has taken the place of their own', async () => {
      const moved = path.join(place, 'moved.md');
      await rename(script, moved);
      await writeFile(script, 'Another story.\n');
      assert.deepEqual(await fresh(moved).get(scene.id, 'h'), scene);
    });

    it('go along when it, or a folder that it is in, is renamed', async () => {
      const all = new SceneJournals(folder);
      const inFolder = path.join(place, 'stories', 'lamp.md');
      await mkdir(path.dirname(inFolder));
      await rename(script, inFolder);
      await all.moved(script, inFolder);
      await rename(path.dirname(inFolder), path.join(place, 'tales'));
      await all.moved(path.dirname(inFolder), path.join(place, 'tales'));
      // Also where the old name is that of another script with the same ids by now.
      await writeFile(script, await readFile(copy));
      assert.equal(await fresh().get(scene.id, 'h'), undefined);
      const renamed = fresh(path.join(place, 'tales', 'lamp.md'));
      assert.deepEqual(await renamed.get(scene.id, 'h'), scene);
      await renamed.remove(scene.id);
      assert.deepEqual(await readdir(folder), []);
    });
  });

  it('are brought along from where one workspace had them to itself, and never over others', async () => {
    const former = path.join(place, 'former');
    const later: Scene = { ...scene, title: 'Later' };
    await new SceneJournals(former).of(() => script).put(scene.id, 'h', scene);
    await new SceneJournals(former).of(() => script).put(scene.id, 'i', scene);
    await kept.put(scene.id, 'i', later);
    // Two windows of that workspace open at once.
    const windows = [1, 2].map(() => new SceneJournals(folder, former).of(() => script));
    for (const window of windows) {
      assert.deepEqual(await window.get(scene.id, 'h'), scene);
      assert.deepEqual(await window.get(scene.id, 'i'), later);
    }
  });

  describe('by an earlier version, which told no scripts apart', () => {
    beforeEach(async () => {
      await mkdir(folder, { recursive: true });
      const older = { version: 1, hash: 'h', scene };
      await writeFile(path.join(folder, `${scene.id}.json`), JSON.stringify(older));
    });

    it('are found by whoever asks the same, until they have them', async () => {
      const copy = path.join(place, 'copy.md');
      await writeFile(copy, '');
      assert.deepEqual(await kept.get(scene.id, 'h'), scene);
      assert.equal(await kept.get(scene.id, 'other'), undefined);
      await kept.remove(scene.id);
      assert.equal(await kept.get(scene.id, 'h'), undefined);
      assert.deepEqual(await fresh(copy).get(scene.id, 'h'), scene);
    });
  });
});

describe('answers kept on disk', () => {
  const key = 'ab'.repeat(32);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'answers-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('belong to the script that asked, though a copy asks the same', async () => {
    const answers = new AnswerJournals(path.join(folder, 'plans'));
    const [one, other] = await Promise.all(
      ['one.md', 'other.md'].map(async (name) => {
        await writeFile(path.join(folder, name), '');
        return answers.of(() => path.join(folder, name));
      }),
    );
    assert.ok(one && other);
    await one.put(key, { said: 'one' });
    assert.equal(await other.get(key), undefined);
    await other.put(key, { said: 'other' });
    await other.remove(key);
    assert.deepEqual(await one.get(key), { said: 'one' });
    await rename(path.join(folder, 'one.md'), path.join(folder, 'renamed.md'));
    const renamed = answers.of(() => path.join(folder, 'renamed.md'));
    assert.deepEqual(await renamed.get(key), { said: 'one' });
  });

  it('of an earlier version are found', async () => {
    await writeFile(path.join(folder, `${key}.json`), '{"said":"before"}');
    const answers = new AnswerJournals(folder).of(() => path.join(folder, 'script.md'));
    assert.deepEqual(await answers.get(key), { said: 'before' });
    await answers.remove(key);
    assert.equal(await answers.get(key), undefined);
  });
});
