import { useEffect, useRef, useState } from 'preact/hooks';
import { wantsStillness } from './stillness.ts';

/** How long the pointer has to rest on something until its clip plays, in milliseconds. */
const restMs = 300;

interface UnderPointer {
  /** What is to play, as soon as the address of its clip is known. */
  readonly playing: string | undefined;
  /** The pointer is on this; nothing where that cannot be played. */
  point(id: string | undefined): void;
  /** Play this at once, or stop it. */
  toggle(id: string): void;
}

/**
 * Plays one clip at a time: of that which the pointer rests on.
 *
 * @param onPlay is told what is to play from now on
 */
export function usePlayUnderPointer(onPlay?: (id: string | undefined) => void): UnderPointer {
  const [playing, setPlaying] = useState<string>();
  const pointed = useRef<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const play = (id: string | undefined): void => {
    clearTimeout(timer.current);
    setPlaying(id);
    onPlay?.(id);
  };
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  return {
    playing,
    point(id) {
      if (id === pointed.current) return;
      pointed.current = id;
      play(undefined);
      if (id === undefined || wantsStillness()) return;
      timer.current = setTimeout(() => {
        play(id);
      }, restMs);
    },
    toggle(id) {
      play(id === playing ? undefined : id);
    },
  };
}
