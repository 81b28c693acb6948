import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { ScenewrightError } from '../../base/errors.ts';
import { isNotThere, namesIn, renameOver } from '../../base/files.ts';
import { t } from '../../base/l10n.ts';
import { syncFolder } from '../../base/sync.ts';

/** Where the lock of a store is. */
export const lockFolder = 'owner';

/** Where the notes for the owner of a store are; see {@link leaveNote}. */
export const notesFolder = 'late';

/** Another window has taken the records over; what this one has in hand is not written. */
export class TakenOverError extends ScenewrightError {
  constructor() {
    super(
      'bad-input',
      t(
        'Another window looks after the video jobs now, because this one stood still for too long. What was ordered is not lost; this window shows how it goes on.',
      ),
    );
  }
}

/**
 * Take all records of a store away from whoever had them: the folder that they are in gets a name
 * that nobody else knows. A window that stood still meanwhile, and goes on in the middle of a write,
 * finds no folder to put it in; there is no moment at which it could replace what the new owner wrote.
 *
 * Records that lie elsewhere are fetched: beside the folder, where earlier versions kept them, and in
 * folders of other owners, which a crash or two that came first at the same moment may have left. A
 * crash in between leaves them to be fetched the next time.
 *
 * @param root the store's folder
 * @param mayOwn asks the lock; an owner that is none any more must not take anything
 * @returns absolute path of the folder, in which this owner writes
 * @throws TakenOverError
 */
export async function takeRecords(root: string, mayOwn: () => Promise<boolean>): Promise<string> {
  await mkdir(root, { recursive: true });
  for (;;) {
    const found = await generations(root);
    // After the look: whoever owns now has taken nothing before it, and will find what is taken here.
    if (!(await mayOwn())) throw new TakenOverError();
    const [newest] = found;
    const mine = path.join(root, `records-${(newest?.number ?? 0) + 1}-${newName()}`);
    if (newest === undefined) await mkdir(mine);
    else if (!(await renamed(path.join(root, newest.name), mine))) continue;
    await gather(root, mine);
    // The oldest first: an owner before this one, in the middle of this very thing, moves on what is in them.
    for (const { name } of (await generations(root)).toReversed()) {
      const other = path.join(root, name);
      if (other === mine) continue;
      if (!(await mayOwn())) {
        await rmdir(mine).catch(() => undefined);
        throw new TakenOverError();
      }
      await gather(other, mine);
      await rmdir(other).catch(() => undefined);
    }
    await syncFolder(root);
    return mine;
  }
}

/** The folder that the records of a store are in at this moment. */
export async function recordsIn(root: string): Promise<string> {
  const [newest] = await generations(root).catch(() => []);
  return newest === undefined ? root : path.join(root, newest.name);
}

interface Generation {
  readonly number: number;
  readonly name: string;
}

/** The newest first. */
async function generations(root: string): Promise<readonly Generation[]> {
  const names = await readdir(root);
  return names
    .flatMap((name) => {
      const number = /^records-(\d{1,15})-[0-9a-f]{12}$/.exec(name)?.[1];
      return number === undefined ? [] : { number: Number(number), name };
    })
    .sort((a, b) => b.number - a.number || (a.name < b.name ? 1 : -1));
}

/** @returns whether it was still there */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await renameOver(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (process.platform !== 'win32') throw error;
  }
  // Somebody has a file in it open, so that Windows will not move it: then all but that file.
  await mkdir(to);
  await gather(from, to);
  return true;
}

/**
 * Move records; where there is one of the same name already, as a note to its owner.
 *
 * @throws TakenOverError where the folder that they are for is somebody's by now
 */
async function gather(from: string, to: string): Promise<void> {
  const records = (await namesIn(from)).filter((name) => name.endsWith('.json'));
  if (records.length === 0) return;
  const known = new Set(await unlessTaken(readdir(to)));
  const notes = path.join(path.dirname(to), notesFolder);
  for (const name of records) {
    if (known.has(name)) await mkdir(notes, { recursive: true });
    const place = known.has(name)
      ? path.join(notes, `${name.slice(0, -'.json'.length)}.${newName()}.json`)
      : path.join(to, name);
    await renameOver(path.join(from, name), place).catch((error: unknown) => {
      if (!isNotThere(error)) throw error;
    });
  }
  await unlessTaken(syncFolder(to));
  for (const name of await namesIn(from)) {
    if (name.endsWith('.tmp')) await rm(path.join(from, name), { force: true });
  }
}

/**
 * What is done in a folder of this window's own.
 *
 * @throws TakenOverError where the folder is another window's now
 */
export async function unlessTaken<T>(act: Promise<T>): Promise<T> {
  return await act.catch((error: unknown) => {
    throw isNotThere(error) ? new TakenOverError() : error;
  });
}

/** Of no other folder or note, ever. */
export function newName(): string {
  return randomBytes(6).toString('hex');
}
