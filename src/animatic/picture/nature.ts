import { hex, mix } from './colour.ts';
import { between } from './random.ts';
import { cactus, grass, pines, roundTrees, trunks } from './plants.ts';
import {
  type Place,
  type Stage,
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

export function hills(stage: Stage): Place {
  const { horizon, height, unit } = stage;
  return {
    behind: [
      {
        depth: 0.2,
        svg: ridge(stage, horizon + height * 0.01, height * 0.14, 0.3, green(stage, 0.04)),
      },
      {
        depth: 0.4,
        svg:
          ridge(stage, horizon + height * 0.08, height * 0.12, 0.2, green(stage, 0.3)) +
          roundTrees(stage, horizon + height * 0.06 + unit, 5),
      },
      { depth: 0.65, svg: ridge(stage, height * 0.8, height * 0.09, 0.1, green(stage, 0.6)) },
    ],
    front: [grass(stage, height * 0.97, 0.95)],
    ground: height * 0.8,
  };
}

export function mountains(stage: Stage): Place {
  const { horizon, height } = stage;
  const peaks = (nearness: number, base: number, tall: number): string => {
    const line = ridgeLine(stage, base, tall, 0.9);
    const top = Math.min(...line.map(([, y]) => y));
    const snow = hex(
      mix(tone(stage, nearness), stage.palette.orb, stage.palette.dark ? 0.4 : 0.75),
    );
    const edge = line.map(([x, y]) => `${n(x)} ${n(y)}`).join('L');
    const id = `peak${Math.round(nearness * 100)}`;
    return (
      vertical(id, [
        [0, snow],
        [0.24, snow],
        [0.5, shade(stage, nearness)],
        [1, hex(mix(tone(stage, nearness), stage.palette.sky[2], 0.35))],
      ]).replace(
        'x1="0" y1="0" x2="0" y2="1"',
        `gradientUnits="userSpaceOnUse" x1="0" y1="${n(top)}" x2="0" y2="${n(base)}"`,
      ) +
      path(
        `M${n(stage.left)} ${n(stage.bottom)}L${edge}L${n(stage.right)} ${n(stage.bottom)}Z`,
        `url(#${id})`,
      )
    );
  };
  return {
    behind: [
      { depth: 0.15, svg: peaks(0.1, horizon + height * 0.05, height * 0.42) },
      { depth: 0.3, svg: peaks(0.34, horizon + height * 0.12, height * 0.32) },
      {
        depth: 0.5,
        svg:
          ridge(stage, height * 0.76, height * 0.14, 0.35, shade(stage, 0.58)) +
          pines(stage, height * 0.74, 26, 4.5, 0.62),
      },
      { depth: 0.7, svg: ridge(stage, height * 0.83, height * 0.06, 0.1, shade(stage, 0.78)) },
    ],
    front: [{ depth: 1, svg: pines(stage, height * 1.02, 9, 26, 0.97) }],
    ground: height * 0.82,
  };
}

export function forest(stage: Stage): Place {
  const { horizon, height, palette, left, right } = stage;
  const mist = vertical('mist', [
    [0, hex(palette.sky[2]), 0],
    [1, hex(palette.sky[2]), 0.55],
  ]);
  return {
    behind: [
      {
        depth: 0.15,
        svg:
          trunks(stage, 34, 0.14, 1.3) +
          ridge(stage, horizon + height * 0.12, height * 0.05, 0.2, shade(stage, 0.2)),
      },
      {
        depth: 0.35,
        svg:
          trunks(stage, 17, 0.42, 2.4) +
          mist +
          rect(left, horizon - height * 0.12, right - left, height * 0.3, 'url(#mist)'),
      },
      {
        depth: 0.6,
        svg:
          trunks(stage, 8, 0.68, 4.6) +
          ridge(stage, height * 0.81, height * 0.05, 0.2, shade(stage, 0.7)),
      },
    ],
    front: [
      { depth: 1, svg: trunks(stage, 3, 0.97, 9, [0.06, 0.97]) },
      grass(stage, height * 0.97, 0.98),
    ],
    ground: height * 0.82,
  };
}

export function desert(stage: Stage): Place {
  const { horizon, height, palette } = stage;
  const sand = (nearness: number): string =>
    hex(
      mix(tone(stage, nearness), mix(palette.lamp, palette.near, 0.25), palette.dark ? 0.22 : 0.55),
    );
  return {
    behind: [
      { depth: 0.15, svg: ridge(stage, horizon + height * 0.02, height * 0.08, 0.8, sand(0.05)) },
      { depth: 0.35, svg: dune(stage, horizon + height * 0.08, sand(0.2), sand(0.42)) },
      { depth: 0.6, svg: dune(stage, height * 0.74, sand(0.4), sand(0.66)) + cactus(stage) },
    ],
    front: [{ depth: 1, svg: ridge(stage, height * 1.0, height * 0.08, 0.1, sand(0.85)) }],
    ground: height * 0.82,
  };
}

export function field(stage: Stage): Place {
  const { horizon, height, width, unit, palette, random } = stage;
  const x = width * between(random, 0.2, 0.75);
  const y = horizon + height * 0.045;
  const house =
    rect(x, y - unit * 9, unit * 14, unit * 9, shade(stage, 0.5)) +
    polygon(
      [
        [x - unit * 1.5, y - unit * 9],
        [x + unit * 7, y - unit * 15.5],
        [x + unit * 15.5, y - unit * 9],
      ],
      shade(stage, 0.66),
    ) +
    rect(
      x + unit * 3,
      y - unit * 6,
      unit * 2.4,
      unit * 2.8,
      hex(palette.dark ? palette.lamp : mix(palette.lamp, palette.near, 0.5)),
    ) +
    rect(
      x + unit * 8.4,
      y - unit * 6,
      unit * 2.4,
      unit * 2.8,
      hex(palette.dark ? palette.lamp : mix(palette.lamp, palette.near, 0.5)),
    );
  let rows = '';
  for (let i = -14; i <= 14; i++) {
    const base = width / 2 + i * unit * 16;
    rows += polygon(
      [
        [width / 2 + i * unit * 4.6, horizon + height * 0.1],
        [base - unit * 2.2, height * 1.1],
        [base + unit * 2.2, height * 1.1],
      ],
      green(stage, 0.9),
      ' fill-opacity="0.35"',
    );
  }
  return {
    behind: [
      {
        depth: 0.15,
        svg: ridge(stage, horizon + height * 0.01, height * 0.1, 0.3, green(stage, 0.06)),
      },
      {
        depth: 0.35,
        svg:
          ridge(stage, horizon + height * 0.05, height * 0.04, 0.2, green(stage, 0.25)) +
          house +
          roundTrees(stage, y + unit, 7),
      },
      {
        depth: 0.6,
        svg:
          ridge(stage, horizon + height * 0.12, height * 0.04, 0.1, green(stage, 0.5)) +
          rows +
          fence(stage, height * 0.76),
      },
    ],
    front: [grass(stage, height * 0.97, 0.95)],
    ground: height * 0.83,
  };
}

/** Grass in the light of the hour. */
function green(stage: Stage, nearness: number): string {
  const { palette } = stage;
  const grassy = palette.grade({ l: palette.dark ? 0.3 : 0.64, a: -0.07, b: 0.08 });
  return hex(mix(tone(stage, nearness), grassy, 0.42));
}

function fence(stage: Stage, y: number): string {
  const { left, right, unit } = stage;
  const fill = shade(stage, 0.72);
  let svg =
    rect(left, y - unit * 4, right - left, unit * 0.5, fill) +
    rect(left, y - unit * 2, right - left, unit * 0.5, fill);
  for (let x = left; x < right; x += unit * 9)
    svg += rect(x, y - unit * 5.2, unit * 0.8, unit * 7, fill);
  return svg;
}

/** Crests with a lit and a shaded side; their feet are hidden by what stands before them. */
function dune(stage: Stage, base: number, lit: string, shaded: string): string {
  const { random, left, right, height } = stage;
  let svg = ridge(stage, base + height * 0.03, height * 0.04, 0.1, lit);
  const count = 4;
  const foot = base + height * 0.2;
  for (let i = 0; i < count; i++) {
    const w = ((right - left) / count) * between(random, 0.9, 1.5);
    const x = left + ((right - left) * (i + between(random, 0, 0.6))) / count;
    const top = base - height * between(random, 0.03, 0.11);
    const crest = `${n(x)} ${n(top)}`;
    svg += path(
      `M${n(x - w * 1.1)} ${n(foot)}Q${n(x - w * 0.25)} ${n(base + height * 0.03)} ${crest}Q${n(x + w * 0.3)} ${n(base + height * 0.05)} ${n(x + w * 1.1)} ${n(foot)}Z`,
      lit,
    );
    svg += path(
      `M${crest}Q${n(x + w * 0.3)} ${n(base + height * 0.05)} ${n(x + w * 1.1)} ${n(foot)}H${n(x + w * 0.1)}Q${n(x + w * 0.22)} ${n(base + height * 0.08)} ${crest}Z`,
      shaded,
    );
  }
  return svg;
}
