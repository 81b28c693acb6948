import * as vscode from 'vscode';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { registerMentionCompletion } from './mention-completion.ts';
import { registerNames } from './names.ts';
import { PictureProblems } from './picture-problems.ts';
import type { ProposedMoves } from './proposed-moves.ts';

/** What an open script has: problems of its pictures, and the names that it may be written with. */
export function registerScriptPictures(
  scripts: OpenScripts,
  { jobs, manager }: Pick<VideoJobs, 'jobs' | 'manager'>,
  proposed: ProposedMoves,
): vscode.Disposable {
  return vscode.Disposable.from(
    new PictureProblems(scripts, jobs),
    registerMentionCompletion(scripts),
    registerNames(scripts, manager, proposed),
  );
}
