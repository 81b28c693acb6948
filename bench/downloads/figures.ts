import { median } from '../figures.ts';

/** What one contender took for one batch. */
export interface Figures {
  readonly seconds: number;
  /** Until all of it has reached the disk, too, where that is not waited for. */
  readonly durable?: number;
  /** User and system together, of all its threads and children. */
  readonly cpuSeconds: number;
  /** The most memory that it had at once, in bytes; absent where this machine does not tell. */
  readonly peak?: number;
  /** The same beyond what the process has before it does anything. */
  readonly aboveIdle?: number;
  readonly delay?: Delay;
}

/** How late the host thread's event loop was, in milliseconds. */
export interface Delay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Each figure's middle one of several rounds. */
export function middle(rounds: readonly Figures[]): Figures {
  const of = (pick: (figures: Figures) => number | undefined): number | undefined => {
    const values = rounds.map(pick).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : median(values);
  };
  const durable = of((figures) => figures.durable);
  const peak = of((figures) => figures.peak);
  const aboveIdle = of((figures) => figures.aboveIdle);
  const p50 = of(({ delay }) => delay?.p50);
  const p99 = of(({ delay }) => delay?.p99);
  const max = of(({ delay }) => delay?.max);
  return {
    seconds: of(({ seconds }) => seconds) ?? Number.NaN,
    cpuSeconds: of(({ cpuSeconds }) => cpuSeconds) ?? Number.NaN,
    ...(durable === undefined ? {} : { durable }),
    ...(peak === undefined ? {} : { peak }),
    ...(aboveIdle === undefined ? {} : { aboveIdle }),
    ...(p50 === undefined || p99 === undefined || max === undefined
      ? {}
      : { delay: { p50, p99, max } }),
  };
}
