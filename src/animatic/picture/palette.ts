import { type Colour, colour, lighter, mix, ofHue, saturated } from './colour.ts';
import type { Look, Reading, TimeOfDay } from './reading.ts';

/** The colours of one scene. */
export interface Palette {
  /** From the zenith down to the horizon. */
  readonly sky: readonly [Colour, Colour, Colour];
  /** Sun or moon. */
  readonly orb: Colour;
  /** Where the orb stands: 0 at the top of the sky, 1 at the horizon. */
  readonly orbHeight: number;
  /** What is far away, lost in air. */
  readonly far: Colour;
  /** What is close to the camera. */
  readonly near: Colour;
  /** Lamps, windows, fires. */
  readonly lamp: Colour;
  /** Whether lamps are lit and stars are out. */
  readonly dark: boolean;
  /** What the style does to any other colour. */
  readonly grade: (c: Colour) => Colour;
}

const byTime: Readonly<Record<TimeOfDay, Palette>> = {
  dawn: palette(
    ['#31406f', '#b57b95', '#ffc79a'],
    '#fff0cf',
    0.88,
    '#a98ba3',
    '#232a46',
    '#ffcf8a',
    true,
  ),
  morning: palette(
    ['#5d9fd6', '#a9d3ea', '#fdeecb'],
    '#fffbe6',
    0.5,
    '#a3bfce',
    '#2d4a55',
    '#fff0c0',
    false,
  ),
  noon: palette(
    ['#2f7fc8', '#7dbce6', '#d9eef5'],
    '#ffffff',
    0.36,
    '#9cbfd4',
    '#274754',
    '#fff4cf',
    false,
  ),
  golden: palette(
    ['#4f6f9f', '#eaa56f', '#ffdd8f'],
    '#fff1b8',
    0.78,
    '#c78f6d',
    '#3a2630',
    '#ffd27a',
    false,
  ),
  dusk: palette(
    ['#1f2350', '#7a4777', '#f08a63'],
    '#ffd0a0',
    0.93,
    '#74507c',
    '#1a1733',
    '#ffc36b',
    true,
  ),
  night: palette(
    ['#070d20', '#13254a', '#2e4a73'],
    '#eef3ff',
    0.38,
    '#26406a',
    '#060a17',
    '#ffcb6e',
    true,
  ),
};

function palette(
  sky: readonly [string, string, string],
  orb: string,
  orbHeight: number,
  far: string,
  near: string,
  lamp: string,
  dark: boolean,
): Palette {
  return {
    sky: [colour(sky[0]), colour(sky[1]), colour(sky[2])],
    orb: colour(orb),
    orbHeight,
    far: colour(far),
    near: colour(near),
    lamp: colour(lamp),
    dark,
    grade: (c) => c,
  };
}

export function paletteFor(reading: Reading): Palette {
  let base = byTime[reading.time];
  if (reading.place === 'underwater') base = sunken(base);
  switch (reading.weather) {
    case 'storm':
      base = mapped(base, (c) => lighter(saturated(c, 0.55), -0.1));
      break;
    case 'rain':
    case 'fog':
    case 'clouds':
      base = mapped(base, (c) => saturated(c, 0.6));
      break;
    case 'snow':
      base = {
        ...base,
        far: mix(base.far, colour('#e8eff7'), 0.4),
        near: lighter(base.near, 0.05),
      };
      break;
    case 'clear':
      break;
  }
  return { ...mapped(base, grade[reading.look]), grade: grade[reading.look] };
}

/** Water takes the red out of everything. */
function sunken(base: Palette): Palette {
  const depth = base.dark ? 0.14 : 0;
  return {
    ...base,
    sky: [colour('#1f8fa6'), colour('#136a8c'), colour('#0b4a70')].map((c) =>
      lighter(c, -depth),
    ) as unknown as Palette['sky'],
    far: lighter(colour('#1f6f8f'), -depth),
    near: lighter(colour('#052338'), -depth / 3),
  };
}

/** What each look does to a colour. */
const grade: Readonly<Record<Look, (c: Colour) => Colour>> = {
  plain: (c) => c,
  noir: (c) => ({ l: curve(c.l), a: c.a * 0.04, b: c.b * 0.04 - 0.006 }),
  watercolour: (c) => mix(saturated(c, 0.9), colour('#fbf4e6'), 0.16),
  anime: (c) => lighter(saturated(c, 1.3), 0.03),
  documentary: (c) => saturated(c, 0.78),
  neon: (c) => mix(saturated(c, 1.15), ofHue(c.l > 0.55 ? 345 : 290, c.l * 0.92, 0.17), 0.55),
  pastel: (c) => mix(saturated(c, 0.95), colour('#fdeef4'), 0.34),
  vintage: (c) => mix(saturated(c, 0.5), ofHue(75, c.l, 0.07), 0.5),
  horror: (c) => mix(lighter(saturated(c, 0.4), -0.06), ofHue(165, c.l * 0.85, 0.05), 0.4),
  comic: (c) => ({ ...saturated(c, 1.4), l: Math.round(c.l * 9) / 9 }),
};

/** More contrast around the middle. */
function curve(l: number): number {
  const centred = Math.min(1, Math.max(0, l)) * 2 - 1;
  return (Math.sign(centred) * Math.abs(centred) ** 0.8 + 1) / 2;
}

function mapped(base: Palette, change: (c: Colour) => Colour): Palette {
  return {
    ...base,
    sky: [change(base.sky[0]), change(base.sky[1]), change(base.sky[2])],
    orb: change(base.orb),
    far: change(base.far),
    near: change(base.near),
    lamp: change(base.lamp),
  };
}
