import type * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { added, chargesOf, type Charge } from '../../jobs/budget.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { sumOf, type MoneySum } from '../../jobs/money.ts';

/** What it has to be told of the jobs. */
export type LedgerJobs = Pick<JobManager, 'records' | 'owner' | 'onDidChange' | 'onDidRemove'>;

const pastKey = 'scenewright.ordered';
const nothing: MoneySum = { amounts: [], unknown: 0 };

/**
 * What this workspace has ordered so far, by the studios' lists: all its jobs, and those that were
 * removed from the list, whose money is not forgotten with them.
 */
export class Ledger implements vscode.Disposable {
  private readonly manager: LedgerJobs;
  private readonly state: vscode.Memento;
  /** By id of the job: what would go with its record. */
  private readonly charges = new Map<string, readonly Charge[]>();
  private readonly subscriptions: readonly Disposable[];

  constructor(manager: LedgerJobs, state: vscode.Memento) {
    this.manager = manager;
    this.state = state;
    this.subscriptions = [
      manager.onDidChange((views) => {
        this.note(new Set(views.map(({ id }) => id)));
      }),
      manager.onDidRemove((ids) => void this.keep(ids)),
    ];
  }

  /** Everything ordered so far, what is about to go out included. */
  ordered(): MoneySum {
    const records = this.manager.records();
    // Removed a moment ago, and not told yet.
    const gone = new Map(this.charges);
    for (const { id } of records) gone.delete(id);
    const charges = [...records.map(chargesOf), ...gone.values()].flat();
    return added(this.past, sumOf(charges));
  }

  private get past(): MoneySum {
    return this.state.get<MoneySum>(pastKey, nothing);
  }

  private note(ids: ReadonlySet<string>): void {
    for (const record of this.manager.records()) {
      if (!ids.has(record.id)) continue;
      // What waits for its turn when it is removed is never ordered.
      const charges = chargesOf(
        record.state === 'queued' ? { ...record, state: 'cancelled' } : record,
      );
      if (charges.length > 0) this.charges.set(record.id, charges);
      else this.charges.delete(record.id);
    }
  }

  private async keep(ids: readonly string[]): Promise<void> {
    const charges = ids.flatMap((id) => this.charges.get(id) ?? []);
    for (const id of ids) this.charges.delete(id);
    // What another window removes, that one keeps account of.
    if (charges.length === 0 || !this.manager.owner) return;
    await this.state.update(pastKey, added(this.past, sumOf(charges)));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
