import path from 'node:path';
import pLimit from 'p-limit';
import { diskError } from '../../base/disk-error.ts';
import { Enclosure } from '../../base/enclosure/enclosure.ts';
import { ScenewrightError } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import { syncFolder } from '../../base/sync.ts';
import { verifyVideo } from '../../downloads/verify-video.ts';
import { accountKey } from '../accounts.ts';
import type { Job } from '../job-table.ts';
import { errandOf, type Errand } from '../errand.ts';
import type { JobRecord } from '../job.ts';
import type { SubmitStep } from './submit-step.ts';
import type { Wait, StepContext } from './step-context.ts';

/**
 * Enlarges a clip on this machine, from one absolute path to another; `undefined` where it has
 * nothing to do that with. Throws `bad-input` where there is nothing to enlarge.
 */
export type Enlarger = (
  clip: string,
  output: string,
  options: {
    /** The folder that both really lie in. */
    readonly root: string;
    readonly signal: AbortSignal;
    /** 0 to 1. */
    readonly onProgress: (progress: number) => void;
  },
) => Promise<'scaled' | undefined>;

/**
 * Has clips enlarged: by the studio that rendered them where it does that, by this machine where it
 * can. One at a time for each account, and one at a time on this machine.
 */
export class UpscaleStep {
  private readonly context: StepContext;
  private readonly orders: SubmitStep;
  private readonly go: (job: Job) => void;
  /** Accounts of which an order is just going out. */
  private readonly entering = new Set<string>();
  /** Ids of the jobs that wait for their account, the first first. */
  private readonly waiting = new Map<string, Set<string>>();
  private readonly local = pLimit(1);
  private readonly listening: Disposable;

  /** @param go sees to a job's next step now */
  constructor(context: StepContext, orders: SubmitStep, go: (job: Job) => void) {
    this.context = context;
    this.orders = orders;
    this.go = go;
    this.listening = context.table.onDidFreeUpscale((key) => {
      this.callNext(key);
    });
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** Order it, make it, or say why it cannot be had. */
  async begin(job: Job): Promise<Wait> {
    const { record } = job;
    const studio = this.context.options.studios(record.studio, record);
    if (studio?.upscale !== undefined && record.remote !== undefined) {
      return await this.atService(job);
    }
    return await this.local(() => this.here(job));
  }

  private async atService(job: Job): Promise<Wait> {
    const { table } = this.context;
    const key = accountKey(job.record);
    if (this.entering.has(key) || table.enlargingOf(key) > 0) {
      const queue = this.waiting.get(key) ?? new Set();
      this.waiting.set(key, queue.add(job.record.id));
      table.note(job, { note: 'Waits for the enlargement before it.' });
      return undefined;
    }
    this.entering.add(key);
    try {
      return await this.orders.submit(job);
    } finally {
      this.entering.delete(key);
      if (table.enlargingOf(key) === 0) this.callNext(key);
    }
  }

  private callNext(key: string): void {
    const queue = this.waiting.get(key);
    for (const id of queue ?? []) {
      queue?.delete(id);
      const job = this.context.table.get(id);
      if (job?.record.state !== 'upscaling' || job.record.paused) continue;
      this.go(job);
      return;
    }
  }

  private async here(job: Job): Promise<Wait> {
    const { table } = this.context;
    const { signal } = job.stop;
    const errand = errandOf(job.record);
    if (this.context.stopped || job.record.paused || errand.phase !== 'queued') return undefined;
    try {
      const bytes = await this.enlarge(job, errand);
      await this.context.keepGoing(
        bytes === undefined
          ? table.apply(job, { type: 'skip', note: this.whyNot(job.record) })
          : table.apply(job, { type: 'scaled', bytes }),
      );
      return undefined;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (error instanceof ScenewrightError && error.code === 'bad-input') {
        // Such as a clip that is that large already: nothing has failed.
        await this.context.keepGoing(table.apply(job, { type: 'skip', note: error.message }));
        return undefined;
      }
      return await this.context.fail(job, 'submit', diskError(error, errand.file));
    }
  }

  /** To a file beside it first, so that its name is always that of a whole clip. */
  private async enlarge(job: Job, { file }: Errand): Promise<number | undefined> {
    const { table, options } = this.context;
    if (options.enlarge === undefined) return undefined;
    const { dir, name, ext } = path.parse(file);
    const part = path.join(dir, `${name}.${this.context.name}.part${ext}`);
    await options.neighbours.hold(job.record);
    const { root } = job.record;
    const inside = new Enclosure(root);
    await inside.prepare(file);
    try {
      const made = await options.enlarge(job.record.file, part, {
        root,
        signal: job.stop.signal,
        onProgress: (progress) => {
          if (job.record.state === 'upscaling') table.note(job, { progress });
        },
      });
      if (made === undefined) return undefined;
      const { bytes } = await verifyVideo(part, job.stop.signal);
      await this.context.expectHeld(job.record);
      await inside.move(part, file);
      await syncFolder(dir);
      return bytes;
    } finally {
      await inside.remove(part).catch(() => undefined);
    }
  }

  private whyNot({ studio }: JobRecord): string {
    const label = this.context.options.studios(studio)?.label ?? studio;
    return `The clip was not enlarged: ${label} does not do that, and without ffmpeg this machine cannot either.`;
  }
}
