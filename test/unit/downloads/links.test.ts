import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  link,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ScenewrightError } from '../../../src/base/errors.ts';
import { failure } from '../../support/failure.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { FileServer } from './file-server.ts';
import { firstWrite, untilOnDisk } from './part-on-disk.ts';
import { Place, workerFile } from './place.ts';

const clip = mp4(600_000);

/** What a cloned repository or an unpacked archive may bring into the folder of the clips. */
describe('a download into a folder with a stranger’s links', function () {
  this.timeout(20_000);
  let place: Place;
  let server: FileServer;
  /** A folder of the writer's that is none of our business, with one precious file. */
  let outside: string;
  let precious: string;

  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  beforeEach(async () => {
    place = await Place.make({ workerFile });
    server = await FileServer.start(clip);
    outside = await mkdtemp(path.join(tmpdir(), 'scenewright-outside-'));
    precious = path.join(outside, 'precious.txt');
    await writeFile(precious, 'precious');
  });

  afterEach(async () => {
    await place.close();
    await server.close();
    await rm(outside, { recursive: true, force: true });
  });

  const folder = (): string => path.dirname(place.file);

  async function expectUntouched(): Promise<void> {
    assert.deepEqual(await readdir(outside), ['precious.txt']);
    assert.equal(await readFile(precious, 'utf8'), 'precious');
  }

  async function refused(): Promise<ScenewrightError> {
    const error = await failure(place.download(server.url));
    assert.equal(error.code, 'disk');
    assert.match(error.message, /then retry\./);
    await expectUntouched();
    return error;
  }

  for (const ending of ['.part', '.part.json', '.part.json.tmp']) {
    for (const [kind, target] of [
      ['a file', () => precious],
      ['a folder', () => outside],
      ['nothing', () => path.join(outside, 'new.txt')],
      ['itself', () => `${place.file}${ending}`],
    ] as const) {
      it(`replaces a link scene-001.mp4${ending} to ${kind}, and leaves alone what it leads to`, async () => {
        await mkdir(folder(), { recursive: true });
        await symlink(target(), `${place.file}${ending}`);
        await place.download(server.url);
        assert.ok((await readFile(place.file)).equals(clip));
        await expectUntouched();
      });
    }
  }

  const nextTake = (): string => path.join(folder(), 'scene-001.take-2.mp4');

  async function besideLink(): Promise<void> {
    assert.ok((await lstat(place.file)).isSymbolicLink());
    assert.ok((await readFile(nextTake())).equals(clip));
    await expectUntouched();
  }

  for (const [kind, target] of [
    ['a file', () => precious],
    ['a folder', () => outside],
    ['nothing', () => path.join(outside, 'new.txt')],
    ['itself', () => place.file],
  ] as const) {
    it(`goes beside a link scene-001.mp4 to ${kind}, and leaves it and what it leads to`, async () => {
      await mkdir(folder(), { recursive: true });
      await symlink(target(), place.file);
      await place.download(server.url, { elsewhere: () => Promise.resolve(nextTake()) });
      await besideLink();
    });
  }

  for (const ending of ['.part', '.part.json', '.part.json.tmp']) {
    it(`does not wait for anybody at a pipe scene-001.mp4${ending}`, async () => {
      await mkdir(folder(), { recursive: true });
      execFileSync('mkfifo', [`${place.file}${ending}`]);
      await place.download(server.url);
      await place.expectClip(clip);
    });

    it(`does not write to a file that is scene-001.mp4${ending} and something else`, async () => {
      await mkdir(folder(), { recursive: true });
      await link(precious, `${place.file}${ending}`);
      await place.download(server.url);
      await place.expectClip(clip);
      await expectUntouched();
    });

    it(`leaves a folder scene-001.mp4${ending} with what is in it, and says what to do`, async () => {
      const inTheWay = `${place.file}${ending}`;
      await mkdir(inTheWay, { recursive: true });
      await writeFile(path.join(inTheWay, 'notes.txt'), 'mine');
      const error = await refused();
      assert.match(error.message, /is a folder.*Move it away/);
      assert.equal(await readFile(path.join(inTheWay, 'notes.txt'), 'utf8'), 'mine');
    });
  }

  it('leaves a folder scene-001.mp4 alone, and keeps the clip for when it is away', async () => {
    await mkdir(place.file, { recursive: true });
    const error = await refused();
    assert.match(error.message, /is there already.*Move it away/);
    await rm(place.file, { recursive: true });
    await place.download(server.url);
    await place.expectClip(clip);
    assert.equal(server.asked.length, 1);
  });

  for (const [name, at] of [
    ['the folder of all clips', 'videos'],
    ['the folder of the script', 'videos/story'],
  ] as const) {
    it(`refuses ${name} where it is a link that leads out, and names the link`, async () => {
      const linked = path.join(place.folder, at);
      await mkdir(path.dirname(linked), { recursive: true });
      await symlink(outside, linked);
      const error = await refused();
      assert.ok(error.message.includes(`${linked} is a link that leads out`), error.message);
      assert.equal(server.asked.length, 0);
    });

    it(`refuses ${name} where it is a link that leads nowhere`, async () => {
      const linked = path.join(place.folder, at);
      await mkdir(path.dirname(linked), { recursive: true });
      await symlink(path.join(outside, 'new'), linked);
      assert.match((await refused()).message, /leads nowhere.*Remove the link/);
    });

    it(`refuses ${name} where it is a link to itself`, async () => {
      const linked = path.join(place.folder, at);
      await mkdir(path.dirname(linked), { recursive: true });
      await symlink(linked, linked);
      assert.match((await refused()).message, /leads nowhere/);
    });

    it(`takes ${name} where it is a link that stays inside`, async () => {
      const linked = path.join(place.folder, at);
      await mkdir(path.dirname(linked), { recursive: true });
      await mkdir(path.join(place.folder, 'elsewhere'));
      await symlink(path.join(place.folder, 'elsewhere'), linked);
      await place.download(server.url);
      await place.expectClip(clip);
    });
  }

  it('takes a workspace that is a link itself', async () => {
    const linked = path.join(outside, 'workspace');
    await symlink(place.folder, linked);
    await place.download(server.url, {
      root: linked,
      file: path.join(linked, 'videos/story/scene-001.mp4'),
    });
    await place.expectClip(clip);
    await rm(linked);
    await expectUntouched();
  });

  it('does not believe a sidecar of any size, nor read it', async () => {
    await mkdir(folder(), { recursive: true });
    await symlink('/dev/zero', `${place.file}.part.json`);
    await place.download(server.url);
    await place.expectClip(clip);
    await rm(place.file);
    const info = { key: 'job-1', validator: '"v1"', total: clip.length };
    const endless = `${JSON.stringify(info)}\n${'0-1\n'.repeat(9_000_000)}`;
    await writeFile(`${place.file}.part`, Buffer.alloc(clip.length));
    await writeFile(`${place.file}.part.json`, endless);
    await place.download(server.url);
    await place.expectClip(clip);
  });

  /** Does it in the midst of a download. */
  function meanwhile(act: () => Promise<void>): void {
    server.instead = async (request, response) => {
      if (request.number > 0) return false;
      await server.send(request, response, 300_000);
      await untilOnDisk(place.file, [0, firstWrite]);
      await act();
      await server.write(response, 300_000, clip.length);
      response.end();
      return true;
    };
  }

  it('refuses a folder that is swapped for a link in the midst of it', async () => {
    meanwhile(async () => {
      await rename(folder(), `${folder()}.away`);
      await symlink(outside, folder());
    });
    await refused();
    await rm(folder());
    await rename(`${folder()}.away`, folder());
    await place.download(server.url);
    await place.expectClip(clip);
  });

  it('takes no file for the clip whose link is put in the place of the part in the midst of it', async () => {
    const other = path.join(outside, 'other.mp4');
    await writeFile(other, mp4(500));
    const before = await readFile(other);
    meanwhile(async () => {
      await rm(`${place.file}.part`);
      await symlink(other, `${place.file}.part`);
    });
    const error = await failure(place.download(server.url));
    assert.match(error.message, /is a link.*Remove it, then retry/);
    await place.expectNoClip();
    assert.deepEqual(await readFile(other), before);
    await place.download(server.url);
    await place.expectClip(clip);
    assert.deepEqual(await readFile(other), before);
  });

  it('goes beside a link that is put in the place of the clip in the midst of it', async () => {
    meanwhile(() => symlink(precious, place.file));
    await place.download(server.url, { elsewhere: () => Promise.resolve(nextTake()) });
    await besideLink();
  });

  it('does not copy a rendered clip through a link, nor read anything but a file', async () => {
    const rendered = path.join(place.folder, 'rendered.mp4');
    await writeFile(rendered, clip);
    await mkdir(folder(), { recursive: true });
    await symlink(precious, `${place.file}.part`);
    const copy = (from: string): Promise<unknown> =>
      place.download('', { source: () => Promise.resolve({ kind: 'file', path: from }) });
    await copy(rendered);
    await place.expectClip(clip);
    await expectUntouched();
    await symlink('/dev/zero', path.join(place.folder, 'endless.mp4'));
    assert.match((await failure(copy(path.join(place.folder, 'endless.mp4')))).message, /no file/);
    await place.expectClip(clip);
  });
});
