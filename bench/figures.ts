/** The middle one of several measurements, or what is between the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Wall time in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Print a table under a heading, numbers with two digits behind the point. */
export function print(heading: string, rows: readonly Readonly<Record<string, unknown>>[]): void {
  console.log(`\n${heading}`);
  console.table(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          typeof value === 'number' ? Math.round(value * 100) / 100 : value,
        ]),
      ),
    ),
  );
}

/** The value that this share of the values does not exceed, by linear interpolation. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below === above ? below : below + (above - below) * (at - Math.floor(at));
}
