import type { Event } from '../base/events.ts';
import type { JobView } from '../jobs/model.ts';
import type { WritingResult } from './commands.ts';
import type { BatchEvent } from './writing-run.ts';

/** What `activate()` returns to other extensions. Everything in it is plain data. */
export interface ScenewrightApi {
  readonly version: 1;
  /** All video jobs that this workspace knows. */
  readonly jobs: () => JobView[];
  /** The jobs that have changed, at most ten times a second. */
  readonly onDidChangeJobs: Event<readonly JobView[]>;
  /** A batch of scenes has come into a script. */
  readonly onDidWriteBatch: Event<BatchEvent>;
  /** A writing run has ended, whichever way. */
  readonly onDidFinishWriting: Event<WritingResult>;
}
