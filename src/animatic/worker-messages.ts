import type { DrawRequest, RenderRequest } from '../studios/port.ts';
import type { AnimaticAssets } from './animatic-files.ts';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly assets: AnimaticAssets;
}

/** What a worker is asked to do, one task at a time. Files are written atomically. */
export type Task =
  | ({ readonly type: 'clip' } & ClipTask)
  | ({ readonly type: 'card' } & CardTask)
  | ({ readonly type: 'drawing' } & DrawingTask);

/** One clip to render. */
export interface ClipTask {
  readonly request: RenderRequest;
  /** Absolute paths; the clip is written last. */
  readonly clip: string;
  readonly poster: string;
}

/** A still picture with a scene's number and title. */
export interface CardTask {
  readonly number: number;
  readonly title: string;
  /** Absolute path of the PNG, and the folder that it must really be in. */
  readonly poster: string;
  readonly root: string;
}

/** One picture to draw. */
export interface DrawingTask {
  readonly request: DrawRequest;
  /** Absolute path of the PNG. */
  readonly file: string;
}

export type WorkerMessage =
  | { readonly type: 'progress'; readonly progress: number }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly message: string };
