import type { Span } from '../markdown/block-types.ts';
import type { KnownNames } from '../names.ts';
import type { Problem } from '../problems/script-problem.ts';
import type { Bible, Brief, Scene, SceneId } from '../script-model.ts';
import type { FrontMatter } from './front-matter.ts';
import type { Layout, Section } from './layout.ts';
import type { BeatNode, ReadOutline } from './outline-section.ts';
import type { ReadScene, ScenePart } from './scene-section.ts';

/** A scene where it stands: the very same object for as long as neither that nor what it says changes. */
export interface SceneNode {
  readonly id: SceneId | undefined;
  /** The comment that holds the id. */
  readonly idSpan: Span | undefined;
  /** Which take the comment says to count, from 1; absent where it leaves that open. */
  readonly take?: number;
  /** What of the comment says so, from behind the id on; also where it is no number. */
  readonly takeSpan: Span | undefined;
  /** The number in the heading; not necessarily the scene's place in the document. */
  readonly number: number | undefined;
  /** From the heading to just before the next heading of level 1 or 2. */
  readonly span: Span;
  readonly heading: Span;
  /** Its id is empty while the document has none; what it does not say is its beat's. */
  readonly scene: Scene;
  /** It has action, dialogue, narration or a prompt. */
  readonly written: boolean;
  /** The line with place, time, cast and seconds. */
  readonly lineSpan: Span | undefined;
  /** The quotes with what is spoken. */
  readonly dialogueSpans: readonly Span[];
  /** The first prompt block, with its fences. */
  readonly promptSpan: Span | undefined;
  /** Something stands where the seconds belong, but no number. */
  readonly badSeconds: boolean;
  readonly section: Section;
  /** All that it says, whatever stands around it: the very same object for as long as that is the same. */
  readonly read: ReadScene;
  /** The blocks of the section; their offsets count from where the section's do. */
  readonly parts: readonly ScenePart[];
}

/** A script as it stands in the document. Offsets are UTF-16 code units into `text`. */
export interface ParsedScript {
  readonly text: string;
  /** The line end that most lines have. */
  readonly eol: '\n' | '\r\n';
  /** The front matter says `scenewright: 1`, and the document is within our limits. */
  readonly isScript: boolean;
  /** A duration that is missing is what the outline adds up to. */
  readonly brief: Brief;
  /** What renders begin from, a whole number from 0; absent where it is left to chance. */
  readonly seed?: number;
  readonly title: string;
  /** The story in a sentence or two; may be empty. */
  readonly logline: string;
  readonly bible: Bible;
  /** Label of the writer model; may be empty. */
  readonly writer: string;
  readonly outline: readonly BeatNode[];
  readonly scenes: readonly SceneNode[];
  /** Of scripts only: nothing is wrong with other people's Markdown. */
  readonly problems: readonly Problem[];
  /** Conflicts of a merge that are not resolved: edits refuse a script that has any. Among the problems. */
  readonly conflicts: readonly Problem[];
  /**
   * Why a document that may well be a script was not read: it is larger or nested more deeply than
   * any script is. Nothing of it is known then, and edits refuse it. It is among the problems.
   */
  readonly beyond?: Problem;
  /** Nothing of it has a meaning beyond this text; see `readingOf`. */
  readonly reading: Reading;
}

/** What edits need besides, and the next parse can take over. */
export interface Reading {
  readonly front: FrontMatter;
  /** The very same object for as long as no name changes. */
  readonly names: KnownNames;
  readonly layout: Layout;
  readonly outline: ReadOutline | undefined;
}
