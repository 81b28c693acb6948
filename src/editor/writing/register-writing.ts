import path from 'node:path';
import * as vscode from 'vscode';
import { lazily } from '../../base/lazily.ts';
import type { SceneId } from '../../script/script-model.ts';
import { writtenScenes } from '../../script/story-order.ts';
import { SceneJournals } from '../../writing/journal/scene-journal.ts';
import { AnswerJournals } from '../../writing/journal/answer-journal.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { Services } from '../accounts/services.ts';
import type { Registration } from '../commands/registration.ts';
import { followDocuments } from '../script/follow-documents.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';
import type { ScriptTools } from '../script/register-script.ts';
import { AnswersUntilSaved } from './answers-until-saved.ts';
import { KeptIdea } from './kept-idea.ts';
import { ScenesUntilSaved } from './scenes-until-saved.ts';
import { RunsUnderWay } from './runs-under-way.ts';
import { ScriptLocks } from './script-locks.ts';
import { writingCommands } from './writing-commands.ts';
import type { WritingTools } from './writing-run.ts';
import { WritingRuns } from './writing-runs.ts';

/**
 * Writing whole scripts, with what keeps it until the documents are saved.
 *
 * @param formerIds see `WritingTools`; asked once a run begins
 */
export function registerWriting(
  registration: Registration,
  { scripts, moves, marks }: ScriptTools,
  { createWriter, clipSeconds }: Pick<Services, 'createWriter' | 'clipSeconds'>,
  formerIds: WritingTools['formerIds'],
): { readonly runs: WritingRuns } {
  const { messages, storage, sharedStorage } = registration;
  const onError = (error: unknown): void => {
    messages.logError(error);
  };
  // Another window may go on with a script, and must not pay for it again.
  const sharedBy = (name: string): [string, string] => [
    path.join(sharedStorage, name),
    path.join(storage, name),
  ];
  const answers = new AnswersUntilSaved(
    new AnswerJournals(...sharedBy('plans')),
    scripts,
    openDocument,
  );
  const kept = new ScenesUntilSaved(
    new SceneJournals(...sharedBy('scenes')),
    (document: vscode.TextDocument) =>
      scripts.isScript(document) ? scenesIn(scripts.read(document)) : [],
  );
  for (const one of [answers, kept]) registration.own(followDocuments(one, moves, onError));
  const locks = new ScriptLocks(path.join(sharedStorage, 'writing'));
  const runs = registration.own(
    new WritingRuns({
      messages,
      scripts,
      marks,
      moves,
      locks,
      answers,
      kept,
      createWriter,
      clipSeconds,
      formerIds,
    }),
  );
  registration.own(followWriting(scripts, runs));
  const examples = path.join(registration.context.extensionPath, 'resources', 'examples');
  const keptIdea = new KeptIdea(registration.context.globalState);
  registration.commands(writingCommands({ messages, scripts, marks, runs, keptIdea, examples }));
  const underWay = new RunsUnderWay(registration.context.workspaceState);
  registration.onStart(async () => {
    const left = await underWay.takeLeft();
    registration.own(underWay.follow(runs));
    if (left.length === 0) return;
    const { offerToGoOn } = await import('./interrupted-runs.ts');
    const tools = { scripts, locks, kept: (uri: vscode.Uri) => kept.of(() => uri.fsPath) };
    // Nobody waits for an answer.
    for (const address of left) offerToGoOn(tools, address).catch(onError);
  });
  registration.onStart(async () => {
    if (vscode.workspace.workspaceFolders === undefined) return;
    const command = await keptIdea.takeGoOn();
    if (command !== undefined) void vscode.commands.executeCommand(command);
  });
  return { runs };
}

/** Whoever watches a script being written is shown what comes in; what does that is loaded with the first scenes. */
function followWriting(scripts: OpenScripts, runs: WritingRuns): vscode.Disposable {
  const follower = lazily(async () => {
    const { WritingFollower } = await import('./follow-writing.ts');
    return new WritingFollower(scripts);
  });
  return vscode.Disposable.from(
    runs.onDidWriteBatch((batch) => {
      void follower().then((one) => {
        one.show(batch);
      });
    }),
    runs.onDidFinish(({ uri }) => {
      void follower().then((one) => {
        one.end(uri);
      });
    }),
  );
}

/** What a merge leaves of them nobody knows before it is resolved. */
function scenesIn(script: ParsedScript): SceneId[] {
  return script.conflicts.length > 0 ? [] : writtenScenes(script).map(({ id }) => id);
}
