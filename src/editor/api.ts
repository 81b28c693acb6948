import type { Event } from '../base/events.ts';
import type { JobView } from '../jobs/job.ts';
import type { ConsentToken } from './commands/caller.ts';
import type { WritingResult } from './commands/register-command.ts';
import type { BatchEvent } from './writing/writing-run.ts';

/** What `activate()` returns to other extensions. Everything in it but the token is plain data. */
export interface ScenewrightApi {
  readonly version: 1;
  /**
   * Says that your code acts for the person. A command whose argument has it as `consent` asks nobody:
   * it does what it is told, and rejects where there would be something to decide, such as an order
   * that exceeds the budget. As `confirmed` it answers that with yes as well. Without it, the person is
   * asked before anything is paid for, sent to another address, written outside of the open folders or
   * thrown away, because a link or a key binding may pass any other argument. It has to be this very
   * object, so it counts only in the extension host that Scenewright itself runs in.
   */
  readonly consent: ConsentToken;
  /** All video jobs that this workspace knows. */
  readonly jobs: () => JobView[];
  /** The jobs that have changed, at most ten times a second. */
  readonly onDidChangeJobs: Event<readonly JobView[]>;
  /** A batch of scenes has come into a script. */
  readonly onDidWriteBatch: Event<BatchEvent>;
  /** A writing run has ended, whichever way. */
  readonly onDidFinishWriting: Event<WritingResult>;
}
