import { ScenewrightError } from '../base/errors.ts';
import type { Usage } from '../models/writer-model.ts';
import type { SceneId } from '../script/script-model.ts';
import type { WritingEvent } from './writing-events.ts';
import type { Purse } from './write-options.ts';

/** Money per million tokens, in whatever currency the writer thinks in; both 0 when unknown. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** What the writer is told before they decide whether a run may cost more than its budget. */
export interface BudgetQuestion {
  /** Money spent by this run so far. */
  readonly spent: number;
  /** Money the whole run will probably come to, `spent` included. */
  readonly expected: number;
  /** What the run may cost as of now. */
  readonly budget: number;
}

export interface SpendingOptions {
  readonly price: Price;
  /** Money that this run may cost; 0 for as much as it takes. */
  readonly budget: number;
  /** Whether to go on beyond the budget; without it the answer is no. */
  readonly ask?: (question: BudgetQuestion) => Promise<boolean>;
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

/**
 * What one run has cost and will probably cost, and the guard of its budget. One instance per run.
 *
 * It learns of tokens by {@link add} and of the run's progress by {@link follow}; the expectation
 * rests on what a written scene has taken so far, failed attempts included.
 */
export class Spending implements Purse {
  private readonly price: Price;
  private readonly ask: SpendingOptions['ask'];
  private budget: number;

  private input = 0;
  private output = 0;
  private requests = 0;
  private readonly latestCosts: number[] = [];
  /** What planning took, once it is over. */
  private planning: Tokens = { input: 0, output: 0 };
  private readonly missing = new Set<SceneId>();
  private readonly writtenHere = new Set<SceneId>();
  /** Scenes come in, but no figures with them: then there is nothing to go by. */
  private uncounted = false;

  /** Requests that were allowed. */
  private letThrough = 0;
  private queue: Waiting[] = [];
  private settling = false;
  private asking = false;
  private refused: ScenewrightError | undefined;

  constructor({ price, budget, ask }: SpendingOptions) {
    this.price = price;
    this.budget = budget;
    this.ask = ask;
  }

  /** What the endpoint has counted so far; zero until it has counted anything. */
  get tokens(): Tokens {
    return { input: this.input, output: this.output };
  }

  /** Money spent so far; `undefined` without a price, and until the endpoint has counted anything. */
  get money(): number | undefined {
    return this.priced && this.requests > 0 ? this.costOf(this.tokens) : undefined;
  }

  /** A budget was set that cannot be watched, because the endpoint does not say what it counts. */
  get unwatched(): boolean {
    return this.guarded && this.uncounted && this.requests === 0;
  }

  /** Money that so many more scenes will probably cost; `undefined` until that can be told. */
  expectedMoney(remainingScenes: number): number | undefined {
    const tokens = this.expectedTokens(remainingScenes);
    return this.priced && tokens !== undefined ? this.costOf(tokens) : undefined;
  }

  /** Tokens that so many more scenes will probably take; `undefined` until that can be told. */
  expectedTokens(remainingScenes: number): Tokens | undefined {
    if (this.requests === 0) return undefined;
    if (remainingScenes === 0) return { input: 0, output: 0 };
    const scenes = this.writtenHere.size;
    if (scenes === 0) return undefined;
    return {
      input: ((this.input - this.planning.input) / scenes) * remainingScenes,
      output: ((this.output - this.planning.output) / scenes) * remainingScenes,
    };
  }

  /** Money the next request will probably cost; `undefined` until that can be told. */
  get expectedRequest(): number | undefined {
    const { money } = this;
    if (money === undefined) return undefined;
    const latest = this.latestCosts.reduce((sum, cost) => sum + cost, 0) / this.latestCosts.length;
    return Math.max(money / this.requests, latest);
  }

  add({ inputTokens, outputTokens }: Usage): void {
    this.input += inputTokens;
    this.output += outputTokens;
    this.requests++;
    this.latestCosts.push(this.costOf({ input: inputTokens, output: outputTokens }));
    if (this.latestCosts.length > recent) this.latestCosts.shift();
    this.settleSoon();
  }

  ended(): void {
    for (const waiting of this.queue) waiting.underWay = Math.max(0, waiting.underWay - 1);
    this.settleSoon();
  }

  /** Tells it what happens in the run; every event once, in order. */
  follow(event: WritingEvent): void {
    switch (event.type) {
      case 'planning':
        if (event.done > 0) this.answered();
        return;
      case 'planned':
        this.planning = this.tokens;
        return;
      case 'scheduled':
        this.missing.clear();
        for (const id of event.batches.flat()) {
          if (!this.writtenHere.has(id)) this.missing.add(id);
        }
        return;
      case 'sceneWritten':
        this.missing.delete(event.scene.id);
        if (event.reused) return;
        this.writtenHere.add(event.scene.id);
        this.answered();
        return;
      case 'stopped':
        this.refuse(stoppedError());
        return;
      default:
        return;
    }
  }

  /**
   * Resolves once a request may be sent: at once where nothing is to be watched; until the cost of a
   * request is known, for a few at a time; and where the requests under way and this one would
   * probably exceed the budget, when the writer has agreed to that. They are asked once for all who
   * wait; a yes lets the budget grow, a no is final for this run.
   *
   * @param underWay requests sent and not answered yet; those waiting here may be among them
   * @throws ScenewrightError `budget`
   */
  allow(underWay: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ underWay, resolve, reject });
      this.settleSoon();
    });
  }

  private get priced(): boolean {
    return this.price.input > 0 || this.price.output > 0;
  }

  private get guarded(): boolean {
    return this.priced && this.budget > 0;
  }

  private costOf({ input, output }: Tokens): number {
    return (input * this.price.input + output * this.price.output) / 1e6;
  }

  /** An answer of use has come; where no figures came before it, none will come at all. */
  private answered(): void {
    if (this.letThrough === 0 || this.requests > 0 || this.uncounted) return;
    this.uncounted = true;
    this.settleSoon();
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
    // The last bits of a sum are no money.
    return this.neededFor(sent, each) <= this.budget * (1 + 1e-9) ? 'go' : 'ask';
  }

  private neededFor(sent: number, each: number): number {
    return (this.money ?? 0) + each * (sent + 1);
  }

  private async askWriter(sent: number): Promise<void> {
    const spent = this.money ?? 0;
    const needed = this.neededFor(sent, this.expectedRequest ?? 0);
    const expected = Math.max(needed, spent + (this.expectedMoney(this.missing.size) ?? 0));
    this.asking = true;
    try {
      const { budget } = this;
      if ((await this.ask?.({ spent, expected, budget })) === true) {
        this.budget = Math.max(budget * 1.5, budget + expected - spent, expected);
      } else {
        this.refuse(budgetError(spent, budget));
      }
    } catch (error) {
      this.refuse(budgetError(spent, this.budget, error));
    } finally {
      this.asking = false;
      this.settleSoon();
    }
  }

  private refuse(error: ScenewrightError): void {
    this.refused ??= error;
    this.settleSoon();
  }
}

/** Money without a currency: two digits after the point, or as many as it takes to tell it from 0. */
export function plainMoney(amount: number): string {
  if (amount === 0 || amount >= 0.01) return amount.toFixed(2);
  return amount.toLocaleString('en', { maximumSignificantDigits: 1, useGrouping: false });
}

function budgetError(spent: number, budget: number, cause?: unknown): ScenewrightError {
  return new ScenewrightError(
    'budget',
    `Writing stopped before it would exceed its budget: ${plainMoney(spent)} of ` +
      `${plainMoney(budget)} is spent. Everything written is kept. ` +
      'Set a higher scenewright.writer.budget, then write the missing scenes.',
    { cause },
  );
}

function stoppedError(): ScenewrightError {
  return new ScenewrightError('cancelled', 'The run has ended. Everything written is kept.');
}
