import path from 'node:path';
import type * as vscode from 'vscode';
import { relativePath } from '../../base/relative-path.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { clipFileOf, isOver, mayStillCome, stateOf } from '../../jobs/job-state.ts';
import type { Bible, PicturePath, Scene } from '../../script/script-model.ts';
import { picturesOfEntry, shownIn } from '../../script/wanted-pictures.ts';
import type { JobIndex, PictureSubject } from './job-index.ts';

/**
 * The job that draws a picture of a script: the picture is on its way, may be without anybody knowing, or is here and
 * about to be put into the script. It is neither offered nor ordered once more.
 *
 * @param has what the script has there by now
 */
export function pictureComing(
  script: vscode.Uri,
  jobs: Pick<JobIndex, 'drawingsOf'>,
  subject: PictureSubject,
  has: readonly (PicturePath | undefined)[],
): JobRecord | undefined {
  return jobs
    .drawingsOf(script.toString(), subject)
    .findLast(
      (job) => mayStillCome(job) || (isArriving(job) && !has.includes(placeInScript(script, job))),
    );
}

/** A picture of whom or what a scene shows, which is on its way and will be the only one there is. */
export interface SheetComing {
  /** As the bible has it. */
  readonly name: string;
  readonly job: JobRecord;
}

/** Whom and what a scene shows that has no picture yet, but one on its way. */
export function sheetsComing(
  script: vscode.Uri,
  jobs: Pick<JobIndex, 'drawingsOf'>,
  scene: Scene,
  bible: Bible,
): readonly SheetComing[] {
  return shownIn(scene, bible).flatMap((entry): readonly SheetComing[] => {
    if (picturesOfEntry(entry).length > 0) return [];
    const { name } = entry;
    const kind = bible.characters.some((one) => one === entry) ? 'character' : 'place';
    const job = pictureComing(script, jobs, { kind, name }, []);
    return job === undefined ? [] : [{ name, job }];
  });
}

/** Whether a job draws a character or place of a script. */
export function isSheetOf(script: vscode.Uri, job: JobRecord): boolean {
  const { drawing } = job;
  return job.script === script.toString() && (drawing === 'character' || drawing === 'place');
}

/** The picture of a job is being made, or about to be put into the script, where it is known by the name of whom it shows. */
export function isOnItsWay(job: JobRecord): boolean {
  return !isOver(job) || isArriving(job);
}

function isArriving(job: JobRecord): boolean {
  return stateOf(job) === 'done' && job.settled !== true;
}

/** The picture of a job as its script names it, or would. */
export function placeInScript(script: vscode.Uri, job: JobRecord): PicturePath {
  return relativePath(path.dirname(script.fsPath), clipFileOf(job));
}
