import { hasClip, type JobRecord } from './job.ts';
import type { Charge } from '../money/money.ts';

/**
 * What all orders of a job cost that a service has taken, may have taken or is about to be sent, by
 * its list. Renders that failed there count as well: nobody but the service knows whether it charges
 * for them. Nothing for jobs of a studio that needs no account.
 */
export function chargesOf(record: JobRecord): readonly Charge[] {
  if (!isPaid(record)) return [];
  const { attempt, state, remote, price, upscale } = record;
  const isOpen = remote !== undefined || ['queued', 'submitting', 'unclear'].includes(state);
  const isUpscaleOpen =
    upscale?.remote !== undefined || ['submitting', 'unclear'].includes(upscale?.step ?? '');
  return [
    ...Array.from({ length: attempt + Number(isOpen) }, () => price),
    // What an enlargement costs no service tells.
    ...Array.from({ length: (upscale?.attempt ?? 0) + Number(isUpscaleOpen) }, () => undefined),
  ];
}

/**
 * What a retry of a job orders anew; nothing where it only fetches what the service has already.
 *
 * @param upscales whether the job's studio enlarges clips
 */
export function chargesOfRetry(record: JobRecord, upscales: boolean): readonly Charge[] {
  if (!isPaid(record)) return [];
  if (hasClip(record)) return upscales && isUpscaleOver(record) ? [undefined] : [];
  const { state, stage, remote, price } = record;
  switch (state) {
    case 'unclear':
    case 'expired':
      return [price];
    case 'failed':
      return stage === 'poll' || stage === 'download' ? [] : [price];
    case 'cancelled':
      return remote === undefined ? [price] : [];
    default:
      return [];
  }
}

/** What enlarging a clip orders; nothing where this machine does it. */
export function chargesOfUpscale(record: JobRecord, upscales: boolean): readonly Charge[] {
  return isPaid(record) && upscales ? [undefined] : [];
}

function isPaid({ accounts, account }: JobRecord): boolean {
  return account !== undefined || (accounts ?? []).length > 0;
}

function isUpscaleOver({ upscale }: JobRecord): boolean {
  return ['failed', 'cancelled', 'unclear'].includes(upscale?.step ?? '');
}
