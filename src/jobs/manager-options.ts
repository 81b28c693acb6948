import type { AccountNotice } from '../accounts/account-notice.ts';
import type { KeyedAccount } from '../accounts/keyed-account.ts';
import type { Clock } from '../base/clock.ts';
import type { OwnerLock } from '../base/lock.ts';
import type { Downloader } from '../downloads/download.ts';
import type { Backoff } from '../net/retry.ts';
import type { PictureStudio, VideoStudio } from '../studios/port.ts';
import type { FrameMaker } from './clip-frames.ts';
import type { JobRecord } from './job.ts';
import type { ScriptAddresses } from './job-moves.ts';
import type { PosterMaker } from './poster.ts';
import type { ClipClaims } from './sharing/claims.ts';
import type { JobStore } from './job-store.ts';

/**
 * Enlarges a clip on this machine, from one absolute path to another; `undefined` where it has
 * nothing to do that with. Throws `bad-input` where there is nothing to enlarge.
 */
export type Enlarger = (
  clip: string,
  output: string,
  options: {
    /** The folder that both really lie in. */
    readonly root: string;
    readonly signal: AbortSignal;
    /** 0 to 1. */
    readonly onProgress: (progress: number) => void;
  },
) => Promise<'scaled' | undefined>;

export interface JobManagerOptions {
  readonly store: JobStore;
  /** Keeps a second window from working on the same jobs; on the store's own folder. */
  readonly lock: OwnerLock;
  /** Whose clip is whose among all stores, such as of the same folder in another workspace. */
  readonly claims: ClipClaims;
  /** How records name scripts. */
  readonly scripts: ScriptAddresses;
  /** A studio by its id; with a record, one that orders it by its terms. */
  readonly studios: (id: string, record?: JobRecord) => VideoStudio | undefined;
  /** The same of the studios for pictures. */
  readonly pictureStudios?: (id: string, record?: JobRecord) => PictureStudio | undefined;
  /** An account of a studio by its id; `undefined` for a studio that takes none. */
  readonly account: (id: string, studio: string) => KeyedAccount | undefined;
  /** Told when an account is set aside, or has to wait for more than a moment. */
  readonly onAccountNotice?: (notice: AccountNotice) => void;
  /** Whether clips are enlarged once they are here, asked for each (default `off`). */
  readonly upscale?: () => 'off' | '4k';
  /** Enlarges clips on this machine, for studios that do not. */
  readonly enlarge?: Enlarger;
  readonly download: Downloader;
  readonly posters: PosterMaker;
  /** Takes the ends of clips; without it no clip begins with the last frame of another. */
  readonly frames?: FrameMaker;
  readonly clock: Clock;
  /** Milliseconds between polls of one job, asked before each. */
  readonly pollMs: () => number;
  /** Orders that go out at once to one studio (default 4). */
  readonly submitParallel?: number;
  /** Waits before an order that was not taken goes out again (default 1 s, growing to 30 s). */
  readonly submitBackoff?: Backoff;
  /** Cooldowns of an account that is not told how long (default 15 s, growing to 2 minutes). */
  readonly limitBackoff?: Backoff;
  /** How long orders under way may still be answered when it all ends (default 3000 ms). */
  readonly graceMs?: number;
  /** How long the order of a job that is removed may still be answered (default 10 s). */
  readonly removeGraceMs?: number;
  readonly random?: () => number;
  /** Told of errors that belong into the log and that no job can show. */
  readonly onDefect?: (error: unknown) => void;
}
