import type { ThreadTime } from './own-time.ts';

/** What the extension host is told to type, and what that took; plain data on both sides. */

/** Environment variable with the {@link TypingTask}, as JSON. */
export const typingTaskVariable = 'SCENEWRIGHT_BENCH_TYPING_TASK';

export interface TypingTask {
  /** Folder with the records of the jobs that the extension is to find. */
  readonly jobs: string;
  /** Folder in which VS Code has one for what extensions keep of a workspace. */
  readonly storage: string;
  readonly documents: readonly TypedDocument[];
  /** Keys that are typed one by one at each place, everything at rest in between. */
  readonly strokes: number;
  /** Keys that are typed in a row at each place. */
  readonly inRow: number;
  /** File for the {@link TypedInHost}, as JSON. */
  readonly results: string;
}

export interface TypedDocument {
  readonly file: string;
  /** Offsets where keys are typed. */
  readonly places: readonly number[];
}

/** What the thread of the extension host worked, for a key and all that follows from it. */
export interface TypedAt {
  /** Of each of the keys that were typed one by one, until everything had come to rest. */
  readonly single: readonly ThreadTime[];
  /** Of each of those in a row, on average. */
  readonly inRow: ThreadTime;
}

/** By document and place. */
export type TypedInHost = readonly (readonly TypedAt[])[];
