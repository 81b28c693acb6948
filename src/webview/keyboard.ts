/** What {@link nextIndex} needs to know of a cell's place on the page. */
interface Placed {
  readonly offsetLeft: number;
  readonly offsetTop: number;
  readonly offsetWidth: number;
}

/**
 * Where a key leads from the cell at `index`; `undefined` when the key is not the strip's. Up and
 * down go to the nearest cell of the row above or below.
 */
export function nextIndex(
  key: string,
  index: number,
  cells: readonly Placed[],
): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(cells.length - 1, index + 1);
    case 'ArrowUp':
      return acrossRows(index, cells, -1);
    case 'ArrowDown':
      return acrossRows(index, cells, 1);
    case 'Home':
      return 0;
    case 'End':
      return cells.length - 1;
    default:
      return undefined;
  }
}

function acrossRows(index: number, cells: readonly Placed[], step: 1 | -1): number {
  const from = cells[index];
  if (from === undefined) return index;
  let best = index;
  let bestDistance = Infinity;
  let row: number | undefined;
  for (let at = index + step; ; at += step) {
    const cell = cells[at];
    if (cell === undefined || (row !== undefined && cell.offsetTop !== row)) return best;
    if (cell.offsetTop === from.offsetTop) continue;
    row = cell.offsetTop;
    const distance = Math.abs(middle(cell) - middle(from));
    if (distance < bestDistance) {
      best = at;
      bestDistance = distance;
    }
  }
}

function middle(cell: Placed): number {
  return cell.offsetLeft + cell.offsetWidth / 2;
}
