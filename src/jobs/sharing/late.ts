import { t } from '../../base/l10n.ts';
import type { Job, JobTable } from '../job-table.ts';
import type { RemoteJob } from '../../studios/port.ts';
import type { JobOrder, JobRecord } from '../job.ts';
import { orderName } from '../order-kinds.ts';
import { newJobId } from '../read-record.ts';
import type { JobStore } from '../job-store.ts';
import type { Neighbours } from './neighbours.ts';
import { forgetNote, notesIn } from './notes.ts';

export interface LateTools {
  readonly table: JobTable;
  readonly store: JobStore;
  readonly neighbours: Neighbours;
  /** Go on with a job that has got something to do. */
  readonly go: (job: Job) => void;
}

/**
 * Take in what windows have left that had lost the jobs to this one before a service answered them:
 * above all what a paid order is called there. A note goes only when a record says the same.
 */
export async function readNotes(tools: LateTools): Promise<void> {
  for (const note of await notesIn(tools.store.folder)) {
    const job = tools.table.get(note.record.id);
    const isTaken =
      job === undefined
        ? await takeUnknown(tools, note.record)
        : await takeKnown(tools, job, note.record);
    if (isTaken) await forgetNote(note);
  }
}

/** A job that has gone to another store, or was removed while nobody knew that it was taken. */
async function takeUnknown(tools: LateTools, record: JobRecord): Promise<boolean> {
  if (!(await tools.neighbours.isStillHere(record))) {
    await tools.neighbours.leave(record);
    return true;
  }
  if (record.orders.some(({ remote }) => remote !== undefined)) await begin(tools, record);
  return true;
}

async function takeKnown(tools: LateTools, job: Job, record: JobRecord): Promise<boolean> {
  let isTaken = true;
  for (const order of record.orders) {
    const { remote } = order;
    if (remote !== undefined) {
      isTaken = (await takeOrder(tools, job, record, { ...order, remote })) && isTaken;
    }
  }
  return isTaken;
}

/** What a service has taken by the name of one of a job's orders. */
async function takeOrder(
  tools: LateTools,
  job: Job,
  record: JobRecord,
  order: JobOrder & { readonly remote: RemoteJob },
): Promise<boolean> {
  const { kind, remote, account } = order;
  const here = job.record.orders.find((one) => one.kind === kind);
  if (here?.remote?.remoteId === remote.remoteId) {
    // It may be this window's own note, which stood still and only believes that it wrote it down.
    await tools.table.save(job.record);
    return true;
  }
  // The writer has it sent again at this very moment: what comes of that is to be known first.
  if (here?.state === 'submitting') return false;
  if (here !== undefined && orderName(job.record, here) === orderName(record, order)) {
    if (await tools.table.apply(job, { type: 'found', kind, remote, account })) {
      tools.go(job);
      return true;
    }
  }
  // An enlargement is nothing without its clip, and that is this job's.
  if (kind === 'upscale') return true;
  // Sent again meanwhile, so that there are two. The writer can have this one fetched as well.
  const other: JobRecord = {
    ...record,
    id: newJobId(record.createdAt),
    // Not the newest of its scene.
    createdAt: record.createdAt - 1,
    orders: [
      {
        ...order,
        state: 'cancelled',
        stage: 'poll',
        error: t(
          'This order was taken by the service as well, which became known only after it had been sent again. A retry fetches what it brings.',
        ),
      },
    ],
  };
  await tools.table.save(other);
  tools.table.put(other);
  return true;
}

async function begin(tools: LateTools, record: JobRecord): Promise<void> {
  await tools.table.save(record);
  tools.go(tools.table.put(record));
}
