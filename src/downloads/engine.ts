import type { PlainHttpOptions } from '../net/http-types.ts';
import type { AttemptNews, AttemptTask } from './attempt.ts';
import type { LowSpeed } from './low-speed-watch.ts';
import type { VerifiedVideo } from './verify-video.ts';

/** Does the work of downloads: sockets, checksums and disk, in this thread or another. */
export interface Engine {
  /**
   * One try at bringing a clip to its part; see `attempt`. Of bytes it tells now and then, and at
   * least at the end.
   */
  attempt(task: AttemptTask, news: AttemptNews, signal: AbortSignal): Promise<VerifiedVideo>;
  setLimits(limits: Limits): void;
  /** End all connections; what is under way fails. */
  close(): Promise<void>;
}

/** What can be changed while downloads run; plain data. */
export interface Limits {
  /** For all downloads together; 0 for no limit. */
  readonly bytesPerSecond: number;
  readonly connectionsPerHost: number;
  /** No clip may be larger. */
  readonly largestBytes: number;
}

/** Plain data, so that it can be sent to another thread. */
export interface EngineOptions {
  readonly http: PlainHttpOptions;
  readonly limits: Limits;
  readonly idleMs: number;
  readonly firstByteMs: number;
  readonly toldAfterMs: number;
  readonly lowSpeed: LowSpeed;
  readonly segments: number;
}
