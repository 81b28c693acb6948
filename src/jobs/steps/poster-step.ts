import pLimit from 'p-limit';
import { defined } from '../../base/defined.ts';
import type { ClipFrames } from '../clip-frames.ts';
import { renderOf, type JobRecord } from '../job.ts';
import { clipFileOf } from '../job-state.ts';
import type { Job } from '../job-table.ts';
import type { StepContext, Wait } from './step-context.ts';
import { isPrivateStudio } from './studio-address.ts';

/** A picture of a service's gets this long, in milliseconds. */
const pictureMs = 20_000;

type Tools = Pick<
  StepContext,
  'table' | 'lease' | 'studios' | 'download' | 'frames' | 'posters' | 'upscale'
>;

/** Puts a poster beside a clip that is here, and keeps what it ends with; niceties that never fail a job. */
export class PosterStep {
  private readonly tools: Tools;
  private readonly limit = pLimit(2);

  constructor(tools: Tools) {
    this.tools = tools;
  }

  async make(job: Job): Promise<Wait> {
    const { table, lease, upscale } = this.tools;
    const { signal } = job.stop;
    const { poster, frames } = await this.limit(async () => ({
      poster: await this.posterOf(job.record, signal),
      frames: await this.framesOf(job.record, signal),
    }));
    // Breaking off is not an answer; the next window makes it.
    if (lease.isClosing) return undefined;
    const isWanted = upscale?.() === '4k';
    await table.tryApply(job, { type: 'poster', poster, frames, upscale: isWanted });
    return isWanted ? 0 : undefined;
  }

  private async posterOf(record: JobRecord, signal: AbortSignal): Promise<string | undefined> {
    if (signal.aborted) return undefined;
    const thumbnail = await this.picture(record, 'thumbnail', signal);
    if (!(await this.isHeld(record))) return undefined;
    const { root, number, scene } = record;
    const clip = clipFileOf(record);
    const input = { clip, root, number, title: scene.title, ...defined({ thumbnail }) };
    return await this.tools.posters.make(input, signal).catch(() => undefined);
  }

  /** A service that makes the last frame has it no longer than the clip, so it is taken now. */
  private async framesOf(record: JobRecord, signal: AbortSignal): Promise<ClipFrames | undefined> {
    const { frames, studios } = this.tools;
    if (frames === undefined || signal.aborted) return undefined;
    if (studios.forClips(record)?.holdsItself === true) return undefined;
    const returned = await this.picture(record, 'lastFrame', signal);
    if (!(await this.isHeld(record))) return undefined;
    return await frames.take(record, returned, signal).catch(() => undefined);
  }

  private async isHeld(record: JobRecord): Promise<boolean> {
    return await this.tools.lease.expectHeld(record).then(
      () => true,
      () => false,
    );
  }

  private async picture(
    record: JobRecord,
    what: 'thumbnail' | 'lastFrame',
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    const { studios, download } = this.tools;
    const studio = studios.forClips(record);
    const { remote, account } = renderOf(record);
    if (studio?.[what] === undefined || remote === undefined) return undefined;
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(pictureMs)]);
      const context = studios.contextOf(studio, account, limited);
      const source = await studio[what](remote, context);
      if (source === undefined) return undefined;
      return await download.image(source, limited, await isPrivateStudio(remote));
    } catch {
      // There are other ways to it.
      return undefined;
    }
  }
}
