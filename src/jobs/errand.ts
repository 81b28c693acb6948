import { ScenewrightError } from '../base/errors.ts';
import type { RemoteJob } from '../studios/port.ts';
import type { JobRecord, JobState, UpscaleStep } from './job.ts';
import { upscaledPath } from './paths.ts';

/** How far an errand is; `over` when nothing of it is left to do. */
export type Phase = 'queued' | 'submitting' | 'rendering' | 'ready' | 'over';

/**
 * What a job is after at present: its clip or, while it is `upscaling`, the larger one. Both are
 * ordered, asked for and fetched in the same way.
 */
export interface Errand {
  readonly kind: 'render' | 'upscale';
  readonly phase: Phase;
  /** What the service and the half-fetched file know it by: one name for each paid order. */
  readonly name: string;
  /** Where it goes. */
  readonly file: string;
  /** What the service calls it, once it was accepted. */
  readonly remote?: RemoteJob;
  /** Ids of the accounts that it may be ordered with; an enlargement belongs to the render's. */
  readonly accounts: readonly string[];
}

export function errandOf(record: JobRecord): Errand {
  return record.state === 'upscaling' ? upscaleErrand(record) : renderErrand(record);
}

/** The clip itself, whatever the job is doing now. */
export function renderErrand(record: JobRecord): Errand {
  const { file, remote, accounts, attempt } = record;
  return {
    kind: 'render',
    phase: renderPhases[record.state] ?? 'over',
    name: numbered(record.id, attempt),
    file,
    ...(remote === undefined ? {} : { remote }),
    accounts: accounts ?? [],
  };
}

/** The enlargement, whether or not it has ever been asked for. */
export function upscaleErrand(record: JobRecord): Errand {
  const { file, account, upscale } = record;
  return {
    kind: 'upscale',
    phase: upscalePhases[upscale?.step ?? 'skipped'] ?? 'over',
    name: numbered(`${record.id}-4k`, upscale?.attempt ?? 0),
    file: upscaledPath(file),
    ...(upscale?.remote === undefined ? {} : { remote: upscale.remote }),
    accounts: account === undefined ? [] : [account],
  };
}

/** What the service knows an errand as; one that was accepted has it. */
export function remoteOf({ remote }: Errand, { number }: JobRecord): RemoteJob {
  if (remote !== undefined) return remote;
  throw new ScenewrightError(
    'internal',
    `The record of scene ${number} does not say what the service calls it. Remove the job and render the scene again.`,
  );
}

const renderPhases: Readonly<Partial<Record<JobState, Phase>>> = {
  queued: 'queued',
  submitting: 'submitting',
  rendering: 'rendering',
  ready: 'ready',
  downloading: 'ready',
};

const upscalePhases: Readonly<Partial<Record<UpscaleStep, Phase>>> = {
  queued: 'queued',
  submitting: 'submitting',
  rendering: 'rendering',
  ready: 'ready',
};

/** That of the job, and one of its own for each order that follows on one that is over. */
function numbered(name: string, attempt: number): string {
  return attempt === 0 ? name : `${name}-${attempt + 1}`;
}
