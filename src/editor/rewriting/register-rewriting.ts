import path from 'node:path';
import { RewriteJournal } from '../../writing/journal/rewrite-journal.ts';
import type { Services } from '../accounts/services.ts';
import type { Registration } from '../commands/registration.ts';
import type { ScriptTools } from '../script/register-script.ts';
import { RewriteReviews } from './rewrite-reviews.ts';
import { Rewrites } from './rewrites.ts';
import { rewritingCommands } from './rewriting-commands.ts';

/** Writing single scenes anew, as diffs to take or to refuse. */
export function registerRewriting(
  registration: Registration,
  { scripts, moves }: ScriptTools,
  { createWriter }: Pick<Services, 'createWriter'>,
): void {
  const { messages, storage } = registration;
  const kept = new RewriteJournal(path.join(storage, 'rewrites'));
  const rewrites = registration.own(new Rewrites({ messages, scripts, kept, moves, createWriter }));
  const reviews = registration.own(new RewriteReviews(rewrites, scripts, moves, messages));
  registration.commands(rewritingCommands({ scripts, rewrites, reviews }));
}
