import type { Disposable } from '../base/events.ts';
import { Ledger, type LedgerStore } from '../money/ledger.ts';
import type { MoneySum } from '../money/money.ts';
import { chargesOf, chargesOnceRemoved } from './charges.ts';
import type { JobManager } from './manager.ts';

/** What it has to be told of the jobs. */
export type LedgerJobs = Pick<JobManager, 'records' | 'owner' | 'onDidChange' | 'onDidRemove'>;

/**
 * What this workspace has ordered so far, by the studios' lists: all its jobs, and those that were
 * removed from the list, whose money is not forgotten with them.
 */
export class JobLedger implements Disposable {
  private readonly manager: LedgerJobs;
  private readonly ledger: Ledger;
  private readonly subscriptions: readonly Disposable[];

  constructor(manager: LedgerJobs, store: LedgerStore) {
    this.manager = manager;
    this.ledger = new Ledger(store);
    this.subscriptions = [
      manager.onDidChange((views) => {
        this.note(new Set(views.map(({ id }) => id)));
      }),
      manager.onDidRemove((ids) => void this.remove(ids)),
    ];
  }

  /** Everything ordered so far, what is about to go out included. */
  ordered(): MoneySum {
    const records = this.manager.records();
    return this.ledger.total(new Map(records.map((record) => [record.id, chargesOf(record)])));
  }

  private note(ids: ReadonlySet<string>): void {
    for (const record of this.manager.records()) {
      if (!ids.has(record.id)) continue;
      // What waits for its turn when it is removed is never ordered.
      this.ledger.note(record.id, chargesOnceRemoved(record));
    }
  }

  private async remove(ids: readonly string[]): Promise<void> {
    // What has only been taken off the list is still among the records, and counts there.
    const known = new Set(this.manager.records().map(({ id }) => id));
    this.note(new Set(ids.filter((id) => known.has(id))));
    const charges = this.ledger.close(ids.filter((id) => !known.has(id)));
    // What another window removes, that one keeps account of.
    if (charges.length > 0 && this.manager.owner) await this.ledger.add(charges);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
