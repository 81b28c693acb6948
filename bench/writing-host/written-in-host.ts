/** What the extension host is told to do, and what it says of it; plain data on both sides. */

/** Environment variable with the {@link HostTask}, as JSON. */
export const hostTaskVariable = 'SCENEWRIGHT_BENCH_HOST_TASK';

export interface HostTask {
  /** Scripts to write, one after the other. */
  readonly scripts: readonly HostScript[];
  readonly idea: string;
  /** Seconds of each video. */
  readonly duration: number;
  /** File for the {@link WrittenInHost} of each, as JSON. */
  readonly results: string;
}

export interface HostScript {
  /** Address of the endpoint that meets this run alone. */
  readonly baseUrl: string;
  /** Settings of Scenewright that are not as they come, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Real milliseconds since the command was called. */
export interface WrittenInHost {
  /** Until the document had its first scene, its first five and its last. */
  readonly firstSceneMs: number;
  readonly firstFiveMs: number;
  readonly ms: number;
  readonly scenes: number;
  /** Why it ended before its time. */
  readonly error?: string;
}
