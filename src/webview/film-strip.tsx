import type { TargetedFocusEvent, TargetedKeyboardEvent, TargetedMouseEvent, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { FilmCell, type Bracket } from './film-cell.tsx';
import { nextIndex } from './keyboard.ts';
import { usePlayUnderPointer } from './play-under-pointer.ts';
import type { Pictures } from './pictures.ts';
import type { Cell, FilmView, FromPage, SceneShown } from './protocol.ts';
import { useReorder, type Drop } from './reorder.ts';
import { useSight } from './sight.ts';
import { wantsStillness } from './stillness.ts';
import { StatusLine } from './status-line.tsx';
import type { Texts } from './text.ts';
import { activeBatches, isBeingWritten, type ViewAge } from './progress-view.ts';
import type { Watching } from './watching.ts';

interface FilmStripProps {
  readonly view: FilmView;
  readonly age: ViewAge;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
  readonly scenes: ReadonlyMap<string, SceneShown>;
  readonly pictures: Pictures;
  readonly watching: Watching;
  /** Play or stop the clip of the scene that is shown beneath. */
  readonly play: () => void;
}

/**
 * The whole video as a strip of film: one cell per scene, a perforation per second, batches
 * bracketed beneath. One stop for the Tab key; arrows, Home and End move along it, Enter opens the
 * clip or goes on in the editor, Space plays. Drag or Alt with the arrows moves scenes.
 */
export function FilmStrip(props: FilmStripProps): VNode {
  const { view, age, scenes, pictures, watching, texts, post, play } = props;
  const { cells, current } = view;
  const list = useRef<HTMLUListElement>(null);
  const [chosenId, choose] = useState<string>();
  const [shownId, show] = useState<string>();
  const active = activeBatches(view);
  const tabStop = tabStopOf(cells, current ?? chosenId);
  const writing = cells.findIndex(isBeingWritten);
  useFollow(list, writing >= 0 ? writing : cells.findIndex(({ id }) => id === current));

  useSight(list, cells, (seen) => {
    pictures.see(seen);
  });
  const underPointer = usePlayUnderPointer(watching);

  const cellOf = (target: Element | null): Cell | undefined => {
    const index = target?.closest('.film')?.querySelector<HTMLElement>('.frame')?.dataset.index;
    return index === undefined ? undefined : cells[Number(index)];
  };
  const cellAt = (event: Event): Cell | undefined => cellOf(event.target as Element);
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
    const film = list.current?.children[index];
    film?.querySelector<HTMLElement>('.frame')?.focus();
  }, [cells]);
  const onClick = (event: TargetedMouseEvent<HTMLElement>): void => {
    const cell = cellAt(event);
    if (cell && !reorder.isEndOfDrag()) post({ type: 'reveal', id: cell.id });
  };
  const onFocus = (event: TargetedFocusEvent<HTMLElement>): void => {
    const cell = cellAt(event);
    choose(cell?.id);
    show(cell?.id);
    if (cell && cell.id !== current) post({ type: 'look', id: cell.id });
  };
  const onDblClick = (event: TargetedMouseEvent<HTMLElement>): void => {
    const cell = cellAt(event);
    if (cell) post({ type: 'open', id: cell.id });
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const cell = cellAt(event);
    if (cell && !event.altKey && (event.key === 'Enter' || event.key === ' ')) {
      // Neither is a click here.
      event.preventDefault();
      if (event.key === 'Enter') post({ type: 'open', id: cell.id });
      else if (cell.id === current) play();
      return;
    }
    const films = [...event.currentTarget.children] as HTMLElement[];
    const from = films.findIndex((film) => film.contains(event.target as Element));
    const next = nextIndex(event.key, from, films);
    if (next === undefined) return;
    event.preventDefault();
    if (event.altKey) {
      // VS Code has keys of the same names for going back and forth.
      event.stopPropagation();
      if (cell && next !== from) move(cell.id, next);
      return;
    }
    films[next]?.querySelector<HTMLElement>('.frame')?.focus();
  };
  const onPoint = (event: TargetedMouseEvent<HTMLElement>): void => {
    const cell = cellAt(event);
    show(cell?.id);
    underPointer.point(cell);
  };
  const onLeave = (): void => {
    show(undefined);
    underPointer.point(undefined);
  };

  return (
    <section class="strip-section">
      {cells.length === 0 ? (
        <Unexposed count={view.total || 12} />
      ) : (
        <ul
          ref={list}
          class="strip"
          role="list"
          aria-label={texts.get('strip')}
          data-length={lengthOf(cells.length)}
          onClick={onClick}
          onDblClick={onDblClick}
          onKeyDown={onKeyDown}
          onFocusIn={onFocus}
          onFocusOut={onLeave}
          onPointerDown={reorder.onPointerDown}
          onPointerMove={reorder.onPointerMove}
          onPointerUp={reorder.onPointerUp}
          onPointerCancel={reorder.onPointerCancel}
          onMouseOver={onPoint}
          onMouseLeave={onLeave}
        >
          {cells.map((cell, index) => (
            <FilmCell
              key={cell.id}
              cell={cell}
              index={index}
              bracket={bracketOf(cells, index)}
              active={cell.batch !== undefined && active.has(cell.batch)}
              tabStop={index === tabStop}
              current={cell.id === current}
              drag={dragOf(cell, reorder.drop)}
              picture={pictures.of(cell)}
              playing={cell.id === underPointer.playing ? scenes.get(cell.id)?.clip : undefined}
              texts={texts}
            />
          ))}
        </ul>
      )}
      <StatusLine
        view={view}
        cell={cells.find((cell) => cell.id === shownId)}
        age={age}
        texts={texts}
      />
    </section>
  );
}

function dragOf({ id }: Cell, drop: Drop | undefined): 'dragged' | Drop['side'] | undefined {
  if (id === drop?.dragged) return 'dragged';
  return id === drop?.beside ? drop.side : undefined;
}

/** Film that waits for a plan: as many frames as there will be scenes, or a few while nobody knows. */
function Unexposed({ count }: { readonly count: number }): VNode {
  const frames = Array.from({ length: count }, (_, index) => (
    <li key={index} class="film" data-bracket="none">
      <span class="frame" />
    </li>
  ));
  return (
    <ul class="strip unexposed" aria-hidden="true" data-length={lengthOf(count)}>
      {frames}
    </ul>
  );
}

/** Long films are drawn to a smaller scale. */
function lengthOf(cells: number): 'short' | 'medium' | 'long' {
  if (cells <= 60) return 'short';
  return cells <= 160 ? 'medium' : 'long';
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

function bracketOf(cells: readonly Cell[], index: number): Bracket {
  const batch = cells[index]?.batch;
  if (batch === undefined) return 'none';
  const starts = cells[index - 1]?.batch !== batch;
  const ends = cells[index + 1]?.batch !== batch;
  if (starts) return ends ? 'only' : 'start';
  return ends ? 'end' : 'middle';
}

/** Keep the cell at `index` in sight when the strip scrolls, unless the reader is at the strip. */
function useFollow(list: { readonly current: HTMLUListElement | null }, index: number): void {
  const drawnBefore = useRef(false);
  useLayoutEffect(() => {
    const behavior = drawnBefore.current && !wantsStillness() ? 'smooth' : 'instant';
    drawnBefore.current = true;
    const strip = list.current;
    const film = strip?.children[index];
    if (!strip || !(film instanceof HTMLElement)) return;
    if (strip.scrollHeight <= strip.clientHeight || strip.matches(':hover, :focus-within')) return;
    const top = film.offsetTop - (strip.clientHeight - film.offsetHeight) / 2;
    strip.scrollTo({ top, behavior });
  }, [index]);
}
