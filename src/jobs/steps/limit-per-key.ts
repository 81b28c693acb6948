import pLimit from 'p-limit';

/** Limits of their own for each of several things, such as studios, so that none holds up another. */
export class LimitPerKey {
  private readonly parallel: number;
  private readonly limits = new Map<string, ReturnType<typeof pLimit>>();

  /** @param parallel tasks of one key at once, at least 1 */
  constructor(parallel: number) {
    this.parallel = parallel;
  }

  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    let limit = this.limits.get(key);
    if (limit === undefined) {
      limit = pLimit(this.parallel);
      this.limits.set(key, limit);
    }
    return await limit(task);
  }
}
