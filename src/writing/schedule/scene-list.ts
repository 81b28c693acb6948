import type { SceneId } from '../../script/script-model.ts';
import type { Pace, ScheduledScene } from './scheduled-scene.ts';

/** What a schedule is made for: the scenes by position, and in which order a pace likes to begin them. */
export class SceneList {
  readonly scenes: readonly ScheduledScene[];
  /** By position: 1 where the scene goes on from the one before it on this list, else 0. */
  readonly continues: Uint8Array;
  /** Positions in the order in which the pace likes to begin them, and the reverse. */
  readonly preferred: Int32Array;
  readonly ranks: Int32Array;
  private readonly positions: ReadonlyMap<SceneId, number>;

  constructor(scenes: readonly ScheduledScene[], pace: Pace) {
    this.scenes = scenes;
    this.positions = new Map(scenes.map(({ id }, position) => [id, position]));
    this.continues = Uint8Array.from(scenes, ({ continues, previous }, position) => {
      const before = scenes[position - 1];
      return continues && before !== undefined && previous === before.id ? 1 : 0;
    });
    this.preferred = Int32Array.from(scenes, (_, position) => position);
    if (pace === 'planned') {
      const chains = chainLengths(this.continues);
      this.preferred.sort((a, b) => (chains[b] ?? 0) - (chains[a] ?? 0) || a - b);
    }
    this.ranks = new Int32Array(scenes.length);
    for (const [rank, position] of this.preferred.entries()) this.ranks[position] = rank;
  }

  get length(): number {
    return this.scenes.length;
  }

  positionOf(id: SceneId): number | undefined {
    return this.positions.get(id);
  }

  ids(start: number, end: number): SceneId[] {
    return this.scenes.slice(start, end).map(({ id }) => id);
  }
}

/** By position: how many scenes hang on it in a chain of continuations. */
function chainLengths(continues: Uint8Array): Int32Array {
  const chains = new Int32Array(continues.length);
  for (let i = chains.length - 2; i >= 0; i--) {
    if (continues[i + 1] === 1) chains[i] = 1 + (chains[i + 1] ?? 0);
  }
  return chains;
}
