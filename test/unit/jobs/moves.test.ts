import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { systemClock } from '../../../src/base/clock.ts';
import { OwnerLock } from '../../../src/base/lock.ts';
import type { Move } from '../../../src/base/moves.ts';
import { movedFile } from '../../../src/base/real-file.ts';
import { Downloader } from '../../../src/downloads/download.ts';
import { lastFrameOf } from '../../../src/jobs/clip-frames.ts';
import { clipFileOf, largeClipOf } from '../../../src/jobs/job-state.ts';
import { followMoves, movedClips } from '../../../src/jobs/job-moves.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { JobTable } from '../../../src/jobs/job-table.ts';
import type { JobRecord } from '../../../src/jobs/job.ts';
import type { JobManager } from '../../../src/jobs/manager.ts';
import { ClipClaims } from '../../../src/jobs/sharing/claims.ts';
import { madeFilesIn } from '../../../src/jobs/sharing/made-files.ts';
import { forgetMoves, leaveMoves, movesIn } from '../../../src/jobs/sharing/move-notes.ts';
import { takePlace, takesAmong } from '../../../src/jobs/take-place.ts';
import { takesOf } from '../../../src/jobs/takes.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import type { Loopback } from '../net/loopback.ts';
import { serve } from './clips.ts';
import { scriptAddresses } from './script-addresses.ts';
import { World, recordOf, sceneOf, until, untilState, type RecordParts } from './world.ts';

describe('the jobs of files that are moved', () => {
  let world: World;
  let server: Loopback;
  const clip = mp4(300_000);

  beforeEach(async () => {
    world = await World.make();
    server = await world.serving(clip);
  });

  afterEach(async () => {
    await world.close();
    await server.close();
    assert.deepEqual(world.defects, []);
  });

  const at = (...names: string[]): string => path.join(world.folder, 'videos', ...names);
  const first = (): string => at('story', 'scene-001.mp4');

  /** As VS Code does: on the disk first, then it tells. */
  async function move(manager: JobManager, ...moves: readonly [string, string][]): Promise<void> {
    for (const [from, to] of moves) {
      await mkdir(path.dirname(to), { recursive: true });
      await rename(from, to);
    }
    await manager.follow(moves.map(([from, to]) => ({ from, to })));
  }

  async function rendered(manager: JobManager, count: number): Promise<readonly string[]> {
    const views = await manager.enqueue(world.orders(count));
    for (const { id } of views) await untilState(manager, id, 'done');
    return views.map(({ id }) => id);
  }

  const shown = (
    manager: JobManager,
    id: string,
  ): readonly [string | undefined, number | undefined] => {
    const view = manager.view(id);
    return [view?.file, view?.take];
  };

  it('keep a clip that is renamed, as the take that it was, on disk too, and undo brings it back', async () => {
    const manager = await world.opened();
    const [id = ''] = await rendered(manager, 1);
    const best = at('story', 'best.take-7.mp4');
    await move(manager, [first(), best]);
    assert.deepEqual(shown(manager, id), [best, 1]);
    const record = await world.onDisk(id);
    assert.deepEqual([clipFileOf(record), record.file], [best, first()]);
    await move(manager, [best, first()]);
    assert.deepEqual(shown(manager, id), [first(), 1]);
    assert.equal((await world.onDisk(id)).moved, undefined);
    assert.deepEqual(await movesIn(world.storage), []);
  });

  it('keep all of a folder, with poster, enlarged clip and last frame, wherever it goes', async () => {
    const folder = at('story');
    await world.left(
      recordOf({
        script: 'file:///story.md',
        file: first(),
        root: world.folder,
        render: { state: 'saved', video: 'webm' },
        upscale: { state: 'saved' },
        poster: path.join(folder, 'scene-001.jpg'),
        frames: { last: { type: 'image/png', sha256: 'x' } },
        pictures: [
          {
            role: 'reference',
            file: 'p/mara.png',
            path: path.join(folder, 'p', 'mara.png'),
            sha256: 'y',
          },
        ],
      }),
    );
    const manager = await world.opened();
    const names = (record: JobRecord): readonly (string | undefined)[] => [
      clipFileOf(record),
      largeClipOf(record),
      lastFrameOf(record),
      record.poster,
      record.pictures?.[0]?.path,
    ];
    const before = names(await world.onDisk('job-1'));
    const elsewhere = path.join(path.dirname(world.folder), 'elsewhere');
    await manager.follow([{ from: folder, to: elsewhere }]);
    const after = await world.onDisk('job-1');
    assert.deepEqual(
      names(after),
      before.map((file) => file?.replace(folder, elsewhere)),
    );
    assert.equal(after.pictures?.[0]?.file, 'p/mara.png');
    await manager.follow([{ from: elsewhere, to: folder }]);
    const back = await world.onDisk('job-1');
    assert.deepEqual(names(back), before);
    assert.equal(back.moved, undefined);
  });

  it('tell two clips apart that change places by way of a third name', async () => {
    const manager = await world.opened();
    const [one = '', two = ''] = await rendered(manager, 2);
    const [second, third] = [at('story', 'scene-002.mp4'), at('story', 'third.mp4')];
    await move(manager, [first(), third], [second, first()], [third, second]);
    assert.deepEqual(shown(manager, one), [second, 1]);
    assert.deepEqual(shown(manager, two), [first(), 1]);
  });

  it('give the next take a number that neither a record nor a file has, and replace nothing', async () => {
    const manager = await world.opened();
    const [id = ''] = await rendered(manager, 1);
    const named = takePlace(first(), 3);
    await move(manager, [first(), named]);
    const before = await readFile(named);
    const again = { ...world.order(1), pictureHash: 'other' };
    const [next] = await manager.enqueue([again]);
    const { file, take } = await untilState(manager, next?.id ?? '', 'done');
    assert.deepEqual([file, take], [takePlace(first(), 4), 4]);
    assert.deepEqual(shown(manager, id), [named, 1]);
    assert.deepEqual(await readFile(named), before);
  });

  it('fetch what is on its way to where it was promised, whatever was moved, and leave nothing elsewhere', async () => {
    const half = Promise.withResolvers<undefined>();
    let asked = 0;
    server.answer = (request, response) => {
      if (++asked > 1) {
        serve(clip, request, response);
        return;
      }
      response.writeHead(200, { etag: '"v1"', 'content-length': clip.length });
      response.write(clip.subarray(0, 1000), () => {
        half.resolve(undefined);
      });
    };
    const manager = await world.opened();
    const [view] = await manager.enqueue(world.orders(1));
    await half.promise;
    await until(() => readdirSync(at('story')).some((name) => name.endsWith('.part')));
    await move(manager, [at('story'), at('moved')]);
    const { file } = await untilState(manager, view?.id ?? '', 'done');
    assert.equal(file, first());
    assert.deepEqual(await readFile(first()), clip);
    await until(() => readdirSync(at('moved')).length === 0);
    assert.equal(world.studio.submitted.length, 1);
  });

  it('follow what another window moves that only watches them, before anything is ordered', async () => {
    const owner = await world.opened();
    const [id = ''] = await rendered(owner, 1);
    const guest = await world.opened();
    assert.equal(guest.owner, false);
    const best = at('story', 'best.mp4');
    await move(guest, [first(), best]);
    await guest.follow([{ from: '/story.md', to: '/renamed.md' }]);
    const [same] = await owner.enqueue([
      { ...world.order(1), script: 'file:///renamed.md', another: true },
    ]);
    assert.deepEqual(shown(owner, id), [best, 1]);
    assert.equal(owner.view(id)?.script, 'file:///renamed.md');
    assert.equal(same?.take, 2);
  });

  const ofOtherWorkspace = (): Promise<JobManager> => {
    const storage = path.join(world.folder, '.other');
    return world.opened({
      store: new JobStore(storage),
      lock: new OwnerLock(path.join(storage, 'owner'), { clock: systemClock, beatMs: 10 }),
      claims: new ClipClaims(path.join(world.shared, 'clips'), storage, 'the other window'),
    });
  };

  it('follow what a window of another workspace on the same folder moves, and brings back', async () => {
    const owner = await world.opened();
    const [id = ''] = await rendered(owner, 1);
    const other = await ofOtherWorkspace();
    await move(other, [at('story'), at('moved')]);
    await until(() => owner.view(id)?.file === at('moved', 'scene-001.mp4'));
    await move(other, [at('moved'), at('story')]);
    await until(() => owner.view(id)?.file === first());
    assert.deepEqual(await movesIn(path.join(world.folder, '.other')), []);
  });

  it('follow it there as well from where this or that window had moved it before', async () => {
    const owner = await world.opened();
    const [id = ''] = await rendered(owner, 1);
    await move(owner, [first(), at('best', 'a.mp4')]);
    const other = await ofOtherWorkspace();
    await move(other, [at('best'), at('moved')]);
    await until(() => owner.view(id)?.file === at('moved', 'a.mp4'));
    await move(other, [at('moved', 'a.mp4'), at('b.mp4')]);
    await until(() => owner.view(id)?.file === at('b.mp4'));
  });

  it('are not led astray by word of a move that was before their clip came', async () => {
    const manager = await world.opened();
    const [one = ''] = await rendered(manager, 1);
    // In a window that only watches, which leaves word of it a moment later.
    await rename(at('story'), at('moved'));
    const [view] = await manager.enqueue([world.order(2)]);
    const two = await untilState(manager, view?.id ?? '', 'done');
    await manager.follow([{ from: at('story'), to: at('moved') }]);
    assert.deepEqual(shown(manager, two.id), [at('story', 'scene-002.mp4'), 1]);
    assert.deepEqual(shown(manager, one), [at('moved', 'scene-001.mp4'), 1]);
  });

  it('follow once what a window could not see to the end', async () => {
    const manager = await world.opened();
    const [one = '', two = ''] = await rendered(manager, 2);
    await manager.dispose();
    const [second, third] = [at('story', 'scene-002.mp4'), at('story', 'third.mp4')];
    const moves: Move[] = [
      { from: first(), to: third },
      { from: second, to: first() },
      { from: third, to: second },
    ];
    for (const { from, to } of moves) await rename(from, to);
    await leaveMoves(world.storage, moves, 1);
    const [note] = await movesIn(world.storage);
    // It was killed between the two records.
    const record = await world.onDisk(one);
    await world.left({ ...record, moved: { clip: second }, followed: [note?.name ?? ''] });
    const later = await world.opened();
    assert.deepEqual(shown(later, one), [second, 1]);
    assert.deepEqual(shown(later, two), [first(), 1]);
    assert.deepEqual(await movesIn(world.storage), []);
  });

  for (const [what, to] of [
    ['its folder', (): [string, string] => [at('story'), at('moved')]],
    ['it', (): [string, string] => [first(), at('story', 'best.mp4')]],
  ] as const) {
    it(`keep a clip that comes in at the very moment in which ${what} is moved`, async () => {
      const download = new Downloader({ http: world.http, clock: systemClock });
      const fetch = download.download.bind(download);
      let signal: AbortSignal | undefined;
      download.download = (request) => {
        ({ signal } = request);
        return fetch(request);
      };
      const isHere = Promise.withResolvers<undefined>();
      const isOnDisk = Promise.withResolvers<undefined>();
      download.settled = () => {
        isHere.resolve(undefined);
        return isOnDisk.promise;
      };
      const manager = await world.opened({ download });
      const [view] = await manager.enqueue(world.orders(1));
      await isHere.promise;
      const moving = move(manager, to());
      await Promise.race([moving, until(() => signal?.aborted === true)]);
      isOnDisk.resolve(undefined);
      await moving;
      const { file } = await untilState(manager, view?.id ?? '', 'done');
      assert.ok(file !== undefined && existsSync(file), file);
      assert.deepEqual(await readdir(path.dirname(file)), [path.basename(file)]);
    });
  }

  it('go on once all have followed that could not be written down at first', async () => {
    const more = { file: first(), root: world.folder };
    await world.left(
      recordOf({ ...more, render: { state: 'saved' } }),
      recordOf({ ...world.order(2), id: 'job-2' }),
    );
    await leaveMoves(world.storage, [{ from: first(), to: at('story', 'best.mp4') }], 1);
    const store = new JobStore(world.storage);
    const save = store.save.bind(store);
    let isFull = true;
    store.save = (record) => (isFull ? Promise.reject(new Error('Full.')) : save(record));
    const manager = world.window({ store, onDefect: () => undefined });
    await assert.rejects(manager.start());
    isFull = false;
    await untilState(manager, 'job-2', 'done');
    assert.equal((await world.onDisk('job-1')).moved?.clip, at('story', 'best.mp4'));
  });

  it('follow later what the disk would not even hold word of, and nothing is ordered before', async () => {
    const manager = await world.opened();
    const [id = ''] = await rendered(manager, 1);
    const [notes, best] = [path.join(world.storage, 'moves'), at('story', 'best.mp4')];
    await rm(notes, { recursive: true, force: true });
    await writeFile(notes, 'in the way');
    await assert.rejects(move(manager, [first(), best]), { code: 'disk' });
    await assert.rejects(manager.enqueue([world.order(2)]), { code: 'disk' });
    await rm(notes);
    await until(() => manager.view(id)?.file === best);
    assert.equal(world.studio.submitted.length, 1);
  });

  it('are not forgotten with a clip of which another window has just left word that it was moved', async () => {
    const lock = new OwnerLock(path.join(world.storage, 'owner'), {
      clock: systemClock,
      beatMs: 60_000,
    });
    const manager = await world.opened({ lock });
    const [id = ''] = await rendered(manager, 1);
    const best = at('story', 'best.mp4');
    await rename(first(), best);
    await leaveMoves(world.storage, [{ from: first(), to: best }], 1);
    await manager.remove(id);
    assert.equal(clipFileOf(await world.onDisk(id)), best);
  });

  it('are told of in other workspaces also where this one cannot write it down', async () => {
    const owner = await world.opened();
    const [id = ''] = await rendered(owner, 1);
    const other = await ofOtherWorkspace();
    await writeFile(path.join(world.folder, '.other', 'moves'), 'in the way');
    await assert.rejects(move(other, [at('story'), at('moved')]), { code: 'disk' });
    await until(() => owner.view(id)?.file === at('moved', 'scene-001.mp4'));
  });

  it('follow by whichever link the folder was opened, here and there', async () => {
    const link = path.join(path.dirname(world.folder), `${path.basename(world.folder)}-link`);
    await symlink(world.folder, link, 'junction');
    try {
      const inLink = (...names: string[]): string => path.join(link, ...names);
      const clip = inLink('videos', 'story', 'scene-001.mp4');
      const picture = { role: 'reference', file: 'p/mara.png', sha256: 'y' } as const;
      await mkdir(path.join(world.folder, 'p'));
      await world.left(
        recordOf({ file: first(), root: world.folder, render: { state: 'saved' } }),
        recordOf({
          id: 'job-2',
          file: clip,
          root: link,
          render: { state: 'saved' },
          // Of a picture it stands there where it really is.
          pictures: [{ ...picture, path: path.join(world.folder, 'p', 'mara.png') }],
        }),
      );
      await mkdir(at('story'), { recursive: true });
      const manager = await world.opened();
      await manager.follow([{ from: clip, to: inLink('best.mp4') }]);
      await manager.follow([{ from: inLink('p', 'mara.png'), to: inLink('p', 'anna.png') }]);
      await manager.follow([
        { from: path.join(world.folder, 'best.mp4'), to: path.join(world.folder, 'a.mp4') },
      ]);
      const [one, two] = [await world.onDisk('job-1'), await world.onDisk('job-2')];
      assert.equal(clipFileOf(one), path.join(world.folder, 'a.mp4'));
      assert.equal(clipFileOf(two), inLink('a.mp4'));
      assert.equal(two.pictures?.[0]?.path, path.join(world.folder, 'p', 'anna.png'));
    } finally {
      await rm(link);
    }
  });

  it('are looked for in a folder whose links lead round in circles', async () => {
    const folder = at('story');
    await mkdir(path.join(folder, 'deep'), { recursive: true });
    for (const name of ['a', 'b']) await symlink('..', path.join(folder, 'deep', name), 'junction');
    await writeFile(path.join(folder, 'deep', 'a.mp4'), '');
    assert.deepEqual(await madeFilesIn(folder), [path.join(folder, 'deep', 'a.mp4')]);
  });

  it('are never led astray by a part of what they have followed', async () => {
    const [away, back] = [
      { from: first(), to: at('a.mp4') },
      { from: at('a.mp4'), to: first() },
    ];
    await leaveMoves(world.storage, [away], 1);
    await leaveMoves(world.storage, [back], 2);
    const notes = await movesIn(world.storage);
    const last = path.join(world.storage, 'moves', notes[1]?.name ?? '');
    // It ends in between: this one cannot be removed.
    await rm(last);
    await mkdir(last);
    await assert.rejects(forgetMoves(world.storage, notes));
    await rm(last, { recursive: true });
    await writeFile(last, JSON.stringify([back]));
    assert.deepEqual(await movesIn(world.storage), []);
    assert.deepEqual(await readdir(path.join(world.storage, 'moves')), []);
  });

  it('set word aside that nobody can read', async () => {
    await mkdir(path.join(world.storage, 'moves'), { recursive: true });
    for (const text of ['{', '[{"from": 1}]', 'null']) {
      await writeFile(path.join(world.storage, 'moves', `${text.length}.json`), text);
    }
    const manager = await world.opened();
    assert.ok(manager.owner);
    const names = await readdir(path.join(world.storage, 'moves'));
    assert.ok(names.length === 3 && names.every((name) => name.endsWith('.bad')), names.join());
  });

  it('have of each take the very file that it was rendered to, whatever is moved', async () => {
    const names = ['scene-001.mp4', 'scene-001.take-2.mp4', 'scene-002.mp4', 'a.mp4'];
    const folders = ['story', 'other', path.join('story', 'deep')];
    const place = fc.tuple(fc.constantFrom(...folders), fc.constantFrom(...names));
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('file' as const), from: place, to: place }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('folder' as const),
          from: fc.constantFrom(...folders),
          to: fc.constantFrom(...folders, 'third'),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), from: place }) },
    );
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 6 }),
        async (edits) => {
          const root = path.join(world.folder, `run-${++runs}`);
          const inRun = (...parts: string[]): string => path.join(root, ...parts);
          const store = new JobStore(path.join(root, '.store'));
          await store.load();
          const table = new JobTable(store, systemClock, assert.ifError);
          const records = names.slice(0, 3).map((name, index) => {
            const parts: RecordParts = {
              id: `job-${index}`,
              scene: sceneOf(index === 2 ? 2 : 1),
              file: inRun('story', name),
              root,
              render: { state: 'saved' },
            };
            return recordOf(parts);
          });
          await mkdir(inRun('story', 'deep'), { recursive: true });
          await mkdir(inRun('other'));
          for (const record of records) {
            table.put(record);
            await store.save(record);
            await writeFile(record.file, record.id);
          }
          for (const edit of edits) {
            const moves: Move[] = [];
            for (const one of edit) {
              const from = inRun(...[one.from].flat());
              if (one.kind === 'delete') {
                await rm(from, { force: true });
                continue;
              }
              const to = inRun(...[one.to].flat());
              const isFolder = one.kind === 'folder';
              if (!existsSync(from) || from === to || movedFile(to, from, '') !== undefined)
                continue;
              if (!existsSync(path.dirname(to)) || (isFolder && existsSync(to))) continue;
              await rename(from, to);
              moves.push({ from, to });
            }
            await leaveMoves(store.folder, moves, 1);
            await followMoves({
              table,
              folder: store.folder,
              scripts: scriptAddresses,
              breakOff: () => Promise.reject(new Error('Nothing is on its way.')),
              beginAnew: assert.ifError,
            });
          }
          // What stands on disk is what counts after all.
          const { records: now } = await new JobStore(store.folder).load();
          const moved = movedClips(now);
          const disk = {
            has: existsSync,
            namesIn: (folder: string) => takesAmong(existsSync(folder) ? readdirSync(folder) : []),
            isMoved: (file: string) => moved.has(file),
            isVideo: () => true,
          };
          const all = await readdir(root, { recursive: true, withFileTypes: true });
          const files = all.filter((one) => one.isFile() && !one.parentPath.includes('.store'));
          const there = new Map<string, string>();
          for (const { parentPath, name } of files) {
            const file = path.join(parentPath, name);
            there.set(await readFile(file, 'utf8'), file);
          }
          for (const id of ['scene1', 'scene2']) {
            const own = now.filter(({ scene }) => scene.id === id);
            for (const { job, file } of takesOf(own, undefined, disk)) {
              if (job === undefined) assert.equal(file, undefined, 'no file is an unknown take');
              else assert.equal(file, there.get(job.id), job.id);
            }
          }
          table.dispose();
          await rm(root, { recursive: true });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a moved file', () => {
  it('is known by any spelling of its folder where the disk knows no difference', () => {
    const file = path.join(path.sep, 'W', 'Story', 'Cafe\u0301', 'a.mp4');
    const from = path.join(path.sep, 'w', 'story', 'caf\u00e9');
    assert.equal(
      movedFile(file, from, path.join(path.sep, 'x'), 'darwin'),
      path.join(path.sep, 'x', 'a.mp4'),
    );
    assert.equal(movedFile(file, from, path.join(path.sep, 'x'), 'linux'), undefined);
    const folder = path.dirname(file);
    assert.equal(movedFile(file, folder, from, 'win32'), path.join(from, 'a.mp4'));
    assert.equal(movedFile(`${folder}2`, folder, from), undefined);
    assert.equal(movedFile(folder, folder, from), from);
  });
});
