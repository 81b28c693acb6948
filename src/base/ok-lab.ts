/** A colour in OKLab, where mixing goes the way the eye expects: no grey between blue and gold. */
export interface Colour {
  /** Lightness from 0 (black) to 1 (white). */
  readonly l: number;
  /** Green (-0.4) to red (0.4). */
  readonly a: number;
  /** Blue (-0.4) to yellow (0.4). */
  readonly b: number;
}

/** Of red, green and blue as screens have them, each from 0 to 255. */
export function okLab(red: number, green: number, blue: number): Colour {
  const [r, g, b] = [toLinear(red / 255), toLinear(green / 255), toLinear(blue / 255)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
