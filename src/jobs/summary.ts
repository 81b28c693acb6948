import { renderErrand } from './errand.ts';
import type { JobRecord, JobView } from './job.ts';
import type { Money } from '../money/money.ts';
import { sumOf } from '../money/money.ts';

/** How a batch of renders went: all that was done from the first order until the queue ran dry. */
export interface FinishSummary {
  /** Clips that are in their place, also where only their enlargement failed. */
  readonly succeeded: number;
  /** Failed, expired and unclear. */
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

  sum(ended: readonly JobRecord[]): Omit<FinishSummary, 'milliseconds' | 'jobs'> {
    const succeeded = ended.filter(({ state }) => state === 'done');
    const skipped = ended.filter(({ state }) => state === 'cancelled').length;
    const [money, ...others] = sumOf(this.newlyPaid(ended)).amounts;
    return {
      succeeded: succeeded.length,
      failed: ended.length - succeeded.length - skipped,
      skipped,
      bytes: succeeded.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
      ...(money === undefined || others.length > 0 ? {} : { money }),
    };
  }

  private newlyPaid(ended: readonly JobRecord[]): Money[] {
    return ended.flatMap((record) => {
      const { name, remote } = renderErrand(record);
      // What the service itself failed to render it does not charge for.
      const isDue = remote !== undefined && record.stage !== 'render';
      if (!isDue || record.price === undefined || this.paid.has(name)) return [];
      this.paid.add(name);
      return record.price;
    });
  }
}
