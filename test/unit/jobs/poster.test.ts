import assert from 'node:assert/strict';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CardDrawer } from '../../../src/animatic/index.ts';
import { Posters } from '../../../src/jobs/poster.ts';
import { animaticAssets, animaticWorkerFile } from '../../../fixtures/animatic-assets.ts';

const jpeg = Buffer.from('ffd8ffe000104a464946ffd9', 'hex');
const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
const never = new AbortController().signal;
const nowhere = path.join(tmpdir(), 'there-is-no-such-program');

describe('the poster of a clip', function () {
  this.timeout(60_000);
  let folder: string;
  let clip: string;
  let problems: string[];
  let ffmpeg: string;
  let posters: Posters;
  const cards = new CardDrawer({ workerFile: animaticWorkerFile, assets: animaticAssets });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-poster-'));
    clip = path.join(folder, 'scene-012.mp4');
    await writeFile(clip, 'a clip');
    problems = [];
    ffmpeg = nowhere;
    posters = new Posters({
      ffmpegPath: () => ffmpeg,
      drawCard: (card, signal) => cards.draw(card, signal),
      onProblem: (reason) => problems.push(reason),
    });
  });

  after(async () => {
    await cards.dispose();
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const input = (thumbnail?: Uint8Array): Parameters<Posters['make']>[0] => ({
    clip,
    root: folder,
    number: 12,
    title: 'The lamp goes out',
    ...(thumbnail && { thumbnail }),
  });

  /** A program that answers as ffmpeg would; not on Windows, which runs no scripts by themselves. */
  async function fakeFfmpeg(body: string): Promise<void> {
    ffmpeg = path.join(folder, 'ffmpeg.cjs');
    await writeFile(ffmpeg, `#!${process.execPath}\n${body}`);
    await chmod(ffmpeg, 0o755);
  }

  it("is the studio's thumbnail where there is one", async () => {
    assert.equal(await posters.make(input(jpeg), never), path.join(folder, 'scene-012.jpg'));
    assert.deepEqual(await readFile(path.join(folder, 'scene-012.jpg')), jpeg);
  });

  it('keeps the kind of a thumbnail, and takes an older poster of another kind away', async () => {
    await posters.make(input(jpeg), never);
    assert.equal(await posters.make(input(png), never), path.join(folder, 'scene-012.png'));
    assert.deepEqual((await readdir(folder)).sort(), ['scene-012.mp4', 'scene-012.png']);
  });

  it('is drawn with number and title where nothing else can be had', async () => {
    const poster = await posters.make(input(), never);
    assert.equal(poster, path.join(folder, 'scene-012.png'));
    const bytes = await readFile(poster);
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
    assert.ok(bytes.length > 5000);
    assert.deepEqual(problems, []);
  });

  it('does not take something else for a thumbnail', async () => {
    const poster = await posters.make(input(Buffer.from('<html>no</html>')), never);
    assert.ok(poster);
    assert.doesNotMatch(await readFile(poster, 'latin1'), /html/);
  });

  it('is a frame of the clip where the machine has ffmpeg', async function () {
    if (process.platform === 'win32') this.skip();
    await fakeFfmpeg(`
      const args = process.argv.slice(2);
      require('fs').writeFileSync(${JSON.stringify(path.join(folder, 'args.json'))}, JSON.stringify(args));
      process.stdout.write(Buffer.from('${jpeg.toString('hex')}', 'hex'));`);
    assert.equal(await posters.make(input(), never), path.join(folder, 'scene-012.jpg'));
    assert.deepEqual(await readFile(path.join(folder, 'scene-012.jpg')), jpeg);
    const args = JSON.parse(await readFile(path.join(folder, 'args.json'), 'utf8')) as string[];
    assert.equal(args[args.indexOf('-i') + 1], `file:${clip}`);
    assert.equal(args[args.indexOf('-ss') + 1], '1');
  });

  it('takes the first frame of a clip that is shorter than a second', async function () {
    if (process.platform === 'win32') this.skip();
    await fakeFfmpeg(`
      const args = process.argv.slice(2);
      if (args[args.indexOf('-ss') + 1] === '0') process.stdout.write(Buffer.from('${jpeg.toString('hex')}', 'hex'));`);
    await posters.make(input(), never);
    assert.deepEqual(await readFile(path.join(folder, 'scene-012.jpg')), jpeg);
  });

  it('is drawn, with a word to the log, when ffmpeg fails', async function () {
    if (process.platform === 'win32') this.skip();
    await fakeFfmpeg(`process.stderr.write('moov atom not found'); process.exit(1);`);
    assert.ok(await posters.make(input(), never));
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /frame could not be used: .*moov atom not found/s);
  });

  it('never fails: where nothing can be written there is none, and the log says why', async () => {
    for (const kind of ['jpg', 'png']) await mkdir(path.join(folder, `scene-012.${kind}`));
    assert.equal(await posters.make(input(jpeg), never), undefined);
    assert.match(problems.join('\n'), /thumbnail could not be used/);
  });

  describe('in a folder with a stranger’s links', () => {
    let outside: string;
    let precious: string;

    before(function () {
      if (process.platform === 'win32') this.skip();
    });

    beforeEach(async () => {
      outside = await mkdtemp(path.join(tmpdir(), 'scenewright-outside-'));
      precious = path.join(outside, 'precious.jpg');
      await writeFile(precious, 'precious');
    });

    afterEach(async () => {
      assert.deepEqual(await readdir(outside), ['precious.jpg']);
      assert.equal(await readFile(precious, 'utf8'), 'precious');
      await rm(outside, { recursive: true, force: true });
    });

    it('replaces links, and leaves alone what they lead to', async () => {
      for (const [made, poster] of [
        [jpeg, 'scene-012.jpg'],
        [undefined, 'scene-012.png'],
      ] as const) {
        for (const name of ['scene-012.jpg', 'scene-012.png']) {
          await rm(path.join(folder, name), { force: true });
          await symlink(precious, path.join(folder, name));
        }
        assert.ok(await posters.make(input(made), never));
        assert.deepEqual((await readdir(folder)).sort(), ['scene-012.mp4', poster].sort());
        assert.ok((await lstat(path.join(folder, poster))).isFile());
      }
    });

    it('is not made at all where the folder leads out, and the log names the link', async () => {
      const linked = path.join(folder, 'linked');
      await symlink(outside, linked);
      for (const made of [jpeg, undefined]) {
        const asked = { ...input(made), clip: path.join(linked, 'scene-012.mp4') };
        assert.equal(await posters.make(asked, never), undefined);
        assert.ok(problems.join('\n').includes(`${linked} is a link that leads out`));
      }
    });
  });

  it('gives up quietly when it is cancelled', async () => {
    const stop = AbortSignal.abort();
    assert.equal(await posters.make(input(jpeg), stop), undefined);
    const soon = new AbortController();
    const making = posters.make(input(), soon.signal);
    soon.abort();
    assert.equal(await making, undefined);
    assert.deepEqual(problems, []);
    assert.deepEqual(await readdir(folder), ['scene-012.mp4']);
  });
});
