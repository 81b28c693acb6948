import { between } from './random.ts';
import { type Flat, type Stage, circle, n, path, rect, shade } from './stage.ts';

export function trunks(
  stage: Stage,
  count: number,
  nearness: number,
  thick: number,
  places?: readonly number[],
): string {
  const { random, left, right, bottom, unit, width } = stage;
  const fill = shade(stage, nearness);
  let svg = '';
  for (let i = 0; i < (places?.length ?? count); i++) {
    const place = places?.[i];
    const x =
      place === undefined
        ? left + ((right - left) * (i + between(random, 0.1, 0.9))) / count
        : width * place;
    const w = unit * thick * between(random, 0.7, 1.3);
    const lean = between(random, -1, 1) * unit * thick * 0.5;
    svg += path(
      `M${n(x - w * 0.9)} ${n(bottom)}Q${n(x - w * 0.4)} ${n(bottom * 0.7)} ${n(x - w * 0.35 + lean)} ${n(-unit)}` +
        `L${n(x + w * 0.35 + lean)} ${n(-unit)}Q${n(x + w * 0.4)} ${n(bottom * 0.7)} ${n(x + w * 0.9)} ${n(bottom)}Z`,
      fill,
    );
    for (let b = 0; b < 3; b++) {
      const y = bottom * between(random, 0.08, 0.45);
      const side = random() < 0.5 ? -1 : 1;
      const reach = side * w * between(random, 2.4, 5);
      svg += path(
        `M${n(x)} ${n(y + w * 0.5)}Q${n(x + reach * 0.5)} ${n(y)} ${n(x + reach)} ${n(y - w * 1.6)}Q${n(x + reach * 0.5)} ${n(y - w * 0.4)} ${n(x)} ${n(y - w * 0.1)}Z`,
        fill,
      );
    }
  }
  return svg + canopy(stage, nearness, thick);
}

function canopy(stage: Stage, nearness: number, thick: number): string {
  const { random, left, right, unit, height } = stage;
  const fill = shade(stage, Math.max(0, nearness - 0.04));
  let svg = '';
  const size = unit * (7 + thick * 1.6);
  for (let x = left - size; x < right + size; x += size * 0.75) {
    svg += circle(x, between(random, -0.05, 0.05) * height, size * between(random, 0.8, 1.5), fill);
  }
  return svg;
}

export function pines(
  stage: Stage,
  base: number,
  count: number,
  size: number,
  nearness: number,
): string {
  const { random, left, right, unit } = stage;
  const fill = shade(stage, nearness);
  let svg = '';
  for (let i = 0; i < count; i++) {
    const x = left + ((right - left) * (i + between(random, 0, 1))) / count;
    const tall = unit * size * between(random, 0.7, 1.3);
    const y = base + between(random, -0.04, 0.04) * tall;
    let d = `M${n(x)} ${n(y - tall)}`;
    for (let step = 1; step <= 5; step++) {
      const half = tall * 0.06 * step;
      const level = y - tall + (tall * step) / 5;
      d += `L${n(x + half)} ${n(level)}L${n(x + half * 0.55)} ${n(level - tall * 0.015)}`;
    }
    for (let step = 5; step >= 1; step--) {
      const half = tall * 0.06 * step;
      const level = y - tall + (tall * step) / 5;
      d += `L${n(x - half * 0.55)} ${n(level - tall * 0.015)}L${n(x - half)} ${n(level)}`;
    }
    svg += path(`${d}Z`, fill);
  }
  return svg;
}

export function roundTrees(stage: Stage, base: number, count: number): string {
  const { random, left, right, unit } = stage;
  let svg = '';
  for (let i = 0; i < count; i++) {
    const x = between(random, left, right);
    const r = unit * between(random, 2.4, 4.6);
    const fill = shade(stage, between(random, 0.34, 0.5));
    svg += rect(x - r * 0.1, base - r * 1.3, r * 0.2, r * 1.4, fill);
    svg +=
      circle(x, base - r * 1.9, r, fill) +
      circle(x + r * 0.7, base - r * 1.5, r * 0.7, fill) +
      circle(x - r * 0.7, base - r * 1.55, r * 0.65, fill);
  }
  return svg;
}

/** Blades along the lower edge: the camera looks through them. */
export function grass(stage: Stage, base: number, nearness: number): Flat {
  const { random, left, right, bottom, unit } = stage;
  let d = `M${n(left)} ${n(bottom)}L${n(left)} ${n(base)}`;
  for (let x = left; x < right; x += unit * 1.1) {
    const tall = unit * between(random, 1.5, 5.5);
    const lean = unit * between(random, -1.2, 1.2);
    d += `L${n(x + unit * 0.25)} ${n(base)}L${n(x + unit * 0.5 + lean)} ${n(base - tall)}L${n(x + unit * 0.8)} ${n(base)}`;
  }
  return { depth: 1, svg: path(`${d}L${n(right)} ${n(bottom)}Z`, shade(stage, nearness)) };
}

export function cactus(stage: Stage): string {
  const { random, width, height, unit } = stage;
  const x = width * between(random, 0.08, 0.9);
  const y = height * 0.75;
  const s = unit * between(random, 0.9, 1.4);
  const stroke = ` fill="none" stroke="${shade(stage, 0.8)}" stroke-linecap="round" stroke-width="${n(s * 2.2)}"`;
  return (
    `<path d="M${n(x)} ${n(y)}V${n(y - s * 15)}"${stroke}/>` +
    `<path d="M${n(x)} ${n(y - s * 6)}h${n(s * 4)}v${n(-s * 5)}"${stroke}/>` +
    `<path d="M${n(x)} ${n(y - s * 4)}h${n(-s * 4)}v${n(-s * 4)}"${stroke}/>`
  );
}
