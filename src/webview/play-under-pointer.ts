import { useEffect, useRef, useState } from 'preact/hooks';
import type { Cell } from './protocol.ts';
import { wantsStillness } from './stillness.ts';
import type { Watching } from './watching.ts';

/** How long the pointer has to rest on a cell until its clip plays, in milliseconds. */
const restMs = 300;

interface UnderPointer {
  /** The cell whose clip is to play, as soon as its address is known. */
  readonly playing: string | undefined;
  /** The pointer is on this cell. */
  point(cell: Cell | undefined): void;
}

/** Plays the clip of one cell at a time: of that which the pointer rests on. */
export function usePlayUnderPointer(watching: Watching): UnderPointer {
  const [playing, play] = useState<string>();
  const pointed = useRef<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  return {
    playing,
    point(cell) {
      const id = cell?.playable === true ? cell.id : undefined;
      if (id === pointed.current) return;
      pointed.current = id;
      clearTimeout(timer.current);
      play(undefined);
      watching.set('pointer', []);
      if (id === undefined || wantsStillness()) return;
      timer.current = setTimeout(() => {
        watching.set('pointer', [id]);
        play(id);
      }, restMs);
    },
  };
}
