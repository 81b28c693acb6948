import type {
  TargetedFocusEvent,
  TargetedKeyboardEvent,
  TargetedMouseEvent,
  TargetedPointerEvent,
} from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { nextIndex } from './keyboard.ts';
import { usePlayUnderPointer } from './play-under-pointer.ts';
import type { Cell, FilmView, FromPage } from './protocol.ts';
import { useReorder, type Drop } from './reorder.ts';
import type { Watching } from './watching.ts';

interface CellListNeeds {
  /**
   * Its children stand for the cells, in their order; each has one button with the cell's `data-index`, which
   * is what can be clicked and dragged of it.
   */
  readonly list: { readonly current: HTMLUListElement | null };
  readonly view: Pick<FilmView, 'cells' | 'current'>;
  readonly watching: Watching;
  readonly post: (message: FromPage) => void;
  /** Space was pressed on a cell; `play` plays its clip there, or stops it. */
  readonly onSpace: (cell: Cell, play: () => void) => void;
}

interface CellList {
  /** Index of the cell that Tab goes to. */
  readonly tabStop: number;
  /** The cell under the pointer or the keyboard. */
  readonly pointedId: string | undefined;
  /** The cell whose clip is to play in it. */
  readonly playing: string | undefined;
  readonly dragOf: (cell: Cell) => 'dragged' | Drop['side'] | undefined;
  /** For the list. */
  readonly handlers: {
    readonly onClick: (event: TargetedMouseEvent<HTMLElement>) => void;
    readonly onDblClick: (event: TargetedMouseEvent<HTMLElement>) => void;
    readonly onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => void;
    readonly onFocusIn: (event: TargetedFocusEvent<HTMLElement>) => void;
    readonly onFocusOut: () => void;
    readonly onPointerDown: (event: TargetedPointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: TargetedPointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: TargetedPointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
    readonly onMouseOver: (event: TargetedMouseEvent<HTMLElement>) => void;
    readonly onMouseLeave: () => void;
  };
}

/**
 * How one walks along the cells of a film, wherever they are shown: one stop for the Tab key; arrows, Home
 * and End move along, Enter opens the clip or goes on in the editor, Space plays. A click shows the scene in
 * the editor, the clip plays where the pointer rests, and dragging or Alt with the arrows moves scenes.
 */
export function useCellList({ list, view, watching, post, onSpace }: CellListNeeds): CellList {
  const { cells, current } = view;
  const [chosenId, choose] = useState<string>();
  const [pointedId, point] = useState<string>();
  const underPointer = usePlayUnderPointer((id) => {
    watching.set('pointer', id === undefined ? [] : [id]);
  });
  const cellOf = (target: Element | null): Cell | undefined => {
    const index = target?.closest('li')?.querySelector<HTMLElement>('[data-index]')?.dataset.index;
    return index === undefined ? undefined : cells[Number(index)];
  };
  const cellAt = (event: Event): Cell | undefined => cellOf(event.target as Element);
  const pressed = (event: Event): Cell | undefined =>
    (event.target as Element).closest('[data-index]') === null ? undefined : cellAt(event);
  const focus = (item: Element | undefined): void => {
    item?.querySelector<HTMLElement>('[data-index]')?.focus();
  };
  const moved = useRef<string | undefined>(undefined);
  const move = (id: string, to: number): void => {
    moved.current = id;
    post({ type: 'move', id, to });
  };
  const reorder = useReorder(cells, cellOf, move);
  // A cell that is moved in the page loses the keyboard.
  useLayoutEffect(() => {
    const index = cells.findIndex(({ id }) => id === moved.current);
    moved.current = undefined;
    focus(list.current?.children[index]);
  }, [cells]);
  const leave = (): void => {
    point(undefined);
    underPointer.point(undefined);
  };
  return {
    tabStop: tabStopOf(cells, current ?? chosenId),
    pointedId,
    playing: underPointer.playing,
    dragOf({ id }) {
      if (id === reorder.drop?.dragged) return 'dragged';
      return id === reorder.drop?.beside ? reorder.drop.side : undefined;
    },
    handlers: {
      onClick(event) {
        const cell = pressed(event);
        if (cell && !reorder.isEndOfDrag()) post({ type: 'reveal', id: cell.id });
      },
      onDblClick(event) {
        const cell = pressed(event);
        if (cell) post({ type: 'open', id: cell.id });
      },
      onKeyDown(event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        const cell = cellAt(event);
        if (cell && !event.altKey && (event.key === 'Enter' || event.key === ' ')) {
          // Neither is a click here.
          event.preventDefault();
          if (event.key === 'Enter') post({ type: 'open', id: cell.id });
          else
            onSpace(cell, () => {
              if (cell.playable === true) underPointer.toggle(cell.id);
            });
          return;
        }
        const items = [...event.currentTarget.children] as HTMLElement[];
        const from = items.findIndex((item) => item.contains(event.target as Element));
        const next = nextIndex(event.key, from, items);
        if (next === undefined) return;
        event.preventDefault();
        if (event.altKey) {
          // VS Code has keys of the same names for going back and forth.
          event.stopPropagation();
          if (cell && next !== from) move(cell.id, next);
          return;
        }
        focus(items[next]);
      },
      onFocusIn(event) {
        const cell = cellAt(event);
        choose(cell?.id);
        point(cell?.id);
        if (cell && cell.id !== current) post({ type: 'look', id: cell.id });
      },
      onFocusOut: leave,
      onPointerDown(event) {
        if (pressed(event)) reorder.onPointerDown(event);
      },
      onPointerMove: reorder.onPointerMove,
      onPointerUp: reorder.onPointerUp,
      onPointerCancel: reorder.onPointerCancel,
      onMouseOver(event) {
        const cell = cellAt(event);
        point(cell?.id);
        underPointer.point(cell?.playable === true ? cell.id : undefined);
      },
      onMouseLeave: leave,
    },
  };
}

/** Tab goes to the cell the reader was at, else to where the work is. */
function tabStopOf(cells: readonly Cell[], chosenId: string | undefined): number {
  const chosen = cells.findIndex((cell) => cell.id === chosenId);
  if (chosen >= 0) return chosen;
  return Math.max(
    0,
    cells.findIndex((cell) => cell.state !== 'written'),
  );
}

/** Keeps the current cell in sight in a list that is as long as it has to be, unless the reader is at the list. */
export function useCurrentInSight(
  list: { readonly current: HTMLElement | null },
  cells: readonly Cell[],
  current: string | undefined,
): void {
  useLayoutEffect(() => {
    if (list.current?.matches(':hover, :focus-within') === true) return;
    const index = cells.findIndex(({ id }) => id === current);
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  }, [current]);
}
