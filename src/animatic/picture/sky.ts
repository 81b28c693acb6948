import { type Colour, hex, lighter, mix } from './colour.ts';
import { between } from './random.ts';
import { type Flat, type Stage, circle, glow, n, path, rect, vertical } from './stage.ts';

/** The sky with its sun or moon, stars and clouds; stands still behind everything. */
export function sky(stage: Stage): Flat[] {
  const { left, right, height, horizon, palette, reading } = stage;
  const [zenith, middle, low] = palette.sky;
  const wide = right - left;
  const body =
    vertical('sky', [
      [0, hex(zenith)],
      [0.3, hex(mix(zenith, middle, 0.55))],
      [0.62, hex(middle)],
      [0.85, hex(mix(middle, low, 0.6))],
      [1, hex(low)],
    ]) +
    rect(left, 0, wide, horizon + 2, 'url(#sky)') +
    rect(left, horizon, wide, height * 1.3 - horizon, hex(mix(low, palette.near, 0.35)));
  const isOvercast = ['storm', 'rain', 'fog', 'snow', 'clouds'].includes(reading.weather);
  const flats: Flat[] = [
    {
      depth: 0,
      svg:
        body + (isOvercast ? '' : stars(stage)) + (reading.weather === 'storm' ? '' : orb(stage)),
    },
  ];
  flats.push({ depth: 0.2, svg: clouds(stage, isOvercast ? 11 : 5) });
  return flats;
}

function stars(stage: Stage): string {
  const { palette, reading, random, left, right, horizon, unit } = stage;
  if (reading.time !== 'night' && reading.time !== 'dusk') return '';
  const count = reading.time === 'night' ? 130 : 40;
  let svg = '';
  for (let i = 0; i < count; i++) {
    const y = random() ** 1.6 * horizon * 0.86;
    const size = unit * between(random, 0.06, 0.2) * (random() < 0.08 ? 1.7 : 1);
    svg += circle(
      between(random, left, right),
      y,
      size,
      hex(palette.orb),
      ` fill-opacity="${n(between(random, 0.25, 0.95))}"`,
    );
  }
  return svg;
}

function orb(stage: Stage): string {
  const { palette, reading, random, width, horizon, unit } = stage;
  const x = width * (random() < 0.5 ? between(random, 0.16, 0.32) : between(random, 0.66, 0.84));
  const y = horizon * (0.14 + 0.82 * palette.orbHeight);
  const light = hex(palette.orb);
  const isMoon = reading.time === 'night';
  const r = unit * (isMoon ? 4.6 : 5.6);
  const halo = glow(
    'halo',
    x,
    y,
    r * (isMoon ? 6 : 8.5),
    hex(mix(palette.orb, palette.sky[2], 0.3)),
    isMoon ? 0.4 : 0.75,
  );
  if (!isMoon) return halo + circle(x, y, r, light);
  const crater = hex(mix(palette.orb, palette.sky[1], 0.2));
  return (
    halo +
    circle(x, y, r, light) +
    circle(x - r * 0.32, y - r * 0.2, r * 0.24, crater) +
    circle(x + r * 0.34, y + r * 0.3, r * 0.17, crater) +
    circle(x + r * 0.18, y - r * 0.48, r * 0.11, crater)
  );
}

/** Long flat banks, brighter towards the light below them. */
function clouds(stage: Stage, count: number): string {
  const { palette, random, left, right, horizon, unit, reading } = stage;
  const heavy = count > 8;
  let svg = '';
  for (let i = 0; i < count; i++) {
    const share = (i + 0.5) / count;
    const y = horizon * between(random, heavy ? 0.06 : 0.2, heavy ? 0.66 : 0.78);
    const x = left + (right - left) * share + between(random, -12, 12) * unit;
    const near = y / horizon;
    const length = unit * between(random, 22, 46) * (heavy ? 1.4 : 1) * (1.15 - near * 0.5);
    const tint = cloudTint(stage, near);
    const opacity = n(
      between(random, 0.18, 0.42) + (heavy ? 0.22 : 0) + (reading.look === 'anime' ? 0.3 : 0),
    );
    svg += path(bank(stage, x, y, length), hex(tint), ` fill-opacity="${opacity}"`);
  }
  if (palette.dark) return `<g opacity="0.75">${svg}</g>`;
  return svg;
}

function cloudTint(stage: Stage, near: number): Colour {
  const { palette, reading } = stage;
  const low = palette.sky[2];
  if (reading.weather === 'storm') return mix(palette.near, palette.sky[1], 0.4);
  if (palette.dark) return mix(palette.sky[1], low, near * 0.8 + 0.1);
  return lighter(mix(palette.orb, low, 0.3 + near * 0.3), 0.03);
}

/** The outline of a bank. */
function bank(stage: Stage, x: number, y: number, length: number): string {
  const { random } = stage;
  const puffs = 4 + Math.floor(random() * 4);
  const thick = length * 0.07;
  let top = `M${n(x - length / 2)} ${n(y)}`;
  for (let i = 0; i < puffs; i++) {
    const from = x - length / 2 + (length * i) / puffs;
    const to = from + length / puffs;
    const rise =
      thick * (0.8 + Math.sin(((i + 0.5) / puffs) * Math.PI) * between(random, 1.2, 2.6));
    top += `C${n(from)} ${n(y - rise)} ${n(to)} ${n(y - rise)} ${n(to)} ${n(y - (i === puffs - 1 ? 0 : thick * 0.5))}`;
  }
  top += `Q${n(x)} ${n(y + thick * 0.9)} ${n(x - length / 2)} ${n(y)}Z`;
  return top;
}
