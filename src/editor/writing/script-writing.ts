import path from 'node:path';
import type { Disposable } from '../../base/events.ts';
import { KeptScenesOnDisk } from '../../writing/kept/kept.ts';
import { KeptAnswersOnDisk } from '../../writing/kept/kept-answers.ts';
import { KeptRewrites } from '../../writing/kept/kept-rewrites.ts';
import { AnswersUntilSaved } from './answers-until-saved.ts';
import { KeptUntilSaved } from './kept-until-saved.ts';
import type { Messages } from '../ui/messages.ts';
import { RewriteReviews } from '../rewriting/rewrite-reviews.ts';
import { Rewrites } from '../rewriting/rewrites.ts';
import { ScriptLocks } from './script-locks.ts';
import type { ScriptMoves } from '../script/script-moves.ts';
import type { Scripts } from '../script/scripts.ts';
import type { Services } from '../accounts/services.ts';
import { WritingRuns } from './writing-runs.ts';

export interface ScriptWritingOptions {
  /** Folder of this workspace for what no saved document holds yet. */
  readonly storage: string;
  /** Folder that all windows share. */
  readonly globalStorage: string;
  readonly services: Pick<Services, 'createWriter' | 'clipSeconds'>;
  readonly messages: Messages;
  readonly scripts: Scripts;
  readonly moves: ScriptMoves;
}

/** All that writes into scripts, with what keeps it until the documents are saved. */
export class ScriptWriting implements Disposable {
  readonly runs: WritingRuns;
  readonly rewrites: Rewrites;
  readonly reviews: RewriteReviews;
  private readonly parts: readonly Disposable[];

  constructor(options: ScriptWritingOptions) {
    const { storage, globalStorage, services, messages, scripts, moves } = options;
    const { createWriter, clipSeconds } = services;
    const onError = (error: unknown): void => {
      messages.logError(error);
    };
    // Another window may go on with a script, and must not pay for it again.
    const sharedBy = (name: string): [string, string] => [
      path.join(globalStorage, name),
      path.join(storage, name),
    ];
    const answers = new AnswersUntilSaved(
      new KeptAnswersOnDisk(...sharedBy('plans')),
      scripts,
      moves,
      onError,
    );
    const kept = new KeptUntilSaved(
      new KeptScenesOnDisk(...sharedBy('scenes')),
      scripts,
      moves,
      onError,
    );
    const locks = new ScriptLocks(path.join(globalStorage, 'writing'));
    this.runs = new WritingRuns({
      messages,
      scripts,
      moves,
      locks,
      answers,
      kept,
      createWriter,
      clipSeconds,
    });
    this.rewrites = new Rewrites({
      messages,
      scripts,
      kept: new KeptRewrites(path.join(storage, 'rewrites')),
      moves,
      createWriter,
    });
    this.reviews = new RewriteReviews(this.rewrites, scripts, moves, messages);
    this.parts = [this.reviews, this.rewrites, this.runs, kept, answers];
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}
