import type { Money } from '../money/money.ts';
import type { Aspect, Scene } from '../script/script-model.ts';
import type { RemoteJob } from '../studios/port.ts';

export const jobStates = [
  'queued',
  'submitting',
  'rendering',
  'ready',
  'downloading',
  'saved',
  'upscaling',
  'done',
  'failed',
  'cancelled',
  'expired',
  'unclear',
] as const;
export type JobState = (typeof jobStates)[number];

/** The states in which nothing happens by itself any more. */
export const finalStates: ReadonlySet<JobState> = new Set([
  'done',
  'failed',
  'cancelled',
  'expired',
  'unclear',
]);

/**
 * What a job was doing when it failed. `render` is the service's own failure: only a new render
 * helps, while after `poll` and `download` the render itself is still there.
 */
export type JobStage = 'submit' | 'render' | 'poll' | 'download' | 'thumbnail' | 'upscale';

/** What the writer agreed to when a render was asked for, whatever the settings say by now. */
export interface RenderTerms {
  /** Address of the service. */
  readonly address: string;
  readonly model: string;
}

export const upscaleSteps = [
  /** Asked for; nothing has been sent. */
  'queued',
  'submitting',
  'rendering',
  /** Finished at the service, and being fetched. */
  'ready',
  /** The enlarged clip is in its place. */
  'done',
  /** There is no way to enlarge it here; the note says why. */
  'skipped',
  'failed',
  'cancelled',
  'unclear',
] as const;
export type UpscaleStep = (typeof upscaleSteps)[number];

/** `4k` by the service, `scaled` by this machine: larger, but with no more to see. */
export type UpscaleKind = '4k' | 'scaled';

/**
 * The enlargement of a clip. It may be paid for like a render, and follows the same rules. While its
 * step is one of the first four the job is `upscaling`.
 */
export interface Upscale {
  readonly step: UpscaleStep;
  /** How many enlargements the service has accepted so far and are over; 0 at first. */
  readonly attempt: number;
  readonly remote?: RemoteJob;
  /** The enlarged clip, and how it was made; there once the step is `done`. */
  readonly file?: string;
  readonly kind?: UpscaleKind;
  readonly bytes?: number;
  readonly note?: string;
}

/**
 * A job as it stands on disk: one JSON file each, written before the step that it promises. Paths
 * are absolute, times are milliseconds since the epoch, and there is no secret in it.
 */
export interface JobRecord {
  readonly version: 2;
  readonly id: string;
  readonly state: JobState;
  /** URI of the script. */
  readonly script: string;
  readonly scriptTitle: string;
  /** The scene as it stood at the time, and its position from 1. */
  readonly scene: Scene;
  readonly number: number;
  readonly style: string;
  readonly aspect: Aspect;
  readonly prompt: string;
  /** Hash of what the picture depends on, to tell a stale clip by. */
  readonly pictureHash: string;
  readonly studio: string;
  /** Ids of the accounts that it may be ordered with; absent for studios without accounts. */
  readonly accounts?: readonly string[];
  /** Id of the one that it was ordered with, on disk before the order: asked and fetched by it too. */
  readonly account?: string;
  /** Absent for studios that have nothing to agree to. */
  readonly terms?: RenderTerms;
  /** What the render costs by the service's list, where that is known. */
  readonly price?: Money;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly paused: boolean;
  /** How many renders of this job the service has accepted so far and are over; 0 at first. */
  readonly attempt: number;
  readonly remote?: RemoteJob;
  /** Where the clip goes, and where it is once the state is `saved` or later. */
  readonly file: string;
  /** Folder that `file` must really be in, symbolic links resolved: the workspace folder. */
  readonly root: string;
  readonly poster?: string;
  readonly bytes?: number;
  /** Length of the clip itself, once it is there. */
  readonly clipSeconds?: number;
  readonly upscale?: Upscale;
  /** What went wrong last; a job that is `done` may have such marks of its enlargement. */
  readonly stage?: JobStage;
  readonly error?: string;
  /** Worth trying again with all others, without a closer look. */
  readonly retryable?: boolean;
}

/** Whether the clip itself is in its place, whatever has become of its enlargement. */
export function hasClip({ state, upscale }: JobRecord): boolean {
  if (state === 'unclear') return upscale?.step === 'unclear';
  return state === 'saved' || state === 'upscaling' || state === 'done';
}

/** Whether the service has, or is still making, what a job that has ended was for. */
export function isAtService({ state, stage, remote }: JobRecord): boolean {
  const brokeOff = state === 'cancelled' || state === 'failed';
  return brokeOff && remote !== undefined && (stage === 'poll' || stage === 'download');
}

/** Whether its clip, or the larger one, may still come without anything being ordered. */
export function mayStillCome(record: JobRecord): boolean {
  const { state } = record;
  return !finalStates.has(state) || state === 'unclear' || isAtService(record);
}

/** What the editor hands over to have a scene rendered; everything else is the manager's. */
export type NewJob = Pick<
  JobRecord,
  | 'script'
  | 'scriptTitle'
  | 'scene'
  | 'number'
  | 'style'
  | 'aspect'
  | 'prompt'
  | 'pictureHash'
  | 'studio'
  | 'accounts'
  | 'terms'
  | 'price'
  | 'file'
  | 'root'
>;

/** What other extensions and the tree see of a job. */
export interface JobView {
  readonly id: string;
  readonly script: string;
  readonly scene: number;
  readonly sceneId: string;
  readonly title: string;
  readonly studio: string;
  readonly account?: string;
  readonly state: JobState;
  readonly paused: boolean;
  readonly stage?: JobStage;
  /** Progress of the present state from 0 to 1, where it is known. */
  readonly progress?: number;
  /** Bytes of the clip that are here, and in all. */
  readonly bytes?: number;
  readonly total?: number;
  /** Bytes per second at present, while downloading. */
  readonly speed?: number;
  /** Absolute path of the clip, once it is whole and in its place. */
  readonly file?: string;
  readonly poster?: string;
  readonly seconds?: number;
  /** How the clip was enlarged, and where the enlarged one is: beside `file`. */
  readonly upscaled?: UpscaleKind;
  readonly upscaledFile?: string;
  readonly error?: string;
  /** Something worth knowing that is no failure, such as what it waits for. */
  readonly note?: string;
  /** When what it waits for is over, in milliseconds since the epoch, where that is known. */
  readonly waitingUntil?: number;
}

/** Whether it failed, or its enlargement did, in a way that trying again by itself may mend. */
export function mayBeRetried({ state, retryable }: JobRecord): boolean {
  return retryable === true && (state === 'failed' || state === 'done');
}
