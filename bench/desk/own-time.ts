import type { Profiler } from 'node:inspector';

/** Milliseconds that a thread worked. */
export interface ThreadTime {
  /** While any frame of the stack was of our files: our own code, and all that it calls. */
  readonly ours: number;
  /** While memory was tidied up, which stands under nobody's frame. */
  readonly garbage: number;
  /** For anybody, the two above included. */
  readonly all: number;
}

/** A part of the time in which a profile was made. */
export interface Stretch {
  /** Milliseconds since the profile was begun. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds that the thread worked, by the system's own account. */
  readonly cpu: number;
}

/** What a look at the stack has found. */
type Found = 'ours' | 'garbage' | 'others' | 'idle';

/** What a thread did, by looks at its stack. */
export class OwnTime {
  private readonly looks: readonly { readonly at: number; readonly found: Found }[];

  /** @param isOurs tells our files by the address of a script, as the profile has it */
  constructor(profile: Profiler.Profile, isOurs: (url: string) => boolean) {
    this.looks = looksOf(profile, isOurs);
  }

  /** Milliseconds that a look itself takes, by a stretch in which there was next to nothing to do. */
  lookCost(rest: Stretch): number {
    return rest.cpu / Math.max(1, this.count(rest, 'idle'));
  }

  /**
   * Each look in which the thread worked stands for the same share of what the system says that it worked:
   * how long it was kept from working, on a machine with much else to do, does not count.
   *
   * @param lookCost of a look while there is nothing to do, which is nobody's work
   */
  of(stretch: Stretch, lookCost: number): ThreadTime {
    const ours = this.count(stretch, 'ours');
    const garbage = this.count(stretch, 'garbage');
    const working = ours + garbage + this.count(stretch, 'others');
    const all = Math.max(0, stretch.cpu - lookCost * this.count(stretch, 'idle'));
    const each = all / Math.max(1, working);
    return { ours: ours * each, garbage: garbage * each, all };
  }

  private count({ from, to }: Stretch, found: Found): number {
    return this.looks.filter((look) => look.found === found && look.at >= from && look.at < to)
      .length;
  }
}

function looksOf(
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
  isOurs: (url: string) => boolean,
): { at: number; found: Found }[] {
  const found = new Map<number, Found>();
  // A node comes before those that it calls.
  for (const { id, callFrame, children = [] } of nodes) {
    const { functionName, url } = callFrame;
    if (functionName === '(idle)') found.set(id, 'idle');
    else if (functionName === '(garbage collector)') found.set(id, 'garbage');
    else if (isOurs(url)) found.set(id, 'ours');
    if (found.get(id) === 'ours') for (const child of children) found.set(child, 'ours');
  }
  let at = 0;
  return samples.map((id, i) => {
    at += (timeDeltas[i] ?? 0) / 1000;
    return { at, found: found.get(id) ?? 'others' };
  });
}
