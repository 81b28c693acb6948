import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useCellList } from './cell-list.ts';
import { FilmCell, type Bracket } from './film-cell.tsx';
import type { Pictures } from './pictures.ts';
import type { Cell, FilmView, FromPage, SceneShown } from './protocol.ts';
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
 * bracketed beneath. One walks along it as {@link useCellList} says.
 */
export function FilmStrip(props: FilmStripProps): VNode {
  const { view, age, scenes, pictures, watching, texts, post, play } = props;
  const { cells, current } = view;
  const list = useRef<HTMLUListElement>(null);
  const active = activeBatches(view);
  const writing = cells.findIndex(isBeingWritten);
  useFollow(list, writing >= 0 ? writing : cells.findIndex(({ id }) => id === current));
  useSight(list, cells, (seen) => {
    pictures.see(seen);
  });
  const walk = useCellList({
    ...{ list, view, watching, post },
    onSpace: ({ id }) => {
      if (id === current) play();
    },
  });

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
          {...walk.handlers}
        >
          {cells.map((cell, index) => (
            <FilmCell
              key={cell.id}
              cell={cell}
              index={index}
              bracket={bracketOf(cells, index)}
              active={cell.batch !== undefined && active.has(cell.batch)}
              tabStop={index === walk.tabStop}
              current={cell.id === current}
              drag={walk.dragOf(cell)}
              picture={pictures.of(cell)}
              playing={cell.id === walk.playing ? scenes.get(cell.id)?.clip : undefined}
              texts={texts}
            />
          ))}
        </ul>
      )}
      <StatusLine
        view={view}
        cell={cells.find((cell) => cell.id === walk.pointedId)}
        age={age}
        texts={texts}
      />
    </section>
  );
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
