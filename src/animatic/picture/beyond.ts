import { hex, mix, ofHue } from './colour.ts';
import { between } from './random.ts';
import {
  type Flat,
  type Place,
  type Stage,
  circle,
  glow,
  n,
  paint,
  path,
  polygon,
  rect,
  ridge,
  shade,
  tone,
  vertical,
} from './stage.ts';

/** Space has its own sky: no horizon, no air. */
export function spaceSky(stage: Stage): Flat[] {
  const { random, left, right, bottom, unit, width, height } = stage;
  const hue = between(random, 220, 330);
  let svg = rect(left, 0, right - left, bottom, '#05070f');
  svg += glow(
    'nebula1',
    width * between(random, 0.1, 0.4),
    height * 0.3,
    unit * 70,
    paint(stage, ofHue(hue, 0.45, 0.13)),
    0.5,
  );
  svg += glow(
    'nebula2',
    width * between(random, 0.6, 0.9),
    height * 0.55,
    unit * 60,
    paint(stage, ofHue(hue + 60, 0.5, 0.12)),
    0.4,
  );
  for (let i = 0; i < 240; i++) {
    svg += circle(
      between(random, left, right),
      between(random, 0, bottom),
      unit * (random() < 0.06 ? 0.36 : between(random, 0.06, 0.18)),
      '#eef2ff',
      ` fill-opacity="${n(between(random, 0.3, 1))}"`,
    );
  }
  return [{ depth: 0, svg }];
}

export function space(stage: Stage): Place {
  const { random, unit, width, height } = stage;
  const hue = between(random, 0, 360);
  const x = width * (random() < 0.5 ? 0.27 : 0.72);
  const y = height * 0.36;
  const r = unit * between(random, 17, 24);
  const { grade } = stage.palette;
  const lit = grade(ofHue(hue, 0.78, 0.09));
  const planet =
    `<radialGradient id="planet" cx="0.32" cy="0.28" r="0.85"><stop offset="0" stop-color="${hex(lit)}"/>` +
    `<stop offset=".55" stop-color="${hex(grade(ofHue(hue + 20, 0.5, 0.1)))}"/><stop offset="1" stop-color="#070914"/></radialGradient>` +
    glow('air', x, y, r * 1.35, hex(lit), 0.35) +
    circle(x, y, r, 'url(#planet)');
  const ring = (d: string): string =>
    `<path d="${d}" fill="none" stroke="${hex(lit)}" stroke-width="${n(unit * 0.9)}" stroke-opacity="0.6" transform="rotate(-16 ${n(x)} ${n(y)})"/>`;
  const back = ring(
    `M${n(x - r * 1.8)} ${n(y)}A${n(r * 1.8)} ${n(r * 0.42)} 0 0 1 ${n(x + r * 1.8)} ${n(y)}`,
  );
  const fore = ring(
    `M${n(x + r * 1.8)} ${n(y)}A${n(r * 1.8)} ${n(r * 0.42)} 0 0 1 ${n(x - r * 1.8)} ${n(y)}`,
  );
  const mx = width - x + unit * 6;
  const moon =
    circle(mx, height * 0.24, unit * 3, '#9aa3b8') +
    circle(mx + unit * 1.1, height * 0.235, unit * 2.9, '#1a2034');
  return {
    behind: [
      { depth: 0.1, svg: back + planet + fore },
      { depth: 0.25, svg: moon },
      { depth: 0.65, svg: ground(stage) },
    ],
    front: [],
    ground: height * 0.82,
  };
}

function ground(stage: Stage): string {
  const { random, height, left, right, unit } = stage;
  const soil = stage.palette.grade(ofHue(between(random, 20, 80), 0.34, 0.03));
  let svg = ridge(stage, height * 0.8, height * 0.06, 0.25, hex(soil));
  for (let i = 0; i < 9; i++) {
    const x = between(random, left, right);
    const y = height * between(random, 0.83, 0.98);
    const r = unit * between(random, 2, 7);
    svg += `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(r)}" ry="${n(r * 0.25)}" fill="${hex(mix(soil, { l: 0, a: 0, b: 0 }, 0.35))}"/>`;
    svg += `<ellipse cx="${n(x)}" cy="${n(y + r * 0.08)}" rx="${n(r * 0.92)}" ry="${n(r * 0.2)}" fill="${hex(mix(soil, { l: 1, a: 0, b: 0 }, 0.14))}"/>`;
  }
  return svg;
}

export function underwaterSky(stage: Stage): Flat[] {
  const { random, left, right, bottom, width, unit, palette } = stage;
  const [top, , deep] = palette.sky;
  let svg =
    vertical('depth', [
      [0, hex(top)],
      [0.45, hex(palette.sky[1])],
      [1, hex(deep)],
    ]) + rect(left, 0, right - left, bottom, 'url(#depth)');
  svg += vertical('ray', [
    [0, '#ffffff', 0.3],
    [1, '#ffffff', 0],
  ]);
  for (let i = 0; i < 7; i++) {
    const x = width * between(random, -0.1, 1.1);
    const w = unit * between(random, 3, 10);
    const lean = unit * between(random, -30, 12);
    svg += polygon(
      [
        [x, -5],
        [x + w, -5],
        [x + w * 2.6 + lean, bottom * 0.85],
        [x - w + lean, bottom * 0.85],
      ],
      'url(#ray)',
    );
  }
  return [{ depth: 0, svg }];
}

export function underwater(stage: Stage): Place {
  const { height } = stage;
  return {
    behind: [
      {
        depth: 0.2,
        svg: ridge(stage, height * 0.7, height * 0.16, 0.4, shade(stage, 0.35)) + fish(stage),
      },
      {
        depth: 0.5,
        svg:
          ridge(stage, height * 0.8, height * 0.1, 0.2, shade(stage, 0.62)) +
          kelp(stage, 13, 0.6, 26),
      },
      {
        depth: 0.7,
        svg: ridge(stage, height * 0.86, height * 0.05, 0.2, shade(stage, 0.78)) + bubbles(stage),
      },
    ],
    front: [{ depth: 1, svg: kelp(stage, 5, 0.95, 46) }],
    ground: height * 0.84,
  };
}

function kelp(stage: Stage, count: number, nearness: number, tall: number): string {
  const { random, left, right, bottom, height, unit } = stage;
  const fill = hex(
    mix(
      tone(stage, nearness),
      stage.palette.grade({ l: 0.46, a: -0.07, b: 0.05 }),
      nearness > 0.9 ? 0.12 : 0.4,
    ),
  );
  let svg = '';
  for (let i = 0; i < count; i++) {
    const edge =
      nearness > 0.9
        ? i % 2 === 0
          ? between(random, 0, 0.14)
          : between(random, 0.86, 1)
        : random();
    const x = left + (right - left) * edge;
    const h = unit * tall * between(random, 0.6, 1.2);
    const base = nearness > 0.9 ? bottom : height * 0.84;
    const w = unit * between(random, 0.7, 1.4);
    const sway = unit * between(random, 2, 5);
    svg += path(
      `M${n(x - w)} ${n(base)}C${n(x - w - sway)} ${n(base - h * 0.35)} ${n(x + sway)} ${n(base - h * 0.65)} ${n(x)} ${n(base - h)}` +
        `C${n(x + sway + w * 2)} ${n(base - h * 0.6)} ${n(x + w - sway)} ${n(base - h * 0.35)} ${n(x + w * 1.4)} ${n(base)}Z`,
      fill,
    );
  }
  return svg;
}

function fish(stage: Stage): string {
  const { random, width, height, unit } = stage;
  const fill = shade(stage, 0.55);
  const x0 = width * between(random, 0.15, 0.7);
  const y0 = height * between(random, 0.2, 0.42);
  let svg = '';
  for (let i = 0; i < 11; i++) {
    const x = x0 + unit * between(random, -14, 14);
    const y = y0 + unit * between(random, -6, 6);
    const s = unit * between(random, 0.8, 1.5);
    svg += path(
      `M${n(x - s * 2)} ${n(y)}Q${n(x)} ${n(y - s)} ${n(x + s * 1.6)} ${n(y)}L${n(x + s * 2.6)} ${n(y - s * 0.7)}V${n(y + s * 0.7)}L${n(x + s * 1.6)} ${n(y)}Q${n(x)} ${n(y + s)} ${n(x - s * 2)} ${n(y)}Z`,
      fill,
    );
  }
  return svg;
}

function bubbles(stage: Stage): string {
  const { random, left, right, height, unit } = stage;
  let svg = '';
  for (let i = 0; i < 26; i++) {
    svg += circle(
      between(random, left, right),
      height * random() * 0.8,
      unit * between(random, 0.25, 0.9),
      'none',
      ' stroke="#ffffff" stroke-opacity="0.4" stroke-width="1.2"',
    );
  }
  return svg;
}
