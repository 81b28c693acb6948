import type { TargetedPointerEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Cell, FilmView } from './protocol.ts';

/** So far the pointer has to go until a press is a drag, in CSS pixels. */
const slack = 5;

/** Where a cell that is dragged would go. */
export interface Drop {
  readonly dragged: string;
  /** The cell beside which it goes, and on which side of it. */
  readonly beside: string;
  readonly side: 'before' | 'behind';
}

interface Press {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

interface Reorder {
  readonly drop: Drop | undefined;
  /** Whether a click is only the end of a drag; asked once for each. */
  isEndOfDrag(): boolean;
  readonly onPointerDown: (event: TargetedPointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: TargetedPointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: TargetedPointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: () => void;
}

/** Drags the cells of a list to other places in it; Escape leaves them where they are. */
export function useReorder(
  cells: readonly Cell[],
  cellAt: (target: Element | null) => Cell | undefined,
  onMove: (id: string, to: number) => void,
): Reorder {
  const [drop, setDrop] = useState<Drop>();
  const press = useRef<Press | undefined>(undefined);
  const hasDragged = useRef(false);
  const stop = (): void => {
    press.current = undefined;
    setDrop(undefined);
  };
  const isDragging = drop !== undefined;
  useEffect(() => {
    if (!isDragging) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') stop();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [isDragging]);
  return {
    drop,
    isEndOfDrag() {
      const is = hasDragged.current;
      hasDragged.current = false;
      return is;
    },
    onPointerDown(event) {
      hasDragged.current = false;
      const cell = event.button === 0 ? cellAt(event.target as Element) : undefined;
      press.current = cell && { id: cell.id, x: event.clientX, y: event.clientY };
    },
    onPointerMove(event) {
      const from = press.current;
      if (from === undefined) return;
      // It was let go beside the list, which hears of that only once it drags.
      if (event.buttons === 0) {
        stop();
        return;
      }
      const { clientX: x, clientY: y } = event;
      if (!isDragging && Math.hypot(x - from.x, y - from.y) < slack) return;
      // From here on it is followed wherever it goes.
      if (!hasDragged.current) event.currentTarget.setPointerCapture(event.pointerId);
      hasDragged.current = true;
      const target = document.elementFromPoint(x, y);
      const beside = cellAt(target);
      const box = target?.closest('li')?.getBoundingClientRect();
      if (beside === undefined || box === undefined) return;
      const side = x < box.left + box.width / 2 ? 'before' : 'behind';
      setDrop({ dragged: from.id, beside: beside.id, side });
    },
    onPointerUp() {
      if (drop !== undefined) {
        const to = placeOf(cells, drop);
        if (to !== undefined) onMove(drop.dragged, to);
      }
      stop();
    },
    onPointerCancel: stop,
  };
}

/** The index that the dragged cell has afterwards; nothing where that is the one it has, or nobody can tell any more. */
function placeOf(cells: readonly Cell[], { dragged, beside, side }: Drop): number | undefined {
  const from = cells.findIndex(({ id }) => id === dragged);
  const target = cells.findIndex(({ id }) => id === beside);
  const at = target + Number(side === 'behind');
  const to = at > from ? at - 1 : at;
  return from === -1 || target === -1 || to === from ? undefined : to;
}

/** The film with a cell at another place, as it will be once the document is so. */
export function withMoved(view: FilmView, id: string, to: number): FilmView {
  const from = view.cells.findIndex((cell) => cell.id === id);
  const cell = view.cells[from];
  if (cell === undefined) return view;
  const cells = view.cells.toSpliced(from, 1).toSpliced(to, 0, cell);
  return {
    ...view,
    cells: cells.map((one, index) =>
      one.number === index + 1 ? one : { ...one, number: index + 1 },
    ),
  };
}
