import { between, seeded } from '../unit/writing/durability-random.ts';
import { Account, type Counts, type Fault } from './account.ts';
import { drawMoment, type Moment, type MomentKind } from './moments.ts';
import { Round, type Phase } from './round.ts';
import { WindowPair } from './window-pair.ts';

export interface StressOptions {
  readonly seed: number;
  /** Moments in all. */
  readonly moments: number;
  /** Kinds of the first ones; what follows is drawn by lot. */
  readonly kinds?: readonly MomentKind[];
  readonly scenes?: number;
  /** Once aborted no more moments come: what is under way is brought to its end. */
  readonly signal?: AbortSignal;
  readonly log: (line: string) => void;
  /** What VS Code prints. */
  readonly onOutput: (text: string) => void;
}

export interface StressResult {
  /** How many moments there were of each kind in each phase, such as `kill, writing`. */
  readonly moments: ReadonlyMap<string, number>;
  /** What should never be. */
  readonly faults: readonly Fault[];
  readonly counts: Counts;
}

/** Most moments of one half of a round. */
const mostPerHalf = 5;

/** Write and render scripts in two windows, and strike as often as asked. */
export async function stress(options: StressOptions): Promise<StressResult> {
  const random = seeded(options.seed);
  const kinds = [...(options.kinds ?? [])];
  const moments = new Map<string, number>();
  let left = options.moments;
  /** Drawn, and waiting for its time; a half of a round may be over before. */
  let pending: Moment | undefined;
  const isAborted = (): boolean => options.signal?.aborted === true;
  const began = Date.now();
  const log = (line: string): void => {
    options.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`);
  };
  // The services' own dice, so that their many throws do not decide when the moments come.
  const pair = await WindowPair.open(seeded(options.seed + 1), options.onOutput);
  const account = new Account(pair, ({ about, what }) => {
    log(`FAULT  ${about}: ${what}`);
  });
  try {
    for (let number = 1; left > 0 && !isAborted(); number++) {
      const share = {
        writing: between(random, 1, mostPerHalf),
        rendering: between(random, 1, mostPerHalf),
      };
      const round = new Round({
        pair,
        account,
        random,
        number,
        scenes: options.scenes ?? 8,
        log,
        moment: (half): Moment | undefined => {
          if (left === 0 || isAborted() || share[half] === 0) return undefined;
          if (pending !== undefined) return pending;
          const kind = kinds.shift();
          const drawn = drawMoment(random, kind);
          // What is to happen for sure is worth nothing without words that it might cost.
          return (pending = kind === undefined ? drawn : { ...drawn, typesBefore: true });
        },
        onMoment: ({ kind }, phase: Phase) => {
          left--;
          share[phase === 'writing' ? 'writing' : 'rendering']--;
          pending = undefined;
          const name = `${kind}, ${phase}`;
          moments.set(name, (moments.get(name) ?? 0) + 1);
        },
      });
      await round.play();
    }
    account.checkOrders();
    account.checkQuestions();
    return { moments, faults: account.faults, counts: account.counts() };
  } catch (error) {
    for (const [index, window] of pair.windows.entries())
      await window.screenshot(`out/two-windows-${index + 1}.png`).catch(() => undefined);
    throw error;
  } finally {
    await pair.close();
  }
}
