import { hex, lighter, mix } from './colour.ts';
import { between, pick } from './random.ts';
import {
  type Place,
  type Stage,
  glow,
  n,
  path,
  polygon,
  rect,
  shade,
  tone,
  vertical,
} from './stage.ts';

export function city(stage: Stage): Place {
  const { horizon, height, left, right, unit, palette } = stage;
  const roof = height * 0.8;
  const haze =
    vertical('haze', [
      [0, hex(palette.sky[2]), 0],
      [1, hex(palette.sky[2]), 0.6],
    ]) + rect(left, horizon - height * 0.3, right - left, height * 0.36, 'url(#haze)');
  const parapet =
    rect(left, roof, right - left, stage.bottom - roof, shade(stage, 0.82)) +
    rect(left, roof - unit * 1.6, right - left, unit * 1.8, shade(stage, 0.7)) +
    rect(
      left,
      roof - unit * 1.6,
      right - left,
      unit * 0.35,
      hex(mix(tone(stage, 0.7), palette.sky[2], 0.5)),
    );
  return {
    behind: [
      { depth: 0.12, svg: skyline(stage, horizon + height * 0.06, 0.3, 0.12, 9) + haze },
      { depth: 0.3, svg: skyline(stage, horizon + height * 0.14, 0.36, 0.42, 14) },
      { depth: 0.5, svg: skyline(stage, height * 0.84, 0.3, 0.66, 19) },
      { depth: 0.75, svg: parapet },
    ],
    front: [],
    ground: height * 0.86,
  };
}

/** A row of towers; `tall` is the height of the tallest as a share of the frame. */
function skyline(stage: Stage, base: number, tall: number, nearness: number, size: number): string {
  const { random, left, right, bottom, height, unit, palette } = stage;
  const lit = hex(palette.lamp);
  const glass = hex(mix(tone(stage, nearness), palette.sky[1], 0.4));
  let svg = '';
  for (let x = left - unit * size; x < right;) {
    const w = unit * size * between(random, 0.45, 1.05);
    const h = height * tall * (0.25 + 0.75 * random() ** 1.4);
    const y = base - h;
    const fill = shade(stage, nearness + between(random, -0.05, 0.05));
    svg += rect(x, y, w, bottom - y, fill) + top(stage, x, y, w, fill);
    const edge = hex(mix(tone(stage, nearness), palette.sky[2], 0.22));
    svg += rect(x, y, w * 0.06, bottom - y, edge, ' fill-opacity="0.6"');
    if (nearness > 0.2)
      svg += windows(stage, x, y, w, base - y + unit * 4, nearness, palette.dark ? lit : glass);
    x += w + unit * between(random, 0, size * 0.12);
  }
  return svg;
}

function top(stage: Stage, x: number, y: number, w: number, fill: string): string {
  const { random, unit } = stage;
  const kind = random();
  if (kind < 0.2) return rect(x + w * 0.25, y - unit * 2, w * 0.5, unit * 2.1, fill);
  if (kind < 0.32) return rect(x + w * 0.48, y - unit * 6, unit * 0.35, unit * 6, fill);
  if (kind < 0.42)
    return polygon(
      [
        [x, y + 1],
        [x + w * 0.5, y - w * 0.35],
        [x + w, y + 1],
      ],
      fill,
    );
  if (kind < 0.5) return rect(x + w * 0.12, y - unit, w * 0.3, unit * 1.1, fill);
  return '';
}

function windows(
  stage: Stage,
  x: number,
  y: number,
  w: number,
  h: number,
  nearness: number,
  light: string,
): string {
  const { random, unit, palette } = stage;
  const gap = unit * (1.1 + nearness * 1.5);
  const columns = Math.max(1, Math.floor((w - gap * 0.5) / gap));
  const indent = (w - columns * gap) / 2 + gap * 0.25;
  let d = '';
  for (let row = 0; row * gap * 1.25 < h - gap; row++) {
    for (let column = 0; column < columns; column++) {
      if (random() > (palette.dark ? 0.34 : 0.7)) continue;
      d += `M${n(x + indent + column * gap)} ${n(y + gap * 0.7 + row * gap * 1.25)}h${n(gap * 0.5)}v${n(gap * 0.62)}h${n(-gap * 0.5)}z`;
    }
  }
  return path(d, light, ` fill-opacity="${palette.dark ? '0.82' : '0.4'}"`);
}

export function street(stage: Stage): Place {
  const { height, left, right, unit, palette, reading, horizon } = stage;
  const ground = height * 0.78;
  const pavement =
    vertical('road', [
      [0, hex(mix(tone(stage, 0.55), palette.sky[2], 0.18))],
      [1, shade(stage, 0.95)],
    ]) + rect(left, ground, right - left, stage.bottom - ground, 'url(#road)');
  const isWet = reading.weather === 'rain' || reading.weather === 'storm';
  return {
    behind: [
      { depth: 0.15, svg: skyline(stage, horizon + height * 0.1, 0.3, 0.14, 12) },
      { depth: 0.45, svg: houses(stage, ground, 0.52) },
      { depth: 0.6, svg: pavement + kerb(stage, ground) + (isWet ? puddles(stage, ground) : '') },
      { depth: 0.72, svg: lamps(stage, ground + unit * 3) },
    ],
    front: [],
    ground: height * 0.84,
  };
}

function houses(stage: Stage, ground: number, nearness: number): string {
  const { random, left, right, unit, height, palette } = stage;
  let svg = '';
  for (let x = left - unit * 6; x < right;) {
    const w = unit * between(random, 17, 27);
    const h = height * between(random, 0.3, 0.5);
    const y = ground - h;
    const hue = palette.grade({
      l: 0.56,
      a: between(random, -0.03, 0.07),
      b: between(random, -0.02, 0.08),
    });
    const wall = mix(
      tone(stage, nearness + between(random, -0.08, 0.08)),
      hue,
      palette.dark ? 0.1 : 0.36,
    );
    const fill = hex(wall);
    const trim = hex(lighter(wall, palette.dark ? 0.07 : 0.12));
    svg += rect(x, y, w, h + 2, fill);
    if (random() < 0.5) {
      svg += polygon(
        [
          [x - unit, y + 1],
          [x + w * 0.5, y - unit * between(random, 4, 8)],
          [x + w + unit, y + 1],
        ],
        shade(stage, nearness + 0.2),
      );
    } else {
      svg += rect(x - unit * 0.5, y - unit, w + unit, unit * 1.3, trim);
    }
    const columns = pick(random, [2, 3]);
    const rows = Math.max(1, Math.floor((h - unit * 15) / (unit * 9.5)));
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const isLit = palette.dark && random() < 0.55;
        const ww = unit * 3.4;
        const wx = x + (w * (column + 0.5)) / columns - ww / 2;
        const wy = y + unit * 3.2 + row * unit * 9.5;
        svg += rect(wx - unit * 0.4, wy - unit * 0.4, ww + unit * 0.8, unit * 6.2, trim);
        svg += rect(
          wx,
          wy,
          ww,
          unit * 5.4,
          isLit ? hex(palette.lamp) : hex(mix(wall, palette.sky[1], palette.dark ? 0.2 : 0.55)),
        );
        svg += rect(wx + ww / 2 - unit * 0.15, wy, unit * 0.3, unit * 5.4, trim);
      }
    }
    svg += shopFront(stage, x, ground, w, fill);
    x += w + (random() < 0.18 ? unit * 3 : 0);
  }
  return svg;
}

function shopFront(stage: Stage, x: number, ground: number, w: number, wall: string): string {
  const { random, unit, palette } = stage;
  const awning = hex(
    mix(
      tone(stage, 0.5),
      palette.grade({ l: 0.58, a: between(random, -0.1, 0.16), b: between(random, -0.04, 0.12) }),
      palette.dark ? 0.35 : 0.75,
    ),
  );
  const glass = hex(
    palette.dark
      ? mix(palette.lamp, tone(stage, 0.5), 0.25)
      : mix(tone(stage, 0.6), palette.sky[1], 0.4),
  );
  const door = rect(x + w * 0.7, ground - unit * 9.5, unit * 4, unit * 9.5, shade(stage, 0.8));
  if (random() < 0.3) return door;
  return (
    rect(x + w * 0.08, ground - unit * 9, w * 0.54, unit * 7.6, glass) +
    rect(x + w * 0.08, ground - unit * 1.5, w * 0.54, unit * 1.5, wall) +
    door +
    polygon(
      [
        [x + w * 0.05, ground - unit * 11],
        [x + w * 0.65, ground - unit * 11],
        [x + w * 0.68, ground - unit * 8.2],
        [x + w * 0.02, ground - unit * 8.2],
      ],
      awning,
    )
  );
}

function kerb(stage: Stage, ground: number): string {
  const { left, right, unit, palette } = stage;
  return rect(
    left,
    ground + unit * 1.6,
    right - left,
    unit * 0.5,
    hex(mix(tone(stage, 0.5), palette.sky[2], 0.4)),
    ' fill-opacity="0.6"',
  );
}

function puddles(stage: Stage, ground: number): string {
  const { random, left, right, unit, palette } = stage;
  let svg = '';
  for (let i = 0; i < 12; i++) {
    const x = between(random, left, right);
    const y = ground + unit * between(random, 3, 18);
    const w = unit * between(random, 6, 20);
    const tint = random() < 0.4 ? palette.lamp : palette.sky[2];
    svg += `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(w)}" ry="${n(w * 0.09)}" fill="${hex(tint)}" fill-opacity="${n(between(random, 0.15, 0.4))}"/>`;
  }
  return svg;
}

function lamps(stage: Stage, ground: number): string {
  const { random, left, right, unit, palette } = stage;
  const fill = shade(stage, 0.92);
  let svg = '';
  let index = 0;
  for (let x = left + unit * between(random, 6, 20); x < right; x += unit * 62) {
    const top = ground - unit * 34;
    const lampX = x + unit * 5.5;
    svg +=
      rect(x - unit * 0.45, top, unit * 0.9, ground - top, fill) +
      rect(x - unit, ground - unit * 3, unit * 2, unit * 3, fill);
    svg += `<path d="M${n(x)} ${n(top + unit)}Q${n(x)} ${n(top - unit * 2.4)} ${n(lampX)} ${n(top - unit * 2)}" fill="none" stroke="${fill}" stroke-width="${n(unit * 0.7)}"/>`;
    svg += polygon(
      [
        [lampX - unit * 1.6, top - unit * 0.4],
        [lampX - unit * 0.8, top - unit * 2.2],
        [lampX + unit * 0.8, top - unit * 2.2],
        [lampX + unit * 1.6, top - unit * 0.4],
      ],
      fill,
    );
    if (palette.dark) {
      const light = hex(palette.lamp);
      svg += glow(`street${index++}`, lampX, top + unit * 0.2, unit * 15, light, 0.75);
      svg += polygon(
        [
          [lampX - unit * 1.3, top - unit * 0.4],
          [lampX + unit * 1.3, top - unit * 0.4],
          [lampX + unit * 12, ground],
          [lampX - unit * 12, ground],
        ],
        light,
        ' fill-opacity="0.08"',
      );
    }
  }
  return svg;
}
