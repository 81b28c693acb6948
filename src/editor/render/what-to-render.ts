import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { rangesOf } from '../../base/number-ranges.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { hasClip, isClipAtService, isOver, stateOf } from '../../jobs/job-state.ts';
import { highestTake, takeOf } from '../../jobs/take-place.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import type { PicturesOfScript } from '../jobs/picture-contents.ts';
import {
  clipFinder,
  isMissing,
  isSamePicture,
  jobsOfTakes,
  picturesOf,
  type SceneClip,
} from '../jobs/scene-clips.ts';
import { requireId } from '../script/open-scripts.ts';

/** A scene that is to be rendered, with its number in the document, from 1. */
export interface Selected {
  readonly node: SceneNode;
  readonly number: number;
}

/** What has to be done to get the clip of a scene as it stands now. */
export type Step =
  /** `another`: beside a clip that shows the very same. */
  | { readonly kind: 'render'; readonly another: boolean }
  | { readonly kind: 'running' | 'fetch'; readonly job: string }
  /** It is here already. */
  | { readonly kind: 'none' };

/** How the scenes of a script stand with their renders at one moment. */
export class WhatToRender {
  private readonly script: ParsedScript;
  private readonly uri: vscode.Uri;
  private readonly address: string;
  private readonly jobs: JobIndex;
  private readonly pictures: PicturesOfScript;
  /** How a scene stands with its clip, by its number in the document, from 1. */
  readonly clipOf: (node: SceneNode, number: number) => SceneClip;

  constructor(script: ParsedScript, uri: vscode.Uri, jobs: JobIndex) {
    this.script = script;
    this.uri = uri;
    this.address = uri.toString();
    this.jobs = jobs;
    this.pictures = picturesOf(uri, jobs);
    this.clipOf = clipFinder(script, uri, jobs);
  }

  /**
   * All scenes without a take that shows what they say now. Where there is one, but an older one was chosen,
   * it takes a choice and no render.
   */
  missingOrStale(): Selected[] {
    return this.script.scenes.flatMap((node, index) => {
      if (node.id === undefined) return [];
      const number = index + 1;
      const clip = this.clipOf(node, number);
      const isWanted = isToBeRendered(
        node,
        clip,
        () => this.recordsOf(node),
        (job) => this.isSame(node, job),
      );
      return isWanted ? [{ node, number }] : [];
    });
  }

  /** @throws ScenewrightError `bad-input` where there is no such scene, or nothing written in it */
  named(number: number): Selected {
    const node = this.script.scenes[number - 1];
    if (node?.written !== true) throw notWritten(number);
    requireId(this.script, number);
    return { node, number };
  }

  /**
   * @param isWished whether who asks sees the clip that is here, and has asked for this scene all the same
   * @throws ScenewrightError `bad-input` where it is on its way as it was before
   */
  stepFor({ node, number }: Selected, isWished: boolean): Step {
    const records = this.recordsOf(node);
    const same = records.filter((job) => this.isSame(node, job));
    const running = same.findLast((job) => !isOver(job));
    if (running !== undefined) return { kind: 'running', job: running.id };
    if (records.some((job) => !isOver(job))) {
      throw new ScenewrightError(
        'bad-input',
        t(
          'Scene {0} is still being rendered as it was before. Wait for that clip or cancel it; nothing was handed in.',
          number,
        ),
      );
    }
    if (this.clipOf(node, number).current !== undefined) {
      return isWished ? { kind: 'render', another: true } : { kind: 'none' };
    }
    // Whether it was taken only the writer can find out, and order it again on its row.
    const unclear = same.findLast(isUnclear);
    if (unclear !== undefined) return { kind: 'running', job: unclear.id };
    const kept = same.findLast(isClipAtService);
    if (kept !== undefined) return { kind: 'fetch', job: kept.id };
    return { kind: 'render', another: false };
  }

  /**
   * The highest number of a take that the scene has had beyond what its clips and jobs tell, 0 where there
   * is none: in the script that this one was before somebody renamed it, while a copy begins anew; and by
   * the choice that the script names, whose clip may be deleted, and which must not mean a later one.
   */
  takesBefore(node: SceneNode): number {
    const elsewhere = this.recordsOf(node).filter(
      ({ script }) => script !== this.address && !isScriptThere(script),
    );
    const { take: chosen = 0 } = node;
    return Math.max(
      chosen < highestTake ? chosen : 0,
      ...elsewhere.map(({ file }) => takeOf(file)),
    );
  }

  private recordsOf({ id }: SceneNode): readonly JobRecord[] {
    return id === undefined ? [] : jobsOfTakes(this.jobs, this.uri, id);
  }

  private isSame(node: SceneNode, job: JobRecord): boolean {
    return isSamePicture(this.script, node, job, this.pictures);
  }
}

/**
 * Whether a scene's clip is ordered where all is that is missing or stale. Handing in a second render of an
 * unclear one is for the writer alone to decide, on its row.
 *
 * @param recordsOf the scene's jobs, the oldest first
 * @param isSame whether a job was of the scene as it is
 */
export function isToBeRendered(
  { written }: Pick<SceneNode, 'written'>,
  clip: SceneClip,
  recordsOf: () => readonly JobRecord[],
  isSame: (job: JobRecord) => boolean,
): boolean {
  if (!written || !isMissing(clip)) return false;
  const records = recordsOf();
  const newest = records.at(-1);
  if (newest !== undefined && stateOf(newest) === 'unclear') return false;
  return !records.some((job) => isUnclear(job) && isSame(job));
}

/** @param number of the scene in the document, from 1 */
export function notWritten(number: number): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('Scene {0} is not written yet, so there is nothing to render.', number),
    { next: 'write-scenes' },
  );
}

/** Why there was nothing to do for the whole script. */
export function whyNothing(script: ParsedScript): string {
  if (!script.scenes.some(({ written }) => written)) {
    return t('There is nothing to render: no scene is written yet.');
  }
  const nameless = script.scenes.flatMap(({ id, written }, index) =>
    written && id === undefined ? [index + 1] : [],
  );
  if (nameless.length > 0) {
    return t(
      'These scenes have no id, so no clip can belong to them: {0}. Choose “Write Scenes” once: it puts in what is missing.',
      listed(rangesOf(nameless, 3)),
    );
  }
  return t(
    'There is nothing to render: every written scene has its clip, or a job that is on its way or waits for you.',
  );
}

function isUnclear(job: JobRecord): boolean {
  return stateOf(job) === 'unclear' && !hasClip(job);
}

/** Whether the file of a script, by its address, is on disk. */
export function isScriptThere(script: string): boolean {
  const { scheme, fsPath } = vscode.Uri.parse(script);
  return scheme === 'file' && existsSync(fsPath);
}
