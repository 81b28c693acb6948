import { hex, lighter, mix } from './colour.ts';
import { between, pick } from './random.ts';
import { type RoomLight } from './room-shell.ts';
import { type Stage, glow, n, path, polygon, rect } from './stage.ts';

export function picture(
  stage: Stage,
  light: RoomLight,
  x: number,
  y: number,
  w: number,
  h: number,
): string {
  const { palette, unit } = stage;
  return (
    rect(x, y, w, h, light.wood(0.5)) +
    rect(
      x + unit * 0.7,
      y + unit * 0.7,
      w - unit * 1.4,
      h - unit * 1.4,
      hex(mix(light.wall, palette.sky[1], 0.35)),
    ) +
    polygon(
      [
        [x + unit * 0.7, y + h - unit * 0.7],
        [x + w * 0.45, y + h * 0.45],
        [x + w - unit * 0.7, y + h - unit * 0.7],
      ],
      hex(mix(light.wall, palette.near, 0.4)),
    )
  );
}

export function sofa(stage: Stage, light: RoomLight, x: number, y: number): string {
  const { unit, random, palette } = stage;
  const cloth = hex(
    mix(
      palette.grade({ l: 0.45, a: between(random, -0.08, 0.1), b: between(random, -0.07, 0.06) }),
      palette.near,
      palette.dark ? 0.5 : 0.25,
    ),
  );
  const dark = hex(mix({ l: 0.3, a: 0, b: 0 }, palette.near, 0.5));
  const r = ` rx="${n(unit * 1.6)}"`;
  return (
    rect(x - unit * 17, y - unit * 15, unit * 34, unit * 12, cloth, r) +
    rect(x - unit * 16, y - unit * 7.5, unit * 32, unit * 5.5, cloth, r) +
    rect(x - unit * 16, y - unit * 7.5, unit * 32, unit * 0.4, dark, ' fill-opacity="0.5"') +
    rect(x - unit * 0.2, y - unit * 14, unit * 0.4, unit * 11, dark, ' fill-opacity="0.4"') +
    rect(x - unit * 20, y - unit * 10.5, unit * 5, unit * 9, cloth, r) +
    rect(x + unit * 15, y - unit * 10.5, unit * 5, unit * 9, cloth, r) +
    rect(x - unit * 17, y - unit * 2, unit * 1.4, unit * 2.4, light.wood(0.9)) +
    rect(x + unit * 15.6, y - unit * 2, unit * 1.4, unit * 2.4, light.wood(0.9))
  );
}

export function bed(stage: Stage, light: RoomLight, x: number, y: number): string {
  const { unit, palette, random } = stage;
  const sheet = hex(mix(light.wall, palette.orb, palette.dark ? 0.3 : 0.6));
  const cover = hex(
    mix(
      palette.grade({ l: 0.5, a: between(random, -0.06, 0.1), b: between(random, -0.08, 0.04) }),
      palette.near,
      palette.dark ? 0.45 : 0.2,
    ),
  );
  return (
    rect(x - unit * 24, y - unit * 19, unit * 2.4, unit * 19, light.wood(0.5), ` rx="${n(unit)}"`) +
    rect(x - unit * 22, y - unit * 8, unit * 44, unit * 6, sheet, ` rx="${n(unit * 1.4)}"`) +
    rect(x - unit * 21, y - unit * 11.5, unit * 10, unit * 5, sheet, ` rx="${n(unit * 2)}"`) +
    path(
      `M${n(x - unit * 8)} ${n(y - unit * 8)}Q${n(x + unit * 4)} ${n(y - unit * 12)} ${n(x + unit * 22)} ${n(y - unit * 8.4)}V${n(y - unit * 1.4)}H${n(x - unit * 8)}Z`,
      cover,
    ) +
    rect(x + unit * 21, y - unit * 10, unit * 2, unit * 10, light.wood(0.5)) +
    rect(x - unit * 22, y - unit * 2, unit * 44, unit * 1.4, light.wood(0.6))
  );
}

export function shelf(stage: Stage, light: RoomLight, x: number, y: number): string {
  const { unit, random, palette } = stage;
  const w = unit * 17;
  const tall = unit * 42;
  let svg = rect(x - w / 2, y - tall, w, tall, light.wood(0.55));
  for (let row = 0; row < 5; row++) {
    const top = y - tall + unit * 1.2 + row * unit * 8.1;
    svg += rect(x - w / 2 + unit, top, w - unit * 2, unit * 7, light.wood(0.85));
    for (let bx = x - w / 2 + unit * 1.3; bx < x + w / 2 - unit * 2.4;) {
      const bw = unit * between(random, 0.8, 1.7);
      const bh = unit * between(random, 4.2, 6.2);
      if (random() < 0.85) {
        const spine = mix(
          palette.grade({
            l: between(random, 0.35, 0.65),
            a: between(random, -0.08, 0.12),
            b: between(random, -0.08, 0.1),
          }),
          palette.near,
          palette.dark ? 0.5 : 0.25,
        );
        svg += rect(bx, top + unit * 7 - bh, bw, bh, hex(spine));
      }
      bx += bw + unit * 0.12;
    }
  }
  return svg;
}

export function floorLamp(stage: Stage, light: RoomLight, x: number, y: number): string {
  const { unit, palette } = stage;
  const top = y - unit * 36;
  const shadeLight = hex(
    palette.dark ? lighter(palette.lamp, 0.03) : mix(palette.lamp, light.wall, 0.5),
  );
  return (
    rect(x - unit * 0.35, top, unit * 0.7, unit * 36, light.wood(0.9)) +
    `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(unit * 4)}" ry="${n(unit * 0.9)}" fill="${light.wood(0.9)}"/>` +
    polygon(
      [
        [x - unit * 3, top - unit * 5.6],
        [x + unit * 3, top - unit * 5.6],
        [x + unit * 5.4, top + unit * 2],
        [x - unit * 5.4, top + unit * 2],
      ],
      shadeLight,
    ) +
    glow(
      'floorlamp',
      x,
      top - unit,
      unit * (palette.dark ? 40 : 16),
      hex(palette.lamp),
      palette.dark ? 0.6 : 0.25,
    )
  );
}

export function table(stage: Stage, light: RoomLight, y: number): string {
  const { left, right, unit, width, palette } = stage;
  const top = y - unit * 1.5;
  const cup = hex(mix(palette.orb, palette.near, 0.3));
  const x = width * 0.78;
  return (
    rect(left, top, right - left, stage.bottom - top, light.wood(0.82)) +
    rect(left, top, right - left, unit * 0.6, light.wood(0.5)) +
    rect(x, top - unit * 4, unit * 4.6, unit * 4.2, cup, ` rx="${n(unit * 0.8)}"`) +
    `<circle cx="${n(x + unit * 5)}" cy="${n(top - unit * 2.2)}" r="${n(unit * 1.2)}" fill="none" stroke="${cup}" stroke-width="${n(unit * 0.6)}"/>`
  );
}

export function jar(stage: Stage, light: RoomLight, x: number, y: number): string {
  const { unit, random, palette } = stage;
  const h = unit * between(random, 3, 6);
  const w = unit * between(random, 2.2, 3.4);
  const glass = hex(
    mix(
      palette.grade({ l: 0.6, a: between(random, -0.06, 0.09), b: between(random, -0.02, 0.1) }),
      palette.near,
      palette.dark ? 0.45 : 0.2,
    ),
  );
  return (
    rect(x, y - h, w, h, glass, ` rx="${n(unit * 0.5)}"`) +
    rect(x + w * 0.1, y - h - unit * 0.7, w * 0.8, unit, light.wood(0.7))
  );
}

export function pot(stage: Stage, light: RoomLight, x: number, y: number): string {
  const { unit, random } = stage;
  const w = unit * between(random, 5, 8);
  const h = unit * between(random, 3.4, 5);
  const fill = light.wood(pick(random, [0.55, 0.7, 0.85]));
  return (
    rect(x, y - h, w, h, fill, ` rx="${n(unit * 0.7)}"`) +
    rect(x - unit * 0.5, y - h - unit * 0.4, w + unit, unit * 0.8, fill) +
    rect(x + w / 2 - unit * 0.5, y - h - unit * 1.2, unit, unit, fill) +
    rect(x - unit * 1.8, y - h * 0.75, unit * 2, unit * 0.7, fill)
  );
}
