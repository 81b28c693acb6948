import pLimit from 'p-limit';
import { defined } from '../../base/defined.ts';
import { renderOf, type JobRecord } from '../job.ts';
import { clipFileOf } from '../job-state.ts';
import type { Job } from '../job-table.ts';
import type { StepContext, Wait } from './step-context.ts';
import { isPrivateStudio } from './studio-address.ts';

/** A service's thumbnail gets this long, in milliseconds. */
const thumbnailMs = 20_000;

type Tools = Pick<StepContext, 'table' | 'lease' | 'studios' | 'download' | 'posters' | 'upscale'>;

/** Puts a poster beside a clip that is here; a nicety that never fails a job. */
export class PosterStep {
  private readonly tools: Tools;
  private readonly limit = pLimit(2);

  constructor(tools: Tools) {
    this.tools = tools;
  }

  async make(job: Job): Promise<Wait> {
    const { table, lease, upscale } = this.tools;
    const poster = await this.limit(() => this.posterOf(job.record, job.stop.signal));
    // Breaking off is not an answer; the next window makes it.
    if (lease.isClosing) return undefined;
    const isWanted = upscale?.() === '4k';
    await table.tryApply(job, { type: 'poster', poster, upscale: isWanted });
    return isWanted ? 0 : undefined;
  }

  private async posterOf(record: JobRecord, signal: AbortSignal): Promise<string | undefined> {
    if (signal.aborted) return undefined;
    const thumbnail = await this.thumbnail(record, signal);
    try {
      await this.tools.lease.expectHeld(record);
    } catch {
      return undefined;
    }
    const { root, number, scene } = record;
    const clip = clipFileOf(record);
    const input = { clip, root, number, title: scene.title, ...defined({ thumbnail }) };
    return await this.tools.posters.make(input, signal).catch(() => undefined);
  }

  private async thumbnail(record: JobRecord, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const { studios, download } = this.tools;
    const studio = studios.forClips(record);
    const { remote, account } = renderOf(record);
    if (studio?.thumbnail === undefined || remote === undefined) return undefined;
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(thumbnailMs)]);
      const context = studios.contextOf(studio, account, limited);
      const source = await studio.thumbnail(remote, context);
      if (source === undefined) return undefined;
      return await download.image(source, limited, await isPrivateStudio(remote));
    } catch {
      // There are other ways to a poster.
      return undefined;
    }
  }
}
