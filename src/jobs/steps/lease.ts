import { cancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { OwnerLock } from '../../base/lock.ts';
import type { JobRecord } from '../job.ts';
import { TakenOverError, newName } from '../sharing/generations.ts';
import type { Neighbours } from '../sharing/neighbours.ts';

/** The time in which this window works on the jobs, from taking them over until it loses them. */
export class Lease {
  /** What files on their way are called after, so that no other window has the same. */
  readonly name = newName();
  private readonly lock: OwnerLock;
  private readonly neighbours: Neighbours;
  private readonly ending = new AbortController();
  private readonly abandoning = new AbortController();
  private ended = false;

  /** Aborted when the window closes or loses the jobs to another. */
  readonly closing = this.ending.signal;
  /** Aborted a little after that, so that an order under way can still be answered. */
  readonly abandoned = this.abandoning.signal;

  constructor(lock: OwnerLock, neighbours: Neighbours) {
    this.lock = lock;
    this.neighbours = neighbours;
  }

  /** Nothing new may be begun. */
  get isClosing(): boolean {
    return this.closing.aborted;
  }

  /** Nothing may be written any more: it may be another window's turn. */
  get isOver(): boolean {
    return this.ended;
  }

  close(): void {
    this.ending.abort();
  }

  abandon(): void {
    this.abandoning.abort();
  }

  end(): void {
    this.ended = true;
  }

  /** Whether the jobs are still this window's, by the lock. */
  async confirm(): Promise<boolean> {
    return await this.lock.confirm();
  }

  /**
   * See to it that this window may still write a job's clip; to be asked as late as possible.
   *
   * @throws ScenewrightError when another window looks after it now
   */
  async expectHeld(record: JobRecord): Promise<void> {
    if (this.ended) throw cancelledError(t('The video job'));
    if (!(await this.confirm())) throw new TakenOverError();
    await this.neighbours.expectHeld(record);
  }
}
