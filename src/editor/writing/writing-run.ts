import type * as vscode from 'vscode';
import type { WriterModel } from '../../models/writer-model.ts';
import type { Emitter } from '../../base/events.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { PauseSwitch } from '../../writing/pause-switch.ts';
import type { AnswersUntilSaved } from './answers-until-saved.ts';
import type { ScenesUntilSaved } from './scenes-until-saved.ts';
import type { Messages } from '../ui/messages.ts';
import type { ProgressModel } from './progress-model.ts';
import type { ScriptLock, ScriptLocks } from './script-locks.ts';
import type { ScriptMoves } from '../script/script-moves.ts';
import type { Marks } from '../script/marks.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

/** One run of the writer over one script; the last run of a script stays known after it has ended. */
export interface WritingRun {
  /** Follows the script where VS Code renames it. */
  uri: vscode.Uri;
  readonly progress: ProgressModel;
  readonly pause: PauseSwitch;
  /** Fired when a service that answers nobody is to be tried again now. */
  readonly tryNow: Emitter<void>;
  readonly abort: AbortController;
  running: boolean;
}

export interface WritingTools {
  readonly messages: Messages;
  readonly scripts: OpenScripts;
  /** Told of what a run has against scenes that it puts into the script. */
  readonly marks: Pick<Marks, 'review'>;
  readonly moves: ScriptMoves;
  readonly locks: ScriptLocks;
  readonly kept: ScenesUntilSaved<vscode.TextDocument>;
  /** Answers of planning that no document holds yet. */
  readonly answers: AnswersUntilSaved;
  /** The writer model of the settings, ready to be asked. */
  createWriter(): Promise<WriterModel>;
  /** Clip lengths that the chosen studio can render, in seconds. */
  clipSeconds(): Promise<readonly number[]>;
  /** Ids that scenes of a script had when their clips were ordered, by title. */
  readonly formerIds: (script: string) => ReadonlyMap<string, SceneId>;
}

export interface RunOptions {
  readonly outlineOnly?: boolean;
  /** Somebody is there to answer a question; without them a run stops where it would have to ask. */
  readonly interactive?: boolean;
  /** What the script seems to have already may be written again: that was asked, and agreed to. */
  readonly again?: boolean;
}

/** How a run has ended. */
export interface WritingResult {
  readonly uri: string;
  /** Scenes that the script holds once the run has ended. */
  readonly scenes: number;
  /** Scenes of the outline that are still missing. */
  readonly failed: number;
  /** Why the run ended before its time; absent when it was complete or cancelled. */
  readonly error?: string;
}

export interface BatchEvent {
  readonly uri: string;
  /** Ids of the scenes that have just come into the document. */
  readonly scenes: readonly SceneId[];
}

/** A script that is being written, or about to be. */
export interface Occupied {
  /** Where it is now. */
  uri: vscode.Uri;
  /** Stops the writing. */
  readonly abort: AbortController;
  lock?: ScriptLock;
}
