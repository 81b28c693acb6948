import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

type Stretch = readonly [from: number, to: number];

/** What is received goes to disk as soon as there is so much of it, in bytes, or it ends. */
export const firstWrite = 64 * 1024;

/**
 * Resolves when this stretch of a clip is in a part on disk, and noted there as something to go on
 * with; what the progress tells of has only arrived.
 */
export async function untilOnDisk(file: string, [from, to]: Stretch): Promise<void> {
  while (!stretchesOnDisk(file).some(([start, end]) => start <= from && end >= to)) await pause(2);
}

/** How many bytes of a clip are in a part on disk. */
export function bytesOnDisk(file: string): number {
  return stretchesOnDisk(file).reduce((sum, [from, to]) => sum + to - from, 0);
}

/** What the parts that any window has of a clip hold together, in order and without overlaps. */
function stretchesOnDisk(file: string): readonly Stretch[] {
  const folder = path.dirname(file);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder)
    .filter((name) => name.startsWith(path.basename(file)) && name.endsWith('.part.json'))
    .flatMap((name) => [...textOf(path.join(folder, name)).matchAll(/^(\d+)-(\d+)$/gmu)])
    .map(([, from, to]): [number, number] => [Number(from), Number(to)])
    .sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [from, to] of found) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** It may have been put away meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
