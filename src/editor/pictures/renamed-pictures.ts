import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type * as vscode from 'vscode';
import type { Move } from '../../base/moves.ts';
import { foldedPath } from '../../base/one-place.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { clipFileOf, hasClip, mayStillCome } from '../../jobs/job-state.ts';
import { picturePlace, usablePicture } from '../../jobs/job-pictures.ts';
import { safeName, sheetName } from '../../jobs/paths.ts';
import { firstPlace } from '../../jobs/take-place.ts';
import { sameName } from '../../script/names.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { picturesOfEntry } from '../../script/wanted-pictures.ts';
import { isSheetOf, placeInScript } from '../jobs/picture-coming.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';

/** A script in which a character or place gets another name. */
export interface Renaming {
  readonly script: ParsedScript;
  readonly uri: vscode.Uri;
  /** As the bible has it. */
  readonly name: string;
  readonly to: string;
  /** All that are known. */
  readonly jobs: readonly JobRecord[];
}

/**
 * The picture files that are called like a character or place, as Scenewright names those that it draws or as the bible
 * spells the name, and what they are called after a renaming: those that the bible has of it, and all that were drawn
 * of it for the script. None goes over a file that is there, or where one is still to come.
 */
export async function renamedPictures(renaming: Renaming): Promise<readonly Move[]> {
  const taken = new Set(
    renaming.jobs.filter(mayStillCome).map((job) => foldedPath(clipFileOf(job))),
  );
  const moves: Move[] = [];
  for (const from of await picturesNamed(renaming)) {
    const to = placeNamed(from, renaming);
    if (to === undefined || to === from || taken.has(foldedPath(to))) continue;
    if (!isFree(to, from)) continue;
    taken.add(foldedPath(to));
    moves.push({ from, to });
  }
  return moves;
}

/** Whether nothing is there, but for the file itself under another spelling of its name. */
function isFree(to: string, from: string): boolean {
  if (!existsSync(to)) return true;
  const [one, other] = [statSync(from, { bigint: true }), statSync(to, { bigint: true })];
  return foldedPath(from) === foldedPath(to) && one.ino === other.ino && one.dev === other.dev;
}

/** Where its pictures are that are really there. */
async function picturesNamed({ script, uri, name, jobs }: Renaming): Promise<readonly string[]> {
  const { characters, places } = script.bible;
  const entries = [...characters, ...places];
  const isOther = (title: string): boolean =>
    !sameName(title, name) && entries.some((entry) => sameName(entry.name, title));
  const drawn = jobs.filter((job) => isSheetOf(uri, job) && !isOther(job.scene.title));
  const named = [
    ...entries.filter((entry) => sameName(entry.name, name)).flatMap(picturesOfEntry),
    ...drawn.filter(hasClip).map((job) => placeInScript(uri, job)),
  ];
  const [folder, root] = [path.dirname(uri.fsPath), workspaceRoot(uri)];
  const found = await Promise.all(
    named.map(async (file) => {
      const place = picturePlace(file, folder, root);
      const isUsable = (await usablePicture(file, folder, root)) !== undefined;
      return place !== undefined && isUsable && existsSync(place) ? [place] : [];
    }),
  );
  return [...new Set(found.flat())];
}

/** The same take of the other name; absent where a file is called something else. */
function placeNamed(file: string, { name, to }: Renaming): string | undefined {
  const first = path.parse(firstPlace(file));
  const called =
    first.name === name
      ? safeName(to, 'picture')
      : first.name === sheetName(name)
        ? sheetName(to)
        : undefined;
  const { dir, base } = path.parse(file);
  return called === undefined ? undefined : path.join(dir, called + base.slice(first.name.length));
}
