import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chooseTake } from '../../../src/script/edits/choose-take.ts';
import { moveScene } from '../../../src/script/edits/scenes/move-scene.ts';
import { applyEdits, type TextEdit } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { sampleScript } from './sample.ts';

describe('the take that counts, in Git', () => {
  let folder: string;

  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
        ...{ GIT_AUTHOR_NAME: 'Writer', GIT_AUTHOR_EMAIL: 'writer@example.org' },
        ...{ GIT_COMMITTER_NAME: 'Writer', GIT_COMMITTER_EMAIL: 'writer@example.org' },
      },
    });

  before(function () {
    if (spawnSync('git', ['--version']).status !== 0) this.skip();
  });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-git-'));
    git('init', '--quiet', '--initial-branch=main');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const read = async (name: string): Promise<ParsedScript> =>
    parseScript(await readFile(path.join(folder, name), 'utf8'));

  async function edit(
    name: string,
    edits: (script: ParsedScript) => readonly TextEdit[],
  ): Promise<void> {
    const script = await read(name);
    await writeFile(path.join(folder, name), applyEdits(script.text, edits(script)));
  }

  function commit(message: string): void {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  }

  it('is kept where one renames the script and moves scenes, and another chooses', async () => {
    const text = sampleScript(8, [0, 1, 2, 3, 4, 5, 6, 7]);
    await writeFile(path.join(folder, 'story.md'), text);
    commit('The story');
    const ids = parseScript(text).scenes.map(({ id }) => id ?? '');
    const [first = '', , , , moved = '', , , last = ''] = ids;

    git('switch', '--quiet', '--create', 'moves');
    git('mv', 'story.md', 'film.md');
    await edit('film.md', (script) => moveScene(script, 4, 2) ?? []);
    commit('Another order');
    const order = (await read('film.md')).scenes.map(({ id }) => id);
    assert.notDeepEqual(order, ids);

    git('switch', '--quiet', 'main');
    await edit('story.md', (script) => chooseTake(script, first, 2));
    await edit('story.md', (script) => chooseTake(script, last, 3));
    commit('The takes that count');

    git('merge', '--quiet', '--no-edit', 'moves');
    const merged = await read('film.md');
    assert.deepEqual(merged.conflicts, []);
    assert.deepEqual(
      merged.scenes.map(({ id }) => id),
      order,
    );
    const takes = new Map(merged.scenes.map(({ id, take }) => [id, take]));
    assert.deepEqual([takes.get(first), takes.get(last), takes.get(moved)], [2, 3, undefined]);
  });
});
