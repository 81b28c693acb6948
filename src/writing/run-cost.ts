import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Usage } from '../models/writer-model.ts';
import { BudgetGuard, type BudgetQuestion } from '../money/budget-guard.ts';
import { plainMoney } from '../money/money.ts';
import { costOf, type TokenPrice, type Tokens } from '../money/price.ts';
import type { SceneId } from '../script/script-model.ts';
import type { WritingEvent } from './writing-events.ts';

export interface RunCostOptions {
  readonly price: TokenPrice;
  /** Money that this run may cost; 0 for as much as it takes. */
  readonly budget: number;
  /** Whether to go on beyond the budget; without it the answer is no. */
  readonly ask?: (question: BudgetQuestion) => Promise<boolean>;
}

/** What the requests of a run tell of their cost, and ask before they are sent. */
export type CostMeter = Pick<RunCost, 'add' | 'allow'> & Partial<Pick<RunCost, 'ended' | 'follow'>>;

/**
 * What one run has cost and will probably cost, with the guard of its budget. One instance per run.
 *
 * It learns of tokens by {@link add} and of the run's progress by {@link follow}; the expectation
 * rests on what a written scene has taken so far, failed attempts included.
 */
export class RunCost {
  private readonly price: TokenPrice;
  private readonly guard: BudgetGuard;
  private input = 0;
  private output = 0;
  /** What planning has taken of that. */
  private planning: Tokens = { input: 0, output: 0 };
  /** Beats that are still to be planned. */
  private toCome = 0;
  private readonly missing = new Set<SceneId>();
  private readonly writtenHere = new Set<SceneId>();

  constructor({ price, budget, ask }: RunCostOptions) {
    this.price = price;
    this.guard = new BudgetGuard({
      // Without a price there is nothing to hold against it.
      budget: this.priced ? budget : 0,
      ask,
      expectedRest: () => this.expectedMoney(this.missing.size + this.toCome),
      refusal: budgetError,
    });
  }

  /** What the endpoint has counted so far; zero until it has counted anything. */
  get tokens(): Tokens {
    return { input: this.input, output: this.output };
  }

  /** Money spent so far; `undefined` without a price, and until the endpoint has counted anything. */
  get money(): number | undefined {
    return this.priced && this.guard.counted > 0 ? this.guard.spent : undefined;
  }

  /** A budget was set that cannot be watched, because the endpoint does not say what it counts. */
  get unwatched(): boolean {
    return this.guard.unwatched;
  }

  /** Money that so many more scenes will probably cost; `undefined` until that can be told. */
  expectedMoney(remainingScenes: number): number | undefined {
    const tokens = this.expectedTokens(remainingScenes);
    return this.priced && tokens !== undefined ? costOf(this.price, tokens) : undefined;
  }

  /** Tokens that so many more scenes will probably take; `undefined` until that can be told. */
  expectedTokens(remainingScenes: number): Tokens | undefined {
    if (this.guard.counted === 0) return undefined;
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
    return this.priced ? this.guard.expectedRequest : undefined;
  }

  /** The tokens of one request, told the moment they are known. */
  add({ inputTokens, outputTokens, forPlan }: Usage): void {
    this.input += inputTokens;
    this.output += outputTokens;
    if (forPlan === true) {
      const { input, output } = this.planning;
      this.planning = { input: input + inputTokens, output: output + outputTokens };
    }
    this.guard.charge(costOf(this.price, { input: inputTokens, output: outputTokens }));
  }

  /** A request has ended, whatever came of it; told after its tokens, where there are any. */
  ended(): void {
    this.guard.ended();
  }

  /**
   * May one more request be sent while `underWay` others are? Waits for the writer where they have to
   * be asked; see {@link BudgetGuard.allow}.
   *
   * @throws ScenewrightError `budget` where they say no
   */
  allow(underWay: number): Promise<void> {
    return this.guard.allow(underWay);
  }

  /** Tells it what happens in the run; every event once, in order. */
  follow(event: WritingEvent): void {
    switch (event.type) {
      case 'planning':
        // Beats come in before their answer ends, and with it the figures.
        if (event.stage === 'outline') this.toCome = event.of - event.done;
        else if (event.done > 0) this.guard.answered();
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
        this.guard.answered();
        return;
      case 'stopped':
        this.guard.refuse(stoppedError());
        return;
      default:
        return;
    }
  }

  private get priced(): boolean {
    return this.price.input > 0 || this.price.output > 0;
  }
}

function budgetError(spent: number, budget: number, cause?: unknown): ScenewrightError {
  return new ScenewrightError(
    'budget',
    t(
      'Writing stopped before it would exceed its budget: {0} of {1} is spent.',
      plainMoney(spent),
      plainMoney(budget),
    ),
    {
      cause,
      advice: t(
        'Everything written is kept. Set a higher scenewright.writer.budget, then write the missing scenes.',
      ),
    },
  );
}

function stoppedError(): ScenewrightError {
  return new ScenewrightError('cancelled', t('The run has ended. Everything written is kept.'));
}
