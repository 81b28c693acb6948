import { constants } from 'node:fs';
import { copyFile, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Enclosure } from '../base/enclosure/enclosure.ts';
import { discardPart, discardPartOf, partOf } from './part-file.ts';
import { readSidecar, sidecarOf } from './sidecar.ts';

/**
 * What a clip's part is named after, for one of several windows that may fetch it: the clip itself,
 * with the window's own name. With parts of their own, a window that stood still and goes on in the
 * middle of a download can write into none but its own.
 */
export function stemOf(file: string, name: string | undefined): string {
  return name === undefined ? file : `${file}.${name}`;
}

/**
 * Take the parts of a clip away from whoever had them, and go on with what they hold of this render.
 * Whoever had them and goes on later finds nothing to put in place.
 *
 * It is a copy that this window goes on with, because the other may still have the part open.
 *
 * @param stem what the part is named after from now on; see {@link stemOf}
 */
export async function takeParts(
  inside: Enclosure,
  file: string,
  stem: string,
  key: string,
): Promise<void> {
  for (const other of await stemsOf(file)) {
    if (other === stem) continue;
    if ((await readSidecar(inside, other))?.key === key) await copyPart(inside, other, stem);
    await discardPart(inside, other);
  }
}

/** Forget what any window has fetched of one render. */
export async function discardPartsOf(inside: Enclosure, file: string, key: string): Promise<void> {
  for (const stem of await stemsOf(file)) await discardPartOf(inside, stem, key);
}

/** What is already there for this window stays: it is at least as much. */
async function copyPart(inside: Enclosure, from: string, to: string): Promise<void> {
  try {
    await inside.check(to);
    // Never through a link that somebody put there.
    const places = [partOf(from), sidecarOf(from)];
    const found = await Promise.all(places.map((place) => lstat(place)));
    if (!found.every((each) => each.isFile())) return;
    // First what is said of the part: what comes into it meanwhile does no harm.
    await copyFile(sidecarOf(from), sidecarOf(to), constants.COPYFILE_EXCL);
    const how = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
    await copyFile(partOf(from), partOf(to), how).catch(async (error: unknown) => {
      await inside.remove(sidecarOf(to));
      throw error;
    });
  } catch {
    // What cannot be copied is fetched again.
  }
}

/** Of all parts beside a clip. */
async function stemsOf(file: string): Promise<readonly string[]> {
  const { dir, base } = path.parse(file);
  const names = await readdir(dir).catch(() => []);
  const stems = names.flatMap((name) => {
    if (!name.startsWith(`${base}.`)) return [];
    const found = /^((?:\.[0-9a-f]{12})?)\.part(?:\.json(?:\.tmp)?)?$/.exec(
      name.slice(base.length),
    );
    return found === null ? [] : `${file}${found[1] ?? ''}`;
  });
  return [...new Set(stems)];
}
