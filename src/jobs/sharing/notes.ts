import { readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../../base/files.ts';
import type { JobRecord } from '../job.ts';
import { isJobId, readRecord } from '../read-record.ts';
import { newName, notesFolder } from './generations.ts';

/** What somebody who does not own a store has to tell its owner of a job. */
export interface Note {
  readonly record: JobRecord;
  /** Gone once {@link forgetNote} has been told. */
  readonly file: string;
}

/**
 * Leave a record where the owner of a store finds it, be that now or when a window opens it again.
 * Nothing is ever written over: each note is a file of its own.
 *
 * @param root the store's folder
 */
export async function leaveNote(root: string, record: JobRecord): Promise<void> {
  if (!isJobId(record.id)) throw new Error(`Not a job's id: ${record.id.slice(0, 80)}`);
  const file = path.join(root, notesFolder, `${record.id}.${newName()}.json`);
  await writeFileAtomic(file, `${JSON.stringify(record, undefined, 1)}\n`);
}

/** The notes that wait, the oldest first; what cannot be read is set aside. */
export async function notesIn(root: string): Promise<readonly Note[]> {
  const folder = path.join(root, notesFolder);
  const names = await readdir(folder).catch(() => []);
  const notes: Note[] = [];
  for (const name of names.filter((found) => found.endsWith('.json')).sort()) {
    const file = path.join(folder, name);
    try {
      notes.push({ file, record: readRecord(await readFile(file, 'utf8')) });
    } catch (error) {
      if (error instanceof SyntaxError || !('syscall' in (error as Error))) {
        await rename(file, `${file}.bad`).catch(() => undefined);
      }
    }
  }
  return notes;
}

/** What it says is in a record by now. */
export async function forgetNote({ file }: Note): Promise<void> {
  await rm(file, { force: true });
}
