import { between, oneOf } from '../unit/writing/durability-random.ts';

/**
 * What happens to a window at a moment:
 * - `kill`: its extension host dies
 * - `stop`: its extension host stands still for longer than a lock waits for its owner, as in a machine
 *   that sleeps, and goes on
 * - `pause`: the same, but so short that nobody may take it for dead
 * - `reload`: its page is loaded anew
 * - `close`: it is closed, and opened again later
 */
export type MomentKind = 'kill' | 'stop' | 'pause' | 'reload' | 'close';

export interface Moment {
  readonly kind: MomentKind;
  /** The window that is at work, or the other one, or both. */
  readonly of: 'worker' | 'other' | 'both';
  /** So many things the services notice before it comes, */
  readonly events: number;
  /** and so many milliseconds more. */
  readonly delayMs: number;
  /** Whether the writer types just before, and while no extension host is there to see it. */
  readonly typesBefore: boolean;
  readonly typesMeanwhile: boolean;
}

const kinds: readonly [MomentKind, ...MomentKind[]] = [
  ...Array<MomentKind>(10).fill('kill'),
  ...Array<MomentKind>(4).fill('stop'),
  ...Array<MomentKind>(2).fill('pause'),
  ...Array<MomentKind>(3).fill('reload'),
  'close',
] as unknown as [MomentKind, ...MomentKind[]];

/** @param kind drawn by lot where it is left out */
export function drawMoment(random: () => number, kind: MomentKind = oneOf(random, kinds)): Moment {
  return {
    kind,
    of: oneOf(random, ['worker', 'worker', 'worker', 'other', 'both', 'both']),
    events: between(random, 1, 5),
    delayMs: between(random, 0, 250),
    typesBefore: random() < 0.5,
    typesMeanwhile: random() < 0.5,
  };
}
