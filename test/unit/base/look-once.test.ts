import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lookOnce } from '../../../src/base/look-once.ts';

describe('one look at many files', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-look-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('says of each what the disk says of it', async () => {
    const at = (...parts: string[]): string => path.join(folder, ...parts);
    await writeFile(at('clip.mp4'), '');
    await writeFile(at('Été.mp4'.normalize('NFC')), '');
    await mkdir(at('clips'));
    await writeFile(at('clips', 'scene.webm'), '');
    await symlink(at('clip.mp4'), at('link.mp4'));
    await symlink(at('nothing.mp4'), at('broken.mp4'));
    const files = [
      ...['clip.mp4', 'CLIP.mp4', 'clip.webm', 'link.mp4', 'broken.mp4', 'clips', ''].map((name) =>
        at(name),
      ),
      ...[at('Été.mp4'.normalize('NFC')), at('Été.mp4'.normalize('NFD'))],
      ...[at('clips', 'scene.webm'), at('clips', 'other.webm'), at('gone', 'clip.mp4')],
    ];
    const { has: isThere } = lookOnce();
    assert.deepEqual(files.map(isThere), files.map(existsSync));
    assert.ok(isThere(at('clip.mp4')) && !isThere(at('broken.mp4')));
  });
});
