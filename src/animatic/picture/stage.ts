import { type Colour, hex, mix } from './colour.ts';
import type { Palette } from './palette.ts';
import type { Random } from './random.ts';
import type { Reading } from './reading.ts';

/** One flat of the scenery. Flats are stacked back to front and slide past each other. */
export interface Flat {
  readonly svg: string;
  /** 0 does not move with the camera (the sky), 1 moves most. */
  readonly depth: number;
}

/** What a place is drawn on. Coordinates are pixels of the frame. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  /** Flats are drawn from `left` (negative) to `right` and down to `bottom`, past the frame's edges. */
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly horizon: number;
  /** Length that looks the same in every aspect: a hundredth of the shorter side. */
  readonly unit: number;
  readonly palette: Palette;
  readonly reading: Reading;
  readonly random: Random;
}

/** A drawn place: what stands behind the people and what stands before them. */
export interface Place {
  readonly behind: readonly Flat[];
  readonly front: readonly Flat[];
  /** Where feet touch the ground. */
  readonly ground: number;
}

/** The colour of something at a distance: 0 far away, 1 close. */
export function shade(stage: Stage, nearness: number): string {
  return hex(tone(stage, nearness));
}

export function tone(stage: Stage, nearness: number): Colour {
  return mix(stage.palette.far, stage.palette.near, nearness);
}

/** A colour of its own (cloth, paint) in the scene's style. */
export function paint(stage: Stage, own: Colour): string {
  return hex(stage.palette.grade(own));
}

/** Numbers as SVG wants them: one decimal is a tenth of a pixel. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function rect(x: number, y: number, w: number, h: number, fill: string, more = ''): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}"${more}/>`;
}

export function circle(x: number, y: number, r: number, fill: string, more = ''): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}"${more}/>`;
}

export type Point = readonly [x: number, y: number];

export function polygon(points: readonly Point[], fill: string, more = ''): string {
  return `<polygon points="${points.map(([x, y]) => `${n(x)},${n(y)}`).join(' ')}" fill="${fill}"${more}/>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}"${more}/>`;
}

/** A soft round light; `id` has to be unique in its flat. */
export function glow(
  id: string,
  x: number,
  y: number,
  r: number,
  light: string,
  strength: number,
): string {
  return (
    `<radialGradient id="${id}"><stop offset="0" stop-color="${light}" stop-opacity="${strength}"/>` +
    `<stop offset=".45" stop-color="${light}" stop-opacity="${strength * 0.32}"/>` +
    `<stop offset="1" stop-color="${light}" stop-opacity="0"/></radialGradient>` +
    circle(x, y, r, `url(#${id})`)
  );
}

export interface EdgeColour {
  /** Unique in its flat. */
  readonly id: string;
  readonly tint: string;
  /** Opacity where it is strongest. */
  readonly strength: number;
  /** From the middle to where it is strongest; 0.5 is the middle of an edge. */
  readonly reach: number;
  /** Share of that up to which nothing of it shows. */
  readonly clear: number;
}

/** A colour that comes in from the edges of the whole flat. */
export function fromEdges(
  { left, right, bottom }: Stage,
  { id, tint, strength, reach, clear }: EdgeColour,
): string {
  const wide = right - left;
  // A gradient costs the same wherever it is clear, so that part is cut out, up to just before it begins to show.
  const rx = wide * reach * clear * 0.99;
  const ry = bottom * reach * clear * 0.99;
  const hole = `M${n(left + wide / 2 - rx)} ${n(bottom / 2)}a${n(rx)} ${n(ry)} 0 1 0 ${n(rx * 2)} 0a${n(rx)} ${n(ry)} 0 1 0 ${n(-rx * 2)} 0Z`;
  return (
    `<radialGradient id="${id}" cx="0.5" cy="0.5" r="${reach}"><stop offset="${clear}" stop-color="${tint}" stop-opacity="0"/>` +
    `<stop offset="1" stop-color="${tint}" stop-opacity="${strength}"/></radialGradient>` +
    path(
      `M${n(left)} 0H${n(right)}V${n(bottom)}H${n(left)}Z${hole}`,
      `url(#${id})`,
      ' fill-rule="evenodd"',
    )
  );
}

/** Definition of a vertical gradient with evenly spread stops; opacity 1 unless given. */
export function vertical(
  id: string,
  stops: readonly (readonly [offset: number, colour: string, opacity?: number])[],
): string {
  const inner = stops
    .map(
      ([offset, stop, opacity = 1]) =>
        `<stop offset="${offset}" stop-color="${stop}" stop-opacity="${opacity}"/>`,
    )
    .join('');
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${inner}</linearGradient>`;
}

/**
 * A ground line over the whole flat: hills when `rough` is small, mountains when it is large.
 * Filled down to the bottom.
 */
export function ridge(
  stage: Stage,
  base: number,
  height: number,
  rough: number,
  fill: string,
): string {
  const points = ridgeLine(stage, base, height, rough);
  const line = points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L');
  return path(
    `M${n(stage.left)} ${n(stage.bottom)}L${line}L${n(stage.right)} ${n(stage.bottom)}Z`,
    fill,
  );
}

/** The line of {@link ridge}: sums of waves for its shape, with noise in proportion to `rough`. */
export function ridgeLine(stage: Stage, base: number, height: number, rough: number): Point[] {
  const { random, left, right, width } = stage;
  const waves = [1, 2.3, 4.7, 9.1, 17.3].map((frequency, i) => ({
    frequency: frequency * (0.8 + random() * 0.5),
    phase: random() * Math.PI * 2,
    weight: (rough > 0.5 ? 0.62 : 0.4) ** i,
  }));
  const total = waves.reduce((sum, wave) => sum + wave.weight, 0);
  const points: Point[] = [];
  const step = Math.max(3, width / 260);
  for (let x = left; x <= right + step; x += step) {
    let y = 0;
    for (const wave of waves) {
      const turn = Math.sin((x / width) * Math.PI * wave.frequency + wave.phase);
      // Folding a wave gives a crest instead of a round top.
      y += wave.weight * (rough > 0.5 ? 1 - 2 * Math.abs(turn) : turn);
    }
    const jitter = rough > 0.5 ? (random() - 0.5) * 0.05 * rough : 0;
    points.push([x, base - height * (0.5 + (0.5 * y) / total + jitter)]);
  }
  return points;
}
