import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type {
  PictureStudio,
  RemoteJob,
  Studio,
  StudioContext,
  VideoStudio,
} from '../../studios/port.ts';
import { studioAccounts, type StudioAccount } from '../accounts.ts';
import { currentOrder, type JobRecord } from '../job.ts';
import type { JobManagerOptions } from '../manager-options.ts';
import { orderName, type AnyStudio } from '../order-kinds.ts';
import type { Order } from '../order.ts';

/** A service gets this long to hear something that nobody waits for any more, in milliseconds. */
const patienceMs = 15_000;

type StudioAccessOptions = Pick<JobManagerOptions, 'studios' | 'pictureStudios' | 'account'>;

/** The studios of jobs, and what each is asked with. */
export class StudioAccess {
  private readonly options: StudioAccessOptions;

  constructor(options: StudioAccessOptions) {
    this.options = options;
  }

  /** The one that orders a job by its terms; absent where it is not set up. */
  find(record: JobRecord): AnyStudio | undefined {
    return record.drawing === undefined ? this.forClips(record) : this.forPictures(record);
  }

  forClips(record: JobRecord): VideoStudio | undefined {
    return this.options.studios(record.studio, record);
  }

  forPictures(record: JobRecord): PictureStudio | undefined {
    return this.options.pictureStudios?.(record.studio, record);
  }

  /** @throws ScenewrightError `bad-input` where it is not set up */
  of(record: JobRecord): AnyStudio {
    const studio = this.find(record);
    if (studio !== undefined) return studio;
    throw new ScenewrightError(
      'bad-input',
      record.drawing === undefined
        ? t(
            'The video service "{0}" of this job is not available. Set it up again, then retry.',
            record.studio,
          )
        : t(
            'The picture service "{0}" of this job is not available. Set it up again, then retry.',
            record.studio,
          ),
    );
  }

  /** The accounts that an order may go out with. */
  accountsOf({ studio }: JobRecord, { accounts }: Order): readonly StudioAccount[] {
    return studioAccounts(studio, accounts, this.options.account);
  }

  /**
   * What a studio is asked with: this account and no other.
   *
   * @throws ScenewrightError `account` where it needs one and there is none
   */
  contextOf(studio: Studio, account: string | undefined, signal: AbortSignal): StudioContext {
    if (!studio.needsAccount) return { signal };
    if (account === undefined && studio.mayGoKeyless === true) return { signal };
    const keyed = account === undefined ? undefined : this.options.account(account, studio.id);
    if (keyed !== undefined) return { signal, account: keyed };
    throw new ScenewrightError(
      'account',
      t('{0} needs an account with a key, and there is none. Add one, then retry.', studio.label),
    );
  }

  /** What has become of a job's order that may have been taken; absent where nobody can tell. */
  async recover(record: JobRecord, signal: AbortSignal): Promise<RemoteJob | undefined> {
    const studio = this.find(record);
    const order = currentOrder(record);
    const account =
      order.account === undefined ? undefined : this.options.account(order.account, record.studio);
    const context = { signal: withLimit(signal), ...defined({ account }) };
    return await studio?.recover?.(orderName(record, order), context).catch(() => undefined);
  }

  /** Tell the service to stop a job's current order; `false` when it cannot be told or did not listen. */
  async cancel(record: JobRecord, signal: AbortSignal): Promise<boolean> {
    const studio = this.find(record);
    const { remote, account } = currentOrder(record);
    if (studio?.cancel === undefined || remote === undefined) return false;
    try {
      await studio.cancel(remote, this.contextOf(studio, account, withLimit(signal)));
      return true;
    } catch {
      return false;
    }
  }
}

function withLimit(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
}
