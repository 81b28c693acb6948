import type { Aspect, Scene } from '../script/model.ts';
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

/**
 * A job as it stands on disk: one JSON file each, written before the step that it promises. Paths
 * are absolute, times are milliseconds since the epoch, and there is no secret in it.
 */
export interface JobRecord {
  readonly version: 1;
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
  /** Id of the account; absent for studios without accounts. */
  readonly account?: string;
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
  readonly stage?: JobStage;
  readonly error?: string;
  readonly retryable?: boolean;
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
  | 'account'
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
  readonly error?: string;
}
