/** What the extension host is told to make, and what that took; plain data on both sides. */

/** Environment variable with the {@link FilmTask}, as JSON. */
export const filmTaskVariable = 'SCENEWRIGHT_BENCH_FILM_TASK';

export interface FilmTask {
  readonly idea: string;
  readonly style: string;
  /** Seconds of the film. */
  readonly duration: number;
  /** Whether sheets and stills are drawn. */
  readonly pictures: boolean;
  /** The process below which all of VS Code is. */
  readonly root: number;
  /** File for the {@link FilmInHost}, as JSON. */
  readonly results: string;
}

export interface FilmInHost {
  readonly scenes: number;
  readonly sheets: number;
  readonly stills: number;
  /** Milliseconds from the idea to the last scene in the script, and to the assembled video. */
  readonly writtenMs: number;
  readonly ms: number;
  /** CPU seconds from the idea to the video: of the extension host, with all threads that draw and encode. */
  readonly hostCpuS: number;
  /** The same of all of VS Code, its window included; nothing where the system does not say. */
  readonly allCpuS: number | null;
}
