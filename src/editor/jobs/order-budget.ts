import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import {
  afterwards,
  budgetCurrency,
  exceedsBudget,
  isFree,
  type Bill,
} from '../../money/budget.ts';
import { chargesOfRetry, chargesOfUpscale } from '../../jobs/charges.ts';
import type { Charge } from '../../money/money.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { sumOf, type MoneySum } from '../../money/money.ts';
import type { VideoStudio } from '../../studios/port.ts';
import { strangerWords } from '../consent/agreement.ts';
import { isStranger, type Caller } from '../commands/caller.ts';
import { formatMoney } from '../ui/format.ts';
import type { JobLedger } from '../../jobs/job-ledger.ts';
import { settings } from '../settings.ts';
import { ask } from '../ui/window.ts';

export interface OrderBudgetTools {
  readonly ledger: JobLedger;
  readonly manager: Pick<JobManager, 'records' | 'views'>;
  readonly studio: (id: string) => VideoStudio | undefined;
}

/** What orders cost, and that the budget is not exceeded unasked. */
export class OrderBudget {
  private readonly tools: OrderBudgetTools;

  constructor(tools: OrderBudgetTools) {
    this.tools = tools;
  }

  /**
   * See to it that these jobs may be tried again, as far as that orders something anew.
   *
   * @throws ScenewrightError as {@link allow}
   */
  async allowRetry(ids: readonly string[], caller: Caller): Promise<void> {
    const charges = this.recordsOf(ids).flatMap((record) =>
      chargesOfRetry(record, this.upscales(record)),
    );
    await this.allow(charges, caller, t('Order anew what a retry cannot fetch?'));
  }

  /** The same for all jobs that failed. */
  async allowRetryFailed(caller: Caller): Promise<void> {
    const failed = this.tools.manager.views().filter(({ retry }) => retry === 'helps');
    await this.allowRetry(
      failed.map(({ id }) => id),
      caller,
    );
  }

  /** See to it that the clips of these jobs may be enlarged; @throws as {@link allow} */
  async allowUpscale(ids: readonly string[], caller: Caller): Promise<void> {
    const charges = this.recordsOf(ids).flatMap((record) =>
      chargesOfUpscale(record, this.upscales(record)),
    );
    await this.allow(charges, caller, t('Order the enlargement?'));
  }

  /** What there is to decide when this is to be ordered. */
  bill(charges: readonly Charge[]): Bill {
    return {
      ordered: this.tools.ledger.ordered(),
      expected: sumOf(charges),
      budget: settings.video.budget.value,
    };
  }

  /**
   * See to it that something more may be ordered: asks the person where it would exceed the budget,
   * and where they did not choose it themselves, whatever it costs.
   *
   * @param what as the question begins, such as “Retry scene 3?”
   * @throws ScenewrightError `budget` where it exceeds that and neither a person chose it nor
   * anything is confirmed, `cancelled` where they said no
   */
  async allow(charges: readonly Charge[], caller: Caller, what: string): Promise<void> {
    const bill = this.bill(charges);
    const isTooMuch = exceedsBudget(bill);
    if (isTooMuch && !caller.interactive && !caller.confirmed) throw budgetError(bill);
    if (caller.trusted || (caller.interactive ? !isTooMuch : isFree(bill))) return;
    const detail = [
      costWords(bill.expected),
      ...budgetWords(bill),
      ...(isStranger(caller) ? [strangerWords()] : []),
    ];
    if (!(await ask(what, detail, t('Go On')))) throw cancelledError(t('The order'));
  }

  private recordsOf(ids: readonly string[]): readonly JobRecord[] {
    const wanted = new Set(ids);
    return this.tools.manager.records().filter(({ id }) => wanted.has(id));
  }

  private upscales({ studio }: JobRecord): boolean {
    return this.tools.studio(studio)?.upscale !== undefined;
  }
}

/** `About $20.80.`, with what is not known. */
export function costWords({ amounts, unknown }: MoneySum): string {
  if (amounts.length === 0) return t('What it costs is not known.');
  const known = t('About {0}.', moneyWords(amounts));
  return unknown === 0
    ? known
    : `${known} ${t('What else it costs is not known ({0} orders).', unknown)}`;
}

/** What was ordered so far, and how that stands to the budget. */
export function budgetWords(bill: Bill): readonly string[] {
  const { ordered, expected, budget } = bill;
  const lines: string[] = [];
  if (ordered.amounts.length > 0 || ordered.unknown > 0) {
    const words = ordered.amounts.length === 0 ? '–' : moneyWords(ordered.amounts);
    lines.push(
      ordered.unknown === 0
        ? t('Ordered in this workspace so far: {0}.', words)
        : t(
            'Ordered in this workspace so far: {0}, and {1} orders of unknown price.',
            words,
            ordered.unknown,
          ),
    );
  }
  if (exceedsBudget(bill)) {
    const limit = formatMoney({ currency: budgetCurrency, amount: budget });
    const total = formatMoney({ currency: budgetCurrency, amount: afterwards(bill) });
    lines.push(
      expected.unknown > 0
        ? t('Whether that stays within the budget of {0} cannot be told.', limit)
        : t('With this it is {0}, more than the budget of {1}.', total, limit),
    );
  }
  return lines;
}

/** The error for those who cannot be asked. */
export function budgetError(bill: Bill): ScenewrightError {
  return new ScenewrightError(
    'budget',
    t(
      'Nothing was ordered. {0} Set a higher scenewright.video.budget, or pass “confirmed: true” to order it all the same.',
      [costWords(bill.expected), ...budgetWords(bill)].join(' '),
    ),
  );
}

function moneyWords(amounts: MoneySum['amounts']): string {
  return amounts.map((money) => formatMoney(money)).join(' + ');
}
