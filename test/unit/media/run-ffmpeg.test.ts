import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { ScenewrightError, isCancelled } from '../../../src/base/errors.ts';
import { findFfmpeg, howToGetFfmpeg } from '../../../src/media/ffmpeg.ts';
import { h264Options } from '../../../src/media/h264.ts';
import { fromFile, runFfmpeg, toMp4 } from '../../../src/media/run-ffmpeg.ts';
import { fakeFfmpeg } from './fake-ffmpeg.ts';

const isWindows = process.platform === 'win32';

describe('looking for ffmpeg', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-find-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const program = async (name: string, mode = 0o755): Promise<string> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '#!/bin/sh\n');
    await chmod(file, mode);
    return file;
  };
  const linux = (...paths: readonly string[]): Parameters<typeof findFfmpeg>[1] => ({
    platform: 'linux',
    env: { PATH: paths.join(':') },
    home: folder,
  });

  it('takes the program that the setting names, also by its folder or in quotes', async function () {
    if (isWindows) this.skip();
    const file = await program('bin/ffmpeg');
    assert.equal(await findFfmpeg(file, linux()), file);
    assert.equal(await findFfmpeg(path.dirname(file), linux()), file);
    assert.equal(await findFfmpeg(` "${file}" `, linux()), file);
    assert.equal(await findFfmpeg('~/bin/ffmpeg', linux()), file);
  });

  it('does not look elsewhere when the setting names something that is not there', async function () {
    if (isWindows) this.skip();
    await program('bin/ffmpeg');
    const gone = path.join(folder, 'gone', 'ffmpeg');
    assert.equal(await findFfmpeg(gone, linux(path.join(folder, 'bin'))), undefined);
    assert.match(howToGetFfmpeg(gone), /correct the setting.*gone/);
    assert.match(howToGetFfmpeg(' '), /install ffmpeg/);
  });

  it('takes the first on PATH that can be run, and a bare name by that name', async function () {
    if (isWindows) this.skip();
    await program('a/ffmpeg', 0o644);
    await mkdir(path.join(folder, 'b', 'ffmpeg'), { recursive: true });
    const found = await program('c/ffmpeg');
    const other = await program('c/ffmpeg-8');
    const machine = linux(...['a', 'b', 'c'].map((name) => path.join(folder, name)));
    assert.equal(await findFfmpeg('', machine), found);
    assert.equal(await findFfmpeg('ffmpeg-8', machine), other);
  });

  it('notices a program that is installed or removed meanwhile', async function () {
    if (isWindows) this.skip();
    const machine = linux(path.join(folder, 'bin'));
    assert.equal(await findFfmpeg('ffmpeg-9', machine), undefined);
    const file = await program('bin/ffmpeg-9');
    assert.equal(await findFfmpeg('ffmpeg-9', machine), file);
    await rm(file);
    assert.equal(await findFfmpeg('ffmpeg-9', machine), undefined);
  });

  it('never takes a program from a folder that is relative, so none that a workspace brings', async function () {
    if (isWindows) this.skip();
    await program('bin/ffmpeg-9');
    const relative = path.relative(process.cwd(), path.join(folder, 'bin'));
    assert.equal(await findFfmpeg('ffmpeg-9', linux(relative, '.', '')), undefined);
    assert.equal(await findFfmpeg(path.join(relative, 'ffmpeg-9'), linux()), undefined);
  });

  it('is ffmpeg.exe on Windows', async function () {
    if (!isWindows) this.skip();
    const file = await program('ffmpeg.exe');
    const machine = { platform: 'win32', env: { Path: `"${folder}"` }, home: folder } as const;
    assert.equal(await findFfmpeg('', machine), file);
    assert.equal(await findFfmpeg(path.join(folder, 'ffmpeg'), machine), file);
  });
});

describe('running ffmpeg', function () {
  this.timeout(30_000);
  let folder: string;

  before(function () {
    if (isWindows) this.skip();
  });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-run-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const run = (
    program: string,
    args: readonly string[] = [],
    options: Partial<Parameters<typeof runFfmpeg>[2]> = {},
  ): Promise<void> => runFfmpeg(program, args, { what: 'A try', priority: 'low', ...options });

  async function failure(of: Promise<void>): Promise<ScenewrightError> {
    const error: unknown = await of.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ScenewrightError, String(error));
    return error;
  }

  it('tells how many seconds are done, as they come', async () => {
    const program = await fakeFfmpeg(
      folder,
      `fs.writeSync(1, 'out_time_us=N/A\\nout_time_us=-5\\nout_ti');
       fs.writeSync(1, 'me_us=500000\\n'); say(1.5); say(2);`,
    );
    const told: number[] = [];
    await run(program, [], { onSeconds: (seconds) => told.push(seconds) });
    assert.deepEqual(told, [0.5, 1.5, 2]);
  });

  it('hands over names as they are: no shell, no options, no addresses', async () => {
    const program = await fakeFfmpeg(
      folder,
      `fs.writeFileSync(__dirname + '/args.json', JSON.stringify(args));`,
    );
    const odd = path.join(folder, '-y $(touch x) "a" & b:c.mp4');
    await run(program, [...fromFile(odd), ...toMp4('-rf.mp4')]);
    const args = JSON.parse(await readFile(path.join(folder, 'args.json'), 'utf8')) as string[];
    assert.equal(args[args.indexOf('-i') + 1], `file:${odd}`);
    assert.equal(args.at(-1), `file:${path.resolve('-rf.mp4')}`);
    assert.equal(args[args.indexOf('-protocol_whitelist') + 1], 'file,pipe');
  });

  it('runs less urgently than the editor', async () => {
    const program = await fakeFfmpeg(
      folder,
      `fs.writeFileSync(__dirname + '/priority', String(require('node:os').getPriority()));`,
    );
    await run(program);
    const priority = Number(await readFile(path.join(folder, 'priority'), 'utf8'));
    assert.ok(priority > getPriority(), `${priority}`);
  });

  it('says what ffmpeg said when it fails', async () => {
    const program = await fakeFfmpeg(
      folder,
      `process.stderr.write('x'.repeat(100000) + '\\nmoov atom not found\\nInvalid data\\n', () => process.exit(183));`,
    );
    const error = await failure(run(program));
    assert.equal(error.code, 'bad-answer');
    assert.match(error.message, /^A try failed: moov atom not found – Invalid data\. .*kept/);
    assert.ok(error.message.length < 400);
  });

  it('tells a full disk from other failures', async () => {
    const program = await fakeFfmpeg(
      folder,
      `process.stderr.write('av_interleaved_write_frame(): No space left on device\\n', () => process.exit(1));`,
    );
    const error = await failure(run(program));
    assert.equal(error.code, 'disk');
    assert.ok(error.retryable);
    assert.match(error.message, /disk is full.*Make room/);
  });

  it('says so when the program cannot be started', async () => {
    const file = path.join(folder, 'ffmpeg');
    await writeFile(file, 'not a program');
    const error = await failure(run(file));
    assert.equal(error.code, 'bad-input');
    assert.match(error.message, /could not be started.*scenewright\.ffmpegPath/);
  });

  it('kills the program, with all that it has started, when it is cancelled', async () => {
    const program = await fakeFfmpeg(
      folder,
      `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'inherit' });
       process.on('SIGTERM', () => {});
       fs.writeFileSync(__dirname + '/pids.json', JSON.stringify([process.pid, child.pid]));
       say(1); setInterval(() => {}, 1e6);`,
    );
    const stop = new AbortController();
    const running = run(program, [], {
      signal: stop.signal,
      onSeconds: () => {
        stop.abort();
      },
    });
    await assert.rejects(running, (error) => isCancelled(error));
    const pids = JSON.parse(await readFile(path.join(folder, 'pids.json'), 'utf8')) as number[];
    for (const pid of pids) assert.ok(await isGone(pid), `process ${pid} is gone`);
  });

  it('does not even start when it was cancelled before', async () => {
    const program = await fakeFfmpeg(folder, `fs.writeFileSync(__dirname + '/ran', '');`);
    await assert.rejects(run(program, [], { signal: AbortSignal.abort() }), isCancelled);
    await assert.rejects(readFile(path.join(folder, 'ran')));
  });

  it('ends a program that hangs, but not one that is slow', async () => {
    const hanging = await fakeFfmpeg(folder, `setInterval(() => {}, 1e6);`);
    assert.match((await failure(run(hanging, [], { stallMs: 200 }))).message, /did not go on/);
    const slow = await fakeFfmpeg(
      folder,
      `let n = 0; const timer = setInterval(() => { say(n++); if (n > 6) clearInterval(timer); }, 300);`,
    );
    await run(slow, [], { stallMs: 1500 });
  });

  describe('that reads what it is given', () => {
    const given = async function* (count: number, failure?: Error): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < count; i++) {
        await Promise.resolve();
        yield new Uint8Array(100_000);
      }
      if (failure) throw failure;
    };

    it('gets all of it, however slowly it reads', async function () {
      if (isWindows) this.skip();
      const program = await fakeFfmpeg(
        folder,
        `let bytes = 0;
        process.stdin.on('data', (chunk) => {
          bytes += chunk.length;
          process.stdin.pause();
          setImmediate(() => process.stdin.resume());
        });
        process.stdin.on('end', () => fs.writeFileSync(output, String(bytes)));`,
      );
      const file = path.join(folder, 'bytes');
      await runFfmpeg(program, [`file:${file}`], {
        what: 'Counting',
        priority: 'below-normal',
        input: given(40),
      });
      assert.equal(await readFile(file, 'utf8'), '4000000');
    });

    it('is ended when that cannot be had, which is what is told', async function () {
      if (isWindows) this.skip();
      const program = await fakeFfmpeg(folder, `process.stdin.resume();`);
      const failure = new ScenewrightError('disk', 'The clip is gone.');
      await assert.rejects(
        runFfmpeg(program, ['out'], {
          what: 'Counting',
          priority: 'below-normal',
          input: given(3, failure),
        }),
        failure,
      );
    });

    it('may end before, and its own words are told', async function () {
      if (isWindows) this.skip();
      const program = await fakeFfmpeg(
        folder,
        `process.stderr.write('No such encoder\\n', () => process.exit(1));`,
      );
      await assert.rejects(
        runFfmpeg(program, ['out'], {
          what: 'Counting',
          priority: 'below-normal',
          input: given(400),
        }),
        /Counting failed: No such encoder/,
      );
    });
  });

  it('takes an encoder that the program has, and says so when it has none', async () => {
    const size = { width: 1280, height: 720, rate: 24 };
    const withEncoders = async (list: string): Promise<string> => {
      const program = path.join(folder, `ffmpeg-${list.length}`);
      await writeFile(program, `#!${process.execPath}\nconsole.log(${JSON.stringify(list)});`);
      await chmod(program, 0o755);
      return program;
    };
    const full = ' V....D h264_mf  MediaFoundation\n V....D libx264              libx264 H.264\n';
    assert.ok((await h264Options(await withEncoders(full), size)).includes('libx264'));
    const free = await h264Options(await withEncoders(' V....D libopenh264  OpenH264\n'), size);
    assert.deepEqual(free.slice(0, 4), ['-c:v', 'libopenh264', '-b:v', '3317760']);
    await assert.rejects(
      h264Options(await withEncoders(' V....D mpeg4  MPEG-4\n'), size),
      /cannot encode H\.264.*full build/,
    );
  });

  async function isGone(pid: number): Promise<boolean> {
    for (let i = 0; i < 200; i++) {
      try {
        process.kill(pid, 0);
      } catch {
        return true;
      }
      // A killed orphan stays until the system collects it.
      if ((await stateOf(pid)) === 'Z') return true;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return false;
  }

  async function stateOf(pid: number): Promise<string | undefined> {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    return /\) (\S)/.exec(stat)?.[1];
  }
});
