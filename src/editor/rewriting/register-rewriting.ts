import path from 'node:path';
import { lazily } from '../../base/lazily.ts';
import { RewriteJournal } from '../../writing/journal/rewrite-journal.ts';
import type { Services } from '../accounts/services.ts';
import type { Registration } from '../commands/registration.ts';
import type { ScriptTools } from '../script/register-script.ts';
import { Rewrites } from './rewrites.ts';
import { rewritingCommands } from './rewriting-commands.ts';
import { VirtualDocuments } from './virtual-documents.ts';

/** Writing scenes anew, as diffs to take or to refuse. */
export function registerRewriting(
  registration: Registration,
  { scripts, moves }: ScriptTools,
  { createWriter }: Pick<Services, 'createWriter'>,
): void {
  const { messages, storage } = registration;
  const kept = new RewriteJournal(path.join(storage, 'rewrites'));
  const rewrites = registration.own(new Rewrites({ messages, scripts, kept, moves, createWriter }));
  const documents = registration.own(new VirtualDocuments());
  const reviews = lazily(async () => {
    const { RewriteReviews } = await import('./rewrite-reviews.ts');
    return registration.own(new RewriteReviews(rewrites, documents, { scripts, moves, messages }));
  });
  registration.commands(rewritingCommands({ scripts, rewrites, reviews }));
}
