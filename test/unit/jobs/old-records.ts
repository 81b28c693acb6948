import type { RemoteJob } from '../../../src/studios/port.ts';
import { recordOf } from './world.ts';

/** What version 2 of the records said of a job in its own words; the scene's facts are as today. */
export interface OldParts {
  readonly id?: string;
  readonly state?: string;
  readonly paused?: boolean;
  readonly accounts?: readonly string[] | undefined;
  readonly account?: string | undefined;
  readonly attempt?: number;
  readonly remote?: RemoteJob;
  readonly bytes?: number;
  readonly file?: string;
  readonly root?: string;
  readonly upscale?: Readonly<Record<string, unknown>>;
  readonly stage?: string;
  readonly error?: string;
  readonly retryable?: boolean;
}

/** A record as version 2 wrote it. */
export function oldRecordOf(parts: OldParts = {}): Readonly<Record<string, unknown>> & OldParts {
  const { orders, posterTried, ...facts } = recordOf();
  const [{ accounts, account, attempt }] = orders;
  const state = posterTried ? 'done' : 'queued';
  return { ...facts, state, accounts, ...(account && { account }), attempt, ...parts, version: 2 };
}
