import type { Money } from '../money/money.ts';
import type { Aspect, Scene, SceneId } from '../script/script-model.ts';
import type { RenderChoices } from '../studios/choices.ts';
import type { TakenPictures } from '../studios/pictures.ts';
import type { DrawingKind } from '../studios/port.ts';
import type { ClipFrames } from './clip-frames.ts';
import type { JobPicture } from './job-pictures.ts';
import type { Order } from './order.ts';

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
 * What a job was doing when it failed, in the words of its view. `render` is the service's own failure: only a new render
 * helps, while after `poll` and `download` the render itself is still there.
 */
export type JobStage = 'submit' | 'render' | 'poll' | 'download' | 'upscale';

/** What a job brings that may be moved away from where it came to. */
export const movableFiles = ['clip', 'large', 'lastFrame'] as const;
export type MovableFile = (typeof movableFiles)[number];

/** What the writer agreed to when a render was asked for, whatever the settings say by now. */
export interface RenderTerms {
  /** Address of the service. */
  readonly address: string;
  readonly model: string;
}

export const orderKinds = ['render', 'upscale', 'picture'] as const;
export type OrderKind = (typeof orderKinds)[number];

/** One of the things that are ordered for a job. */
export interface JobOrder extends Order {
  readonly kind: OrderKind;
}

/** `4k` by the service, `scaled` by this machine: larger, but with no more to see. */
export type UpscaleKind = '4k' | 'scaled';

/**
 * A job as it stands on disk: one JSON file each, written before the step that it promises. Paths
 * are absolute, times are milliseconds since the epoch, and there is no secret in it. Its state is
 * not written down: it follows from its orders (`job-state.ts`).
 */
export interface JobRecord {
  readonly version: 3;
  readonly id: string;
  /** URI of the script. */
  readonly script: string;
  readonly scriptTitle: string;
  /**
   * What is drawn, where it is a picture and no clip. Of a character or place the scene is one that shows nothing
   * but it, has its name for a title, no id, and the number 0.
   */
  readonly drawing?: DrawingKind;
  /** Id of the job that this one waits for: it is made after the picture of that, or begins with its clip's last frame. */
  readonly after?: string;
  /** Ids of the jobs that draw whom and what a still shows, for which it waits before that. */
  readonly sheets?: readonly string[];
  /** What the clip goes on from without a cut; see `steps/chain-wait.ts`. */
  readonly chain?: ChainLink;
  /** The script has the picture, or there was no place for it any more. */
  readonly settled?: true;
  /** The scene as it stood at the time, and its position from 1. */
  readonly scene: Scene;
  readonly number: number;
  /** What the script calls the scene where its title cannot be shown, such as `Szene 4`; absent in older records. */
  readonly sceneLabel?: string;
  readonly style: string;
  readonly aspect: Aspect;
  readonly prompt: string;
  /** Hash of what the picture depends on, to tell a stale clip by. */
  readonly pictureHash: string;
  readonly studio: string;
  /** Absent for studios that have nothing to agree to. */
  readonly terms?: RenderTerms;
  /** What the writer has chosen beside the prompt; absent where that is nothing. */
  readonly choices?: RenderChoices;
  /** What the scene asked for in pictures; absent where it asked for none. */
  readonly pictures?: readonly JobPicture[];
  /** What the model took of pictures when the clip was ordered; absent in older records, and of what is drawn. */
  readonly takenPictures?: TakenPictures;
  /** What the prompt was sent with beside what the scene says, for this take alone. */
  readonly instruction?: string;
  /** What the render costs by the service's list, where that is known. */
  readonly price?: Money;
  /** That price is the writer's own word, which goes before all that the service says. */
  readonly isOwnPrice?: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly paused: boolean;
  /** The writer has taken it off the list; it stays, because its clip is a take of the scene. */
  readonly unlisted?: true;
  /**
   * Where the clip goes, and where it is once the render is saved, unless it was moved from there. It tells the take
   * (`take-place.ts`), and stays that take's place.
   */
  readonly file: string;
  /** Folder that `file` must really be in, symbolic links resolved: the workspace folder. */
  readonly root: string;
  /** Where files of it are by now that were moved; absent for each that is where it came to. */
  readonly moved?: Readonly<Partial<Record<MovableFile, string>>>;
  /** Notes of moves that it has followed, some of which may still be on disk (`sharing/move-notes.ts`). */
  readonly followed?: readonly string[];
  /** Length of the clip itself, once it is there. */
  readonly clipSeconds?: number;
  /** Whether the poster has been seen to, and where it is if that brought one. */
  readonly posterTried: boolean;
  readonly poster?: string;
  /** What the clip begins and ends with, once it is there and as far as that could be had. */
  readonly frames?: ClipFrames;
  /** The render or the picture, and what is ordered once that is saved; one of each kind. */
  readonly orders: readonly [JobOrder, ...JobOrder[]];
}

/** The writer has chosen so, the frame cannot be had, or the model takes none. */
export const withoutFrame = ['chosen', 'missing', 'not-taken'] as const;
export type WithoutFrame = (typeof withoutFrame)[number];

/** The scene that another one continues without a cut. */
export interface ChainLink {
  /** Its id, and its number in the script at the time. */
  readonly scene: SceneId;
  readonly number: number;
  /** Why the clip waits for the writer: nothing comes by itself any more that it could go on from. */
  readonly held?: string;
  /** Why it is rendered without that one's last frame to begin with; absent where it is not. */
  readonly without?: WithoutFrame;
}

/** What the editor hands over to have a scene rendered; everything else is the manager's. */
export interface NewJob extends Pick<
  JobRecord,
  | 'script'
  | 'scriptTitle'
  | 'scene'
  | 'number'
  | 'sceneLabel'
  | 'drawing'
  | 'style'
  | 'aspect'
  | 'prompt'
  | 'pictureHash'
  | 'studio'
  | 'terms'
  | 'choices'
  | 'pictures'
  | 'takenPictures'
  | 'instruction'
  | 'price'
  | 'isOwnPrice'
  | 'root'
  | 'after'
  | 'sheets'
  | 'chain'
> {
  /** Where the scene's first take goes, or is; which take it will be is found out as it is handed in. */
  readonly file: string;
  /** Wanted beside any clip of the very same picture, on its way or here. */
  readonly another?: boolean;
  /**
   * The highest number that a take of the scene has had as far as its script tells, whose clip may be
   * elsewhere or deleted.
   */
  readonly takesBefore?: number;
  /** It waits for the order at this place of those that are handed in with it, which stands before it. */
  readonly follows?: number;
  /** Ids of the accounts that it may be ordered with; absent for studios without accounts. */
  readonly accounts?: readonly string[];
}

/** The order that a job is at: the first that is not done, or the last. */
export function currentOrder({ orders }: Pick<JobRecord, 'orders'>): JobOrder {
  const left = orders.find(({ state }) => state !== 'saved');
  return left ?? orders.at(-1) ?? orders[0];
}

/** What the job is there for: its render, or its picture. */
export function renderOf({ orders }: Pick<JobRecord, 'orders'>): JobOrder {
  return orders[0];
}

/** The enlargement; absent where none was ever asked for. */
export function upscaleOf({ orders }: Pick<JobRecord, 'orders'>): JobOrder | undefined {
  return orders.find(({ kind }) => kind === 'upscale');
}

/** What other extensions and the tree see of a job. */
export interface JobView {
  readonly id: string;
  readonly kind: 'clip' | 'picture';
  /** What a picture shows. */
  readonly drawing?: DrawingKind;
  /** Which take of its scene it renders, from 1; of a picture which it is of its kind. */
  readonly take: number;
  readonly script: string;
  /** Its number; 0 for a picture of a character or place, whose `title` is the name. */
  readonly scene: number;
  readonly sceneId: string;
  readonly title: string;
  readonly studio: string;
  readonly account?: string;
  readonly state: JobState;
  readonly paused: boolean;
  /**
   * A retry `helps`: the job may end better as it stands; or it `asks` the writer to look or to change something
   * first. Absent where there is nothing to try again.
   */
  readonly retry?: 'helps' | 'asks';
  /** It came to nothing, and a later job of the same has made that good. */
  readonly superseded?: true;
  readonly stage?: JobStage;
  /** How many orders are before it in the service's queue, while it waits there and the service tells. */
  readonly ahead?: number;
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
  /** How the clip was enlarged, and where the enlarged one is: beside where `file` came to. */
  readonly upscaled?: UpscaleKind;
  readonly upscaledFile?: string;
  readonly error?: string;
  /** Something worth knowing that is no failure, such as what it waits for. */
  readonly note?: string;
  /** It waits for the writer, as `note` tells: what it goes on from does not come by itself. */
  readonly held?: true;
  /** When what it waits for is over, in milliseconds since the epoch, where that is known. */
  readonly waitingUntil?: number;
}
