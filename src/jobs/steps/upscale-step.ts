import path from 'node:path';
import pLimit from 'p-limit';
import { exists } from '../../base/files.ts';
import { diskError } from '../../base/disk-error.ts';
import { Enclosure } from '../../base/enclosure/enclosure.ts';
import { ScenewrightError } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { syncFolder } from '../../base/sync.ts';
import { placeTaken } from '../../downloads/place-taken.ts';
import { verifyVideo } from '../../downloads/verify-video.ts';
import { accountKey } from '../accounts.ts';
import type { Job } from '../job-table.ts';
import { currentOrder, renderOf, type JobRecord } from '../job.ts';
import { clipFileOf, stateOf } from '../job-state.ts';
import { rulesOf } from '../order-kinds.ts';
import type { Wait, StepContext } from './step-context.ts';

type Tools = Pick<StepContext, 'table' | 'lease' | 'studios' | 'neighbours' | 'enlarge'>;

/**
 * Has clips enlarged: by the studio that rendered them where it does that, by this machine where it
 * can. One at a time for each account, and one at a time on this machine.
 */
export class UpscaleStep {
  private readonly tools: Tools;
  private readonly submit: (job: Job) => Promise<Wait>;
  private readonly go: (job: Job) => void;
  /** Accounts of which an order is just going out. */
  private readonly entering = new Set<string>();
  /** Ids of the jobs that wait for their account, the first first. */
  private readonly waiting = new Map<string, Set<string>>();
  private readonly local = pLimit(1);
  private readonly listening: Disposable;

  /**
   * @param submit hands an order in
   * @param go sees to a job's next step now
   */
  constructor(tools: Tools, submit: (job: Job) => Promise<Wait>, go: (job: Job) => void) {
    this.tools = tools;
    this.submit = submit;
    this.go = go;
    this.listening = tools.table.onDidFreeUpscale((key) => {
      this.callNext(key);
    });
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** Order it, make it, or say why it cannot be had. */
  async begin(job: Job): Promise<Wait> {
    const { record } = job;
    const studio = this.tools.studios.forClips(record);
    if (studio?.upscale !== undefined && renderOf(record).remote !== undefined) {
      return await this.atService(job);
    }
    return await this.local(() => this.here(job));
  }

  private async atService(job: Job): Promise<Wait> {
    const { table } = this.tools;
    const { record } = job;
    // It belongs to the account of the render.
    const key = accountKey(record.studio, renderOf(record).account);
    if (this.entering.has(key) || table.enlargingOf(key) > 0) {
      const queue = this.waiting.get(key) ?? new Set();
      this.waiting.set(key, queue.add(record.id));
      table.note(job, { note: t('Waits for the enlargement before it.') });
      return undefined;
    }
    this.entering.add(key);
    try {
      return await this.submit(job);
    } finally {
      this.entering.delete(key);
      if (table.enlargingOf(key) === 0) this.callNext(key);
    }
  }

  private callNext(key: string): void {
    const queue = this.waiting.get(key);
    for (const id of queue ?? []) {
      queue?.delete(id);
      const job = this.tools.table.get(id);
      if (job === undefined || job.record.paused || !isEnlarging(job.record)) continue;
      this.go(job);
      return;
    }
  }

  private async here(job: Job): Promise<Wait> {
    const { table, lease } = this.tools;
    const { signal } = job.stop;
    const order = currentOrder(job.record);
    if (lease.isClosing || job.record.paused || order.state !== 'queued') return undefined;
    const file = rulesOf(order).file(job.record);
    try {
      const bytes = await this.enlarge(job, file);
      await table.tryApply(
        job,
        bytes === undefined
          ? { type: 'skip', note: this.whyNot(job.record) }
          : { type: 'made', bytes },
      );
      return undefined;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (error instanceof ScenewrightError && error.code === 'bad-input') {
        // Such as a clip that is that large already: nothing has failed.
        await table.tryApply(job, { type: 'skip', note: error.message });
        return undefined;
      }
      return await table.fail(job, 'submit', diskError(error, file));
    }
  }

  /** To a file beside it first, so that its name is always that of a whole clip. */
  private async enlarge(job: Job, file: string): Promise<number | undefined> {
    const { table, lease, neighbours, enlarge } = this.tools;
    if (enlarge === undefined) return undefined;
    const { dir, name, ext } = path.parse(file);
    const part = path.join(dir, `${name}.${lease.name}.part${ext}`);
    await neighbours.hold(job.record);
    const { root } = job.record;
    const inside = new Enclosure(root);
    await inside.prepare(file);
    // Made by a window that ended before it could write that down, or by somebody else: it stays.
    if (await exists(file)) return (await verifyVideo(file, job.stop.signal)).bytes;
    try {
      const made = await enlarge(clipFileOf(job.record), part, {
        root,
        signal: job.stop.signal,
        onProgress: (progress) => {
          if (isEnlarging(job.record)) table.note(job, { progress });
        },
      });
      if (made === undefined) return undefined;
      const { bytes } = await verifyVideo(part, job.stop.signal);
      await lease.expectHeld(job.record);
      if (!(await inside.moveNew(part, file))) throw placeTaken(file);
      await syncFolder(dir);
      return bytes;
    } finally {
      await inside.remove(part).catch(() => undefined);
    }
  }

  private whyNot(record: JobRecord): string {
    const label = this.tools.studios.find(record)?.label ?? record.studio;
    return t(
      'The clip was not enlarged: {0} does not do that, and without ffmpeg this machine cannot either.',
      label,
    );
  }
}

function isEnlarging(record: JobRecord): boolean {
  return stateOf(record) === 'upscaling';
}
