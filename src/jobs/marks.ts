import type { JobRecord } from './job.ts';

type Draft = { -readonly [K in keyof JobRecord]: JobRecord[K] };

/** Without the marks of an earlier failure. */
export function clean(record: JobRecord): JobRecord {
  const draft: Draft = { ...record };
  delete draft.stage;
  delete draft.error;
  delete draft.retryable;
  return draft;
}

/** Without the render that is over, and ready for an order under a name of its own. */
export function renewed(record: JobRecord): JobRecord {
  return { ...withoutRemote(record), attempt: record.attempt + 1 };
}

export function withoutRemote(record: JobRecord): JobRecord {
  const draft: Draft = { ...record };
  delete draft.remote;
  return draft;
}

/** Free to be ordered with any of its accounts. */
export function unbound(record: JobRecord): JobRecord {
  const draft: Draft = { ...record };
  delete draft.account;
  return draft;
}
