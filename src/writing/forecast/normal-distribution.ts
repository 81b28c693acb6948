/** The standard normal distribution. */

/** Density at `x`. */
function density(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** Share below `x`; error under 1e-7 (Abramowitz and Stegun, 26.2.17). */
export function shareBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = density(x) * series;
  return x < 0 ? tail : 1 - tail;
}

/** Mean of what lies above `x`. */
export function meanAbove(x: number): number {
  // Further out the tail is too thin to divide by, and this is close enough.
  return x > 5 ? x + 1 / x : density(x) / (1 - shareBelow(x));
}

/** The value that the share `p` lies below, 0 < p < 1; relative error under 2e-9 (Acklam). */
export function valueAt(p: number): number {
  if (p < edge) return lowValue(p);
  if (p > 1 - edge) return -lowValue(1 - p);
  const q = p - 0.5;
  const r = q * q;
  return (q * polynomial(central.over, r)) / polynomial(central.under, r);
}

function lowValue(p: number): number {
  const q = Math.sqrt(-2 * Math.log(Math.max(p, Number.MIN_VALUE)));
  return polynomial(outer.over, q) / polynomial(outer.under, q);
}

/** Where the outer approximation begins. */
const edge = 0.02425;

/** Coefficients from the highest power down. */
const central = {
  over: [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ],
  under: [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
    -13.28068155288572, 1,
  ],
} as const;

const outer = {
  over: [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783,
  ],
  under: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
} as const;

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
