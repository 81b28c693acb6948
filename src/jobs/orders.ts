import pLimit from 'p-limit';
import { ScenewrightError, messageOf } from '../base/errors.ts';
import { backoffMs } from '../net/retry.ts';
import type { RemoteJob, RenderRequest, StudioContext, VideoStudio } from '../studios/port.ts';
import { renderName, type Workshop, type Wait } from './workshop.ts';
import type { Job } from './book.ts';
import type { JobRecord } from './model.ts';

/** Times an order that surely was not taken is sent again, before the job fails. */
const submitRetries = 4;

/**
 * Hands orders in: the one step that costs money. It goes out only after `submitting` is on disk,
 * and nothing sends it again but the certainty that it was not taken, or the writer.
 */
export class Orders {
  private readonly workshop: Workshop;
  private readonly turns;
  /** Until when an account rests because it was told to, by studio and account. */
  private readonly resting = new Map<string, number>();

  constructor(workshop: Workshop) {
    this.workshop = workshop;
    this.turns = pLimit(workshop.options.submitParallel);
  }

  /** The writer has done something about an account; what it was told before is void. */
  forgive(record: JobRecord): void {
    this.resting.delete(accountKey(record));
  }

  /** Hand the order in when it is its turn. */
  async submit(job: Job): Promise<Wait> {
    return this.restOf(job.record) || (await this.turns(() => this.order(job)));
  }

  private async order(job: Job): Promise<Wait> {
    const { workshop } = this;
    const { lock, pollMs } = workshop.options;
    // Much may have happened while it waited for its turn.
    const rest = this.restOf(job.record);
    if (rest > 0) return rest;
    if (job.record.state !== 'queued' || job.record.paused) return undefined;
    let studio: VideoStudio;
    let context: StudioContext;
    try {
      studio = workshop.studioOf(job.record);
      context = await workshop.contextOf(job.record, studio, workshop.abandon.signal);
    } catch (error) {
      return await workshop.fail(job, 'submit', error);
    }
    if (workshop.stopped || !(await lock.confirm())) return undefined;
    try {
      if (!(await workshop.book.apply(job, { type: 'submit' }))) return undefined;
    } catch (error) {
      // Not on disk, so not ordered.
      return await workshop.fail(job, 'submit', error);
    }
    if (this.isUnwanted(job)) return await this.putBack(job);
    let remote: RemoteJob;
    try {
      remote = await studio.submit(requestOf(job.record), context);
    } catch (error) {
      return await this.notOrdered(job, studio, error);
    }
    if (workshop.over) return undefined;
    await this.accepted(job, remote);
    // What is made on this machine may be ready any moment; a service needs its time.
    return studio.needsAccount ? pollMs() : 0;
  }

  private async accepted(job: Job, remote: RemoteJob): Promise<void> {
    const { workshop } = this;
    job.failures = 0;
    job.unchanged = 0;
    try {
      await workshop.book.apply(job, { type: 'accepted', remote });
    } catch (error) {
      await workshop.fail(job, 'poll', unsaved(remote, error));
      return;
    }
    if (!job.cancelWanted) return;
    job.cancelWanted = false;
    const atService = await workshop.cancelAtService(job.record);
    await workshop.book.apply(job, { type: 'cancel', atService });
  }

  private async notOrdered(job: Job, studio: VideoStudio, thrown: unknown): Promise<Wait> {
    if (this.workshop.over) return undefined;
    const error =
      thrown instanceof ScenewrightError
        ? thrown
        : new ScenewrightError(
            studio.needsAccount ? 'unclear' : 'internal',
            `Something went wrong while the render was ordered: ${messageOf(thrown)}.`,
            { cause: thrown },
          );
    if (error.code === 'unclear') {
      job.cancelWanted = false;
      await this.workshop.book.apply(job, { type: 'lost', error: error.message });
      return undefined;
    }
    if (this.isUnwanted(job)) return await this.putBack(job);
    if (error.code === 'account') await this.failAccount(job, error);
    const limited = error.code === 'rate-limit';
    // A service that only asks for patience gets it, however long it takes.
    if (!error.retryable || (!limited && ++job.failures > submitRetries)) {
      return await this.workshop.fail(job, 'submit', error);
    }
    const { submitBackoff, random, clock } = this.workshop.options;
    const wait = backoffMs(limited ? 5 : job.failures, error, submitBackoff, random);
    if (limited) this.resting.set(accountKey(job.record), clock.now() + wait);
    await this.putBack(job);
    this.workshop.book.note(job, { note: error.message });
    return wait;
  }

  /** Surely not ordered: back into the queue, or out of it if the writer wants that. */
  private async putBack(job: Job): Promise<Wait> {
    await this.workshop.book.apply(job, { type: 'put-back' });
    if (job.cancelWanted) {
      job.cancelWanted = false;
      await this.workshop.book.apply(job, { type: 'cancel', atService: true });
    }
    return undefined;
  }

  /** What one order was refused for will be refused to the others of that account as well. */
  private async failAccount(job: Job, error: ScenewrightError): Promise<void> {
    const key = accountKey(job.record);
    const others = [...this.workshop.book.all()].filter(
      (other) =>
        other !== job && other.record.state === 'queued' && accountKey(other.record) === key,
    );
    await Promise.all(others.map((other) => this.workshop.fail(other, 'submit', error)));
  }

  /** Whether an order that has not gone out need not go out. */
  private isUnwanted(job: Job): boolean {
    return job.cancelWanted || this.workshop.stopped;
  }

  private restOf(record: JobRecord): number {
    return Math.max(
      0,
      (this.resting.get(accountKey(record)) ?? 0) - this.workshop.options.clock.now(),
    );
  }
}

function accountKey({ studio, account }: JobRecord): string {
  return JSON.stringify([studio, account ?? null]);
}

function requestOf(record: JobRecord): RenderRequest {
  return {
    jobId: renderName(record),
    scene: record.scene,
    number: record.number,
    scriptTitle: record.scriptTitle,
    style: record.style,
    aspect: record.aspect,
    seconds: record.scene.seconds,
    prompt: record.prompt,
  };
}

function unsaved({ remoteId }: RemoteJob, cause: unknown): ScenewrightError {
  return new ScenewrightError(
    'disk',
    `The service took the order as ${remoteId}, but that could not be written down: ${messageOf(cause)} Write the id down, make the disk writable, then retry before you close the editor: nothing is ordered twice.`,
    { cause, retryable: true },
  );
}
