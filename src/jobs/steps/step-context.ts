import type { AccountPool } from '../../accounts/account-pool.ts';
import type { JobTable } from '../job-table.ts';
import type { JobManagerOptions } from '../manager-options.ts';
import type { TakePlaces } from '../take-places.ts';
import type { Neighbours } from '../sharing/neighbours.ts';
import type { Lease } from './lease.ts';
import type { StudioAccess } from './studio-access.ts';

/** Milliseconds until a job's next step, or `undefined` when it waits for the writer. */
export type Wait = number | undefined;

/** What steps work with; each takes what it needs of it. */
export interface StepContext extends Pick<
  JobManagerOptions,
  | 'clock'
  | 'download'
  | 'enlarge'
  | 'frames'
  | 'pollMs'
  | 'posters'
  | 'submitBackoff'
  | 'submitParallel'
  | 'upscale'
> {
  readonly table: JobTable;
  readonly lease: Lease;
  readonly studios: StudioAccess;
  /** Which account orders next. All that it knows is forgotten with the window. */
  readonly accounts: AccountPool;
  readonly neighbours: Neighbours;
  /** Gives a clip another place, where its own is taken. */
  readonly moveOn: TakePlaces['moveOn'];
  readonly random: () => number;
}
