import type { Aspect } from '../../script/script-model.ts';

/**
 * Frames per second: drawn pictures move "on twos", as in hand animation. Half the frames of film
 * cost half the time to render, and slow camera moves look the same.
 */
export const framesPerSecond = 12;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** 720p in each aspect, in pixels. */
export const sizes: Readonly<Record<Aspect, Size>> = {
  '16:9': { width: 1280, height: 720 },
  '9:16': { width: 720, height: 1280 },
  '1:1': { width: 720, height: 720 },
};

/** Half of that, for posters: as sharp as they are ever shown, and no larger a file than a JPEG. */
export function posterSize(size: Size): Size {
  return { width: size.width / 2, height: size.height / 2 };
}
