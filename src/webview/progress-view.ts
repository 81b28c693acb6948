import type { Cell, FilmView, ProgressView } from './protocol.ts';

/** The same script with nobody writing it any more. */
export function atRest(view: FilmView): FilmView {
  const wasActive = isRunning(view) || view.state === 'paused';
  const rest: { -readonly [K in keyof FilmView]: FilmView[K] } = { ...view };
  delete rest.outage;
  delete rest.jobs;
  return {
    ...rest,
    state: wasActive ? 'idle' : view.state,
    cells: view.cells.map((cell) => {
      if (!isBeingWritten(cell)) return cell;
      return { ...cell, state: cell.state === 'mending' ? 'kept' : 'planned' };
    }),
    live: [],
  };
}

export function isBeingWritten(cell: Cell): boolean {
  return cell.state === 'writing' || cell.state === 'retrying' || cell.state === 'mending';
}

/** Whether what was begun before the pause is still written to its end. */
export function isPausing({ state, cells }: ProgressView): boolean {
  return state === 'paused' && cells.some(isBeingWritten);
}

/** Number of batches of this run. */
export function batchCount(view: ProgressView): number {
  return view.cells.reduce((most, cell) => Math.max(most, (cell.batch ?? -1) + 1), 0);
}

/** The batches in which a scene is being written. */
export function activeBatches(view: ProgressView): ReadonlySet<number> {
  const live = new Set(view.live.map((scene) => scene.id));
  const batches = new Set<number>();
  for (const cell of view.cells) {
    if (cell.batch !== undefined && live.has(cell.id)) batches.add(cell.batch);
  }
  return batches;
}

/** Whether the clock runs: work is under way and not paused. */
export function isRunning(view: ProgressView): boolean {
  return view.state === 'planning' || view.state === 'writing';
}

/**
 * Tells how old a view is. The extension may run on another machine whose clock differs, so the
 * smallest difference seen between its clock and ours counts as no time at all.
 */
export class ViewAge {
  private difference = Infinity;

  /** Call when a view arrives. */
  arrived(view: Pick<ProgressView, 'at'>): void {
    this.difference = Math.min(this.difference, Date.now() - view.at);
  }

  /** Milliseconds; 0 as long as nothing has arrived in this life of the page. */
  of(view: ProgressView): number {
    return this.difference === Infinity ? 0 : Math.max(0, Date.now() - view.at - this.difference);
  }
}
