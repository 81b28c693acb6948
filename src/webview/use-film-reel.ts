import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { FilmReel, type ClipSource, type ReelSound } from './film-reel.ts';
import type { Part } from './playlist.ts';

interface UsedReel {
  readonly reel: { readonly current: FilmReel | undefined };
  /** The two that it plays on. */
  readonly videos: readonly RefObject<HTMLVideoElement | null>[];
}

/** A reel for as long as its two videos are on the page; it begins to play by itself, at the cell `from`. */
export function useFilmReel(
  parts: readonly Part[],
  sourceOf: (id: string) => ClipSource,
  sound: ReelSound,
  from: string,
): UsedReel {
  const [one, two] = [useRef<HTMLVideoElement>(null), useRef<HTMLVideoElement>(null)];
  const reel = useRef<FilmReel | undefined>(undefined);
  const [, draw] = useState({});
  useLayoutEffect(() => {
    if (one.current === null || two.current === null) return undefined;
    const made = new FilmReel([one.current, two.current], () => {
      draw({});
    });
    reel.current = made;
    made.load(parts, sourceOf, sound);
    made.goTo(from);
    made.play();
    return () => {
      made.dispose();
      reel.current = undefined;
    };
  }, []);
  useLayoutEffect(() => {
    reel.current?.load(parts, sourceOf, sound);
  });
  return { reel, videos: useMemo(() => [one, two], []) };
}
