import { okLab, type Colour } from '../../base/ok-lab.ts';

export type { Colour } from '../../base/ok-lab.ts';

/** From `#rrggbb`. */
export function colour(hex: string): Colour {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
  return okLab(r, g, b);
}

/** To `#rrggbb`; colours that a screen cannot show are clipped. */
export function hex(value: Colour): string {
  const l = (value.l + 0.3963377774 * value.a + 0.2158037573 * value.b) ** 3;
  const m = (value.l - 0.1055613458 * value.a - 0.0638541728 * value.b) ** 3;
  const s = (value.l - 0.0894841775 * value.a - 1.291485548 * value.b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const digits = channels.map((channel) =>
    Math.round(fromLinear(Math.min(1, Math.max(0, channel))) * 255)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${digits.join('')}`;
}

/** `share` 0 gives `from`, 1 gives `to`. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  return {
    l: from.l + (to.l - from.l) * share,
    a: from.a + (to.a - from.a) * share,
    b: from.b + (to.b - from.b) * share,
  };
}

/** Lighter (above 0) or darker (below 0), in steps of OKLab lightness. */
export function lighter(value: Colour, by: number): Colour {
  return { ...value, l: Math.min(1, Math.max(0, value.l + by)) };
}

/** More (above 1) or less colourful; 0 is grey. */
export function saturated(value: Colour, factor: number): Colour {
  return { l: value.l, a: value.a * factor, b: value.b * factor };
}

/** A colour of this hue in degrees: 30 red, 90 yellow, 145 green, 230 blue, 330 purple. */
export function ofHue(degrees: number, lightness: number, chroma: number): Colour {
  const angle = (degrees * Math.PI) / 180;
  return { l: lightness, a: Math.cos(angle) * chroma, b: Math.sin(angle) * chroma };
}

function fromLinear(channel: number): number {
  return channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055;
}
