import { useEffect, useRef } from 'preact/hooks';
import type { Cell } from './protocol.ts';
import type { Watching } from './watching.ts';

/** How far outside of the window a cell counts as seen, in CSS pixels. */
const margin = '300px';

/**
 * Tells which cells of a list are seen, or nearly, whenever others are or what they show may be another.
 *
 * @param list its children stand for the cells, in their order
 */
export function useSight(
  list: { readonly current: HTMLElement | null },
  cells: readonly Cell[],
  onSee: (seen: readonly Cell[]) => void,
): void {
  const seen = useRef(new Set<Element>());
  const observer = useRef<IntersectionObserver | undefined>(undefined);
  const latest = useRef({ cells, onSee });
  latest.current = { cells, onSee };
  const tell = (): void => {
    const children = [...(list.current?.children ?? [])];
    latest.current.onSee(
      children.flatMap((child, index) =>
        seen.current.has(child) ? (latest.current.cells[index] ?? []) : [],
      ),
    );
  };
  useEffect(() => {
    const made = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) seen.current.add(target);
          else seen.current.delete(target);
        }
        tell();
      },
      { rootMargin: margin },
    );
    observer.current = made;
    return () => {
      made.disconnect();
    };
  }, []);
  useEffect(() => {
    // Those that it observes already it leaves as they are, and of those that are gone it tells so.
    for (const child of list.current?.children ?? []) observer.current?.observe(child);
    tell();
  }, [cells]);
}

/** {@link useSight}, with all there is to show of the cells that are seen. */
export function useWatchSeen(
  list: { readonly current: HTMLElement | null },
  cells: readonly Cell[],
  watching: Watching,
  onSee: (seen: readonly Cell[]) => void,
): void {
  useSight(list, cells, (seen) => {
    watching.set(
      'seen',
      seen.map(({ id }) => id),
    );
    onSee(seen);
  });
  useEffect(
    () => () => {
      watching.set('seen', []);
    },
    [watching],
  );
}
