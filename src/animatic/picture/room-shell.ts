import { type Colour, hex, lighter, mix } from './colour.ts';
import { between } from './random.ts';
import {
  type Flat,
  type Stage,
  circle,
  fromEdges,
  n,
  path,
  polygon,
  rect,
  vertical,
} from './stage.ts';

/** Colours of a room: walls in lamp light after dark, in the window's light by day. */
export interface RoomLight {
  readonly wall: Colour;
  readonly floor: Colour;
  /** Furniture from the back of the room (0) to the camera (1). */
  readonly wood: (nearness: number) => string;
}

export function roomLight(stage: Stage): RoomLight {
  const { palette, random } = stage;
  const tint = palette.grade({
    l: 0.62,
    a: between(random, -0.025, 0.045),
    b: between(random, -0.02, 0.055),
  });
  const lit = palette.dark
    ? mix(palette.near, palette.lamp, 0.5)
    : mix(palette.lamp, palette.far, 0.3);
  const wall = mix(
    mix(lit, tint, palette.dark ? 0.15 : 0.45),
    palette.near,
    palette.dark ? 0.16 : 0.06,
  );
  const floor = mix(mix(wall, palette.grade({ l: 0.4, a: 0.03, b: 0.06 }), 0.6), palette.near, 0.3);
  const light = mix(wall, palette.grade({ l: 0.36, a: 0.03, b: 0.05 }), 0.62);
  return { wall, floor, wood: (nearness) => hex(mix(light, palette.near, nearness)) };
}

export function shell(stage: Stage, light: RoomLight, floorY: number): Flat {
  const { left, right, bottom, palette, unit } = stage;
  return {
    depth: 0.12,
    svg:
      vertical('wall', [
        [0, hex(mix(light.wall, palette.near, 0.45))],
        [0.55, hex(light.wall)],
        [1, hex(mix(light.wall, palette.near, 0.14))],
      ]) +
      rect(left, 0, right - left, floorY + 2, 'url(#wall)') +
      vertical('floor', [
        [0, hex(light.floor)],
        [1, hex(mix(light.floor, palette.near, 0.8))],
      ]) +
      rect(left, floorY, right - left, bottom - floorY, 'url(#floor)') +
      rect(
        left,
        floorY - unit * 1.4,
        right - left,
        unit * 1.6,
        hex(mix(light.wall, palette.near, 0.4)),
      ),
  };
}

/** A window onto the time of day, with the light it throws; only one of several shows the moon. */
export function windowTo(
  stage: Stage,
  light: RoomLight,
  x: number,
  y: number,
  w: number,
  h: number,
  hasMoon = true,
): string {
  const { palette, unit, random, bottom, height } = stage;
  const frame = hex(lighter(mix(light.wall, palette.orb, palette.dark ? 0.12 : 0.5), 0.02));
  const id = `pane${Math.round(x)}`;
  let svg =
    vertical(id, [
      [0, hex(palette.sky[0])],
      [0.6, hex(palette.sky[1])],
      [1, hex(palette.sky[2])],
    ]) +
    rect(x - unit, y - unit, w + unit * 2, h + unit * 2, frame) +
    rect(x, y, w, h, `url(#${id})`);
  if (stage.reading.time === 'night') {
    if (hasMoon) svg += circle(x + w * 0.7, y + h * 0.26, unit * 1.8, hex(palette.orb));
    for (let i = 0; i < 9; i++)
      svg += circle(x + w * random(), y + h * 0.7 * random(), unit * 0.16, hex(palette.orb));
  }
  let roofs = `M${n(x)} ${n(y + h)}`;
  for (let i = 0; i <= 6; i++) {
    roofs += `L${n(x + (w * i) / 6)} ${n(y + h * between(random, 0.68, 0.9))}`;
    if (i < 6) roofs += `H${n(x + (w * (i + 1)) / 6)}`;
  }
  svg += path(`${roofs}L${n(x + w)} ${n(y + h)}Z`, hex(mix(palette.far, palette.near, 0.35)));
  svg +=
    rect(x + w / 2 - unit * 0.35, y, unit * 0.7, h, frame) +
    rect(x, y + h * 0.45, w, unit * 0.7, frame);
  svg += rect(x - unit * 1.8, y + h + unit, w + unit * 3.6, unit * 1.2, frame);
  if (!palette.dark) {
    const floorY = height * 0.76;
    const slant = unit * 12;
    svg +=
      vertical(`${id}light`, [
        [0, hex(palette.orb), 0.4],
        [1, hex(palette.orb), 0],
      ]) +
      polygon(
        [
          [x + slant, floorY],
          [x + w + slant, floorY],
          [x + w + slant * 3, bottom],
          [x + slant * 2, bottom],
        ],
        `url(#${id}light)`,
      );
  }
  return svg;
}

/** Darkens the corners: the eye goes to the light. */
export function vignette(stage: Stage): Flat {
  const tint = hex(stage.palette.near);
  return {
    depth: 0,
    svg: fromEdges(stage, { id: 'v', tint, strength: 0.6, reach: 0.75, clear: 0.55 }),
  };
}
