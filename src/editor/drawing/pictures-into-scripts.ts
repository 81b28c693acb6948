import type * as vscode from 'vscode';
import type { JobRecord } from '../../jobs/job.ts';
import { stateOf } from '../../jobs/job-state.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { Messages } from '../ui/messages.ts';

/**
 * Sees to it that pictures come into their scripts once they are here, also those that an earlier window could not
 * put there any more.
 */
export class PicturesIntoScripts implements vscode.Disposable {
  private readonly manager: JobManager;
  private readonly messages: Messages;
  private readonly listening: readonly { dispose(): unknown }[];
  /** Jobs that were seen to, whatever came of it: each once in a window. */
  private readonly seen = new Set<string>();
  private working: Promise<void> = Promise.resolve();

  constructor(manager: JobManager, messages: Messages) {
    this.manager = manager;
    this.messages = messages;
    this.listening = [
      manager.onDidChange((views) => {
        if (views.some(({ kind, state }) => kind === 'picture' && state === 'done')) this.look();
      }),
      manager.onDidChangeOwner(() => {
        this.look();
      }),
    ];
  }

  private look(): void {
    this.working = this.working.then(() => this.putAll());
  }

  private async putAll(): Promise<void> {
    const fresh = this.manager.owner ? this.manager.records().filter((job) => this.isNew(job)) : [];
    if (fresh.length === 0) return;
    for (const { id } of fresh) this.seen.add(id);
    const { putPictures } = await import('./put-pictures.ts');
    for (const [script, records] of Map.groupBy(fresh, (job) => job.script)) {
      // Where that fails they are on disk, and the next window tries again.
      await putPictures(this.manager, this.messages, script, records).catch((error: unknown) => {
        this.messages.error(error);
      });
    }
  }

  private isNew(job: JobRecord): boolean {
    const { id, drawing, settled } = job;
    const isOpen = drawing !== undefined && settled !== true && !this.seen.has(id);
    return isOpen && stateOf(job) === 'done';
  }

  dispose(): void {
    for (const listener of this.listening) listener.dispose();
  }
}
