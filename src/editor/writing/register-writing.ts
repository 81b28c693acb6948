import path from 'node:path';
import { SceneJournals } from '../../writing/journal/scene-journal.ts';
import { AnswerJournals } from '../../writing/journal/answer-journal.ts';
import type { Services } from '../accounts/services.ts';
import type { Registration } from '../commands/registration.ts';
import type { ScriptTools } from '../script/register-script.ts';
import { AnswersUntilSaved } from './answers-until-saved.ts';
import { KeptUntilSaved } from './kept-until-saved.ts';
import { ScriptLocks } from './script-locks.ts';
import { writingCommands } from './writing-commands.ts';
import { WritingRuns } from './writing-runs.ts';

/** Writing whole scripts, with what keeps it until the documents are saved. */
export function registerWriting(
  registration: Registration,
  { scripts, moves }: ScriptTools,
  { createWriter, clipSeconds }: Pick<Services, 'createWriter' | 'clipSeconds'>,
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
    moves,
    onError,
  );
  const kept = new KeptUntilSaved(
    new SceneJournals(...sharedBy('scenes')),
    scripts,
    moves,
    onError,
  );
  const runs = registration.own(
    new WritingRuns({
      messages,
      scripts,
      moves,
      locks: new ScriptLocks(path.join(sharedStorage, 'writing')),
      answers: registration.own(answers),
      kept: registration.own(kept),
      createWriter,
      clipSeconds,
    }),
  );
  registration.commands(writingCommands({ messages, scripts, runs }));
  return { runs };
}
