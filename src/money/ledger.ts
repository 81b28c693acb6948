import { added, noMoney, sumOf, type Charge, type MoneySum } from './money.ts';

/** Where a ledger is kept; the shape of VS Code's own `Memento`. */
export interface LedgerStore {
  get<T>(key: string, otherwise: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** The key is as old as the first ledger, and so are the sums under it. */
const pastKey = 'scenewright.ordered';

/**
 * What has been ordered, of whatever kind. Most orders are on a list while there is something to be
 * done for them, and count as the list has them; what is taken off the list is not forgotten with it.
 */
export class Ledger {
  private readonly store: LedgerStore | undefined;
  private unstored = noMoney;
  /** By id of the order: what stays due if it is taken off the list now. */
  private readonly due = new Map<string, readonly Charge[]>();

  /** @param store keeps what is over; without one that is kept for as long as the ledger */
  constructor(store?: LedgerStore) {
    this.store = store;
  }

  /** This has been ordered, and is on no list. */
  async add(charges: readonly Charge[]): Promise<void> {
    const past = added(this.past, sumOf(charges));
    if (this.store === undefined) this.unstored = past;
    else await this.store.update(pastKey, past);
  }

  /** What stays due of an order on the list, should it be taken off. */
  note(id: string, due: readonly Charge[]): void {
    if (due.length > 0) this.due.set(id, due);
    else this.due.delete(id);
  }

  /** These orders are not on the list any more. @returns what is due of them; see {@link add} */
  close(ids: readonly string[]): readonly Charge[] {
    const charges = ids.flatMap((id) => this.due.get(id) ?? []);
    for (const id of ids) this.due.delete(id);
    return charges;
  }

  /** Everything ordered so far. @param listed by id: what the orders on the list come to now */
  total(listed: ReadonlyMap<string, readonly Charge[]> = new Map()): MoneySum {
    // Taken off a moment ago, and not told yet.
    const gone = [...this.due].flatMap(([id, charges]) => (listed.has(id) ? [] : charges));
    return added(this.past, sumOf([...[...listed.values()].flat(), ...gone]));
  }

  private get past(): MoneySum {
    return this.store?.get(pastKey, noMoney) ?? this.unstored;
  }
}
