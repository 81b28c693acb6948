import pLimit from 'p-limit';

/** Limits of their own for each of several things, such as studios, so that none holds up another. */
export class Lanes {
  private readonly parallel: number;
  private readonly lanes = new Map<string, ReturnType<typeof pLimit>>();

  /** @param parallel tasks of one lane at once, at least 1 */
  constructor(parallel: number) {
    this.parallel = parallel;
  }

  async run<T>(lane: string, task: () => Promise<T>): Promise<T> {
    let limit = this.lanes.get(lane);
    if (limit === undefined) {
      limit = pLimit(this.parallel);
      this.lanes.set(lane, limit);
    }
    return await limit(task);
  }
}
