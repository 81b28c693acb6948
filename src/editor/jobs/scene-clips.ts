import path from 'node:path';
import * as vscode from 'vscode';
import { drawnWords } from '../../animatic/index.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { lazily } from '../../base/lazily.ts';
import { lookOnce } from '../../base/look-once.ts';
import { memoize } from '../../base/memoize.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { sentPictures } from '../../jobs/job-pictures.ts';
import { hasClip, isOver, stateOf } from '../../jobs/job-state.ts';
import { firstPlace, takesAmong, type TakeNames } from '../../jobs/take-place.ts';
import { countingTake, takesOf, type ClipsOnDisk, type Take } from '../../jobs/takes.ts';
import { defined } from '../../base/defined.ts';
import { isInside } from '../../base/inside.ts';
import { clipName, clipPath } from '../../jobs/paths.ts';
import { chainedTo } from '../../script/chained.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import { pictureHash, shownPictures, type ShownPicture } from '../../script/picture-text.ts';
import { wantedPictures, type WantedPicture } from '../../script/wanted-pictures.ts';
import type { JobIndex } from './job-index.ts';
import { pictureComing } from './picture-coming.ts';
import type { PicturesOfScript } from './picture-contents.ts';
import { settings, type VideoProvider } from '../settings.ts';

/** How a scene stands with its clip. */
export type ClipState = 'none' | 'running' | 'failed' | 'current' | 'stale';

export interface SceneClip {
  readonly state: ClipState;
  /** The job of the take that counts, and where none does the newest of the scene. */
  readonly job?: JobRecord;
  /** The job that is under way, or ended badly, where the state tells of that. */
  readonly news?: JobRecord;
  /** Absolute path of the clip that counts; only where it is on disk. */
  readonly file?: string;
  /** The number of the take that counts. */
  readonly take?: number;
  /** All of the scene, the first first. */
  readonly takes: readonly Take[];
  /** The job that its first frame, or another one, is coming from. */
  readonly stillJob?: JobRecord;
  /** A take that is here and shows what the scene says now; the newest of several. */
  readonly current?: Take;
  /** Numbers of takes that are stale; absent where none is. */
  readonly staleTakes?: readonly number[];
  /** The take that counts is stale only because it was made as a sketch. */
  readonly isOnlySketch?: true;
}

/** Whether no take shows the scene as it is, and none is on its way; an older one that does takes a choice only. */
export function isMissing({ state, current }: Pick<SceneClip, 'state' | 'current'>): boolean {
  return state !== 'running' && current === undefined;
}

/** Whether the take that counts shows something else than the scene says now, whatever is on its way. */
export function isOutOfDate({ take, staleTakes }: Pick<SceneClip, 'take' | 'staleTakes'>): boolean {
  return take !== undefined && staleTakes?.includes(take) === true;
}

/** Whether a scene stands as another clip says, as far as anybody shows it. */
export function isSameClip(a: SceneClip, b: SceneClip | undefined): boolean {
  return (
    a.state === b?.state &&
    a.file === b.file &&
    a.job?.id === b.job?.id &&
    a.job?.poster === b.job?.poster &&
    a.news?.id === b.news?.id &&
    a.stillJob?.id === b.stillJob?.id &&
    a.take === b.take &&
    a.current?.take === b.current?.take &&
    a.staleTakes?.join() === b.staleTakes?.join() &&
    a.takes.length === b.takes.length &&
    a.takes.every((take, i) => isSameTake(take, b.takes[i]))
  );
}

function isSameTake(a: Take, b: Take | undefined): boolean {
  return (
    a.take === b?.take &&
    a.state === b.state &&
    a.file === b.file &&
    a.job?.id === b.job?.id &&
    a.job?.poster === b.job?.poster
  );
}

/** The takes of a scene, whatever the scene says now. */
export interface FoundTakes {
  /** Of the scene's jobs, the oldest first. */
  readonly records: readonly JobRecord[];
  /** The first first. */
  readonly takes: readonly Take[];
}

/** Jobs, disk and settings as they were at one moment, or one after it at which each was first asked for. */
export interface ClipMoment {
  /** @param number of the scene in the document, from 1 */
  readonly takesOf: (id: SceneId, number: number) => FoundTakes;
  /** The job that a first frame of a scene is coming from. */
  readonly stillOf: (node: SceneNode) => JobRecord | undefined;
  readonly studio: () => VideoProvider;
  readonly pictures: PicturesOfScript;
}

/**
 * Look for the clips of a script's scenes. A job's record knows where the clip of a scene id went, also
 * after the scene was moved or renumbered; without a record the file name tells. What is the same for all
 * scenes is looked up once.
 */
export function clipMoment(uri: vscode.Uri, jobs: JobIndex): ClipMoment {
  const look = lookOnce();
  const named = new Map<string, TakeNames>();
  const disk: ClipsOnDisk = {
    has: look.has,
    namesIn: (folder) => {
      const names = named.get(folder) ?? takesAmong(look.namesIn(folder));
      named.set(folder, names);
      return names;
    },
    isMoved: (file) => jobs.isMovedClip(file),
    isVideo: (file) => jobs.videos.has(file),
  };
  const plain = lazily(() => (isUsable(uri) ? path.dirname(plainTarget(uri, 1)) : undefined));
  return {
    takesOf: (id, number) => {
      const records = jobsOfTakes(jobs, uri, id);
      const folder = records.length === 0 ? plain() : undefined;
      const place = folder && path.join(folder, `${clipName(number)}.mp4`);
      const first = place === undefined || jobs.ofFile(place) !== undefined ? undefined : place;
      return { records, takes: takesOf(records, first, disk) };
    },
    stillOf: ({ scene: { id, firstFrame } }) =>
      pictureComing(uri, jobs, { kind: 'still', id }, [firstFrame]),
    studio: lazily(() => settings.video.provider.value),
    pictures: picturesOf(uri, jobs),
  };
}

/**
 * Finds the clips of a script's scenes, as they are at this moment; it is not to be kept.
 *
 * @returns what finds the clip of a scene by its number in the document, from 1
 */
export function clipFinder(
  script: ParsedScript,
  uri: vscode.Uri,
  jobs: JobIndex,
): (node: SceneNode, number: number) => SceneClip {
  const moment = clipMoment(uri, jobs);
  return (node, number) => {
    const takes = (of: SceneNode, at: number): FoundTakes => moment.takesOf(of.scene.id, at);
    const before = frameBefore(script, number, takes);
    return clipAmong(script, node, takes(node, number), moment, before);
  };
}

/** What the clip of a scene that goes on without a cut begins with by now. */
export interface FrameBefore {
  /** SHA-256 of the last frame of the clip that counts of the scene before; absent where nobody knows it. */
  readonly sha256?: string;
}

/**
 * @param number of the scene in the document, from 1
 * @returns absent where it begins with no last frame of another clip
 */
export function frameBefore(
  script: ParsedScript,
  number: number,
  takesOf: (node: SceneNode, number: number) => FoundTakes,
): FrameBefore | undefined {
  const before = chainedTo(script, number);
  if (before === undefined) return undefined;
  const job = countingTake(takesOf(before, number - 1).takes, before.take)?.job;
  return defined({ sha256: job?.frames?.last?.sha256 });
}

/** What is in the pictures that the scenes of a script ask for. */
export function picturesOf(uri: vscode.Uri, jobs: Pick<JobIndex, 'pictures'>): PicturesOfScript {
  return jobs.pictures.ofScript(path.dirname(uri.fsPath), workspaceRoot(uri));
}

/**
 * How a scene stands with its takes.
 *
 * @param before as {@link frameBefore} tells
 */
export function clipAmong(
  script: ParsedScript,
  node: SceneNode,
  { records, takes }: FoundTakes,
  moment: Omit<ClipMoment, 'takesOf'>,
  before: FrameBefore | undefined,
): SceneClip {
  // An animatic is a sketch: once a real studio is chosen, its clips are to be replaced.
  const isSketch = ({ studio }: JobRecord): boolean =>
    studio === 'animatic' && moment.studio() !== 'animatic';
  const isAsNow = (job: JobRecord): boolean =>
    isSamePicture(script, node, job, moment.pictures) && !isOtherFrame(job, before);
  const staleTakes = takes.flatMap(({ take, job }) =>
    job !== undefined && (isSketch(job) || !isAsNow(job)) ? [take] : [],
  );
  const isCurrent = ({ take }: Take): boolean => !staleTakes.includes(take);
  const isOnlySketch = (take: Take | undefined): boolean =>
    take?.job !== undefined && isSketch(take.job) && isAsNow(take.job);
  const counting = countingTake(takes, node.take);
  const newest = records.at(-1);
  return {
    ...stateOfScene({ records, takes }, counting, counting !== undefined && isCurrent(counting)),
    takes,
    ...defined({
      stillJob: moment.stillOf(node),
      job: counting === undefined ? newest : counting.job,
      file: counting?.file,
      take: counting?.take,
      staleTakes: staleTakes.length === 0 ? undefined : staleTakes,
      isOnlySketch: isOnlySketch(counting) ? (true as const) : undefined,
      current: takes.findLast((take) => take.state === 'here' && isCurrent(take)),
    }),
  };
}

function stateOfScene(
  { records, takes }: FoundTakes,
  counting: Take | undefined,
  isCurrent: boolean,
): Pick<SceneClip, 'state' | 'news'> {
  const coming = records.findLast((job) => !isOver(job));
  if (coming !== undefined) return { state: 'running', news: coming };
  if (isCurrent) return { state: 'current' };
  // What is forgotten with its row tells nothing here, so that taking it off the list changes nothing.
  const isForgotten = (job: JobRecord): boolean =>
    stateOf(job) === 'cancelled' ||
    (counting !== undefined &&
      hasClip(job) &&
      !takes.some((take) => take.file && take.job === job));
  const newest = records.findLast((job) => !isForgotten(job));
  if (newest !== undefined && newest !== counting?.job && endedBadly(newest)) {
    return { state: 'failed', news: newest };
  }
  return { state: counting === undefined ? 'none' : 'stale' };
}

/** Whether a job that is over has no clip, and nobody wanted that. */
export function endedBadly(job: JobRecord): boolean {
  const state = stateOf(job);
  return state !== 'done' && state !== 'cancelled';
}

/**
 * Whether a clip that began with the last frame of another one would begin with another frame now. One that was made
 * without is as good as it was, and of a frame that nobody knows nobody can say that it is another one.
 */
function isOtherFrame(
  { pictures }: Pick<JobRecord, 'pictures'>,
  before: FrameBefore | undefined,
): boolean {
  const began = pictures?.find(({ chained }) => chained === true);
  if (began === undefined) return false;
  return before === undefined || (before.sha256 ?? began.sha256) !== began.sha256;
}

/** @param number of the scene in the document, from 1 */
export function noClipError(number: number): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('Scene {0} has no clip yet. Choose “Render Scenes” to have it made.', number),
    { next: 'render-scenes' },
  );
}

/**
 * Ids of the jobs of a script whose clips count, and are stale.
 *
 * @param clips of each scene, in the order of the document
 */
export function staleJobs(
  { scenes }: ParsedScript,
  uri: vscode.Uri,
  clips: readonly SceneClip[],
): Set<string> {
  const address = uri.toString();
  const stale = new Set<string>();
  for (const [index, { id }] of scenes.entries()) {
    const clip = clips[index];
    if (id === undefined || clip === undefined || !isOutOfDate(clip)) continue;
    if (clip.job?.script === address) stale.add(clip.job.id);
  }
  return stale;
}

/**
 * Whether the scene would look today as it did when the job was handed in: by all that its studio was sent. A
 * service gets the picture in words; the animatic prints what is told and said as well.
 */
export function isSamePicture(
  script: ParsedScript,
  { scene }: Pick<SceneNode, 'scene'>,
  job: Pick<JobRecord, 'scene' | 'studio' | 'pictureHash' | 'pictures' | 'takenPictures'>,
  pictures: PicturesOfScript,
): boolean {
  const { brief, bible } = script;
  const shown = shownNow(wantedPictures(scene, bible), job, pictures);
  if (job.studio === 'animatic' && drawn(scene) !== drawn(job.scene)) return false;
  return pictureHash(scene, bible, brief.style, brief.aspect, shown) === job.pictureHash;
}

/**
 * What the clip of a job would show of the pictures that its scene asks for now. What the model does not take, or was
 * not sent then, is no part of it, and of a picture that is not there nobody can say that it is another one.
 */
function shownNow(
  wanted: readonly WantedPicture[],
  { pictures: before = [], takenPictures: takes }: Pick<JobRecord, 'pictures' | 'takenPictures'>,
  pictures: PicturesOfScript,
): string {
  if (wanted.length === 0) return '';
  const isChained = before.some(({ chained }) => chained === true);
  const sent = takes === undefined ? new Set(wanted) : sentPictures(wanted, takes, isChained);
  return shownPictures(
    [...sent].flatMap(({ role, file, name }): ShownPicture[] => {
      const now = pictures.sha256(file);
      const alike = before.filter((one) => one.role === role && one.name === name);
      // A file that was renamed is the same picture.
      const same =
        alike.find((one) => one.file === file) ?? alike.find((one) => one.sha256 === now);
      if (same?.dropped === true) return [];
      const sha256 = now ?? same?.sha256 ?? '';
      return [{ role, ...defined({ name }), sha256 }];
    }),
  );
}

const drawn = memoize(drawnWords);

/**
 * Where the first take of a scene goes, or is; any other goes beside it. A place belongs to whoever has it
 * already: where the plain name is another scene's, because scenes were moved or two scripts have the same
 * name, the scene's id goes into the name.
 */
export function clipTarget(uri: vscode.Uri, number: number, id: SceneId, jobs: JobIndex): string {
  const plain = plainTarget(uri, number);
  const isOwn = (file: string): boolean => {
    const owner = jobs.ofFile(file);
    return owner?.scene.id === id && owner.script === uri.toString();
  };
  const before = jobs.ofScene(uri.toString(), id)?.file;
  if (before !== undefined && isOwn(before) && path.dirname(before) === path.dirname(plain)) {
    return firstPlace(before);
  }
  if (jobs.ofFile(plain) === undefined || isOwn(plain)) return plain;
  return targetById(plain, number, id);
}

/** Beside `plain`, under a name that is no other scene's. */
export function targetById(plain: string, number: number, id: SceneId): string {
  return path.join(path.dirname(plain), `${clipName(number)}-${id}.mp4`);
}

function plainTarget(uri: vscode.Uri, number: number): string {
  return clipPath(clipsRoot(uri), uri.fsPath, number);
}

/** The folder that holds the clips of a script. */
export function clipFolder(uri: vscode.Uri): string {
  return path.dirname(plainTarget(uri, 1));
}

/**
 * The folder for all clips: the setting's, inside the script's workspace folder.
 *
 * @throws ScenewrightError `bad-input` when the setting points outside.
 */
function clipsRoot(script: vscode.Uri): string {
  const root = workspaceRoot(script);
  const name = settings.downloads.folder.valueFor(script);
  const folder = path.resolve(root, name);
  if (isUsable(script)) return folder;
  throw new ScenewrightError(
    'bad-input',
    t(
      'The setting scenewright.downloads.folder ({0}) points outside the workspace folder. Name a folder inside it.',
      name,
    ),
  );
}

/** Whether the setting names a folder inside; views go on without clips where it does not. */
function isUsable(script: vscode.Uri): boolean {
  const root = workspaceRoot(script);
  const folder = path.resolve(root, settings.downloads.folder.valueFor(script));
  return folder === root || isInside(root, folder);
}

/**
 * The jobs of a scene's takes, the oldest first, as {@link JobIndex.takesOf} has them. A copy in another workspace
 * folder begins anew: no video of it may be made from what lies outside.
 */
export function jobsOfTakes(
  jobs: Pick<JobIndex, 'takesOf'>,
  uri: vscode.Uri,
  id: SceneId,
): readonly JobRecord[] {
  const address = uri.toString();
  const root = workspaceRoot(uri);
  return jobs
    .takesOf(address, id)
    .filter(({ script, file }) => script === address || isInside(root, file));
}

/** The workspace folder of a script, or the folder it lies in where it belongs to none. */
export function workspaceRoot(script: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(script)?.uri.fsPath ?? path.dirname(script.fsPath);
}
