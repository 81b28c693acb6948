import type { ScenewrightError } from '../base/errors.ts';
import { isWithin } from './budget.ts';
import { Ledger } from './ledger.ts';
import { amountIn } from './money.ts';

/** What the writer is told before they decide whether something may cost more than its budget. */
export interface BudgetQuestion {
  /** Money spent so far. */
  readonly spent: number;
  /** Money that all of it will probably come to, `spent` included. */
  readonly expected: number;
  /** What it may cost as of now. */
  readonly budget: number;
}

export interface BudgetGuardOptions {
  /** Money that all requests together may cost; 0 for as much as it takes. */
  readonly budget: number;
  /** Whether to go on beyond the budget; without it the answer is no. */
  readonly ask?: ((question: BudgetQuestion) => Promise<boolean>) | undefined;
  /** Money that what is still to be asked for will probably cost, where that can be told. */
  readonly expectedRest: () => number | undefined;
  /** The error for those who are refused. */
  readonly refusal: (spent: number, budget: number, cause?: unknown) => ScenewrightError;
}

interface Waiting {
  underWay: number;
  readonly resolve: () => void;
  readonly reject: (reason: ScenewrightError) => void;
}

/** Requests at a time until the first one has shown what a request costs. */
const probes = 2;

/** The cost of a request is taken from the last ones where they are dearer than those before. */
const recent = 8;

/** In whatever currency the writer thinks in. */
const currency = '';

/** Guards the budget of requests whose cost is known only once they are answered. */
export class BudgetGuard {
  private readonly options: BudgetGuardOptions;
  private readonly ledger = new Ledger();
  private budget: number;
  private charged = 0;
  private readonly latest: number[] = [];
  /** Answers come in, but no figures with them: then there is nothing to go by. */
  private uncounted = false;

  /** Requests that were allowed. */
  private letThrough = 0;
  private queue: Waiting[] = [];
  private settling = false;
  private asking = false;
  private refused: ScenewrightError | undefined;

  constructor(options: BudgetGuardOptions) {
    this.options = options;
    this.budget = options.budget;
  }

  /** Money spent so far. */
  get spent(): number {
    return amountIn(this.ledger.total(), currency);
  }

  /** Requests whose cost is known. */
  get counted(): number {
    return this.charged;
  }

  /** There is a budget that cannot be watched, because no figures come with the answers. */
  get unwatched(): boolean {
    return this.guarded && this.uncounted && this.charged === 0;
  }

  /** Money the next request will probably cost; `undefined` until that can be told. */
  get expectedRequest(): number | undefined {
    if (this.charged === 0) return undefined;
    const latest = this.latest.reduce((sum, cost) => sum + cost, 0) / this.latest.length;
    return Math.max(this.spent / this.charged, latest);
  }

  /** This is what a request has cost. */
  charge(amount: number): void {
    void this.ledger.add([{ currency, amount }]);
    this.charged++;
    this.latest.push(amount);
    if (this.latest.length > recent) this.latest.shift();
    this.settleSoon();
  }

  /** A request has ended, whatever came of it; told after its cost, where that is known. */
  ended(): void {
    for (const waiting of this.queue) waiting.underWay = Math.max(0, waiting.underWay - 1);
    this.settleSoon();
  }

  /** An answer of use has come; where no figures came before it, none will come at all. */
  answered(): void {
    if (this.letThrough === 0 || this.charged > 0 || this.uncounted) return;
    this.uncounted = true;
    this.settleSoon();
  }

  /**
   * Resolves once a request may be sent: at once where nothing is to be watched; until the cost of a
   * request is known, for a few at a time; and where the requests under way and this one would
   * probably exceed the budget, when the writer has agreed to that. They are asked once for all who
   * wait; a yes lets the budget grow, a no is final.
   *
   * @param underWay requests sent and not answered yet; those waiting here may be among them
   * @throws ScenewrightError the refusal
   */
  allow(underWay: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ underWay, resolve, reject });
      this.settleSoon();
    });
  }

  /** From now on nothing is allowed any more; only the first reason counts. */
  refuse(error: ScenewrightError): void {
    this.refused ??= error;
    this.settleSoon();
  }

  private get guarded(): boolean {
    return this.budget > 0;
  }

  /** All who ask in the same moment are looked at together, for each knows only of those before. */
  private settleSoon(): void {
    if (this.settling || this.asking || this.queue.length === 0) return;
    this.settling = true;
    queueMicrotask(() => {
      this.settling = false;
      this.settle();
    });
  }

  private settle(): void {
    const waiting = this.queue;
    this.queue = [];
    /** What those let through just now and those before them come to. */
    let atLeast = Math.min(...waiting.map(({ underWay }) => underWay));
    for (const [index, one] of waiting.entries()) {
      if (this.refused !== undefined) {
        one.reject(this.refused);
        continue;
      }
      const sent = Math.max(one.underWay, atLeast);
      // Who waits here is not sent yet, even where the caller counts it among those under way.
      const surelySent = Math.max(one.underWay - this.queue.length, atLeast);
      switch (this.verdict(sent, surelySent)) {
        case 'go':
          atLeast = surelySent + 1;
          this.letThrough++;
          one.resolve();
          break;
        case 'wait':
          one.underWay = sent;
          this.queue.push(one);
          break;
        case 'ask':
          this.queue.push(...waiting.slice(index));
          void this.askWriter(sent);
          return;
      }
    }
  }

  private verdict(sent: number, surelySent: number): 'go' | 'wait' | 'ask' {
    if (!this.guarded) return 'go';
    const each = this.expectedRequest;
    if (each === undefined) return this.uncounted || surelySent < probes ? 'go' : 'wait';
    return isWithin(this.budget, this.neededFor(sent, each)) ? 'go' : 'ask';
  }

  private neededFor(sent: number, each: number): number {
    return this.spent + each * (sent + 1);
  }

  private async askWriter(sent: number): Promise<void> {
    const { spent, budget } = this;
    const { ask, expectedRest, refusal } = this.options;
    const needed = this.neededFor(sent, this.expectedRequest ?? 0);
    const expected = Math.max(needed, spent + (expectedRest() ?? 0));
    this.asking = true;
    try {
      if ((await ask?.({ spent, expected, budget })) === true) {
        this.budget = Math.max(budget * 1.5, budget + expected - spent, expected);
      } else {
        this.refuse(refusal(spent, budget));
      }
    } catch (error) {
      this.refuse(refusal(spent, budget, error));
    } finally {
      this.asking = false;
      this.settleSoon();
    }
  }
}
