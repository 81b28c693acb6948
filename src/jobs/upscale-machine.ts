import type { JobEvent } from './job-machine.ts';
import type { RemoteJob } from '../studios/port.ts';
import { clean } from './marks.ts';
import type { JobRecord, JobStage, Upscale, UpscaleStep } from './job.ts';
import { upscaledPath } from './paths.ts';

/**
 * The record after an event while it is `upscaling`, or `undefined` where it does not apply. The
 * clip itself is safe all the time: whatever happens, the job ends `done`, or `unclear` when the
 * enlargement may have been paid for.
 */
export function nextUpscale(record: JobRecord, event: JobEvent): JobRecord | undefined {
  const { upscale } = record;
  if (upscale === undefined) return undefined;
  const { step } = upscale;
  switch (event.type) {
    case 'submit':
      return step === 'queued' && !record.paused ? goesOn(record, 'submitting') : undefined;
    case 'put-back':
      return step === 'submitting' ? goesOn(record, 'queued') : undefined;
    case 'accepted':
      return step === 'submitting'
        ? goesOn(record, 'rendering', { ...upscale, remote: event.remote })
        : undefined;
    case 'lost':
      return step === 'submitting' ? lost(record, upscale, event.error) : undefined;
    case 'ready':
      return step === 'rendering' ? goesOn(record, 'ready') : undefined;
    case 'saved':
      return step === 'ready' ? enlarged(record, upscale, '4k', event.bytes) : undefined;
    case 'scaled':
      return step === 'queued' ? enlarged(record, upscale, 'scaled', event.bytes) : undefined;
    case 'skip':
      return step === 'queued'
        ? ended(record, { ...upscale, step: 'skipped', note: event.note })
        : undefined;
    case 'fail':
      return failableAt[event.stage]?.includes(step) === true
        ? failed(record, event.stage === 'render' ? renewed(upscale) : upscale, event)
        : undefined;
    case 'expire':
      return step === 'rendering'
        ? failed(record, renewed(upscale), {
            error: 'The enlargement has expired at the service. A retry orders it anew.',
            retryable: false,
          })
        : undefined;
    case 'cancel':
      return cancelled(record, upscale, event.atService);
    case 'wake':
      if (step !== 'submitting') return undefined;
      return event.free
        ? goesOn(record, 'queued')
        : lost(
            record,
            upscale,
            'The editor closed while this enlargement was being ordered, so it may or may not have been taken. The clip is here. Look at the service before you order it again.',
          );
    default:
      return undefined;
  }
}

/** Asked for, for the first time or once more: what the service still has is not ordered again. */
export function wantedUpscale(record: JobRecord): JobRecord | undefined {
  const { upscale } = record;
  if (upscale?.step === 'done') return undefined;
  const { attempt = 0, remote } = upscale ?? {};
  const fresh = { attempt, ...(remote === undefined ? {} : { remote }) };
  return {
    ...clean(record),
    state: 'upscaling',
    upscale: { ...fresh, step: remote === undefined ? 'queued' : 'rendering' },
  };
}

/** It was taken after all. */
export function foundUpscale(record: JobRecord, remote: RemoteJob): JobRecord | undefined {
  const { upscale } = record;
  const step = upscale?.step ?? 'done';
  const mayBe = ['queued', 'unclear', 'failed', 'cancelled'].includes(step);
  if (!mayBe || upscale?.remote !== undefined) return undefined;
  const state = { ...record, state: 'upscaling' } as const;
  return goesOn(state, 'rendering', { attempt: 0, ...upscale, step, remote });
}

const failableAt: Readonly<Partial<Record<JobStage, readonly UpscaleStep[]>>> = {
  submit: ['queued', 'submitting'],
  render: ['rendering'],
  poll: ['rendering'],
  download: ['ready'],
};

function goesOn(
  record: JobRecord,
  step: UpscaleStep,
  upscale: Upscale | undefined = record.upscale,
): JobRecord {
  return { ...clean(record), upscale: { attempt: 0, ...upscale, step } };
}

function enlarged(
  record: JobRecord,
  upscale: Upscale,
  kind: '4k' | 'scaled',
  bytes: number,
): JobRecord {
  const file = upscaledPath(record.file);
  return ended(record, { ...upscale, step: 'done', kind, file, bytes });
}

function failed(
  record: JobRecord,
  upscale: Upscale,
  { error, retryable }: { readonly error: string; readonly retryable: boolean },
): JobRecord {
  return {
    ...ended(record, { ...upscale, step: 'failed' }),
    stage: 'upscale',
    error,
    retryable,
  };
}

function lost(record: JobRecord, upscale: Upscale, error: string): JobRecord {
  return {
    ...record,
    state: 'unclear',
    stage: 'upscale',
    error,
    retryable: false,
    upscale: { ...upscale, step: 'unclear' },
  };
}

function cancelled(record: JobRecord, upscale: Upscale, atService: boolean): JobRecord | undefined {
  switch (upscale.step) {
    // An order that is under way cannot be taken back: its answer has to be awaited first.
    case 'queued':
    case 'ready':
      return ended(record, { ...upscale, step: 'cancelled' });
    case 'rendering':
      return ended(record, { ...(atService ? renewed(upscale) : upscale), step: 'cancelled' });
    default:
      return undefined;
  }
}

function ended(record: JobRecord, upscale: Upscale): JobRecord {
  return { ...clean(record), state: 'done', paused: false, upscale };
}

/** Without the enlargement that is over, and ready for an order under a name of its own. */
function renewed({ attempt, step }: Upscale): Upscale {
  return { attempt: attempt + 1, step };
}
