import { defined } from '../base/defined.ts';
import { t } from '../base/l10n.ts';

/** A record of any version, as it was parsed; nothing is known yet of what is in it. */
export type Fields = Readonly<Record<string, unknown>>;

/** The version of the records that this code writes. */
export const recordVersion = 3;

/** The record was written by a newer Scenewright, which will want it untouched. */
export class NewerRecordError extends Error {
  constructor() {
    super(t('it was written by a newer version of Scenewright'));
  }
}

/**
 * A record as the present version has it, to be checked as one of that; what is wrong with it stays
 * wrong. No order gets closer to being sent by this.
 *
 * @throws NewerRecordError
 */
export function migrated(record: Fields): Fields {
  const { version } = record;
  if (!Number.isSafeInteger(version) || Number(version) < 1) return record;
  if (Number(version) > recordVersion) throw new NewerRecordError();
  const steps = migrations.slice(Number(version) - 1);
  return steps.reduce<Fields>((older, step) => step(older), { ...record, version: recordVersion });
}

/** The step from each older version to the one after it. */
const migrations: readonly ((record: Fields) => Fields)[] = [oneAccount, oneState];

/** 1 → 2: a job knew one account only, from the start. */
function oneAccount({ account, ...rest }: Fields): Fields {
  return { ...rest, ...(account === undefined ? {} : { account, accounts: [account] }) };
}

/**
 * 2 → 3: a job had one state, whose words told how it was with the render, and beside it the steps of
 * an enlargement, of which the job had the error.
 */
function oneState(record: Fields): Fields {
  const { state, attempt, accounts, account, remote, bytes, upscale, ...rest } = record;
  const { stage, error, retryable, ...facts } = rest;
  const isUpscaleUnclear = isFields(upscale) && upscale.step === 'unclear' && state === 'unclear';
  const renderState = isUpscaleUnclear ? 'saved' : renderStates.get(state);
  const isSaved = renderState === 'saved';
  const render = defined({
    kind: 'render',
    state: renderState,
    attempt,
    accounts: accounts === undefined ? [] : accounts,
    ...{ account, remote, bytes },
    ...(isSaved ? {} : { stage: renderStage(stage), error, retryable }),
  });
  const orders: Fields[] = [render];
  if (state === 'upscaling' && upscale === undefined) orders.push({});
  if (upscale !== undefined) orders.push(enlargement(upscale, record));
  return { ...facts, posterTried: isSaved && state !== 'saved', orders };
}

function enlargement(upscale: unknown, job: Fields): Fields {
  if (!isFields(upscale)) return {};
  const { step, attempt, remote, kind, bytes, note } = upscale;
  const known = upscaleStates.get(step);
  // What was not under way is not under way now.
  const isLeftOver = job.state !== 'upscaling' && openUpscales.has(step);
  const state = isLeftOver ? 'cancelled' : known;
  const brokeOff = state === 'failed' || state === 'cancelled';
  const hasMarks = state === 'failed' || state === 'unclear';
  const { account, error, retryable } = job;
  return defined({
    kind: 'upscale',
    state,
    attempt,
    accounts: account === undefined ? [] : [account],
    account: state === 'queued' ? undefined : account,
    ...{ remote, bytes, note },
    ...(kind === '4k' ? {} : { madeHere: kind === 'scaled' ? true : kind }),
    // What the service still has is asked for again.
    ...(brokeOff && remote !== undefined ? { stage: 'poll' } : {}),
    ...(hasMarks && remote === undefined ? { stage: 'submit' } : {}),
    ...(hasMarks ? { error, retryable } : {}),
  });
}

function renderStage(stage: unknown): unknown {
  if (stage === 'render') return 'service';
  return stage === 'submit' || stage === 'poll' || stage === 'download' ? stage : undefined;
}

const renderStates: ReadonlyMap<unknown, string> = new Map([
  ['queued', 'queued'],
  ['submitting', 'submitting'],
  ['rendering', 'accepted'],
  ['ready', 'ready'],
  ['downloading', 'fetching'],
  ['saved', 'saved'],
  ['upscaling', 'saved'],
  ['done', 'saved'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['expired', 'expired'],
  ['unclear', 'unclear'],
]);

const openUpscales: ReadonlySet<unknown> = new Set(['queued', 'submitting', 'rendering', 'ready']);

const upscaleStates: ReadonlyMap<unknown, string> = new Map([
  ['queued', 'queued'],
  ['submitting', 'submitting'],
  ['rendering', 'accepted'],
  ['ready', 'ready'],
  ['done', 'saved'],
  ['skipped', 'skipped'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['unclear', 'unclear'],
]);

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
