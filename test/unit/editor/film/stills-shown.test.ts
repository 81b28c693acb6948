import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Uri } from 'vscode';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import type { OrderState } from '../../../../src/jobs/order.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { workspace } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { stillsOf } = await import('../../../../src/editor/film/stills-shown.ts');
const { pictureFile } = await import('../../../../src/editor/film/still-files.ts');

let folder: string;
let uri: Uri;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'scenewright-stills-'));
  const script = path.join(folder, 'lamp.md');
  uri = { scheme: 'file', fsPath: script, toString: () => `file://${script}` } as unknown as Uri;
});
afterEach(() => rm(folder, { recursive: true }));

describe('the stills of a scene on the film page', () => {
  const node = (firstFrame?: string) => {
    const [first] = parseScript(sampleScript(1, [0])).scenes;
    assert.ok(first);
    const frame = firstFrame === undefined ? {} : { firstFrame };
    return { ...first, scene: { ...first.scene, ...frame } };
  };
  const job = (id: string, state: OrderState, instruction?: string): JobRecord =>
    ({
      ...{ id, updatedAt: 5, posterTried: true, drawing: 'still', instruction },
      file: path.join(folder, `${id}.png`),
      orders: [{ kind: 'picture', state }],
    }) as unknown as JobRecord;
  const shown = (records: readonly JobRecord[], firstFrame?: string) =>
    stillsOf(uri, node(firstFrame), records, ({ id }) => `how ${id} stands`).map(
      ({ shown: { key, chosen, coming }, picture }) => [key, chosen, coming === true, picture],
    );

  it('are all that were drawn for it and are here, with those on their way; one is its first frame', async () => {
    await writeFile(path.join(folder, 'a.png'), '');
    await writeFile(path.join(folder, 'b.png'), '');
    const records = [job('a', 'saved'), job('b', 'saved', 'by night'), job('c', 'accepted')];
    const all = [
      ['a', false, false, 'a.png'],
      ['b', true, false, 'b.png'],
      ['c', false, true, 'c.png'],
    ];
    assert.deepEqual(shown(records, 'b.png'), all);
    assert.deepEqual(
      shown(records).map(([, chosen]) => chosen),
      [false, false, false],
    );
  });

  it('have the first frame of the writer before them', async () => {
    await writeFile(path.join(folder, 'a.png'), '');
    assert.deepEqual(shown([job('a', 'saved')], 'media/own.png'), [
      ['script', true, false, 'media/own.png'],
      ['a', false, false, 'a.png'],
    ]);
    assert.deepEqual(shown([]), []);
  });

  it('are none that failed, or whose file somebody has put away', () => {
    assert.deepEqual(shown([job('a', 'failed'), job('b', 'saved')]), []);
  });
});

describe('a picture of a script that is to be shown', () => {
  it('is one that really lies in the folder, and is another one once it is written anew', async () => {
    await mkdir(path.join(folder, 'media'));
    await writeFile(path.join(folder, 'media', 'a.png'), 'one');
    const first = pictureFile(uri, 'media/a.png');
    assert.equal(first?.file, path.join(folder, 'media', 'a.png'));
    assert.equal(typeof first.version, 'number');
    assert.equal(pictureFile(uri, 'media/b.png'), undefined);
  });

  it('is none from outside, however it is named, and none of a folder that is not trusted', async () => {
    const outside = await mkdtemp(path.join(tmpdir(), 'scenewright-outside-'));
    try {
      await writeFile(path.join(outside, 'a.png'), '');
      await symlink(outside, path.join(folder, 'link'));
      for (const name of [
        path.join(outside, 'a.png'),
        `../${path.basename(outside)}/a.png`,
        'link/a.png',
        'https://example.com/a.png',
        '',
      ]) {
        assert.equal(pictureFile(uri, name), undefined, name);
      }
      await writeFile(path.join(folder, 'a.png'), '');
      workspace.isTrusted = false;
      assert.equal(pictureFile(uri, 'a.png'), undefined);
    } finally {
      workspace.isTrusted = true;
      await rm(outside, { recursive: true });
    }
  });
});
