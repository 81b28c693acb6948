import { okLab } from '../base/ok-lab.ts';

/** A frame is compared by so many cells a side, whatever its shape. */
export const gridSide = 16;

/** Of one frame as a grid: red, green and blue of each cell, in rows. */
export const gridBytes = gridSide * gridSide * 3;

/** What a clip begins and ends with, each as a grid of {@link gridBytes}. */
export interface Edges {
  readonly first: Uint8Array;
  readonly last: Uint8Array;
}

/** How far two frames are from each other. */
export interface SeamDistance {
  /** Between their mean colours in OKLab, in hundredths: 0 for the same; black to white is 100. */
  readonly colour: number;
  /** Of where it is light and dark in them, from 0 for the same to 1 for nothing in common. */
  readonly structure: number;
}

/**
 * From here on a cut that should be none is seen. Two encodings of one frame, a little noise and a move of the
 * camera between two frames stay far below both; the next shot of the same place, or the same shot in another light,
 * is above one of them. The test of this file measures it.
 */
const visibleSeam: SeamDistance = { colour: 6, structure: 0.25 };

/** Frames with less contrast than this, as a deviation of lightness from its mean, have no structure to compare. */
const flat = 0.01;

/** @param from what the one clip ends with, @param to what the next begins with */
export function seamDistance(from: Uint8Array, to: Uint8Array): SeamDistance {
  const [a, b] = [labOf(from), labOf(to)];
  const colour = Math.hypot(...a.mean.map((value, i) => value - (b.mean[i] ?? 0))) * 100;
  return { colour, structure: structureDistance(a.light, b.light) };
}

/** How plainly a cut is seen: from 1 on it is. */
export function seamStrength({ colour, structure }: SeamDistance): number {
  return Math.max(colour / visibleSeam.colour, structure / visibleSeam.structure);
}

function structureDistance(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [centred(a), centred(b)];
  const [dx, dy] = [deviation(x), deviation(y)];
  if (dx < flat && dy < flat) return 0;
  if (dx < flat || dy < flat) return 1;
  const shared = x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0) / x.length;
  return Math.min(1, Math.max(0, 1 - shared / (dx * dy)));
}

function centred(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function deviation(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** The lightness of each cell, and the mean colour of all. */
function labOf(grid: Uint8Array): {
  readonly light: readonly number[];
  readonly mean: readonly [number, number, number];
} {
  const cells = Array.from({ length: grid.length / 3 }, (_, i) => {
    const [r = 0, g = 0, b = 0] = grid.subarray(i * 3, i * 3 + 3);
    return okLab(r, g, b);
  });
  const mean = (part: 'l' | 'a' | 'b'): number =>
    cells.reduce((sum, cell) => sum + cell[part], 0) / cells.length;
  return { light: cells.map(({ l }) => l), mean: [mean('l'), mean('a'), mean('b')] };
}
