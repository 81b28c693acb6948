import type { Beat, Bible, Brief, Scene } from '../script/script-model.ts';

/** Everything that a writer model may be asked to do, as data. What it answers is in `answer-schemas.ts`. */
export type WriterTask = CoreTask | ActsTask | OutlineTask | SeamTask | SceneTask;

/** What is settled about the outline before anything is planned. */
export interface OutlineShape {
  /** Number of beats in the whole outline. */
  readonly count: number;
  /** Seconds of all of them together. */
  readonly seconds: number;
  /** Seconds that a clip can last, ascending, each once. */
  readonly clipSeconds: readonly number[];
}

/** The title, the story and the bible: what is settled before the outline. */
export interface StoryCore {
  readonly title: string;
  readonly logline: string;
  readonly bible: Bible;
  /** What the first scenes tell, which are planned while the acts of the rest are settled; may be empty. */
  readonly opening: string;
}

/** A part of a long story that is planned beat by beat in a request of its own. */
export interface Act {
  readonly title: string;
  /** What happens in it, and what it changes. */
  readonly summary: string;
  /** How things stand as it begins and as it ends: all that matters, as facts. */
  readonly entry: string;
  readonly exit: string;
  /** Position of its first beat in the outline, from 0, and how many it has. */
  readonly first: number;
  readonly count: number;
}

/** Settle the story core. */
export interface CoreTask {
  readonly kind: 'core';
  readonly brief: Brief;
  readonly shape: OutlineShape;
  /** Beats of the opening; all of them where the story is short. */
  readonly opening: number;
}

/** Part what follows the opening of a story into acts of the given numbers of beats. */
export interface ActsTask {
  readonly kind: 'acts';
  readonly brief: Brief;
  readonly shape: OutlineShape;
  readonly core: StoryCore;
  readonly opening: Act;
  readonly counts: readonly number[];
}

/** Plan beats: those of the opening, of one act, or what is missing of either. */
export interface OutlineTask {
  readonly kind: 'outline';
  readonly brief: Brief;
  readonly shape: OutlineShape;
  readonly core: StoryCore;
  /** All acts, the opening first; none where they are not settled yet, or the opening is all. */
  readonly acts: readonly Act[];
  readonly part: OutlinePart;
}

/** Beats that are asked for in one request. */
export interface OutlinePart {
  /** Numbers of its first and last beat in the outline, from 1. */
  readonly from: number;
  readonly to: number;
  /** Index of the act it belongs to; absent in the opening. */
  readonly act?: number;
  /** Beats of the opening, or the same act, that are planned already and come right before. */
  readonly before: readonly Beat[];
}

/** Judge whether two written neighbours really clash, as a check in code suspects. */
export interface SeamTask {
  readonly kind: 'seam';
  readonly brief: Brief;
  readonly earlier: Scene;
  readonly later: Scene;
  /** What the check found, in English, one sentence each. */
  readonly suspicions: readonly string[];
}

/** What there is to say about one scene that is to be written. */
export interface SceneMaterial {
  readonly brief: Brief;
  readonly title: string;
  /** May be empty. */
  readonly logline: string;
  readonly bible: Bible;
  readonly outline: readonly Beat[];
  /** The beat to write; also an element of `outline`. */
  readonly beat: Beat;
  /** How many beats will come behind the outline, which is still being planned; none by default. */
  readonly toCome?: number;
  /** Scenes that are written, in document order. */
  readonly finished: readonly Scene[];
}

/** Write a scene, or write it anew. */
export interface SceneTask extends SceneMaterial {
  readonly kind: 'scene';
  readonly rewrite?: SceneRewrite | undefined;
}

export interface SceneRewrite {
  /** The scene as it stands. */
  readonly scene: Scene;
  /** What the writer, or a check, wants changed; empty for another go at it. */
  readonly instruction: string;
  /** A scene next to it is being rewritten by the same wish, so only its contract is known. */
  readonly areNeighboursOpen?: boolean;
}
