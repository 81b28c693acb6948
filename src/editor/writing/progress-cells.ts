import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { Beat, SceneId } from '../../script/script-model.ts';
import { planOf } from '../../script/story-order.ts';
import type { Cell, CellState } from '../../webview/protocol.ts';
import type { ScheduledScene } from '../../writing/schedule/scheduled-scene.ts';

/** A beat of the outline, as far as a cell shows it. */
export interface OutlinedScene {
  readonly id: SceneId;
  readonly title: string;
  readonly seconds: number;
  /** It goes on without a cut from the scene before it. */
  readonly continues: boolean;
}

/** The same with whether the script holds its scene. */
export interface ShownScene extends OutlinedScene {
  readonly written: boolean;
}

/** The scenes of a script's outline, and which of them are written. */
export function cellsOf(script: ParsedScript): ShownScene[] {
  const written = writtenIds(script);
  const outline = planOf(script)?.outline ?? [];
  return outline.map((beat) => ({ ...outlined(beat), written: written.has(beat.id) }));
}

export function writtenIds(script: ParsedScript): Set<SceneId> {
  return new Set(script.scenes.filter(({ written }) => written).map(({ scene }) => scene.id));
}

/** What a cell shows of a beat. */
export function outlined({ id, title, seconds, contract }: Beat): OutlinedScene {
  return { id, title, seconds, continues: contract.continues };
}

/** The cells of the strip. A cell that does not change stays the same object, and all of them the same list. */
export class ProgressCells {
  private cells: Cell[] = [];
  private readonly positions = new Map<SceneId, number>();
  private continuing: ReadonlySet<SceneId> = new Set();
  private snapshot: readonly Cell[] | undefined;
  private finished = 0;

  constructor(scenes: readonly ShownScene[]) {
    this.outline(scenes);
    for (const { id, written } of scenes) if (written) this.change(id, { state: 'written' });
  }

  get all(): readonly Cell[] {
    return (this.snapshot ??= [...this.cells]);
  }

  /** How many scenes have a text, in the script or on their way into it. */
  get written(): number {
    return this.finished;
  }

  get(id: SceneId): Cell | undefined {
    return this.cells[this.positions.get(id) ?? -1];
  }

  stateOf(id: SceneId): CellState | undefined {
    return this.get(id)?.state;
  }

  /** More of the outline, behind what is known of it. */
  add(scenes: readonly OutlinedScene[]): void {
    const known = this.cells.map(({ id, title, seconds }) => {
      return { id, title, seconds, continues: this.continuing.has(id) };
    });
    this.outline([...known, ...scenes.filter(({ id }) => !this.positions.has(id))]);
  }

  /** Follow an outline; scenes that were known keep what has become of them. */
  outline(scenes: readonly OutlinedScene[]): void {
    const known = new Map(this.cells.map((cell) => [cell.id, cell]));
    this.continuing = new Set(scenes.filter(({ continues }) => continues).map(({ id }) => id));
    this.positions.clear();
    this.cells = scenes.map(({ id, title, seconds }, index) => {
      this.positions.set(id, index);
      const cell = known.get(id);
      // A scene that is written has a title of its own by now.
      const shown = cell !== undefined && hasText(cell.state) ? cell.title : title;
      return { state: 'planned', ...cell, id, number: index + 1, title: shown, seconds };
    });
    this.finished = this.cells.filter(({ state }) => hasText(state)).length;
    this.snapshot = undefined;
  }

  /**
   * Follow the batches that are still to be written; they are counted on from those that are.
   *
   * @returns their scenes, as a forecast wants to know them
   */
  schedule(batches: readonly (readonly SceneId[])[]): readonly ScheduledScene[] {
    const scheduled = new Set(batches.flat());
    const before = this.cells.flatMap(({ id, batch }) =>
      scheduled.has(id) || batch === undefined ? [] : [batch + 1],
    );
    const first = before.reduce((most, count) => Math.max(most, count), 0);
    for (const [index, ids] of batches.entries()) {
      for (const id of ids) this.change(id, { batch: first + index });
    }
    return batches.flat().map((id) => {
      const previous = this.cells[(this.positions.get(id) ?? 0) - 1]?.id;
      const continues = this.continuing.has(id);
      return previous !== undefined && scheduled.has(previous)
        ? { id, continues, previous }
        : { id, continues };
    });
  }

  change(id: SceneId, change: Partial<Pick<Cell, 'state' | 'title' | 'batch' | 'flags'>>): void {
    const position = this.positions.get(id);
    const old = position === undefined ? undefined : this.cells[position];
    if (position === undefined || old === undefined) return;
    const { flags, ...cell } = { ...old, ...change };
    this.cells[position] = flags === undefined || flags.length === 0 ? cell : { ...cell, flags };
    this.finished += Number(hasText(cell.state)) - Number(hasText(old.state));
    this.snapshot = undefined;
  }

  /** Nobody writes any more. */
  rest(): void {
    for (const { id, state } of this.cells) {
      if (state === 'writing' || state === 'retrying') this.change(id, { state: 'planned' });
      if (state === 'mending') this.change(id, { state: 'kept' });
    }
  }
}

function hasText(state: CellState): boolean {
  return state === 'written' || state === 'kept' || state === 'mending';
}
