import { hex, lighter, mix } from './colour.ts';
import { between } from './random.ts';
import {
  type Flat,
  type Place,
  type Stage,
  glow,
  n,
  path,
  polygon,
  rect,
  ridge,
  ridgeLine,
  shade,
  tone,
  vertical,
} from './stage.ts';

export function coast(stage: Stage): Place {
  const { horizon, height, palette, left, right, width, unit, random, reading } = stage;
  const wide = right - left;
  const deep = hex(mix(palette.sky[0], palette.near, 0.45));
  const surface = hex(mix(palette.sky[2], palette.sky[0], 0.45));
  const water =
    vertical('water', [
      [0, surface],
      [0.25, hex(mix(palette.sky[1], palette.near, 0.2))],
      [1, deep],
    ]) + rect(left, horizon, wide, stage.bottom - horizon, 'url(#water)');
  const behind: Flat[] = [{ depth: 0.12, svg: water + glints(stage) }];
  const side = random() < 0.5 ? 0.06 : 0.72;
  if (
    /lighthouse|beacon|phare|leuchtturm|faro\b|hải đăng|灯台|燈塔|灯塔|등대/u.test(reading.words)
  ) {
    behind.push({ depth: 0.4, svg: lighthouse(stage, width * (side + 0.13)) });
  } else if (/boat|ship|sail|harbou?r|dock|port\b|thuyền|tàu|船/u.test(reading.words)) {
    behind.push({ depth: 0.3, svg: boat(stage, width * (side + 0.1), horizon + height * 0.06) });
  } else {
    behind.push({
      depth: 0.3,
      svg: headland(stage, width * (side + 0.1), 0.34, between(random, 0.1, 0.16)),
    });
  }
  const shore = ridgeLine(stage, height * 0.84, height * 0.05, 0.2);
  const foam = shore.map(([x, y]) => `${n(x)} ${n(y - unit * 0.5)}`).join('L');
  behind.push({
    depth: 0.7,
    svg:
      `<path d="M${foam}" fill="none" stroke="${hex(mix(palette.orb, palette.sky[1], 0.35))}" stroke-width="${n(unit * 0.7)}" stroke-opacity="0.55"/>` +
      path(
        `M${n(left)} ${n(stage.bottom)}L${shore.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}L${n(right)} ${n(stage.bottom)}Z`,
        shade(stage, 0.74),
      ),
  });
  return {
    behind,
    front: [{ depth: 1, svg: ridge(stage, height * 1.02, height * 0.1, 0.8, shade(stage, 0.98)) }],
    ground: height * 0.84,
  };
}

/** Light on the waves: short strokes, denser and longer towards the viewer. */
function glints(stage: Stage): string {
  const { palette, random, left, right, horizon, height, unit } = stage;
  const bright = hex(mix(palette.orb, palette.sky[2], 0.35));
  const dark = hex(mix(palette.sky[0], palette.near, 0.3));
  let svg = '';
  for (let i = 0; i < 150; i++) {
    const share = random() ** 1.5;
    const y = horizon + unit * 0.5 + (height * 0.9 - horizon) * share;
    const length = unit * between(random, 1, 5) * (0.4 + share * 1.8);
    svg += rect(
      between(random, left, right),
      y,
      length,
      unit * (0.1 + share * 0.24),
      random() < 0.6 ? bright : dark,
      ` rx="${n(unit * 0.15)}" fill-opacity="${n(between(random, 0.12, 0.5))}"`,
    );
  }
  return svg;
}

function headland(stage: Stage, x: number, nearness: number, share: number): string {
  const { horizon, height, unit, width } = stage;
  const w = width * 0.34;
  const h = height * share;
  const y = horizon + height * 0.035;
  return (
    path(
      `M${n(x - w)} ${n(y + unit)}C${n(x - w * 0.7)} ${n(y - h * 0.3)} ${n(x - w * 0.5)} ${n(y - h * 0.9)} ${n(x - w * 0.15)} ${n(y - h)}` +
        `L${n(x + w * 0.18)} ${n(y - h * 0.94)}L${n(x + w * 0.26)} ${n(y - h * 0.5)}L${n(x + w * 0.36)} ${n(y - h * 0.4)}L${n(x + w * 0.46)} ${n(y + unit)}Z`,
      shade(stage, nearness),
    ) +
    path(
      `M${n(x + w * 0.18)} ${n(y - h * 0.94)}L${n(x + w * 0.26)} ${n(y - h * 0.5)}L${n(x + w * 0.36)} ${n(y - h * 0.4)}L${n(x + w * 0.46)} ${n(y + unit)}H${n(x + w * 0.05)}L${n(x + w * 0.12)} ${n(y - h * 0.4)}Z`,
      shade(stage, nearness + 0.16),
    )
  );
}

function lighthouse(stage: Stage, x: number): string {
  const { horizon, height, unit, palette } = stage;
  const base = horizon + height * 0.035 - height * 0.13;
  const tall = Math.min(height * 0.36, unit * 34);
  const top = base - tall;
  const half = unit * 3.4;
  const wall = hex(
    palette.dark ? mix(tone(stage, 0.35), palette.orb, 0.28) : mix(palette.orb, palette.far, 0.18),
  );
  const shadow = hex(mix(tone(stage, 0.55), palette.orb, 0.1));
  const band = hex(
    mix(palette.grade({ l: 0.5, a: 0.16, b: 0.08 }), tone(stage, 0.5), palette.dark ? 0.55 : 0.25),
  );
  const at = (share: number, side: number): readonly [number, number] => [
    x + side * half * (1 - share * 0.36),
    base - tall * share + unit,
  ];
  const stripe = (from: number, to: number): string =>
    polygon([at(from, -1), at(to, -1), at(to, 1), at(from, 1)], band);
  const lampY = top - unit * 1.6;
  const light = hex(lighter(palette.lamp, 0.06));
  const beam = (side: number): string =>
    `<linearGradient id="beam${side > 0 ? 'r' : 'l'}" gradientUnits="userSpaceOnUse" x1="${n(x)}" y1="0" x2="${n(x + side * unit * 95)}" y2="0"><stop offset="0" stop-color="${light}" stop-opacity="0.62"/><stop offset="1" stop-color="${light}" stop-opacity="0"/></linearGradient>` +
    polygon(
      [
        [x, lampY - unit * 0.8],
        [x + side * unit * 95, lampY - unit * 17],
        [x + side * unit * 95, lampY + unit * 9],
        [x, lampY + unit * 0.8],
      ],
      `url(#beam${side > 0 ? 'r' : 'l'})`,
    );
  return (
    (palette.dark ? beam(1) + beam(-1) : '') +
    headland(stage, x, 0.5, 0.13) +
    polygon([at(0, -1), at(1, -1), at(1, 1), at(0, 1)], wall) +
    stripe(0.2, 0.4) +
    stripe(0.62, 0.82) +
    polygon([at(0, 0.25), at(1, 0.25), at(1, 1), at(0, 1)], shadow, ' fill-opacity="0.45"') +
    rect(x - half * 0.95, top - unit * 0.2, half * 1.9, unit * 0.9, shade(stage, 0.8)) +
    rect(
      x - half * 0.5,
      top - unit * 3,
      half,
      unit * 3,
      palette.dark ? light : hex(mix(palette.lamp, palette.sky[1], 0.4)),
    ) +
    rect(x - unit * 0.15, top - unit * 3, unit * 0.3, unit * 3, shade(stage, 0.8)) +
    polygon(
      [
        [x - half * 0.72, top - unit * 3],
        [x, top - unit * 5.8],
        [x + half * 0.72, top - unit * 3],
      ],
      shade(stage, 0.85),
    ) +
    (palette.dark ? glow('lamp', x, lampY, unit * 15, light, 0.85) : '')
  );
}

function boat(stage: Stage, x: number, y: number): string {
  const { unit, palette } = stage;
  const hull = shade(stage, 0.72);
  const sail = hex(mix(palette.orb, palette.sky[2], palette.dark ? 0.65 : 0.3));
  const s = unit * 1.25;
  return (
    rect(x - s * 0.2, y - s * 19, s * 0.4, s * 18, hull) +
    polygon(
      [
        [x + s * 0.6, y - s * 18.5],
        [x + s * 0.6, y - s * 3],
        [x + s * 9, y - s * 3],
      ],
      sail,
    ) +
    polygon(
      [
        [x - s * 0.6, y - s * 15],
        [x - s * 0.6, y - s * 3],
        [x - s * 6, y - s * 3],
      ],
      sail,
      ' fill-opacity="0.8"',
    ) +
    path(
      `M${n(x - s * 9)} ${n(y - s * 2)}H${n(x + s * 11)}Q${n(x + s * 8)} ${n(y + s * 2)} ${n(x + s * 5)} ${n(y + s * 2)}H${n(x - s * 6)}Q${n(x - s * 8)} ${n(y + s)} ${n(x - s * 9)} ${n(y - s * 2)}Z`,
      hull,
    ) +
    rect(x - s * 8, y + s * 2.2, s * 16, s * 0.3, sail, ' fill-opacity="0.4"') +
    rect(x - s * 5, y + s * 3.2, s * 10, s * 0.3, sail, ' fill-opacity="0.3"')
  );
}
