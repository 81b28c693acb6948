import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Line } from './cases.ts';
import type { Figures } from './figures.ts';

/** Clips to fetch, and where to. */
export interface Task {
  readonly line: Line;
  /** Bytes of each clip, in the order in which they are asked for. */
  readonly sizes: readonly number[];
  readonly addresses: readonly string[];
  /** An empty folder. */
  readonly folder: string;
}

/** Something that fetches clips. Each run of it is a process of its own. */
export interface Contender {
  readonly name: string;
  run(task: Task): Promise<Figures>;
}

/** The name that each contender gives to a clip. */
export function clipName(index: number): string {
  return `${index}.mp4`;
}

/**
 * A wrong clip that came fast is worth nothing.
 *
 * @param fileOf where the clip of that size is, byte by byte; absent: only sizes are compared
 * @throws Error unless the folder holds exactly the clips of a task
 */
export async function checkFetched(
  contender: string,
  { folder, sizes }: Task,
  fileOf: ((bytes: number) => string) | undefined,
): Promise<void> {
  const found = await readdir(folder);
  if (found.length !== sizes.length) {
    throw new Error(`${contender} left ${found.length} files of ${sizes.length}.`);
  }
  for (const [index, bytes] of sizes.entries()) {
    const file = path.join(folder, clipName(index));
    const { size } = await stat(file);
    if (size !== bytes) throw new Error(`${contender} left ${size} of ${bytes} bytes.`);
    if (fileOf !== undefined && !(await isCopy(file, fileOf(bytes)))) {
      throw new Error(`${contender} left a clip that is not the one that was served.`);
    }
  }
}

/** Whether a file of the same size has the same content. */
async function isCopy(file: string, original: string): Promise<boolean> {
  await using one = await open(file, 'r');
  await using other = await open(original, 'r');
  const [a, b] = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)];
  for (;;) {
    const { bytesRead } = await one.read(a, 0, a.length, null);
    if (bytesRead === 0) return true;
    await other.read(b, 0, bytesRead, null);
    if (!a.subarray(0, bytesRead).equals(b.subarray(0, bytesRead))) return false;
  }
}
