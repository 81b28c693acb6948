import fc from 'fast-check';

/** Something that takes what strangers made, and what must hold whatever they made. */
export interface Target<Input = unknown> {
  readonly name: string;
  /**
   * Get ready: make files to begin from, and the like.
   *
   * @param folder its own, empty; it may do there what it wants
   * @param small only inputs of some kilobytes, for runs of seconds
   */
  start(folder: string, small: boolean): Promise<Started<Input>>;
}

export interface Started<Input> {
  readonly inputs: fc.Arbitrary<Input>;
  /** The input as somebody can look at it, and as its size is counted. */
  show(input: Input): string | Uint8Array;
  /**
   * Try one. What it throws is a fault.
   *
   * @returns in what way it behaved, in a word or two: the more ways, the more has been tried
   */
  attempt(input: Input): Promise<string> | string;
  /** Milliseconds of this thread's time that an input may take, and those for each kilobyte more. */
  readonly patience: readonly [ms: number, msPerKb: number];
}

/** So that targets of different inputs can stand in one list. */
export function target<Input>(one: Target<Input>): Target {
  return one;
}

export interface Fault {
  readonly seed: number;
  readonly message: string;
  /** The smallest input found that does it. */
  readonly input: string | Uint8Array;
}

/** What came of trying a target. */
export interface Tally {
  inputs: number;
  bytes: number;
  readonly behaviours: Set<string>;
  /** The most milliseconds that a kilobyte took, of inputs of at least one. */
  slowest: number;
  readonly faults: Fault[];
}

export function newTally(): Tally {
  return { inputs: 0, bytes: 0, behaviours: new Set(), slowest: 0, faults: [] };
}

/** For a batch; finding the smallest input of what is slow takes long. */
const shrinkingMs = 60_000;

/**
 * Try a number of inputs, and find the smallest that shows a fault.
 *
 * @param before is told every input before it is tried
 */
export async function tryInputs<Input>(
  started: Started<Input>,
  { seed, runs }: { readonly seed: number; readonly runs: number },
  tally: Tally,
  before: (shown: string | Uint8Array) => void = () => undefined,
): Promise<void> {
  let failing = false;
  const property = fc.asyncProperty(started.inputs, async (input) => {
    const shown = started.show(input);
    before(shown);
    const bytes = typeof shown === 'string' ? Buffer.byteLength(shown) : shown.length;
    const since = process.threadCpuUsage();
    try {
      const behaviour = await started.attempt(input);
      const ms = millisecondsSince(since);
      expectPatience(started.patience, ms, bytes);
      if (failing) return;
      tally.inputs++;
      tally.bytes += bytes;
      tally.behaviours.add(behaviour);
      if (bytes >= 1024) tally.slowest = Math.max(tally.slowest, (ms / bytes) * 1024);
    } catch (error) {
      failing = true;
      throw error;
    }
  });
  const found = await fc.check(property, {
    seed,
    numRuns: runs,
    interruptAfterTimeLimit: shrinkingMs,
    markInterruptAsFailure: false,
  });
  if (!found.failed || found.counterexample === null) return;
  const [input] = found.counterexample;
  const error = found.errorInstance;
  tally.faults.push({
    seed,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    input: started.show(input),
  });
}

/** @throws Error where something took longer than its size allows */
export function expectPatience(
  [atLeast, perKb]: Started<never>['patience'],
  ms: number,
  bytes: number,
): void {
  const allowed = atLeast + (perKb * bytes) / 1024;
  if (ms > allowed) {
    throw new Error(`It took ${ms.toFixed(0)} ms, more than ${allowed.toFixed(0)} ms.`);
  }
}

/** Of this thread's own time: what else the machine does, does not count. */
export function millisecondsSince(since: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(since);
  return (user + system) / 1000;
}
