/** How far a work of several parts is, one after the other, as one number from 0 to 1. */
export class Progress {
  private readonly onProgress: ((progress: number) => void) | undefined;
  private readonly shares: readonly number[];
  private told = 0;

  /** @param shares how much of the whole time each part takes, in any unit */
  constructor(onProgress: ((progress: number) => void) | undefined, shares: readonly number[]) {
    this.onProgress = onProgress;
    this.shares = shares;
  }

  /** What a part tells of itself, from 0 to 1. */
  of(part: number): (progress: number) => void {
    const sum = (shares: readonly number[]): number => shares.reduce((all, one) => all + one, 0);
    const before = sum(this.shares.slice(0, part));
    const total = sum(this.shares);
    return (progress) => {
      const all = (before + progress * (this.shares[part] ?? 0)) / total;
      // A work that is begun anew in another way does not go back.
      this.told = Math.max(this.told, all);
      this.onProgress?.(this.told);
    };
  }
}
