/** How the server behaves: plain, with TLS, or with a limit of bytes a second for each connection. */
export type Line = 'plain' | 'tls' | 'capped';

/** A batch of clips of one size. */
export interface Batch {
  readonly files: number;
  /** Bytes of each file. */
  readonly bytes: number;
}

/** One thing to measure: these clips over this line. */
export interface Case extends Batch {
  readonly line: Line;
}

/** How many are fetched at once, by everybody. */
export const atOnce = 5;

export const megabyte = 1_000_000;

/** What a connection of the capped line brings, in bytes a second. */
export const cappedRate = 10 * megabyte;

/** How the table heads a case. */
export function caseName({ files, bytes, line }: Case): string {
  const over = { plain: '', tls: ' over TLS', capped: `, ${rate(cappedRate)} a connection` }[line];
  return `${files} × ${bytes / megabyte} MB${over}`;
}

/**
 * The shortest time that any client can take which gives each file one connection: rounds of
 * `atOnce` files, each as long as the server takes for one. In seconds; zero where nothing is capped.
 *
 * @param connections of each file
 */
export function idealSeconds({ files, bytes, line }: Case, connections = 1): number {
  if (line !== 'capped') return 0;
  return (Math.ceil(files / atOnce) * bytes) / (cappedRate * connections);
}

export function totalBytes({ files, bytes }: Batch): number {
  return files * bytes;
}

function rate(bytesPerSecond: number): string {
  return `${bytesPerSecond / megabyte} MB/s`;
}

/** All that one call of the benchmark measures. */
export interface Plan {
  /** How often each contender has its turn; the middle one counts. */
  readonly rounds: number;
  readonly batches: readonly Batch[];
  readonly capped: Batch;
  /** One file of each of these sizes, for the memory: so many of the small, and a single large. */
  readonly small: Batch;
  readonly large: Batch;
  /** What is fetched at a limit of `limitedRate`. */
  readonly limited: Batch;
  readonly tail: TailPlan;
}

export interface TailPlan {
  readonly files: number;
  /** Bytes of all files together. */
  readonly total: number;
  readonly sigma: number;
  readonly seeds: readonly number[];
}

/** At this many bytes a second the host's event loop is looked at. */
export const limitedRate = 50 * megabyte;

/** The clip that each run of ours begins with, outside what is measured. */
export const warmUpBytes = megabyte;

export const fullPlan: Plan = {
  rounds: 5,
  batches: [
    { files: 10, bytes: 50 * megabyte },
    { files: 20, bytes: 8 * megabyte },
  ],
  capped: { files: 10, bytes: 50 * megabyte },
  small: { files: 20, bytes: 8 * megabyte },
  large: { files: 1, bytes: 2000 * megabyte },
  limited: { files: 5, bytes: 50 * megabyte },
  tail: { files: 75, total: 400 * megabyte, sigma: 1, seeds: [1, 2, 3, 4, 5] },
};

/** Takes seconds, and only shows that everything works. */
export const quickPlan: Plan = {
  rounds: 1,
  batches: [{ files: 3, bytes: 4 * megabyte }],
  capped: { files: 2, bytes: 4 * megabyte },
  small: { files: 2, bytes: 2 * megabyte },
  large: { files: 1, bytes: 30 * megabyte },
  limited: { files: 1, bytes: 20 * megabyte },
  tail: { files: 12, total: 16 * megabyte, sigma: 1, seeds: [1] },
};
