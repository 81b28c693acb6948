import path from 'node:path';
import { t } from '../../base/l10n.ts';
import { lastFrameOf, readLastFrame } from '../clip-frames.ts';
import { hashOf, type JobPicture } from '../job-pictures.ts';
import { currentOrder, type ChainLink, type JobRecord } from '../job.ts';
import { chainStandingOf } from '../job-state.ts';
import { byAge } from '../job-store.ts';
import type { Job, JobTable } from '../job-table.ts';
import type { StepContext } from './step-context.ts';

type Tools = Pick<StepContext, 'table' | 'frames'>;

/**
 * Lets a clip that goes on from another one without a cut wait for that, and begin with its last frame. What it waits
 * for is in its record, so that it is the same in every window. Nothing is asked again and again meanwhile: whoever
 * sees a clip turn wakes those that wait for it.
 */
export class ChainWait {
  private readonly tools: Tools;

  constructor(tools: Tools) {
    this.tools = tools;
  }

  /**
   * Have the last frame of the clip before go along, once that is here. Where there is none to be had, the clip is
   * rendered without it, and its record says so.
   *
   * @returns whether it may go out now
   */
  async join(job: Job): Promise<boolean> {
    const { table } = this.tools;
    const { chain } = job.record;
    if (chain === undefined) return true;
    const before = this.comesFrom(job);
    const standing = before && chainStandingOf(before.record);
    if (before === undefined || standing !== 'here') {
      await table.apply(job, { type: 'hold', why: whyHeld(chain, standing) });
      return false;
    }
    const picture = await this.frameOf(before, job.stop.signal);
    // Whoever broke it off meanwhile sees to it that it is looked at again.
    if (job.stop.signal.aborted || currentOrder(job.record).state !== 'queued') return false;
    await table.apply(
      job,
      picture === undefined ? { type: 'go-without', why: 'missing' } : { type: 'join', picture },
    );
    return true;
  }

  /**
   * The job whose clip it goes on from: the one that it was handed in for, and where that has ended without a clip, or
   * is gone, the newest that the scene got since.
   */
  private comesFrom({ record }: Job): Job | undefined {
    const { table } = this.tools;
    const named = record.after === undefined ? undefined : table.get(record.after);
    if (named !== undefined && chainStandingOf(named.record) !== 'over') return named;
    const later = [...table.all()].filter(
      (job) =>
        job.record.scene.id === record.chain?.scene &&
        job.record.script === record.script &&
        job.record.drawing === undefined &&
        job.record.createdAt > record.createdAt &&
        chainStandingOf(job.record) !== 'over',
    );
    return later.sort((a, b) => byAge(a.record, b.record)).at(-1) ?? named;
  }

  private async frameOf(before: Job, signal: AbortSignal): Promise<JobPicture | undefined> {
    const { table, frames } = this.tools;
    let bytes = await readLastFrame(before.record);
    if (bytes === undefined) {
      // The clip is older than ffmpeg on this machine, or somebody has cleared its frame away.
      const taken = await frames?.take(before.record, undefined, signal);
      if (taken?.last === undefined) return undefined;
      await table.apply(before, { type: 'frames', frames: taken });
      bytes = await readLastFrame(before.record);
    }
    const place = lastFrameOf(before.record);
    if (bytes === undefined || place === undefined) return undefined;
    const file = path.basename(place);
    return { role: 'firstFrame', file, path: place, sha256: hashOf(bytes), chained: true };
  }
}

/** The jobs that go on from that one, or from another one of its scene, once that is here. */
export function waitingFor({ id, scene, drawing }: JobRecord, table: JobTable): readonly Job[] {
  if (drawing !== undefined) return [];
  return [...table.all()].filter(({ record: { after, chain } }) => {
    const waits = chain !== undefined && after !== undefined;
    return waits && (after === id || chain.scene === scene.id);
  });
}

/** Why it does not get on by itself; nothing where it does. */
function whyHeld(
  { number }: ChainLink,
  standing: ReturnType<typeof chainStandingOf> | undefined,
): string | undefined {
  switch (standing) {
    case 'here':
    case 'coming':
      return undefined;
    case 'waiting':
      return t(
        'Waits: scene {0}, whose last frame it begins with, waits for you. Let that go on, or render this one without the frame.',
        number,
      );
    case 'over':
      return t(
        'Waits: scene {0}, whose last frame it begins with, has ended without a clip. Retry or render that, or render this one without the frame.',
        number,
      );
    case undefined:
      return t(
        'Waits: scene {0}, whose last frame it begins with, is not in the list any more. Render that, or render this one without the frame.',
        number,
      );
  }
}
