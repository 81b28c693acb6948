import { stateOf } from './job-state.ts';
import { orderName, priceOfOrder } from './order-kinds.ts';
import { renderOf, type JobRecord, type JobView } from './job.ts';
import { sumOf, type Money } from '../money/money.ts';

/** How a batch of renders went: all that was done from the first order until the queue ran dry. */
export interface FinishSummary {
  /** Clips that are in their place, also where only their enlargement failed. */
  readonly succeeded: number;
  /** Failed, expired and unclear; what a later job has made good is left out. */
  readonly failed: number;
  /** Cancelled by the writer, or at the service. */
  readonly skipped: number;
  /** Bytes of the clips that arrived. */
  readonly bytes: number;
  /** From the first job that began until the last one ended. */
  readonly milliseconds: number;
  /**
   * What the service has made or is making costs by its list, each render told once; absent where no
   * price is known, or they are not in one currency.
   */
  readonly money?: Money;
  /** All that ended since the queue last ran dry. */
  readonly jobs: readonly JobView[];
}

/** Adds up what jobs have come to, and remembers what it has told of already. */
export class FinishTally {
  /** The paid renders that were counted, by name. */
  private readonly paid = new Set<string>();

  sum(
    ended: readonly JobRecord[],
    isSuperseded: (record: JobRecord) => boolean,
  ): Omit<FinishSummary, 'milliseconds' | 'jobs'> {
    const succeeded = ended.filter((record) => stateOf(record) === 'done');
    const skipped = ended.filter((record) => stateOf(record) === 'cancelled').length;
    const [money, ...others] = sumOf(this.newlyPaid(ended)).amounts;
    return {
      succeeded: succeeded.length,
      failed: ended.length - succeeded.length - skipped - ended.filter(isSuperseded).length,
      skipped,
      bytes: succeeded.reduce((sum, record) => sum + (renderOf(record).bytes ?? 0), 0),
      ...(money === undefined || others.length > 0 ? {} : { money }),
    };
  }

  private newlyPaid(ended: readonly JobRecord[]): Money[] {
    return ended.flatMap((record) =>
      record.orders.flatMap((order) => {
        const { state, stage, remote } = order;
        const name = orderName(record, order);
        const price = priceOfOrder(record, order);
        // What the service itself failed to make it does not charge for.
        const isDue = remote !== undefined && !(state === 'failed' && stage === 'service');
        if (!isDue || price === undefined || this.paid.has(name)) return [];
        this.paid.add(name);
        return price;
      }),
    );
  }
}
