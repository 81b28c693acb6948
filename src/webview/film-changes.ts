import type { Cell, FilmChanges, FilmView } from './protocol.ts';

/** The view with every cell that did not change taken from `previous`, so that `===` tells. */
export function reuseCells(previous: FilmView | undefined, view: FilmView): FilmView {
  if (previous === undefined) return view;
  let byId: ReadonlyMap<string, Cell> | undefined;
  const cells = view.cells.map((cell, index) => {
    // Nearly always each stands where it stood.
    const there = previous.cells[index];
    const old =
      there?.id === cell.id
        ? there
        : (byId ??= new Map(previous.cells.map((one) => [one.id, one]))).get(cell.id);
    return old !== undefined && sameCell(old, cell) ? old : cell;
  });
  const same =
    cells.length === previous.cells.length &&
    cells.every((cell, index) => cell === previous.cells[index]);
  return { ...view, cells: same ? previous.cells : cells };
}

/** What has to be sent to who has `previous`. Cells count as changed unless they are the same objects. */
export function changesOf(previous: FilmView, { cells, ...view }: FilmView): FilmChanges {
  if (cells === previous.cells) return { view, cells: [] };
  const before = new Set(previous.cells);
  const isSameOrder =
    cells.length === previous.cells.length &&
    cells.every(({ id }, index) => id === previous.cells[index]?.id);
  return {
    view,
    cells: cells.filter((cell) => !before.has(cell)),
    ...(isSameOrder ? {} : { order: cells.map(({ id }) => id) }),
  };
}

/** The view after what was sent; cells that did not change stay the same objects. */
export function withChanges(previous: FilmView, { view, cells, order }: FilmChanges): FilmView {
  if (cells.length === 0 && order === undefined) return { ...view, cells: previous.cells };
  const known = new Map([...previous.cells, ...cells].map((cell) => [cell.id, cell]));
  const ids = order ?? previous.cells.map(({ id }) => id);
  return { ...view, cells: ids.flatMap((id) => known.get(id) ?? []) };
}

function sameCell(a: Cell, b: Cell): boolean {
  const keys = Object.keys(a) as (keyof Cell)[];
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => a[key] === b[key] || (key === 'flags' && areSameFlags(a.flags, b.flags)))
  );
}

function areSameFlags(a: Cell['flags'] = [], b: Cell['flags'] = []): boolean {
  return a.length === b.length && a.every((flag, index) => flag === b[index]);
}
