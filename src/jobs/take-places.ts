import pLimit from 'p-limit';
import type { Job, JobTable } from './job-table.ts';
import type { Neighbours } from './sharing/neighbours.ts';
import { TakeNumbers } from './take-numbers.ts';
import { firstPlace, takeOf, takePlace } from './take-place.ts';

/** Gives takes their numbers, and so their places, one after the other: none is given twice. */
export class TakePlaces {
  private readonly table: JobTable;
  private readonly neighbours: Pick<Neighbours, 'claim'>;
  /** Who gives numbers has to see all those that were given before. */
  readonly inTurn = pLimit(1);

  constructor(table: JobTable, neighbours: Pick<Neighbours, 'claim'>) {
    this.table = table;
    this.neighbours = neighbours;
  }

  /** As they are now; to be asked for, and used, in turn. */
  numbers(): TakeNumbers {
    return new TakeNumbers(Array.from(this.table.all(), ({ record }) => record));
  }

  /**
   * The clip of a job goes to the next free take of its scene, because its place is somebody's by now.
   *
   * @returns the place, which is on disk and claimed
   * @throws ScenewrightError `disk`
   */
  readonly moveOn = (job: Job): Promise<string> => this.inTurn(() => this.moveNow(job));

  private async moveNow(job: Job): Promise<string> {
    const first = firstPlace(job.record.file);
    const last = await this.numbers().last({ ...job.record, file: first });
    for (let take = Math.max(last, takeOf(job.record.file)) + 1; ; take++) {
      const file = takePlace(first, take);
      // On disk first, so that whoever finds the claim finds what it is for.
      await this.table.apply(job, { type: 'place', file });
      if (await this.neighbours.claim(job.record)) return file;
    }
  }
}
